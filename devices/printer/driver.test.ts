import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi, type TestContext } from 'vitest'
import { startLabelPrinter, type EmulatedPrinter } from '../emulators/label-printer.ts'
import { startReceiptPrinter } from '../emulators/receipt-printer.ts'
import { openPort } from '../port.ts'
import type { Bitmap, DeviceState } from '../reading.ts'
import { CONDITION_WORDS } from './condition-words.ts'
import { openPrinter, type PrinterDriver, type PrinterOptions, type PrinterProtocol } from './driver.ts'
import { ANSWER_MS } from './link.ts'
import { labelPicture, noisePicture, picture, whitePicture } from './testing.ts'

/** More than any job here needs; a job that must run into its deadline has its own. */
const SOON_MS = 15_000
const LABEL = labelPicture(480, 320)
const OTHER_LABEL = noisePicture(480, 320, 11)

const protocols: PrinterProtocol[] = ['zpl', 'tspl', 'escpos', 'star']
/** Of receipts: no ribbon, and no button that pauses. */
const onReceipts: readonly PrinterProtocol[] = ['escpos', 'star']
const carriers = [
  { carrier: 'TCP', listen: () => 'tcp:0', address: (printer: EmulatedPrinter) => printer.address },
  {
    carrier: 'a serial line',
    listen: (directory: string) => `pty:${directory}/line`,
    address: (printer: EmulatedPrinter) => printer.address,
  },
  {
    carrier: 'a device file',
    listen: (directory: string) => `pty:${directory}/lp0`,
    address: (printer: EmulatedPrinter) => printer.address.replace('serial:', 'file:'),
  },
]

