import { expect, test } from 'vitest'
import { answered, BLANK, isBlank, toggled } from './typing.ts'

test('a mark is set, changed and taken back', () => {
  const marked = answered(answered(BLANK, null, 4), 'attitude', 2)
  expect(marked).toEqual({ level: 4, answers: { attitude: 2 }, reasons: [] })
  expect(answered(marked, 'attitude', 5).answers).toEqual({ attitude: 5 })
  expect(answered(answered(marked, 'attitude', null), null, null)).toEqual(BLANK)
  expect(toggled(toggled(BLANK, 'slow'), 'rude').reasons).toEqual(['slow', 'rude'])
  expect(toggled(toggled(BLANK, 'slow'), 'slow')).toEqual(BLANK)
  const typed = [BLANK, answered(BLANK, null, 3), answered(BLANK, 'attitude', 3), toggled(BLANK, 'slow')]
  expect(typed.map(isBlank)).toEqual([true, false, false, false])
})
