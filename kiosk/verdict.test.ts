import { expect, test } from 'vitest'
import type { Verdict } from '../server/stations/protocol.ts'
import { shownVerdict } from './verdict.ts'

const verdict: Verdict = {
  id: '1',
  outcome: 'refused',
  code: 'custody.same-person',
  words: { zh: '同一人', en: 'the same person' },
  rule: { zh: '扣管分离', en: 'kept apart' },
  remedy: { zh: '请换人', en: 'call another' },
  tone: 'refused',
  at: '2026-11-21T02:15:48.000Z',
}

test('what was refused or is faulty is shown with code, rule and remedy', () => {
  const notice = { code: verdict.code, detail: verdict.words, rule: verdict.rule, remedy: verdict.remedy }
  expect(shownVerdict(verdict)).toEqual({ state: 'refused', title: null, notice })
  expect(shownVerdict({ ...verdict, outcome: 'fault' })).toEqual({ state: 'fault', title: null, notice })
})

test('what was accepted or is asked is shown by its words', () => {
  expect(shownVerdict({ ...verdict, outcome: 'accepted' })).toEqual({ state: 'ok', title: verdict.words, notice: null })
  expect(shownVerdict({ ...verdict, outcome: 'ask' })).toMatchObject({ state: 'attention', title: verdict.words })
})
