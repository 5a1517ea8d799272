import { expect, it } from 'vitest'
import { featuresOf } from '../papers/paper-words.ts'
import { general, officeWith, taking } from '../testing.ts'
import { worthOf } from './worth.ts'

const priced = { ...general, quantity: 2, details: { estimateMethod: 'FACTORY', unitPrice: '10.05' } } as const

it('parts of a thing are worth what the whole was, by its price each', () => {
  const { office, codes } = officeWith(priced)
  const [whole = ''] = codes
  expect(worthOf(office.item(whole), {})).toBe(2_010)
  const parts = [1, 1].map((quantity, n) => ({ name: `部件${n}`, quantity }))
  office.act('ou', { type: 'custody.split', items: [{ item: whole, parts }], reason: '分开移送' }, { with: ['wei'] })
  const born = [...office.items.values()].filter(({ origin }) => origin !== undefined)
  expect(born.map((item) => worthOf(item, {}))).toEqual([1_005, 1_005])
})

it('no card and no list says what a thing was estimated at', () => {
  const { office } = officeWith()
  office.act('ou', { type: 'custody.register', case: '一案', items: [priced], ...taking })
  const [item] = [...office.items.values()]
  expect(item?.marks).toMatchObject({ unitPrice: '10.05' })
  expect(item && featuresOf(item, () => '')).toBe('')
})
