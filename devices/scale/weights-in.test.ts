import { expect, test } from 'vitest'
import { weightsIn } from './weights-in.ts'

const read = (text: string): number[] => [...weightsIn(Buffer.from(text, 'latin1'))]

test.each([
  ['S S    100.000 g', 100_000],
  ['S S    100.000 g\r\n', 100_000],
  ['S S    -14.256 g', -14_256],
  ['ST,+00123.45  g', 123_450],
  ['ST,GS,+   1.250kg', 1_250_000],
  ['    123.45 g     NET', 123_450],
])('%j is one weight, whoever sent it', (frame, weight_mg) => {
  expect(read(frame)).toEqual([weight_mg])
})

test.each([
  '',
  'S D    100.000 g',
  'S S   100.000 g',
  'US,+00123.45  g',
  '    123.45 g     ? NET',
  'S I',
  'OL,-9999999E+19',
  'LIB-000123',
])('%j is none at rest', (frame) => {
  expect(read(frame)).toEqual([])
})
