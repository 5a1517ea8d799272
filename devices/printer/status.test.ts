import { describe, expect, test } from 'vitest'
import { ascii, faults, framerLaws, joined, values } from '../testing.ts'
import { escposFramer, escposStatusReader } from './escpos-status.ts'
import { starFramer, starStatusReader } from './star-status.ts'
import { isFree, stopping } from './status.ts'
import { tsplStatusReader } from './tspl-status.ts'
import { zplStatusReader } from './zpl-status.ts'

const IDLE_1 = '030,0,0,0959,000,0,0,0,000,0,0,0'
const IDLE_2 = '001,0,0,0,1,2,6,0,00000000,1,000'
const hostStatus = (string1 = IDLE_1, string2 = IDLE_2, string3 = '1234,0', lineEnd = '\r\n'): Uint8Array =>
  ascii([string1, string2, string3].map((text) => `\x02${text}\x03${lineEnd}`).join(''))

framerLaws('~HS', zplStatusReader, {
  frames: [
    hostStatus(),
    hostStatus(undefined, undefined, undefined, ''),
    hostStatus('030,1,0,0959,001,0,0,0,000,0,0,0', '001,0,1,0,1,2,6,0,00000001,1,000'),
  ],
  noise: ascii('hello\r\n\x03 030,0\r\n'),
  damaged: [
    hostStatus('030,0,x,0959,000,0,0,0,000,0,0,0'),
    hostStatus(undefined, '001,0,0,0,1'),
    hostStatus(undefined, undefined, ''),
    hostStatus().subarray(0, -6),
  ],
  endless: joined([ascii('\x02'), new Uint8Array(5000).fill(0x30), ascii('\x03')]),
  resync: new Uint8Array(0),
})

framerLaws('<ESC>!?', tsplStatusReader, {
  frames: [Uint8Array.of(0x00), Uint8Array.of(0x05), Uint8Array.of(0x20), Uint8Array.of(0x80)],
  noise: ascii('NOISE'),
  damaged: [Uint8Array.of(0x40), Uint8Array.of(0xff)],
  endless: new Uint8Array(5000).fill(0x41),
  resync: new Uint8Array(0),
})

framerLaws('DLE EOT', escposFramer, {
  frames: [
    Uint8Array.of(0x12),
    Uint8Array.of(0x1a),
    Uint8Array.of(0x32),
    Uint8Array.of(0x7e),
    Uint8Array.of(0x14, 0x00, 0x00, 0x0f),
  ],
  noise: Uint8Array.of(0x81, 0xff, 0x13, 0x92),
  damaged: [Uint8Array.of(0x13), Uint8Array.of(0x93), Uint8Array.of(0x14, 0x00)],
  endless: new Uint8Array(5000).fill(0xff),
  resync: Uint8Array.of(0xff),
})

/** Nine bytes of the third version, with the counter of marks. */
const star = ({ printer = 0, error = 0, more = 0, paper = 0, counter = 0 } = {}): Uint8Array =>
  Uint8Array.of(0x23, 0x86, printer, error, more, paper, 0, ((counter & 7) << 1) | ((counter & 24) << 2), 0)

framerLaws('ESC ACK SOH', starFramer, {
  frames: [
    star(),
    star({ printer: 0x28, paper: 0x0c, counter: 31 }),
    Uint8Array.of(0x2f, 0x0c, ...Array<number>(13).fill(0)),
  ],
  noise: Uint8Array.of(0xff, 0x12, 0x41, 0x00),
  damaged: [star().subarray(0, 1), star().subarray(0, 4), star().subarray(0, 8)],
  endless: new Uint8Array(5000).fill(0xff),
  resync: new Uint8Array(0),
})