describe.concurrent.each(protocols)('a %s printer', (protocol) => {
  describe.each(carriers)('over $carrier', ({ listen, address }) => {
    test('prints one label, exactly as it was drawn, and says so', async (t) => {
      const { printer, driver } = await start(t, protocol, listen, address)
      expect(await driver.print(LABEL, soon())).toEqual({ outcome: 'printed' })
      expect(printer.pages()).toHaveLength(1)
      expect(top(printer.pages()[0])).toEqual(LABEL)
      expect(driver.state()).toEqual({ state: 'ready' })
    })

    test('prints two labels in the order in which they were asked for', async (t) => {
      const { printer, driver } = await start(t, protocol, listen, address)
      const outcomes = await Promise.all([driver.print(LABEL, soon()), driver.print(OTHER_LABEL, soon())])
      expect(outcomes).toEqual([{ outcome: 'printed' }, { outcome: 'printed' }])
      expect(printer.pages().map(top)).toEqual([LABEL, OTHER_LABEL])
    })

    test('is sent nothing while it has no paper', async (t) => {
      const { printer, driver } = await start(t, protocol, listen, address)
      printer.set({ paperOut: true })
      expect(await driver.print(LABEL, soon())).toEqual({
        outcome: 'refused',
        fault: { code: 'device-error', detail: 'paper-out', words: CONDITION_WORDS['paper-out'] },
        conditions: ['paper-out'],
      })
      expect(onlyQuestions(protocol, printer)).toBe(true)
      expect(driver.state()).toMatchObject({ state: 'faulty', fault: { detail: 'paper-out' } })

      printer.set({ paperOut: false })
      expect(await driver.print(LABEL, soon())).toEqual({ outcome: 'printed' })
      expect(driver.state()).toEqual({ state: 'ready' })
      expect(printer.pages()).toHaveLength(1)
    })

    test('that loses its power within a job leaves it unknown, and nothing is printed twice', async (t) => {
      const { printer, driver } = await start(t, protocol, listen, address)
      printer.set({ dieAfterBytes: 1500 })
      expect(await driver.print(LABEL, soon())).toMatchObject({ outcome: 'unknown', fault: { code: 'port-gone' } })
      expect(driver.state()).toMatchObject({ state: 'gone' })
      expect(await driver.print(OTHER_LABEL, soon())).toMatchObject({ outcome: 'refused', conditions: [] })

      await printer.replug()
      expect(await driver.status()).toMatchObject({ state: { state: 'ready' }, conditions: [] })
      expect(printer.pages()).toEqual([])
      expect(await driver.print(OTHER_LABEL, soon())).toEqual({ outcome: 'printed' })
      expect(printer.pages().map(top)).toEqual([OTHER_LABEL])
    })
  })

  test('that runs out of paper within a label leaves it unknown, and it is not sent again', async (t) => {
    const { printer, driver } = await start(t, protocol)
    printer.set({ paperLeft_rows: 100 })
    expect(await driver.print(LABEL, soon())).toEqual({
      outcome: 'unknown',
      fault: { code: 'device-error', detail: 'paper-out', words: CONDITION_WORDS['paper-out'] },
      conditions: ['paper-out'],
    })
    expect(printer.pages().filter((page) => page.whole)).toEqual([])
    const received = jobs(protocol, printer)
    expect(received).toBe(1)

    printer.set({ paperOut: false })
    expect(await driver.print(OTHER_LABEL, soon())).toEqual({ outcome: 'printed' })
    expect(jobs(protocol, printer)).toBe(2)
  })

  test('that is slow has printed when it says so, not before', async (t) => {
    const { printer, driver } = await start(t, protocol)
    printer.set({ slow_ms: 100 })
    const printed = driver.print(LABEL, soon())
    await eventually(() => expect(jobs(protocol, printer)).toBe(1))
    expect(printer.pages()).toHaveLength(0)
    expect(await printed).toEqual({ outcome: 'printed' })
    expect(printer.pages()).toHaveLength(1)
  })

  test('that is not done at the deadline leaves the job unknown', async (t) => {
    const { printer, driver } = await start(t, protocol)
    printer.set({ slow_ms: 30_000 })
    const outcome = await driver.print(LABEL, Date.now() + 1500)
    expect(outcome).toMatchObject({ outcome: 'unknown', fault: { detail: 'not done before the deadline of the job' } })
    expect(jobs(protocol, printer)).toBe(1)
  })

  test('that is still at work gets the next job when it is free, or not at all', async (t) => {
    const { printer, driver } = await start(t, protocol)
    printer.set({ slow_ms: 500 })
    expect(await driver.print(LABEL, Date.now() + 1000)).toMatchObject({ outcome: 'unknown' })
    expect(await driver.print(OTHER_LABEL, Date.now() + 150)).toMatchObject({ outcome: 'refused' })
    expect(jobs(protocol, printer)).toBe(1)
    expect(await driver.print(OTHER_LABEL, soon())).toEqual({ outcome: 'printed' })
    expect(printer.pages().map(top)).toEqual([LABEL, OTHER_LABEL])
  })

  test('that never answers is sent a job on trust, once, and what came of it is unknown', async (t) => {
    const { printer, driver } = await start(t, protocol)
    printer.set({ silent: true })
    expect(await driver.print(LABEL, soon())).toEqual({
      outcome: 'unknown',
      fault: { code: 'no-answer', detail: 'no status' },
      conditions: [],
    })
    expect(driver.state()).toEqual({ state: 'faulty', fault: { code: 'no-answer', detail: 'no status' } })
    await eventually(() => expect(printer.pages()).toHaveLength(1))
    expect(top(printer.pages()[0])).toEqual(LABEL)
    expect(jobs(protocol, printer)).toBe(1)
  })

  test('that has answered before is asked again until it does, and sent nothing before', async (t) => {
    const { printer, driver } = await start(t, protocol)
    expect(await driver.status()).toMatchObject({ state: { state: 'ready' } })
    const before = questions(protocol, printer)
    printer.set({ silent: true })
    const printed = driver.print(LABEL, Date.now() + 60_000)
    // The second is asked when the first was given up.
    await eventually(() => expect(questions(protocol, printer)).toBeGreaterThan(before + 1))
    expect(onlyQuestions(protocol, printer)).toBe(true)
    printer.set({ silent: false })
    expect(await printed).toEqual({ outcome: 'printed' })
    expect(printer.pages().map(top)).toEqual([LABEL])
  })

  test('that has answered before and does so no more is refused the job at its deadline', async (t) => {
    const { printer, driver } = await start(t, protocol)
    expect(await driver.status()).toMatchObject({ state: { state: 'ready' } })
    printer.set({ silent: true })
    expect(await driver.print(LABEL, Date.now() + ANSWER_MS * 1.5)).toEqual({
      outcome: 'refused',
      fault: { code: 'no-answer', detail: 'no status before the deadline of the job' },
      conditions: [],
    })
    expect(driver.state()).toMatchObject({ state: 'faulty', fault: { code: 'no-answer' } })
    expect(onlyQuestions(protocol, printer)).toBe(true)
  })

  test('that falls silent after a job was sent leaves it unknown', async (t) => {
    const { printer, driver } = await start(t, protocol)
    printer.set({ slow_ms: 2000 })
    const outcome = driver.print(LABEL, Date.now() + 5000)
    await eventually(() => expect(jobs(protocol, printer)).toBe(1))
    printer.set({ silent: true })
    expect(await outcome).toMatchObject({ outcome: 'unknown', fault: { code: 'no-answer' } })
    expect(driver.state()).toMatchObject({ state: 'faulty', fault: { code: 'no-answer' } })
    expect(jobs(protocol, printer)).toBe(1)
  })

  test.for([
    ['headOpen', 'head-open'],
    ['ribbonOut', 'ribbon-out'],
    ['paused', 'paused'],
    ['tooHot', 'over-temperature'],
    ['cutterStuck', 'cutter-error'],
  ] as const)('with %s is sent nothing, where its language can say it', async ([condition, said], t) => {
    if (onReceipts.includes(protocol) && (condition === 'ribbonOut' || condition === 'paused')) return
    if (protocol === 'zpl' && condition === 'cutterStuck') return
    const named = protocol !== 'tspl' || (condition !== 'tooHot' && condition !== 'cutterStuck')
    const word = named ? said : 'other-error'
    const { printer, driver } = await start(t, protocol)
    printer.set({ [condition]: true })
    expect(await driver.print(LABEL, soon())).toMatchObject({ outcome: 'refused', conditions: [word] })
    expect(onlyQuestions(protocol, printer)).toBe(true)
    const report = {
      state: { state: 'faulty', fault: { code: 'device-error', detail: word, words: CONDITION_WORDS[word] } },
      conditions: [word],
      busy: false,
    }
    await eventually(async () => expect(await driver.status()).toEqual(report))
  })

  test('that is not there refuses at once', async (t) => {
    const { printer, driver } = await start(t, protocol)
    await printer.unplug()
    expect(await driver.print(LABEL, soon())).toMatchObject({ outcome: 'refused', fault: { code: 'port-refused' } })
    expect(await driver.status()).toMatchObject({ state: { state: 'gone' } })
    await printer.replug()
    expect(await driver.status()).toMatchObject({ state: { state: 'ready' } })
  })

  test('prints twenty labels, each once and in order', async (t) => {
    const { printer, driver } = await start(t, protocol)
    const labels = Array.from({ length: 20 }, (_, nth) => picture(64, 16, (x, y) => y === 4 && x < nth + 1))
    const outcomes = await Promise.all(labels.map((label) => driver.print(label, Date.now() + 60_000)))
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['printed']))
    expect(printer.pages().map((page) => blackDots(page))).toEqual(labels.map((_, nth) => nth + 1))
  }, 60_000)
})

