import { expect, test } from 'vitest'
import type { ListedPerson } from '../../custody/directory.svelte.ts'
import { handsOutside } from './hands-outside.ts'

const officer = (id: string, more: Partial<ListedPerson> = {}): ListedPerson => ({
  ...{ id, name: id.toUpperCase(), unit: 'dept-1', active: true },
  posts: [{ post: 'officer', place: 'dept-1' }],
  ...more,
})
const people = [officer('a'), officer('b'), officer('c'), officer('d'), officer('gone', { active: false })]
const kept = (value: string) => ({ code: value, custody: { value, words: { zh: '', en: '' } } }) as never
const asked = (more: object = {}) =>
  handsOutside({
    ...{ items: [kept('IN_PLACE'), kept('IN_STORE')], way: 'TRANSFER', track: 'SUPERVISION', unit: 'dept-1' },
    ...{ officers: ['a', 'b'], proposer: 'a', people, staff: 2 },
    ...more,
  } as Parameters<typeof handsOutside>[0])

test('of two officers one proposes: one more is wanting to carry it out and sign', () => {
  expect(asked()).toEqual({ items: ['IN_PLACE'], could: ['B'], ofDepartment: false, short: 1 })
  expect(asked({ officers: ['a', 'b', 'c'] })).toMatchObject({ could: ['B', 'C'], short: 0 })
  expect(asked({ officers: ['a', 'gone'] })).toMatchObject({ could: [], short: 2 })
})

test('finance signs where money moves', () => {
  expect(asked({ way: 'CONFISCATE' })).toMatchObject({ could: ['B'], short: 0 })
})

test('what executes a tax case is for officers of the department who are none of the case', () => {
  expect(asked({ track: 'TAX' })).toMatchObject({ could: ['C', 'D'], ofDepartment: true, short: 0 })
  expect(asked({ track: 'TAX', way: 'RETURN' })).toMatchObject({ could: ['B'], ofDepartment: false, short: 1 })
})

test('nothing is said of what a store keeps, of no way yet, and of what is destroyed', () => {
  expect(asked({ items: [kept('IN_STORE'), kept('WITH_CASE_DEPT')] })).toBeNull()
  expect(asked({ way: '' })).toBeNull()
  expect(asked({ way: 'DESTROY' })).toBeNull()
})