describe('the automatic status of a Star printer', () => {
  const read = (reader: ReturnType<typeof starStatusReader>, ...statuses: readonly Uint8Array[]) =>
    values(reader.push(joined(statuses)))

  test.each([
    ['nothing', {}, []],
    ['paper out', { printer: 0x08, paper: 0x0c }, ['paper-out']],
    ['paper that ends soon, which stops nothing', { paper: 0x04 }, []],
    ['the cover open', { printer: 0x28 }, ['head-open']],
    ['the knife stuck', { printer: 0x08, error: 0x08 }, ['cutter-error']],
    ['too hot', { printer: 0x08, error: 0x40 }, ['over-temperature']],
    ['an error that it does not recover from', { error: 0x20 }, ['other-error']],
    ['a black mark that was missed', { more: 0x08 }, ['other-error']],
    ['two at once', { printer: 0x28, paper: 0x08 }, ['paper-out', 'head-open']],
  ])('names %s', (_, status, conditions) => {
    expect(read(starStatusReader(), star(status))).toEqual([{ conditions, busy: false }])
  })

  test('offline without a cause is somebody at its button', () => {
    expect(read(starStatusReader(), star({ printer: 0x08 }))).toEqual([{ conditions: [], busy: true }])
  })

  test('of a printer that printed before this one was opened is not busy for that', () => {
    expect(read(starStatusReader(), star({ counter: 7 }))).toEqual([{ conditions: [], busy: false }])
  })

  test('is busy from a mark until the counter has moved by it and then stands still; where it stood before is kept back', () => {
    const reader = starStatusReader()
    expect(reader.barrier()).toEqual(Buffer.of(0x1b, 0x06, 0x01, 0x17))
    const busy = (...counters: readonly number[]) =>
      read(reader, ...counters.map((counter) => star({ counter }))).map((status) => status.busy)
    expect(busy(31)).toEqual([])
    expect(busy(31, 31, 31)).toEqual([true, true, true])
    expect(busy(0, 0, 0)).toEqual([true, true, false])
    expect(reader.barrier()).toEqual(Buffer.of(0x17))
    expect(busy(0, 0, 0, 1)).toEqual([true, true, true, true])
    expect(busy(1, 1)).toEqual([true, false])
  })

  test('a mark of an earlier job that is carried out late ends nothing', () => {
    const reader = starStatusReader()
    reader.barrier()
    const busy = (counter: number) => read(reader, star({ counter })).map((status) => status.busy)
    expect([busy(4), busy(5), busy(5), busy(6)]).toEqual([[], [true], [true], [true]])
    expect([busy(6), busy(6)]).toEqual([[true], [false]])
  })
})

describe('the answer to ~HS', () => {
  const read = (string1?: string, string2?: string) => values(zplStatusReader().push(hostStatus(string1, string2)))

  test('of an idle printer says that it is free', () => {
    expect(read()).toEqual([{ conditions: [], busy: false }])
  })

  test.each([
    ['paper out', '030,1,0,0959,000,0,0,0,000,0,0,0', IDLE_2, ['paper-out']],
    ['paused', '030,0,1,0959,000,0,0,0,000,0,0,0', IDLE_2, ['paused']],
    ['buffer full', '030,0,0,0959,000,1,0,0,000,0,0,0', IDLE_2, ['buffer-full']],
    ['diagnostic mode', '030,0,0,0959,000,0,1,0,000,0,0,0', IDLE_2, ['other-error']],
    ['corrupt memory', '030,0,0,0959,000,0,0,0,000,1,0,0', IDLE_2, ['other-error']],
    ['too cold', '030,0,0,0959,000,0,0,0,000,0,1,0', IDLE_2, ['under-temperature']],
    ['too hot', '030,0,0,0959,000,0,0,0,000,0,0,1', IDLE_2, ['over-temperature']],
    ['head open', IDLE_1, '001,0,1,0,1,2,6,0,00000000,1,000', ['head-open']],
    ['ribbon out', IDLE_1, '001,0,0,1,1,2,6,0,00000000,1,000', ['ribbon-out']],
    ['ribbon out where none is used', IDLE_1, '001,0,0,1,0,2,6,0,00000000,1,000', []],
    ['label waiting', IDLE_1, '001,0,0,0,1,1,6,1,00000000,1,000', ['label-waiting']],
    [
      'two at once',
      '030,1,1,0959,000,0,0,0,000,0,0,0',
      '001,0,1,0,1,K,6,0,00000000,1,000',
      ['paper-out', 'head-open', 'paused'],
    ],
  ])('names %s', (_, string1, string2, conditions) => {
    expect(read(string1, string2)).toEqual([{ conditions, busy: false }])
  })

  test.each([
    ['formats in the buffer', '030,0,0,0959,002,0,0,0,000,0,0,0', IDLE_2],
    ['a format half received', '030,0,0,0959,000,0,0,1,000,0,0,0', IDLE_2],
    ['labels left in the batch', IDLE_1, '001,0,0,0,1,2,6,0,00000001,1,000'],
  ])('is busy with %s', (_, string1, string2) => {
    expect(read(string1, string2)).toEqual([{ conditions: [], busy: true }])
  })

  test('keeps its bytes, also the line ends within', () => {
    const [frame] = zplStatusReader().push(joined([ascii('\r\n'), hostStatus()]))
    expect(frame?.raw).toEqual(hostStatus().subarray(0, -2))
  })

  test('that lost a string gives no status, and the next one does', () => {
    const broken = ascii(`\x02${IDLE_1}\x03\r\n\x021234,0\x03\r\n`)
    const frames = zplStatusReader().push(joined([broken, hostStatus()]))
    expect(faults(frames)).toEqual(['protocol'])
    expect(values(frames)).toHaveLength(1)
  })

  test('cut in an open string is a fault with the bytes', () => {
    const reader = zplStatusReader()
    reader.push(ascii('\x02030,0'))
    expect(reader.end()).toMatchObject([{ fault: { code: 'line-cut' }, raw: ascii('\x02030,0') }])
    expect(reader.end()).toEqual([])
  })
})

