import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FactDraft } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { Facts, FactType } from './custody.ts'
import type { Item } from './items/item.ts'
import { general, gold, officeWith, PHOTO, stored } from './testing.ts'
import type { CustodyCommand } from './testing-commands.ts'
import type { Office } from './testing-office.ts'
import { people } from './testing-people.ts'

/** Fixed, so that every run of the tests is the same run. */
const SEED = 20_261_121
const RUNS = 120
const STEPS = 80

const everybody = Object.keys(people)

/** Who would do it by the book; two steps of five are tried by anybody at all. */
const byTheBook = {
  photo: 'ou',
  submit: 'ou',
  'check-in': 'li',
  'send-back': 'sun',
  ask: 'wei',
  grant: 'zhao',
  borrow: 'li',
  'give-back': 'sun',
  incident: 'li',
  resolve: 'tan',
  move: 'sun',
  wait: 'li',
} as const
type Verb = keyof typeof byTheBook

/** Steps forward are tried more often than those that lead astray, or few runs would get far. */
const often: Readonly<Record<Verb, number>> = {
  ...{ photo: 1, submit: 4, 'check-in': 6, 'send-back': 2, ask: 4, grant: 6, borrow: 6, 'give-back': 6 },
  ...{ incident: 1, resolve: 4, move: 4, wait: 1 },
}

const step = fc.record({
  verb: fc.oneof(
    ...(Object.keys(often) as Verb[]).map((verb) => ({ weight: often[verb], arbitrary: fc.constant(verb) })),
  ),
  person: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.constantFrom(...everybody) },
  ),
  picks: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
  weight_mg: fc.constantFrom(100_000, 100_000, 100_100, 98_000),
  seal: fc.constantFrom('intact' as const, 'intact' as const, 'intact' as const, 'broken' as const),
  borrower: fc.option(fc.constantFrom(...everybody), { nil: undefined, freq: 4 }),
  safe: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function commandOf(
  { verb, picks, weight_mg, seal, borrower, safe }: Step,
  { office, codes, shelf, safe: strongbox }: ReturnType<typeof officeWith>,
): CustodyCommand {
  const items = picks.map((pick) => codes[pick] ?? '')
  const location = safe || picks.some((pick) => pick % 2 === 1) ? strongbox : shelf
  const asked = [...office.approvals.keys()].at(-1) ?? ''
  switch (verb) {
    case 'photo':
    case 'wait':
      return {
        type: 'custody.add-photo',
        items: [{ item: items[0] ?? '', photos: [PHOTO.replace('a', String(picks[0]))] }],
      }
    case 'submit':
      return { type: 'custody.hand-over', items, store: weight_mg === 98_000 ? 'store-2' : 'store-1' }
    case 'check-in':
      return {
        type: 'custody.check-in',
        items: items.map((item) => ({
          item,
          location,
          weight_mg,
          ...(office.item(item).seal === null ? {} : { sealNumber: 'F-001' }),
        })),
      }
    case 'send-back':
      return { type: 'custody.refuse-item', items, reason: '不符' }
    case 'ask': {
      const dueAt = new Date(Date.parse(office.now) + 20 * 3_600_000).toISOString()
      return { type: 'approvals.ask', deed: { command: 'borrow', items, dueAt, purpose: 'TESTING' }, reason: '检验' }
    }
    case 'grant':
      return { type: 'approvals.grant', approval: asked }
    case 'borrow': {
      const granted = items.find((item) => office.item(item).reservation !== null)
      const approval = office.item(granted ?? items[0] ?? '').reservation?.approval ?? asked
      return {
        type: 'custody.borrow',
        items: granted === undefined ? items : [granted],
        approval,
        ...(borrower === undefined ? {} : { borrower }),
      }
    }
    case 'give-back':
      return {
        type: 'custody.give-back',
        items: items.map((item) => ({
          item,
          location,
          weight_mg,
          ...(office.item(item).seal === null ? {} : { seal }),
        })),
      }
    case 'incident':
      return { type: 'custody.incident', items: items.slice(0, 1), kind: 'damage', note: '外观有变' }
    case 'resolve':
      return { type: 'custody.resolve', items: items.slice(0, 1), conclusion: '已查明', takeAsFound: safe }
    case 'move':
      return { type: 'custody.move', items, location }
  }
}

