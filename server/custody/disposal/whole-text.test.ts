import { expect, it } from 'vitest'
import type { Case } from '../cases/cases.ts'
import { actorOf } from '../testing-people.ts'
import type { Disposal } from './disposal.ts'
import { mayReadText } from './whole-text.ts'

const AT = '2026-03-02T01:00:00.000Z'
const paper = {
  proposer: 'ou',
  agreed: [{ level: 'review', by: 'han', at: AT, approval: 'a' }],
} as const satisfies Pick<Disposal, 'proposer' | 'agreed'>
const of = { number: '云立〔2026〕1号', officers: ['ou', 'wei'], unit: 'dept-1' } as unknown as Case
const requests = [{ decidedBy: 'han', decidedFor: 'cai' }]
const reads = (person: string, more: Partial<Disposal> = {}, recused: readonly string[] = []) =>
  mayReadText({ ...paper, ...more }, requests, actorOf(person), {
    ...of,
    recusals: recused.map((one) => ({ person: one })),
  } as unknown as Case)

it('is read by who proposed it, who agreed to it, he in whose place that was, and who let it drop', () => {
  expect(['ou', 'han', 'cai'].map((person) => reads(person))).toEqual([true, true, true])
  expect(reads('tan')).toBe(false)
  expect(reads('tan', { dropped: { why: 'refused', by: 'tan', at: AT } })).toBe(true)
})

it('is not read by who is recused since, nor by an administrator', () => {
  expect(reads('han', {}, ['han'])).toBe(false)
  const administrator = { ...actorOf('han'), appointments: [{ post: 'system-admin', place: 'organ' }] } as never
  expect(mayReadText(paper, requests, administrator, of)).toBe(false)
})
