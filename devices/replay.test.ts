import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadCapture, CAPTURE_BYTES_MAX, readCapture } from './replay-capture.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearhold-replay-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The program as a shell starts it. */
function replay(...args: string[]) {
  const program = fileURLToPath(new URL('replay.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { status, stderr, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

const capture = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('a capture is replayed through its driver', () => {
  test('of a scanner: codes, repeats and what was cut, then the counts', () => {
    const { status, lines } = replay(capture('scanner/captures/line.hex'))
    expect(status).toBe(0)
    expect(lines[0]).toMatchObject({ piece: 'code128 with CR', kind: 'scan', text: 'LIB-000123' })
    expect(lines[0]?.raw).toBe('4C 49 42 2D 30 30 30 31 32 33 0D')
    expect(lines.at(-2)).toMatchObject({ kind: 'fault', fault: { code: 'line-cut' } })
    expect(lines.at(-1)).toEqual({
      counts: { readings: 5, faults: 1, repeats: 1, retransmitted: 0, damaged: 0, noise_bytes: 0 },
    })
  })

  test('of a scanner with an LRC, set as a station would set it', () => {
    const { lines } = replay(capture('scanner/captures/line.hex'), '--settings', '{"lrc":true}')
    expect(lines.find(({ raw }) => raw === '02 41 31 03 73')).toMatchObject({ kind: 'scan', text: 'A1' })
  })

  test.each([
    ['scanner/captures/ssi.hex', { kind: 'scan', text: '6901234567892' }],
    ['scanner/captures/honeywell.hex', { kind: 'scan', text: 'LIB-000123', symbology: 'C0' }],
    ['badge/captures/rdm6300.hex', { kind: 'badge', badge: '0A00B1C2D3' }],
    ['rfid/captures/llrp.hex', { kind: 'tag', epc: 'E2801160', antenna: 2, rssi_dbm: -65 }],
    ['rfid/captures/bb-tags.hex', { kind: 'tag', epc: '30751FEB705C5904E3D50D70', rssi_dbm: -55 }],
    ['scale/captures/mt-sics.hex', { kind: 'answer', answer: { kind: 'weight', stable: true, weight_mg: 14_256 } }],
    ['relay/captures/lock.hex', { kind: 'answer', answer: { board: 1, lock: 1, state: '00' } }],
    ['printer/captures/zpl.hex', { kind: 'answer', answer: { conditions: ['paper-out', 'head-open'] } }],
    ['printer/captures/escpos.hex', { kind: 'answer', answer: { conditions: ['over-temperature'] } }],
  ])('%s', (file, wanted) => {
    const { status, lines } = replay(capture(file))
    expect(status).toBe(0)
    expect(lines).toContainEqual(expect.objectContaining({ ...wanted, ...nested(wanted) }))
  })

  test('of a keypad, whose keys are told no more than at a station', () => {
    const lines = ['ff68', 'sundyn'].flatMap((protocol) => replay(capture(`keypad/captures/${protocol}.hex`)).lines)
    const pressed = lines.filter(({ kind }) => kind === 'pressed')
    expect(pressed.length).toBeGreaterThan(2)
    for (const { raw } of pressed) expect(raw).toBe('2A 2A 2A 2A 2A 2A 2A 2A')
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'clerk-key', digits: '1234' }))
    expect(JSON.stringify(lines)).not.toContain('68 81 11')
  })

  test('of raw bytes, in one piece, when it is said what they are', () => {
    const file = written('bytes.bin', Buffer.from('LIB-000123\r\nLIB-0001'))
    const { status, lines } = replay(file, '--kind', 'scanner', '--protocol', 'line')
    expect(status).toBe(0)
    expect(lines).toMatchObject([
      { piece: 'all', text: 'LIB-000123' },
      { kind: 'fault', fault: { code: 'line-cut' } },
      { counts: { readings: 1, faults: 1 } },
    ])
  })

  test('of a scanner whose lines end by silence, with pauses', () => {
    const file = written('silent.hex', 'one | 41 31\ntwo | 41 32\n')
    const wanted = ['--kind', 'scanner', '--protocol', 'line', '--settings', '{"gap_ms":10}']
    const { lines } = replay(file, ...wanted, '--pause', '400')
    expect(lines).toMatchObject([{ text: 'A1' }, { text: 'A2' }, {}])
  })
})

/** Objects inside, matched in part too. */
function nested(wanted: object): object {
  if (!('answer' in wanted) || typeof wanted.answer !== 'object' || wanted.answer === null) return {}
  return { answer: expect.objectContaining(wanted.answer) as unknown }
}

describe('what cannot be replayed is said in words', () => {
  test.each([
    ['no capture', [], 'one capture is wanted'],
    ['a file that is not there', ['/nowhere/scanner/captures/line.hex'], 'cannot be read: ENOENT'],
    ['a folder', [capture('scanner')], 'lies in no folder of a kind'],
    [
      'a kind that there is not',
      [capture('scanner/captures/line.hex'), '--kind', 'toaster'],
      'kind toaster is none of',
    ],
    [
      'a protocol of another kind',
      [capture('scanner/captures/line.hex'), '--protocol', 'zpl'],
      'protocol zpl of a scan',
    ],
    ['a capture named after no protocol', [capture('scale/captures/plain.hex')], 'say --protocol'],
    [
      'settings of another protocol',
      [capture('scanner/captures/ssi.hex'), '--settings', '{"lrc":true}'],
      'lrc is not for',
    ],
    ['settings that are none', [capture('scanner/captures/ssi.hex'), '--settings', '[1]'], 'no JSON object'],
    ['an option that there is not', [capture('scanner/captures/ssi.hex'), '--loud'], '--loud'],
    ['a pause without a number', [capture('scanner/captures/ssi.hex'), '--pause', 'long'], '--pause is 0 to'],
  ])('%s', (_, args, words) => {
    const { status, stderr, lines } = replay(...args)
    expect(status).toBe(2)
    expect(stderr).toContain(words)
    expect(stderr).toContain('npm run replay')
    expect(lines).toEqual([])
  })
})

describe('a capture', () => {
  test('is lines of names and bytes', () => {
    const text = '# about\n\nfirst one | 0D 0a\n清管 |FF\n'
    expect(readCapture('a.hex', Buffer.from(text))).toEqual([
      { name: 'first one', bytes: Uint8Array.of(0x0d, 0x0a) },
      { name: '清管', bytes: Uint8Array.of(0xff) },
    ])
  })

  test('is one piece of bytes where it is no such lines', () => {
    const bytes = Uint8Array.of(0x02, 0xff, 0x0a, 0x7c)
    expect(readCapture('a.bin', bytes)).toEqual([{ name: 'all', bytes }])
  })

  test.each([
    ['a.hex', 'first | 0D\nsecond | 0', 'a.hex, line 2: not of the form NAME | HEX'],
    ['a.hex', '# nothing\n', 'a.hex holds no bytes'],
    ['a.bin', '', 'a.bin holds no bytes'],
  ])('%s with %j is refused', (file, text, words) => {
    expect(() => readCapture(file, Buffer.from(text))).toThrow(new BadCapture(words))
  })

  test('that is too large is refused', () => {
    expect(() => readCapture('a.bin', new Uint8Array(CAPTURE_BYTES_MAX + 1))).toThrow(BadCapture)
  })
})
