import { expect, it } from 'vitest'
import type { Actor } from '../../module.ts'
import { outcomeOf } from '../disposal/testing.ts'
import { type LockState, openLock } from './locks.ts'

const AT = '2026-03-02T02:00:00.000Z'
const LOCK = { board: 'door-1', device: 'relay-1', lock: 1 }

type Held = Actor['appointments'][number]
const actor = (person: string, ...appointments: readonly Held[]): Actor => ({ person, unit: 'keeping', appointments })
const keeps = (store: string): Held => ({ post: 'custodian', place: store }) as Held
const heads: Held = { post: 'manager', place: 'keeping' } as Held

const first = actor('li', keeps('store-1'))
const others = [
  actor('wang', keeps('store-1')),
  actor('cai', heads),
  actor('both', keeps('store-1'), heads),
  actor('other-head', { post: 'manager', place: 'dept-1' } as Held),
]
const opens = (person: string, financeKey: boolean): string => {
  const state: LockState = {
    locks: [{ ...LOCK, place: '库门', ...(financeKey ? { financeKey: true } : {}) }],
    keeping: 'keeping',
    signers: new Map(others.map((one) => [one.person, one])),
  }
  const command = { type: 'custody.open-lock', store: 'store-1', ...LOCK, firstAt: AT } as const
  const station = { id: 'bench-1', place: 'store-1' }
  const mint = { id: () => 'one' } as never
  return outcomeOf(() => openLock(state, command, { actor: first, with: [person], station, at: AT, mint }))
}

it('two who may open a lock of a store without valuables', () => {
  expect(['wang', 'cai', 'both'].map((person) => opens(person, false))).toEqual(['done', 'done', 'done'])
  expect(opens('other-head', false)).toBe('custody.not-an-opener')
})

it('where valuables lie the second key is finance’s, and of nobody who keeps the store as well', () => {
  expect(opens('cai', true)).toBe('done')
  expect(['wang', 'both'].map((person) => opens(person, true))).toEqual(['custody.finance-key', 'custody.finance-key'])
})
