import { readdir, readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import sharp from 'sharp'
import { describe, expect, test, vi, type TestContext } from 'vitest'
import { startLabelPrinter, type EmulatedPrinter, type LabelPrinterOptions } from './label-printer.ts'
import { startReceiptPrinter } from './receipt-printer.ts'

const PROTOCOL = { dpi: 203, widthMm: 20, heightMm: 10, listen: 'tcp:0' } as const

describe('an emulated ZPL printer', () => {
  test('says what it is and how it is, in the strings of the manual', async (t) => {
    const { printer, says } = await meet(t, 'zpl')
    expect(await says('~HI')).toBe('\x02CH-EMU-8DPMM,V1.0.0,8,8192KB\x03\r\n')
    expect(await says('~HS')).toBe(
      '\x02030,0,0,0080,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x020000,0\x03\r\n',
    )
    printer.set({ paperOut: true, paused: true, headOpen: true, ribbonOut: true })
    expect(await says('~HS')).toBe(
      '\x02030,1,1,0080,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,1,1,1,2,6,0,00000000,1,000\x03\r\n\x020000,0\x03\r\n',
    )
    printer.set({ paperOut: false, headOpen: false, ribbonOut: false })
    expect(await says('^XA^FO0,0^GB8,8,8^FS~HS')).toContain('030,0,1,0080,000,0,0,1,')
    expect(await says('^PQ3^XZ^XA^XZ~HS')).toMatch(/^\x02030,0,1,0080,001,0,0,0,.*\x02001,0,0,0,1,2,6,0,0000000[13],/s)
    expect(await says('~JA~HS')).toContain('030,0,1,0080,000,0,0,0,')
    expect(await says('~PS~HS')).toContain('030,0,0,0080,000,0,0,0,')
    expect(printer.pages()).toEqual([])
  })

  test('prints the copies that are asked for, with the picture of each and the bytes that made it', async (t) => {
    const { printer, send } = await meet(t, 'zpl')
    const job = '^XA^PW160^LL80^FO8,4^GB16,2,2^FS^PQ2^XZ'
    await send(job)
    await vi.waitFor(() => expect(printer.pages()).toHaveLength(2), 10_000)
    for (const page of printer.pages()) {
      expect(page).toMatchObject({ width: 160, height: 80, rowBytes: 20, whole: true })
      expect(Buffer.from(page.job).toString()).toBe(job)
      expect(blackDots(page.bits)).toBe(32)
      const { data, info } = await sharp(page.png).greyscale().raw().toBuffer({ resolveWithObject: true })
      expect(info).toMatchObject({ width: 160, height: 80 })
      expect(data.filter((grey) => grey < 128)).toHaveLength(32)
    }
  })

  test('prints a label again from its start when the paper ended in it', async (t) => {
    const { printer, send } = await meet(t, 'zpl')
    printer.set({ paperLeft_rows: 30 })
    await send('^XA^FO0,0^GB160,80,80^FS^XZ')
    await vi.waitFor(() => expect(printer.pages()).toMatchObject([{ whole: false, height: 30 }]), 10_000)
    expect(printer.conditions().paperOut).toBe(true)
    printer.set({ paperOut: false })
    await vi.waitFor(
      () => expect(printer.pages()).toMatchObject([{ whole: false }, { whole: true, height: 80 }]),
      10_000,
    )
  })

  test('forgets what it was doing when its power goes', async (t) => {
    const { printer, send } = await meet(t, 'zpl')
    printer.set({ paused: true })
    const job = '^XA^FO0,0^GB8,8,8^FS^XZ^XA^FO0,0'
    await send(job)
    await vi.waitFor(() => expect(printer.received()).toHaveLength(job.length), 10_000)
    await printer.unplug()
    printer.set({ paused: false })
    await printer.replug()
    const again = await open(t, printer)
    expect(await again.says('~HS')).toContain('030,0,0,0080,000,0,0,0,')
    expect(printer.pages()).toEqual([])
  })
})

describe('an emulated TSPL printer', () => {
  test('answers one byte of flags, also between two lines of a job', async (t) => {
    const { printer, says } = await meet(t, 'tspl')
    const flags = async (): Promise<number> =>
      Buffer.from(await says('SIZE 20 mm,10 mm\r\n\x1b!?'), 'latin1').readUInt8()
    expect(await flags()).toBe(0x00)
    printer.set({ headOpen: true, paperOut: true })
    expect(await flags()).toBe(0x05)
    printer.set({ headOpen: false, paperOut: false, ribbonOut: true, paused: true })
    expect(await flags()).toBe(0x18)
    expect(await says('PRINT 1\r\n\x1b!?')).toBe('\x38')
  })

  test('draws 0 bits black, takes any byte within a picture, and overwrites, adds or inverts', async (t) => {
    const { printer, send } = await meet(t, 'tspl')
    await send('SIZE 2 mm,1 mm\r\nCLS\r\nBITMAP 0,0,2,2,0,\r\n"\x0f\r\n')
    await send('BITMAP 0,0,1,1,1,\x7f\r\nBITMAP 8,0,1,1,2,\x00\r\nPRINT 1,2\r\n')
    await vi.waitFor(() => expect(printer.pages()).toHaveLength(2), 10_000)
    const [page] = printer.pages()
    expect(page).toMatchObject({ width: 16, height: 8, whole: true })
    // 0D 0A are F2 F5 in black; the OR adds the leftmost dot (already black), the XOR turns the second byte round.
    expect(Array.from(page?.bits.subarray(0, 4) ?? [])).toEqual([0xf2, 0x0a, 0xdd, 0xf0])
    expect(page?.bits.subarray(4).every((byte) => byte === 0)).toBe(true)
  })

  test('with the habit of some clones spoils the line after a question', async (t) => {
    const { printer, send, says } = await meet(t, 'tspl')
    printer.set({ leavesQuestionInLine: true })
    expect(await says('\x1b!?')).toBe('\x00')
    await send('PRINT 1\r\nPRINT 2\r\n')
    await vi.waitFor(() => expect(printer.pages()).toHaveLength(2), 10_000)
    expect(await says('\x1b!?')).toBe('\x00')
    expect(printer.pages()).toHaveLength(2)
  })
})

describe('an emulated ESC/POS printer', () => {
  test('answers DLE EOT 1 to 4 with their fixed bits', async (t) => {
    const { printer, says } = await meet(t, 'escpos')
    const all = '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04'
    expect(hex(await says(all, 4))).toBe('12121212')
    printer.set({ paperOut: true })
    expect(hex(await says(all, 4))).toBe('1a32127e')
    printer.set({ paperOut: false, headOpen: true })
    expect(hex(await says(all, 4))).toBe('1a161212')
  })

  test('answers GS r only when it has done what came before', async (t) => {
    const { printer, says, send } = await meet(t, 'escpos')
    printer.set({ paperOut: true })
    await send('\x1dv0\x00\x01\x00\x01\x00\xff\x1dr\x01')
    expect(hex(await says('\x10\x04\x01'))).toBe('1a')
    printer.set({ paperOut: false })
    expect(hex(await says('\x10\x04\x01', 2))).toMatch(/^(0012|1200)$/)
  })

  test('makes a page of what lies between two cuts', async (t) => {
    const { printer, send } = await meet(t, 'escpos')
    await send(
      '\x1b@\x1ba\x01\x1dv0\x00\x01\x00\x02\x00\x81\x7e\x1bJ\x03\x1dVB\x02\x1dv0\x00\x01\x00\x01\x00\xff\x1dV\x00',
    )
    await vi.waitFor(() => expect(printer.pages()).toHaveLength(2), 10_000)
    expect(printer.pages()).toMatchObject([
      { width: 160, height: 7 },
      { width: 160, height: 1 },
    ])
    expect(Array.from(printer.pages()[0]?.bits ?? []).filter((byte) => byte !== 0)).toEqual([0x81, 0x7e])
  })

  test('on receipt paper is 576 dots wide and feeds a sixth of an inch a line', async (t) => {
    const printer = await startReceiptPrinter({ listen: 'tcp:0' })
    t.onTestFinished(() => printer.close())
    const { send } = await open(t, printer)
    await send('\x1bd\x04\n\x1dV\x00')
    await vi.waitFor(() => expect(printer.pages()).toMatchObject([{ width: 576, height: 5 * 34 }]), 10_000)
  })
})

describe('any emulated printer', () => {
  test('shares nothing with the drivers', async () => {
    const folder = new URL('.', import.meta.url)
    const files = (await readdir(folder)).filter((name) =>
      /^(printer-.*|label-printer|receipt-printer)\.ts$/.test(name),
    )
    expect(files.length).toBeGreaterThan(5)
    for (const name of files) {
      const imports = (await readFile(new URL(name, folder), 'utf8')).match(/from '[^']+'/g) ?? []
      expect(
        imports.filter((from) => from.includes('../')),
        name,
      ).toEqual([])
    }
  })

  test('dies after the bytes that it is given to live, and comes back at the same address', async (t) => {
    const { printer, send, socket } = await meet(t, 'tspl')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    printer.set({ dieAfterBytes: 5 })
    await send('PRINT 1\r\n')
    await closed
    expect(Buffer.from(printer.received()).toString()).toBe('PRINT')
    await printer.replug()
    const again = await open(t, printer)
    expect(await again.says('\x1b!?')).toBe('\x00')
    expect(printer.pages()).toEqual([])
  })

  test('that is silent prints and says nothing', async (t) => {
    const { printer, send, heard } = await meet(t, 'tspl')
    printer.set({ silent: true })
    await send('\x1b!?PRINT 1\r\n')
    await vi.waitFor(() => expect(printer.pages()).toHaveLength(1), 10_000)
    expect(heard()).toBe('')
  })
})

async function meet(t: TestContext, protocol: LabelPrinterOptions['protocol']) {
  const printer = await startLabelPrinter({ ...PROTOCOL, protocol })
  t.onTestFinished(() => printer.close())
  return { printer, ...(await open(t, printer)) }
}

async function open(t: TestContext, printer: EmulatedPrinter) {
  const socket: Socket = connect(Number(printer.address.split(':').at(-1)), '127.0.0.1')
  socket.on('error', () => undefined)
  t.onTestFinished(() => void socket.destroy())
  let heard = ''
  socket.on('data', (bytes) => (heard += bytes.toString('latin1')))
  await new Promise((resolve) => socket.once('connect', resolve))
  const send = (text: string): Promise<void> =>
    new Promise((resolve) => void socket.write(Buffer.from(text, 'latin1'), () => resolve()))
  /** Sends, waits for an answer of that many bytes (or of any), and takes it. */
  const says = async (text: string, bytes = 1): Promise<string> => {
    await send(text)
    await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(bytes), 10_000)
    const answer = heard
    heard = ''
    return answer
  }
  return { socket, send, says, heard: () => heard }
}

function hex(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex')
}

function blackDots(bits: Uint8Array): number {
  let count = 0
  for (const byte of bits) for (let bit = byte; bit !== 0; bit &= bit - 1) count += 1
  return count
}