describe.concurrent('the queue', () => {
  test('refuses a job whose deadline passes behind another, at that moment, and never sends it', async (t) => {
    const { printer, driver } = await start(t, 'zpl')
    printer.set({ slow_ms: 400 })
    const done: string[] = []
    const first = driver.print(LABEL, soon()).finally(() => done.push('first'))
    expect(await driver.print(OTHER_LABEL, Date.now() + 200)).toEqual({
      outcome: 'refused',
      fault: { code: 'port-busy', detail: 'the deadline passed before the jobs before it were done' },
      conditions: [],
    })
    // While the one before it is still under way, however slow the machine is.
    expect(done).toEqual([])
    expect(await first).toEqual({ outcome: 'printed' })
    expect(jobs('zpl', printer)).toBe(1)
  })

  test('refuses a job whose deadline is past', async (t) => {
    const { printer, driver } = await start(t, 'zpl')
    expect(await driver.print(LABEL, Date.now() - 1)).toMatchObject({ outcome: 'refused' })
    expect(printer.received()).toHaveLength(0)
  })

  test('goes on after a job that could not be encoded', async (t) => {
    const { driver } = await start(t, 'zpl')
    const wrong: Bitmap = { width: 8, height: 2, rowBytes: 1, bits: new Uint8Array(1) }
    await expect(driver.print(wrong, soon())).rejects.toThrow(RangeError)
    expect(await driver.print(LABEL, soon())).toEqual({ outcome: 'printed' })
  })

  test('has an end', async (t) => {
    const { printer, driver } = await start(t, 'zpl')
    printer.set({ slow_ms: 60_000 })
    const tiny = picture(8, 1, () => true)
    const outcomes = Array.from({ length: 402 }, () => driver.print(tiny, soon()))
    expect(await outcomes.at(-1)).toMatchObject({ outcome: 'refused', fault: { detail: '400 jobs are waiting' } })
    await driver.close()
    await Promise.all(outcomes)
  })

  test('is refused as a whole when the printer is closed, and the job under way is unknown', async (t) => {
    const { printer, driver } = await start(t, 'zpl')
    printer.set({ slow_ms: 60_000 })
    const underWay = driver.print(LABEL, soon())
    const waiting = driver.print(LABEL, soon())
    await eventually(() => expect(jobs('zpl', printer)).toBe(1))
    await driver.close()
    expect(await underWay).toMatchObject({ outcome: 'unknown' })
    expect(await waiting).toMatchObject({ outcome: 'refused' })
    expect(await driver.print(LABEL, soon())).toMatchObject({ outcome: 'refused' })
    expect(jobs('zpl', printer)).toBe(1)
  })
})

