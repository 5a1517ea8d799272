import { expect, test } from 'vitest'
import { deadlineRules } from '../../server/clock/deadline-rules.ts'
import { checkPoints } from '../../server/custody/checklist/points.ts'
import { listedRules } from '../../server/custody/rule-list/listed.ts'
import { serviceWays } from '../../server/custody/service/ways.ts'
import { disposalTypes } from '../../server/custody/disposal/types.ts'
import { leakTerms } from '../../server/leaks/leaks.ts'
import { lawsIn } from './laws.ts'

test('laws are found by their names, each once and in order; implementing rules are not the law itself', () => {
  expect(lawsIn('监察法(2024) 28(3)；行政强制法 28；监察法(2024) 30')).toEqual(['law.supervision', 'law.compulsion'])
  expect(lawsIn('监察法实施条例(2021) 130')).toEqual(['law.supervision-rules'])
  expect(lawsIn('税收征管法实施细则 88；监察法 1')).toEqual(['law.tax-rules', 'law.supervision'])
  expect(lawsIn('本单位规定')).toEqual([])
})

test('every law that the program starts with has a name in English', () => {
  const bases = [
    ...deadlineRules.map(({ terms }) => terms.basis),
    ...listedRules.map(({ instrument, article }) => `${instrument} ${article}`),
    ...Object.values(checkPoints).map(({ basis }) => basis),
    ...Object.values(serviceWays).map(({ basis }) => basis),
    ...Object.values(disposalTypes).flatMap(({ basis }) => Object.values(basis)),
    ...Object.values(leakTerms).map(({ basis }) => basis),
  ]
  expect(bases.filter((basis) => lawsIn(basis).length === 0)).toEqual([])
})
