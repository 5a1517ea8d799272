import { expect, test } from 'vitest'
import type { Actor, Circumstances } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type Conflict, type ConflictState, maySettle, settleConflict } from './conflicts.ts'

const SEALED = { ref: 'r', commitment: 'c' }
const conflict: Conflict = {
  ...{ id: 'pc-1.1.1', store: 'store-1', station: 'bench-1', list: 'D1', item: 'W1', location: 'L1', weight_mg: null },
  ...{
    custodian: 'li',
    code: 'custody.wrong-order',
    why: SEALED,
    happenedAt: '2026-03-02T01:00:00.000Z',
    settled: null,
  },
}
const open: ConflictState = { conflict, keeping: 'keeping' }

const holds = (person: string, ...posts: readonly [Actor['appointments'][number]['post'], string][]): Actor => ({
  ...{ person, unit: 'keeping' },
  appointments: posts.map(([post, place]) => ({ post, place })),
})

/** How the act ends: `done`, or the refusal's code. */
function settle(actor: Actor, state: ConflictState | null = open, place: string | null = null): string {
  const circumstances: Circumstances = {
    ...{ actor, with: [], at: '2026-03-02T02:00:00.000Z', station: place === null ? null : { id: 'bench-1', place } },
    mint: { id: () => 'id', epc: () => '', seed: () => '', seal: () => SEALED },
  }
  try {
    const command = { type: 'custody.settle-conflict', conflict: 'pc-1.1.1', reason: '在保险柜' } as const
    const { facts } = settleConflict(state, command, circumstances)
    expect(facts.map(({ type, register }) => [type, register])).toEqual([['custody.conflict-settled', 'store.store-1']])
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test.each([
  ['another custodian of the store', holds('sun', ['custodian', 'store-1']), 'done'],
  ['the head of the keeping department', holds('guo', ['manager', 'keeping']), 'done'],
  ['its approver', holds('guo', ['approver', 'keeping']), 'done'],
  ['who had signed on', holds('li', ['custodian', 'store-1']), 'custody.same-person'],
  ['who had signed on and heads it', holds('li', ['manager', 'keeping']), 'custody.same-person'],
  ['a custodian of another store', holds('far', ['custodian', 'store-2']), 'custody.unknown-conflict'],
  ['the head of another department', holds('zhao', ['manager', 'dept-1']), 'custody.unknown-conflict'],
  ['a supervisor', holds('zhou', ['supervisor', 'keeping']), 'custody.unknown-conflict'],
])('%s', (_, actor, outcome) => {
  expect(settle(actor)).toBe(outcome)
  expect(maySettle(open, actor)).toBe(outcome === 'done')
})

test('once, at its own store, and where there is one', () => {
  const sun = holds('sun', ['custodian', 'store-1'])
  const settled = { ...conflict, settled: { by: 'guo', at: '2026-03-02T01:30:00.000Z', reason: SEALED } }
  expect(settle(sun, { ...open, conflict: settled })).toBe('custody.conflict-settled')
  expect(maySettle({ ...open, conflict: settled }, sun)).toBe(false)
  expect(settle(sun, open, 'store-2')).toBe('custody.wrong-station')
  expect(settle(sun, null)).toBe('custody.unknown-conflict')
  expect(settle(holds('guo', ['manager', 'keeping']), { ...open, keeping: null })).toBe('custody.unknown-conflict')
})
