import { expect, test } from 'vitest'
import type { Account } from '../../../server/org/protocol.ts'
import { type Branch, treeOf } from './tree.ts'

const unit = (id: string, parent: string | null) => ({ id, name: id, kind: 'department', parent })
const account = (id: string, of: string, badge = ''): Account => ({
  ...{
    id,
    login: id,
    name: `${id}某`,
    unit: of,
    active: true,
    erased: null,
    appointments: [],
    secrets: [],
    secondFactor: null,
    provider: null,
    locks: [],
  },
  badges: badge === '' ? [] : [{ badge, active: true }],
})
const given = {
  units: [unit('organ', null), unit('dept', 'organ'), unit('team', 'dept'), unit('lost', 'gone')],
  stores: [{ id: 'store-1', name: 'one', unit: 'dept' }],
  accounts: [account('li', 'team', 'B100'), account('wang', 'organ'), account('sun', 'lost')],
}
const told = ({ unit: { id }, people, branches }: Branch): object => ({
  [id]: people.map((one) => one.id),
  ...Object.assign({}, ...branches.map(told)),
})

test('every person stands once, under his unit, also when its parent is not there', () => {
  expect(treeOf(given).map(told)).toEqual([{ organ: ['wang'], dept: [], team: ['li'] }, { lost: ['sun'] }])
  expect(treeOf(given)[0]?.branches[0]?.stores.map(({ id }) => id)).toEqual(['store-1'])
})

test('a text leaves those whom it finds by name, login or badge, and the way to them', () => {
  expect(treeOf(given, ' b10 ').map(told)).toEqual([{ organ: [], dept: [], team: ['li'] }])
  expect(treeOf(given, 'SUN某').map(told)).toEqual([{ lost: ['sun'] }])
  expect(treeOf(given, 'nobody')).toEqual([])
})