describe('the answer to <ESC>!?', () => {
  test.each([
    [0x00, [], false],
    [0x01, ['head-open'], false],
    [0x02, ['paper-jam'], false],
    [0x04, ['paper-out'], false],
    [0x05, ['head-open', 'paper-out'], false],
    [0x08, ['ribbon-out'], false],
    [0x10, ['paused'], false],
    [0x20, [], true],
    [0x24, ['paper-out'], true],
    [0x80, ['other-error'], false],
  ])('%i', (byte, conditions, busy) => {
    expect(values(tsplStatusReader().push(Uint8Array.of(byte)))).toEqual([{ conditions, busy }])
  })

  test('every other flag is no status', () => {
    for (let byte = 0; byte < 256; byte += 1)
      expect(faults(tsplStatusReader().push(Uint8Array.of(byte)))).toEqual((byte & 0x40) === 0 ? [] : ['protocol'])
  })
})

describe('the answers to DLE EOT 1 to 4', () => {
  const asked = () => {
    const reader = escposStatusReader()
    expect(Buffer.from(reader.ask()).toString('hex')).toBe('100401100402100403100404')
    return reader
  }

  test.each([
    ['idle', [0x12, 0x12, 0x12, 0x12], [], false],
    ['drawer open', [0x16, 0x12, 0x12, 0x12], [], false],
    ['paper near its end', [0x12, 0x12, 0x12, 0x1e], [], false],
    ['paper end', [0x1a, 0x32, 0x12, 0x7e], ['paper-out'], false],
    ['paper end by its sensor alone', [0x12, 0x12, 0x12, 0x72], ['paper-out'], false],
    ['cover open', [0x1a, 0x16, 0x12, 0x12], ['head-open'], false],
    ['cutter', [0x1a, 0x52, 0x1a, 0x12], ['cutter-error'], false],
    ['too hot', [0x1a, 0x52, 0x52, 0x12], ['over-temperature'], false],
    ['an error for good', [0x1a, 0x52, 0x32, 0x12], ['other-error'], false],
    ['an error without a name', [0x1a, 0x52, 0x12, 0x12], ['other-error'], false],
    ['waiting to be recovered', [0x3a, 0x12, 0x12, 0x12], ['other-error'], false],
    ['feed button held', [0x5a, 0x1a, 0x12, 0x12], [], true],
    ['offline for no reason given', [0x1a, 0x12, 0x12, 0x12], [], true],
  ])('%s', (_, answers, conditions, busy) => {
    expect(values(asked().push(Uint8Array.from(answers)))).toEqual([{ conditions, busy }])
  })

  test('are one status however they arrive, and nothing while one is missing', () => {
    const reader = asked()
    for (const byte of [0x12, 0x12, 0x12]) expect(reader.push(Uint8Array.of(byte))).toEqual([])
    expect(values(reader.push(Uint8Array.of(0x12)))).toHaveLength(1)
  })

  test('that nobody asked for are no status', () => {
    const reader = escposStatusReader()
    expect(faults(reader.push(Uint8Array.of(0x12, 0x12, 0x12, 0x12)))).toEqual(Array(4).fill('protocol'))
    reader.ask()
    expect(values(reader.push(Uint8Array.of(0x12, 0x12, 0x12, 0x12)))).toHaveLength(1)
  })

  test('are told from automatic status between them', () => {
    const frames = asked().push(Uint8Array.of(0x12, 0x14, 0x00, 0x00, 0x0f, 0x12, 0x12, 0x12))
    expect(values(frames)).toEqual([{ conditions: [], busy: false }])
    expect(faults(frames)).toEqual(['protocol'])
  })

  test('leave the printer busy until it has come to the barrier, and two rounds longer', () => {
    const reader = escposStatusReader()
    const round = () => {
      reader.ask()
      return values(reader.push(Uint8Array.of(0x12, 0x12, 0x12, 0x12))).map(({ busy }) => busy)
    }
    expect(round()).toEqual([false])
    expect(Buffer.from(reader.barrier()).toString('hex')).toBe('1d7201')
    expect([...round(), ...round(), ...round()]).toEqual([true, true, true])
    // The answer to the barrier of an earlier job, then our own.
    expect(reader.push(Uint8Array.of(0x00))).toEqual([])
    expect(round()).toEqual([true])
    expect(reader.push(Uint8Array.of(0x0c))).toEqual([])
    expect([...round(), ...round(), ...round()]).toEqual([true, true, false])
  })

  test('cut off are a fault', () => {
    const reader = asked()
    reader.push(Uint8Array.of(0x12, 0x12))
    expect(faults(reader.end())).toEqual(['line-cut'])
  })
})

describe('a printer', () => {
  test('is stopped by what a person must put right, and only kept waiting by the rest', () => {
    expect(stopping({ conditions: ['buffer-full', 'paper-out', 'label-waiting'], busy: false })).toEqual(['paper-out'])
    expect(isFree({ conditions: ['label-waiting'], busy: false })).toBe(false)
    expect(isFree({ conditions: [], busy: true })).toBe(false)
    expect(isFree({ conditions: [], busy: false })).toBe(true)
  })
})