describe.concurrent('what a printer is said to be', () => {
  test('is opening until it has answered, and each change is told once', async (t) => {
    const states: DeviceState[] = []
    const { printer, driver } = await start(t, 'tspl', undefined, undefined, { onState: (state) => states.push(state) })
    expect(driver.state()).toEqual({ state: 'opening' })
    await driver.status()
    await driver.status()
    printer.set({ headOpen: true })
    await Promise.all([driver.status(), driver.status()])
    await printer.unplug()
    await driver.status()
    expect(states.map(({ state }) => state)).toEqual(['ready', 'faulty', 'gone'])
  })

  test('while a job is under way is what it answered last', async (t) => {
    const { printer, driver } = await start(t, 'zpl')
    printer.set({ slow_ms: 300 })
    const printed = driver.print(LABEL, soon())
    await eventually(async () => expect(await driver.status()).toMatchObject({ state: { state: 'ready' }, busy: true }))
    await printed
  })

  test('of something that sends no status is what it sent', async (t) => {
    const address = await serve(t, (socket) =>
      socket.on('data', () => void socket.write('\x02HTTP/1.1 400\x03\x02\x03\x02\x03')),
    )
    const driver = drive(t, 'zpl', address)
    expect((await driver.status()).state).toEqual({
      state: 'faulty',
      fault: { code: 'protocol', detail: 'not the three strings of a status' },
    })
  })
})

