import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, values } from '../testing.ts'
import { MT_SICS, mtSicsFramer } from './mt-sics.ts'

const capture = captures(import.meta.url, 'mt-sics.hex')
const line = (text: string) => ascii(`${text}\r\n`)

framerLaws('scale answers', mtSicsFramer, {
  frames: [
    capture('stable'),
    capture('dynamic'),
    capture('overload'),
    line('S S     -0.002 kg'),
    line('T S    100.000 g'),
    line('Z A'),
    line('I4 A "B021002593"'),
  ],
  noise: Uint8Array.of(0x00, 0x0d, 0x0a, 0x00),
  damaged: [
    line('S S    14.256 g'),
    line('S X     14.256 g'),
    line('S S     14.2#6 g'),
    line('S S     14.256 q'),
    line('ES'),
  ],
  endless: ascii(`${' '.repeat(10_000)}\r\n`.replaceAll(' ', '7')),
  resync: ascii('\r\n'),
})

describe('an answer', () => {
  test.each([
    ['S S     14.256 g', { to: 'weight', kind: 'weight', stable: true, weight_mg: 14_256 }],
    ['S D     14.301 g', { to: 'weight', kind: 'weight', stable: false, weight_mg: 14_301 }],
    ['S S     -0.002 g', { to: 'weight', kind: 'weight', stable: true, weight_mg: -2 }],
    ['S S 1234567.89 kg', { to: 'weight', kind: 'weight', stable: true, weight_mg: 1_234_567_890_000 }],
    ['S S      1.005 ct', { to: 'weight', kind: 'weight', stable: true, weight_mg: 201 }],
    ['T S    100.000 g', { to: 'tare', kind: 'weight', stable: true, weight_mg: 100_000 }],
    ['S I', { to: 'weight', kind: 'not-now' }],
    ['S +', { to: 'weight', kind: 'overload' }],
    ['S -', { to: 'weight', kind: 'underload' }],
    ['Z A', { to: 'zero', kind: 'done' }],
    ['Z I', { to: 'zero', kind: 'not-now' }],
    ['Z +', { to: 'zero', kind: 'overload' }],
    ['T -', { to: 'tare', kind: 'underload' }],
    ['I4 A "B021002593"', { to: 'start', kind: 'serial-number', serial: 'B021002593' }],
  ])('%j is understood', (text, meaning) => {
    expect(mtSicsFramer().push(line(text))).toEqual([{ raw: ascii(`${text}\r`), meaning, fault: null }])
  })

  test.each([
    ['ES', 'device-error'],
    ['ET', 'device-error'],
    ['EL', 'device-error'],
    ['S S  Error 10b', 'device-error'],
    ['S S    14.256 g', 'protocol'],
    ['S S      14.256 g', 'protocol'],
    ['S S     14.256', 'protocol'],
    ['S S     14.256 ', 'protocol'],
    ['S S     14,256 g', 'protocol'],
    ['S S     1 .256 g', 'protocol'],
    ['S S    - 4.256 g', 'protocol'],
    ['S S     14.256 G', 'protocol'],
    ['S S    14.2561 g', 'protocol'],
    ['S      14.256 g', 'protocol'],
    ['s s     14.256 g', 'protocol'],
    ['S S +', 'protocol'],
    ['ST,GS,+   1.250kg', 'protocol'],
    [']S S     14.256 g', 'protocol'],
  ])('%j is the fault %s', (text, code) => {
    expect(faults(mtSicsFramer().push(line(text)))).toEqual([code])
  })

  test('cut by the closing port is a fault', () => {
    const framer = mtSicsFramer()
    expect(values(framer.push(ascii('S S     14.256 g')))).toEqual([])
    expect(faults(framer.end())).toEqual(['line-cut'])
  })
})

test('a command is its word, CR, LF', () => {
  expect(MT_SICS.commandBytes('weight')).toEqual(capture('SI'))
})
