import { expect, test } from 'vitest'
import type { DraftContent } from '../../../../server/rating/questionnaires/protocol.ts'
import { contentOf, draftFrom, emptyLine, isWhole, moved, shownOf } from './draft.ts'

const CONTENT: DraftContent = {
  ...{ anonymity: 'sealed', asksWords: true },
  questions: [{ words: { zh: '服务态度', en: 'Attitude' } }, { words: { zh: '处理效率', en: 'Speed' } }],
  reasons: [{ words: { zh: '办理太慢', en: 'Too slow' }, levels: [1, 2] }],
}

test('a version that is taken as the beginning says the same', () => {
  expect(contentOf(draftFrom(CONTENT))).toEqual(CONTENT)
  expect(isWhole(draftFrom(CONTENT))).toBe(true)
})

test.each([
  ['without a question', { questions: [] }],
  ['with a question without words', { questions: [emptyLine(7)] }],
  ['with a question in one language', { questions: [{ ...emptyLine(7), zh: '服务态度' }] }],
  ['with a reason that is never offered', { reasons: [{ ...emptyLine(7), zh: '快', en: 'Quick' }] }],
])('a draft %s cannot be sent', (_what, changed) => {
  expect(isWhole({ ...draftFrom(CONTENT), ...changed })).toBe(false)
})

test('a line moves one place, and stays where there is none', () => {
  const lines = [0, 1, 2].map(emptyLine)
  const keys = (key: number, by: 1 | -1) => moved(lines, key, by).map((line) => line.key)
  expect([keys(0, 1), keys(2, -1), keys(0, -1), keys(2, 1)]).toEqual([
    [1, 0, 2],
    [0, 2, 1],
    [0, 1, 2],
    [0, 1, 2],
  ])
})

test('the preview asks what was written', () => {
  const shown = shownOf(draftFrom(CONTENT))
  expect(shown.questions.map(({ words }) => words.zh)).toEqual(['服务态度', '处理效率'])
  expect(shown).toMatchObject({ asksContact: false, asksWords: true, reasons: [{ levels: [1, 2] }] })
  expect(shown.levels.map(({ words }) => words.zh)[0]).toBe('非常满意')
})