describe.concurrent('a job on TCP', () => {
  test('arrives whole at a slow reader with answers that nobody reads', async (t) => {
    const received: Buffer[] = []
    const ended = Promise.withResolvers<void>()
    const address = await serve(t, (socket) => {
      socket.write(Buffer.alloc(64, 0xff))
      socket.on('data', (bytes) => {
        received.push(bytes)
        socket.pause()
        setImmediate(() => socket.resume())
        socket.write(Buffer.of(0xff))
      })
      socket.on('end', () => ended.resolve())
    })
    const job = noisePicture(2400, 3600, 1)
    expect(await drive(t, 'tspl', address).print(job, soon())).toMatchObject({ outcome: 'unknown' })
    await ended.promise
    expect(Buffer.concat(received).subarray(-13).toString('latin1')).toBe('\r\nPRINT 1,1\r\n')
    expect(Buffer.concat(received).length).toBeGreaterThan(job.bits.length)
  })

  test('that the printer hangs up on is unknown', async (t) => {
    const address = await serve(t, (socket) => {
      let questions = 0
      socket.on('data', (bytes) => {
        if (bytes.length > 3) socket.destroy()
        else if (questions++ === 0) socket.write(Buffer.of(0x00))
      })
    })
    expect(await drive(t, 'tspl', address).print(LABEL, soon())).toMatchObject({
      outcome: 'unknown',
      fault: { code: 'port-gone' },
    })
  })

  test('is not called printed by an answer to a question asked before it', async (t) => {
    // Busy, nothing, free: one answer is owed when the job is sent. It comes after the job, then one to a question of after the job.
    const answers = [[0x20], [], [0x00], [0x00], [0x00]]
    const address = await serve(t, (socket) => {
      socket.on('data', (bytes) => {
        if (bytes.subarray(-3).toString('latin1') === QUESTION.tspl) socket.write(Buffer.from(answers.shift() ?? []))
      })
    })
    expect(await drive(t, 'tspl', address).print(LABEL, Date.now() + 6000)).toMatchObject({ outcome: 'unknown' })
    expect(answers).toEqual([])
  })
})

describe.concurrent('a TSPL printer of 300 dots an inch', () => {
  test('is told the millimetres of its own dots', async (t) => {
    const printer = await startLabelPrinter({ protocol: 'tspl', dpi: 300, widthMm: 60, heightMm: 40, listen: 'tcp:0' })
    t.onTestFinished(() => printer.close())
    const label = labelPicture(720, 480)
    expect(
      await drive(t, 'tspl', printer.address, { tspl: { dotsPerMm: 12, gap_mm: 3, blackBit: 0 } }).print(label, soon()),
    ).toEqual({ outcome: 'printed' })
    const { width, height, rowBytes, bits } = printer.pages()[0] ?? whitePicture(1, 1)
    expect({ width, height, rowBytes, bits }).toEqual(label)
  })
})

describe.concurrent('a TSPL clone that leaves the question in its line', () => {
  test('prints all the same', async (t) => {
    const { printer, driver } = await start(t, 'tspl')
    printer.set({ leavesQuestionInLine: true })
    expect(await driver.print(LABEL, soon())).toEqual({ outcome: 'printed' })
    expect(printer.pages().map(top)).toEqual([LABEL])
  })
})

describe.concurrent('an ESC/POS picture whose dots spell a status question', () => {
  test('is printed, and the answers to it confuse nothing', async (t) => {
    const { printer, driver } = await start(t, 'escpos')
    const spelled = picture(480, 320, () => false)
    for (let at = 0; at + 3 < spelled.bits.length; at += 97) spelled.bits.set([0x10, 0x04, 1 + (at % 4)], at)
    expect(await driver.print(spelled, soon())).toEqual({ outcome: 'printed' })
    expect(top(printer.pages()[0])).toEqual(spelled)
  })
})

describe.concurrent.each(['escpos', 'star'] as const)('a receipt printer that speaks %s', (protocol) => {
  test('prints a slip and cuts it', async (t) => {
    const printer = await startReceiptPrinter({ listen: 'tcp:0', protocol })
    t.onTestFinished(() => printer.close())
    const driver = drive(t, protocol, printer.address, { kind: 'receipt-printer' })
    const slip = labelPicture(576, 700)
    expect(await driver.print(slip, soon())).toEqual({ outcome: 'printed' })
    expect(printer.pages()).toHaveLength(1)
    const { width, rowBytes, bits } = printer.pages()[0] ?? slip
    expect({ width, height: 700, rowBytes, bits: Uint8Array.from(bits.subarray(0, slip.bits.length)) }).toEqual(slip)
    expect(bits.subarray(slip.bits.length).every((byte) => byte === 0)).toBe(true)
  })
})

