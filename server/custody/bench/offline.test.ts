import { expect, test } from 'vitest'
import { makeLabelCode } from '../../../labels/item-code.ts'
import { heldLine } from './offline.ts'
import { categories, type Category } from '../categories.ts'
import { gold, officeWith } from '../testing.ts'

const { office, codes } = officeWith(gold)
const [bar = ''] = codes

test('another PC holds of an item what one custodian needs to take it in', () => {
  expect(heldLine(office.item(bar), 2)).toEqual({
    ...{ item: bar, label: makeLabelCode(bar, 2), name: gold.name },
    ...{ weighed: { expected_mg: gold.weight_mg, tolerance_mg: 200 } },
    ...{ sealNumber: gold.seal?.number, storage: ['precious'] },
  })
})

test('of a class that takes two custodians it holds nothing: the second PIN cannot be checked there', () => {
  const names = Object.keys(categories) as Category[]
  const held = names.filter((category) => heldLine({ ...office.item(bar), category }, 1) !== null)
  expect(held).toEqual(names.filter((category) => categories[category].persons === 1))
  expect(held).not.toContain('cash')
})
