import { expect, test } from 'vitest'
import type { Person, Post } from '../../page.svelte.ts'
import { type Heard, tasksOf, waitingFor } from './waiting.ts'

const person = (...posts: Post[]): Person => ({
  id: 'sun-bo',
  name: '孙博',
  unit: 'dept-1',
  posts: posts.map((post) => ({ post, place: 'dept-1' })),
  mustChange: null,
})

const NOTHING: Heard = {
  approvals: null,
  incidents: null,
  cases: null,
  lists: null,
  loans: null,
  registers: null,
  proposals: null,
}
const heard = (of: object): Heard => ({ ...NOTHING, ...of })
const counts = (who: Person, of: object): Readonly<Record<string, number | null>> =>
  Object.fromEntries(waitingFor(who, heard(of)).map(({ task, count }) => [task, count]))

test('each post has its own tasks, and two posts have both, each once', () => {
  expect(tasksOf(person('approver'))).toEqual(['approvals', 'conclusions'])
  expect(tasksOf(person('custodian'))).toEqual(['check-in', 'overdue'])
  expect(tasksOf(person('officer', 'custodian'))).toEqual(['check-in', 'to-hand-over', 'asked', 'overdue'])
  expect(tasksOf(person('supervisor'))).toEqual(['incidents', 'registers'])
  expect(tasksOf(person('clerk'))).toEqual([])
})

test('an administrator is shown no case data, whatever else he holds', () => {
  expect(tasksOf(person('system-admin', 'officer'))).toEqual(['proposals'])
  expect(tasksOf(person('security-admin'))).toEqual(['proposals'])
  expect(tasksOf(person('audit-admin', 'supervisor'))).toEqual(['registers'])
})

test('what has not been answered is not said to be nothing', () => {
  expect(counts(person('approver'), {})).toEqual({ approvals: null, conclusions: null })
})

test('an approver counts what waits for him, not what waits for others', () => {
  const of = { approvals: [{ yours: true }, { yours: false }], incidents: [{ yours: false }] }
  expect(counts(person('approver'), of)).toEqual({ approvals: 1, conclusions: 0 })
})

test('an officer counts the items of his own cases and his own requests', () => {
  const of = {
    cases: [
      { officers: [{ who: 'person/sun-bo' }], balance: { withDepartment: 4 } },
      { officers: [{ who: 'person/li-na' }], balance: { withDepartment: 9 } },
    ],
    approvals: [{ requester: { person: 'sun-bo' } }, { requester: { person: 'li-na' } }],
    loans: [{}, {}],
  }
  expect(counts(person('officer'), of)).toEqual({ 'to-hand-over': 4, asked: 1, overdue: 2 })
})

test('a register with several faults is one register that does not hold', () => {
  const faults = [{ register: 'unit.dept-1' }, { register: 'unit.dept-1' }, { register: 'store.store-1' }]
  expect(counts(person('supervisor'), { registers: { check: { faults } }, incidents: [] })).toEqual({
    incidents: 0,
    registers: 2,
  })
})

test('an administrator counts what he can confirm: neither his own nor his own role’s nor what is about himself', () => {
  const proposal = (proposer: string, role: string, about: string) => ({ proposer, role, change: { person: about } })
  const proposals = [
    proposal('an-security', 'security-admin', 'li-na'),
    proposal('sun-bo', 'system-admin', 'li-na'),
    proposal('other', 'system-admin', 'li-na'),
    proposal('an-security', 'security-admin', 'sun-bo'),
  ]
  expect(counts(person('system-admin'), { proposals })).toEqual({ proposals: 1 })
})