describe.concurrent('a Star picture whose dots spell a status question', () => {
  test('is printed, and the answers to it confuse nothing', async (t) => {
    const { printer, driver } = await start(t, 'star')
    const spelled = picture(480, 320, () => false)
    for (let at = 0; at + 3 < spelled.bits.length; at += 97) spelled.bits.set([0x1b, 0x06, 0x01], at)
    expect(await driver.print(spelled, soon())).toEqual({ outcome: 'printed' })
    expect(top(printer.pages()[0])).toEqual(spelled)
  })
})

describe.concurrent('a device file that only takes bytes', () => {
  test('gets the job once, and what came of it is unknown', async (t) => {
    const driver = drive(t, 'tspl', 'file:/dev/null')
    expect(await driver.print(LABEL, soon())).toMatchObject({ outcome: 'unknown', fault: { code: 'no-answer' } })
  })
})

function soon(): number {
  return Date.now() + SOON_MS
}

/** Waits for what must come, however busy the machine is. */
async function eventually(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, 30_000)
}

async function start(
  t: TestContext,
  protocol: PrinterProtocol,
  listen = (_directory: string) => 'tcp:0',
  address = (printer: EmulatedPrinter) => printer.address,
  more: Partial<PrinterOptions> = {},
): Promise<{ printer: EmulatedPrinter; driver: PrinterDriver }> {
  const directory = await mkdtemp(join(tmpdir(), 'clearhold-printer-'))
  t.onTestFinished(() => rm(directory, { recursive: true }))
  const printer = await startLabelPrinter({ protocol, dpi: 203, widthMm: 60, heightMm: 40, listen: listen(directory) })
  t.onTestFinished(() => printer.close())
  return { printer, driver: drive(t, protocol, address(printer), more) }
}

function drive(
  t: TestContext,
  protocol: PrinterProtocol,
  address: string,
  more: Partial<PrinterOptions> = {},
): PrinterDriver {
  const driver = openPrinter({ kind: 'label-printer', protocol, address, openPort, now: Date.now, ...more })
  t.onTestFinished(() => driver.close())
  return driver
}

/** Something on TCP that behaves as no emulated printer does. */
async function serve(t: TestContext, onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  )
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no TCP address')
  return `tcp://127.0.0.1:${bound.port}`
}

/** The label's part of a page; below it lies what the cutter needed. */
function top(page: Bitmap | undefined): Bitmap | undefined {
  if (page === undefined || page.height < LABEL.height) return page
  return {
    width: page.width,
    height: 320,
    rowBytes: page.rowBytes,
    bits: Uint8Array.from(page.bits.subarray(0, 320 * 60)),
  }
}

function blackDots({ bits }: Bitmap): number {
  let count = 0
  for (const byte of bits) for (let bit = byte; bit !== 0; bit &= bit - 1) count += 1
  return count
}

const JOB_MARK = { zpl: '^XZ', tspl: 'PRINT 1,1', escpos: '\x1dV\x00', star: '\x1bd\x02' } as const
const QUESTION = {
  zpl: '~HS',
  tspl: '\x1b!?',
  escpos: '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04',
  star: '\x1b\x06\x01',
} as const
/** What a printer answers in the order of its job. */
const MARKS = /\x1dr\x01|\x17/g

/** How many whole jobs the printer was sent. */
function jobs(protocol: PrinterProtocol, printer: EmulatedPrinter): number {
  return Buffer.from(printer.received()).toString('latin1').split(JOB_MARK[protocol]).length - 1
}

/** How often it was asked how it is. */
function questions(protocol: PrinterProtocol, printer: EmulatedPrinter): number {
  return Buffer.from(printer.received()).toString('latin1').split(QUESTION[protocol]).length - 1
}

function onlyQuestions(protocol: PrinterProtocol, printer: EmulatedPrinter): boolean {
  const received = Buffer.from(printer.received()).toString('latin1')
  return received.length > 0 && received.replaceAll(QUESTION[protocol], '').replaceAll(MARKS, '') === ''
}
