import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws } from '../testing.ts'
import { andFramer, andProtocol } from './and.ts'
import { ohausFramer, ohausProtocol } from './ohaus.ts'

const capture = captures(import.meta.url, 'plain.hex')
const line = (text: string): Uint8Array => ascii(`${text}\r\n`)
const endless = ascii(`${'7'.repeat(10_000)}\r\n`)

framerLaws('A&D lines', andFramer, {
  frames: [
    capture('and stable'),
    capture('and unstable'),
    capture('and overload'),
    capture('indicator stable'),
    line('OL,-9999999E+19'),
  ],
  noise: Uint8Array.of(0x00, 0x0d, 0x0a, 0x00),
  damaged: [line('ST,+0123.45  g'), line('SX,+00123.45  g'), line('ST,+00123.45  q'), line('QT,+00000012 PC')],
  endless,
  resync: ascii('\r\n'),
})

framerLaws('Ohaus lines', ohausFramer, {
  frames: [capture('ohaus stable'), capture('ohaus unstable net'), line('-  123.45 kg   ?G')],
  noise: Uint8Array.of(0x00, 0x0d, 0x0a, 0x00),
  damaged: [line('  123.45 g'), line('     12x.45 g'), line('     123.45 stone')],
  endless,
  resync: ascii('\r\n'),
})

describe('a line', () => {
  test.each([
    ['ST,+00123.45  g', true, 123_450],
    ['US,-00001.00  g', false, -1000],
    ['ST,+0001.234 kg', true, 1_234_000],
    ['ST,+00000012 mg', true, 12],
    ['ST,+00001.50 ct', true, 300],
    ['ST,+00000.00  g', true, 0],
    ['ST,-00000.00  g', true, 0],
    ['ST,GS,+   1.250kg', true, 1_250_000],
    ['US,NT,-   0.005kg', false, -5000],
    ['ST,GS,+  12.500 g', true, 12_500],
  ])('%j of A&D is understood', (text, stable, weight_mg) => {
    expect(andFramer().push(line(text))).toEqual([
      { raw: ascii(`${text}\r`), meaning: { to: 'weight', kind: 'weight', stable, weight_mg }, fault: null },
    ])
  })

  test.each([
    ['OL,+9999999E+19', 'overload'],
    ['OL,-9999999E+19', 'underload'],
    ['OL,GS,+        kg', 'overload'],
    ['OL,NT,-        kg', 'underload'],
  ])('%j of A&D is %s', (text, kind) => {
    expect(andFramer().push(line(text))).toMatchObject([{ meaning: { to: 'weight', kind } }])
  })

  test.each([
    'ST,+00123.45 g',
    'ST,+0123.45  g',
    'ST,+0012.3.5  g',
    'ST,00123.45  g',
    'QT,+00000012 PC',
    'ST,+00123.4567  g',
    'ST,+0.123456  g',
    'ST,+00001.00 lb',
    'ST,GS,+ 1 .250kg',
    'ST,GS,+  1.250kg',
    ' ST,+00123.45  g',
  ])('%j is no weight of A&D', (text) => {
    expect(faults(andFramer().push(line(text)))).toEqual(['protocol'])
  })

  test.each([
    ['     123.45 g       ', true, 123_450],
    ['     123.45 g     ?', false, 123_450],
    ['    -123.45 g       NET', true, -123_450],
    ['      0.500 kg      G', true, 500_000],
    ['       7.25 ct    ? ', false, 1450],
    ['   12345678 mg', true, 12_345_678],
    ['  1234.567 g', true, 1_234_567],
    ['-  123.45 kg    G', true, -123_450_000],
    ['   123.45 kg   ?NET', false, 123_450_000],
  ])('%j of Ohaus is understood', (text, stable, weight_mg) => {
    expect(ohausFramer().push(line(text))).toMatchObject([
      { meaning: { to: 'weight', kind: 'weight', stable, weight_mg }, fault: null },
    ])
  })

  test.each([
    '123.45 g',
    '     123.45',
    '     123.45 G',
    '     123,45 g',
    '     1 3.45 g',
    'Err 8.3',
    '        12 PC',
    '    123.4567 g',
  ])('%j is no weight of Ohaus', (text) => {
    expect(faults(ohausFramer().push(line(text)))).toEqual(['protocol'])
  })
})

test('commands are those of the family, and a streaming scale takes none', () => {
  expect(andProtocol({ streams: false }).commandBytes('weight')).toEqual(line('Q'))
  expect(ohausProtocol({ streams: false }).commandBytes('weight')).toEqual(line('IP'))
  for (const command of ['weight', 'zero', 'tare'] as const) {
    expect(andProtocol({ streams: true }).commandBytes(command)).toBeNull()
    expect(ohausProtocol({ streams: true }).commandBytes(command)).toBeNull()
  }
})
