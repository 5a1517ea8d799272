import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { mustBeSignature, POINTS_MAX, SIGNATURE_BOX, type Strokes, strokesIn } from './strokes.ts'
import { NAME_WRITTEN } from './testing-strokes.ts'

const { width, height } = SIGNATURE_BOX

it.each<readonly [string, Strokes, string | null]>([
  ['a name', NAME_WRITTEN, null],
  ['a long level stroke', [[0, 200, width, 200]], null],
  ['nothing', [], 'custody.signature-empty'],
  ['a dot', [[600, 200]], 'custody.signature-empty'],
  ['a dash', [[600, 200, 690, 200]], 'custody.signature-empty'],
  [
    'scribbling on one spot',
    [Array.from({ length: 400 }, (_, n) => (n % 4 < 2 ? 200 : 240))],
    'custody.signature-empty',
  ],
  ['beyond the box', [[0, 0, width + 1, height]], 'custody.signature-too-big'],
  ['below the box', [[0, 0, 10, height + 1]], 'custody.signature-too-big'],
  ['a coordinate without its partner', [[0, 0, 700]], 'custody.signature-too-big'],
  [
    'more points than a name',
    [Array.from({ length: 2 * POINTS_MAX + 2 }, (_, n) => n % height)],
    'custody.signature-too-big',
  ],
])('%s', (_, strokes, refused) => {
  expect(outcomeOf(() => mustBeSignature(strokes))).toBe(refused ?? 'done')
})

it('what is read back is what was sealed', () => {
  expect(strokesIn({ strokes: NAME_WRITTEN })).toEqual(NAME_WRITTEN)
  expect(strokesIn(undefined)).toBeNull()
})
