import { expect, test } from 'vitest'
import { BLANK_PAPER, marked, markOf } from './typing.ts'

test('a mark about a department is set, changed and taken back; one without a mark was passed over', () => {
  const overall = marked(BLANK_PAPER, 'dept-1', null, 4)
  const both = marked(marked(overall, 'dept-1', 'clean', 2), 'dept-2', 'clean', 5)
  expect(both.votes).toEqual({
    'dept-1': { level: 4, answers: { clean: 2 } },
    'dept-2': { level: null, answers: { clean: 5 } },
  })
  expect([markOf(both, 'dept-1', null), markOf(both, 'dept-1', 'clean'), markOf(both, 'dept-2', null)]).toEqual([
    4,
    2,
    null,
  ])
  expect(markOf(marked(both, 'dept-1', null, 1), 'dept-1', null)).toBe(1)
  const without = marked(marked(both, 'dept-1', 'clean', null), 'dept-1', null, null)
  expect(Object.keys(without.votes)).toEqual(['dept-2'])
})
