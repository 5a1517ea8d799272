import { expect, it } from 'vitest'
import { numberOfNotices } from './release-number.ts'

const HIS = { number: '解〔2026〕01-0001号', items: ['A', 'B'] }
const HERS = { number: '解〔2026〕01-0002号', items: ['C'] }
const ANEW = { number: '解〔2026〕01-0003号', items: ['B'] }

it.each([
  ['one that names all of them', [HIS, HERS], ['A', 'B'], HIS.number],
  ['each that names some of them', [HIS, HERS], ['B', 'C'], `${HIS.number}、${HERS.number}`],
  ['none where one thing is named by none', [HIS], ['A', 'C'], ''],
  ['none where several name one thing', [HIS, ANEW], ['B'], ''],
  ['none of nothing', [HIS], [], ''],
])('%s', (_, notices, codes, number) => {
  expect(numberOfNotices(notices, codes)).toBe(number)
})