function holds(item: Item): void {
  const { holdings } = item
  expect(holdings[0]?.from).toBe(item.measure.takenAt)
  for (const [index, { from, to }] of holdings.entries()) {
    expect(to).toBe(holdings[index + 1]?.from ?? null)
    if (to !== null) expect(from <= to).toBe(true)
  }
  const who = holdings.at(-1)?.who
  switch (item.custodyStatus) {
    case 'WITH_CASE_DEPT':
    case 'PENDING_HANDOVER':
      expect(who).toBe(`unit/${item.unit}`)
      break
    case 'IN_STORE':
      expect(who).toBe(`store/${item.store}`)
      break
    default:
      expect(item.custodyStatus).toBe('BORROWED')
      expect(who).toBe(`person/${item.loan?.borrower}`)
  }
  expect(item.location !== null).toBe(item.custodyStatus === 'IN_STORE')
}

type Is<T extends FactType> = { readonly type: T; readonly body: Facts[T] }
const is = <T extends FactType>(fact: { type: string }, type: T): fact is Is<T> => fact.type === type

/** No protected act by one person, whatever posts he holds. */
function apart(office: Office, actor: string, draft: FactDraft, before: Item | undefined): void {
  if (before === undefined) return
  const officers = office.cases.get(before.case)?.officers ?? []
  const fact = draft as { type: string; body: unknown }
  const keeps = ['custody.checked-in', 'custody.handover-refused', 'custody.moved', 'custody.lent', 'custody.returned']
  if (keeps.includes(fact.type)) {
    expect(officers).not.toContain(actor)
    expect(people[actor]?.unit).not.toBe(before.unit)
  }
  if (is(fact, 'custody.checked-in') || is(fact, 'custody.handover-refused')) expect(actor).not.toBe(before.submittedBy)
  if (is(fact, 'custody.loan-granted')) expect(fact.body.approver).not.toBe(fact.body.requester)
  if (is(fact, 'custody.lent')) {
    const { requester, approver, borrower } = fact.body
    expect(new Set([requester, approver, actor]).size).toBe(3)
    expect([approver, actor]).not.toContain(borrower)
    expect(officers).toContain(borrower)
  }
  if (is(fact, 'custody.returned')) expect(actor).not.toBe(before.loan?.borrower)
  if (is(fact, 'custody.incident-resolved')) expect(actor).not.toBe(before.incident?.opener)
  const frozenMayNot = fact.type !== 'custody.incident-resolved' && fact.type !== 'custody.photo-added'
  if (frozenMayNot) expect(before.incident).toBeNull()
}

/** Each receiver stands behind its giver, about the same item. */
function paired(drafts: readonly FactDraft[]): void {
  const receivers = ['custody.checked-in', 'custody.received-on-loan', 'custody.returned']
  for (const [index, { type, subject, pairedWith }] of drafts.entries()) {
    expect(pairedWith !== undefined).toBe(receivers.includes(type))
    if (pairedWith === undefined) continue
    expect(pairedWith).toBeLessThan(index)
    expect(drafts[pairedWith]?.subject).toBe(subject)
  }
}

it(`in ${RUNS * STEPS} random acts no item has two holders or none, and nobody stands on two sides`, () => {
  const reached = new Map<string, number>()
  const refused = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.constantFrom(officeWith, stored),
      fc.array(step, { minLength: STEPS, maxLength: STEPS }),
      (start, steps) => {
        const made = start(general, gold, general, gold)
        const { office } = made
        for (const one of steps) {
          if (one.verb === 'wait') office.wait(10)
          const person = one.person ?? byTheBook[one.verb]
          const before = new Map(office.items)
          const count = office.facts.length
          try {
            const { facts } = office.act(person, commandOf(one, made))
            paired(facts)
            for (const draft of facts) {
              apart(office, person, draft, before.get(draft.subject.replace('item/', '')))
              reached.set(draft.type, (reached.get(draft.type) ?? 0) + 1)
            }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            refused.set(error.code, (refused.get(error.code) ?? 0) + 1)
            expect(office.facts.length).toBe(count)
          }
          for (const item of office.items.values()) holds(item)
          for (const { code, capacity } of office.locations.values())
            expect([...office.items.values()].filter(({ location }) => location === code).length).toBeLessThanOrEqual(
              capacity,
            )
        }
      },
    ),
    { seed: SEED, numRuns: RUNS },
  )
  for (const type of [
    'custody.checked-in',
    'custody.handover-refused',
    'custody.moved',
    'custody.lent',
    'custody.returned',
    'custody.incident-resolved',
  ])
    expect(reached.get(type) ?? 0, type).toBeGreaterThan(5)
  for (const code of [
    'custody.officer-keeps',
    'custody.same-department',
    'custody.same-person',
    'custody.item-frozen',
    'custody.wrong-order',
  ])
    expect(refused.get(code) ?? 0, code).toBeGreaterThan(5)
})
