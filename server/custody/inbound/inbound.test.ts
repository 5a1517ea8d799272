import { describe, expect, it } from 'vitest'
import type { Circumstances, Fact, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { noNames } from '../in-clear/in-clear.ts'
import type { InboundVerdict } from './facts.ts'
import {
  checkInbound,
  evolveInbound,
  foundOf,
  type Inbound,
  type InboundState,
  type ListState,
  listInbound,
  settleInbound,
  takenOf,
  uncheckedOf,
  unsettledOf,
} from './inbound.ts'

const BRINGER = { name: '刘洋', post: '民警' }
const of = { number: '一案', unit: 'dept-1', officers: ['ou', 'wei'], status: 'OPEN', recusals: [] } as unknown as Case
const actorOf = (person: string, unit: string, post: 'officer' | 'custodian', place: string) => ({
  ...{ person, unit, appointments: [{ post, place }] },
})
const ou = actorOf('ou', 'dept-1', 'officer', 'dept-1')
const people = {
  wei: actorOf('wei', 'dept-1', 'officer', 'dept-1'),
  li: actorOf('li', 'keeping', 'custodian', 'store-1'),
  stranger: actorOf('stranger', 'dept-2', 'officer', 'dept-2'),
  inside: actorOf('inside', 'dept-1', 'custodian', 'store-1'),
}
let refs = 0
const act = {
  ...{ actor: ou, with: [], at: '2026-03-02T02:00:00.000Z', station: null },
  mint: { id: () => 'one', seal: () => ({ ref: `r${(refs += 1)}`, commitment: 'c' }) },
} as unknown as Circumstances

const stateOf = (inbound: Inbound | null, signers: readonly (keyof typeof people)[] = []): ListState => ({
  ...{ inbound, cases: new Map([['一案', of]]), sight: 'all', names: noNames, before: [] },
  signers: new Map(signers.map((one) => [one, people[one]])) as unknown as InboundState['signers'],
})

function after(inbound: Inbound | null, facts: readonly FactDraft[]): Inbound {
  const next = facts.reduce<Inbound | null>((state, { type, subject, body }) => {
    const fact = { type, actor: 'ou', at: act.at, body: { ...body, subject, n: 1 } } as unknown as Fact
    return evolveInbound(state, fact)
  }, inbound)
  if (next === null) throw new Error('no list')
  return next
}

function listed(): Inbound {
  const command = {
    type: 'custody.list-inbound',
    ...{ case: '一案', organ: '某市公安局', number: '移1', day: '2026-03-01' },
    bringer: BRINGER,
    lines: [{ name: '金条', quantity: '3.0', unit: '根', weight_mg: 300_000, seal: 'A-1' }],
  } as const
  return after(null, listInbound(stateOf(null), command, act).facts)
}

const checked = (inbound: Inbound, line: object): Inbound =>
  after(
    inbound,
    checkInbound(
      stateOf(inbound),
      { type: 'custody.check-inbound', inbound: 'one', lines: [{ line: 1, ...line } as never] },
      act,
    ).facts,
  )

function outcomeOf(deed: () => unknown): string {
  try {
    deed()
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('the day of the list', () => {
  const outcomeOn = (at: string, day: string): string =>
    outcomeOf(() =>
      listInbound(
        stateOf(null),
        {
          ...{ type: 'custody.list-inbound', case: '一案', organ: '某市公安局', number: '移1', day, bringer: BRINGER },
          lines: [{ name: '金条', quantity: '3', unit: '根' }],
        },
        { ...act, at },
      ),
    )

  it('is that of the organ, also in the hours in which it is the day before elsewhere', () => {
    expect(outcomeOn('2026-03-01T16:00:00.000Z', '2026-03-02')).toBe('done')
    expect(outcomeOn('2026-03-01T15:59:59.999Z', '2026-03-02')).toBe('custody.inbound-day')
  })
})

describe('the verdict on a line', () => {
  const goes: readonly (readonly [InboundVerdict, object, string])[] = [
    ['MATCHED', {}, 'done'],
    ['MATCHED', { quantity: '3' }, 'custody.inbound-verdict'],
    ['SHORT', { quantity: '2' }, 'done'],
    ['SHORT', { quantity: '0' }, 'done'],
    ['SHORT', {}, 'custody.inbound-verdict'],
    ['SHORT', { quantity: '4' }, 'custody.inbound-verdict'],
    ['SHORT', { quantity: '3' }, 'custody.inbound-verdict'],
    ['SHORT', { quantity: '2.5' }, 'custody.quantity-whole'],
    ['SURPLUS', { quantity: '4' }, 'done'],
    ['SURPLUS', { quantity: '2' }, 'custody.inbound-verdict'],
    ['DIFFERENT', {}, 'custody.inbound-verdict'],
    ['DIFFERENT', { weight_mg: 299_000 }, 'done'],
    ['DIFFERENT', { weight_mg: 300_000 }, 'custody.inbound-verdict'],
    ['DIFFERENT', { seal: 'A-2' }, 'done'],
    ['DIFFERENT', { seal: 'A-1' }, 'custody.inbound-verdict'],
    ['DIFFERENT', { features: '无编号' }, 'done'],
    ['DIFFERENT', { quantity: '0' }, 'custody.inbound-verdict'],
    ['DIFFERENT', { weight_mg: 0 }, 'custody.weight-absurd'],
  ]
  it.each(goes)('%s with %j: %s', (verdict, found, outcome) => {
    expect(outcomeOf(() => checked(listed(), { verdict, ...found }))).toBe(outcome)
  })
})

describe('what becomes of a line', () => {
  const settle = (inbound: Inbound, how: 'SENT_BACK' | 'AS_FOUND', signers: readonly (keyof typeof people)[] = []) =>
    settleInbound(
      stateOf(inbound, signers),
      { type: 'custody.settle-inbound', inbound: 'one', line: 1, how, note: '少一根', bringer: BRINGER },
      act,
    ).facts

  it('nothing is settled that agrees or was not checked', () => {
    for (const inbound of [listed(), checked(listed(), { verdict: 'MATCHED' })])
      expect(outcomeOf(() => settle(inbound, 'SENT_BACK'))).toBe('custody.inbound-line')
  })

  it.each([
    ['nobody', [], 'custody.inbound-second'],
    ['an officer of another case', ['stranger'], 'custody.inbound-second'],
    ['a custodian of the department that handles it', ['inside'], 'custody.inbound-second'],
    ['another officer of the case', ['wei'], 'done'],
    ['a custodian who keeps apart', ['li'], 'done'],
  ] as const)('is taken as found, signed by %s', (_, signers, outcome) => {
    const short = checked(listed(), { verdict: 'SHORT', quantity: '2' })
    expect(outcomeOf(() => settle(short, 'AS_FOUND', signers))).toBe(outcome)
  })

  it('is taken as it was found, goes back, or was never there', () => {
    const short = checked(listed(), { verdict: 'SHORT', quantity: '2' })
    expect([uncheckedOf(listed()), unsettledOf(short), takenOf(short)]).toEqual([[1], [1], []])
    const taken = after(short, settle(short, 'AS_FOUND', ['wei']))
    expect([unsettledOf(taken), takenOf(taken).map((one) => foundOf(one).quantity)]).toEqual([[], ['2']])
    // What is checked again is settled again.
    expect(unsettledOf(checked(taken, { verdict: 'SHORT', quantity: '1' }))).toEqual([1])
    expect(takenOf(after(short, settle(short, 'SENT_BACK')))).toEqual([])
    const gone = checked(listed(), { verdict: 'SHORT', quantity: '0' })
    expect(takenOf(after(gone, settle(gone, 'AS_FOUND', ['wei'])))).toEqual([])
  })
})
