import type { Dice } from '../../../devices/fuzz-inputs.ts'
import type { Approval } from '../../approvals/approvals.ts'
import type { DisposalType } from '../disposal/types.ts'
import type { Item } from '../items/item.ts'
import type { Container } from '../keeping/containers.ts'
import type { NewItem } from '../schemas.ts'
import type { ApprovedMeasure } from '../measures/approving.ts'
import { cash, general, gold } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { bookOf } from './testing-book.ts'
import { BOX_VERBS, nextOfBox } from './testing-box-steps.ts'
import { cast, everybody, type Home } from './testing-cast.ts'
import { COUNT_VERBS, type CountCommand, type Counting, nextOfCount } from './testing-count-steps.ts'
import { nextVerb } from './testing-next.ts'

export const VERBS = [
  ...(['photo', 'count', 'submit', 'check-in', 'send-back', 'move', 'seal', 'unseal', 'correct'] as const),
  ...(['ask', 'grant', 'refuse', 'withdraw', 'borrow', 'give-back', 'incident', 'resolve'] as const),
  ...(['appraise', 'appraised', 'dispatch', 'arrive', 'split', 'merge'] as const),
  ...([
    'propose',
    'carry-out',
    'write-off',
    'complain',
    'review-complaint',
    'decide-complaint',
    'close',
    'wait',
  ] as const),
  ...(['ask-measure', 'surrender', 'freeze', 'ask-convert', 'ask-confirm', 'deposit', 'owe', 'divide'] as const),
  'film',
  ...BOX_VERBS,
  ...COUNT_VERBS,
] as const
export type Verb = (typeof VERBS)[number]

/** One step by chance. What it comes to depends on how things stand when its turn comes. */
export interface Step {
  /** Null: whatever would come next by the book for the first item that is picked. */
  readonly verb: Verb | null
  /** Null: who would do it by the book. */
  readonly person: string | null
  /** Null: who would sign beside him by the book. */
  readonly signers: readonly string[] | null
  readonly picks: readonly number[]
  /** From 0 to 99, for whatever else is open. */
  readonly odd: number
}

/** What a life by chance begins with: two or three things. */
export function goodsOf(chance: Dice, mark: string): NewItem[] {
  const kinds = [
    [phones, goldOf],
    [goldOf, cashOf],
    [phones, cashOf],
    [phones, phones],
    [phones, phones, phones],
  ] as const
  return chance.among(kinds).map((make, index) => make(`${mark}-${index}`))
}

/** What a life begins with of which the first thing is sold. */
export function goodsForSale(mark: string): NewItem[] {
  return [phones(), goldOf(`${mark}-1`)]
}

const phones = (): NewItem => ({ ...general, quantity: 3 })
const goldOf = (number: string): NewItem => ({ ...gold, seal: sealed(number) })
const cashOf = (number: string): NewItem => ({ ...cash, seal: sealed(number) })
const sealed = (number: string) => ({ number, signers: [cast.officer, cast.colleague] })

const BY_THE_BOOK_IN_TEN = 8
const FORWARD_IN_TEN = 8
const SIGNERS_MAX = 3

/** So many steps; the same chance gives the same steps. */
export function stepsOf(chance: Dice, count: number): Step[] {
  const isUsual = (): boolean => chance.under(10) < BY_THE_BOOK_IN_TEN
  return Array.from({ length: count }, () => ({
    verb: chance.under(10) < FORWARD_IN_TEN ? null : chance.among(VERBS),
    person: isUsual() ? null : chance.among(everybody),
    signers: isUsual() ? null : Array.from({ length: chance.under(SIGNERS_MAX + 1) }, () => chance.among(everybody)),
    picks: Array.from({ length: 1 + chance.under(2) }, () => chance.under(6)),
    odd: chance.under(100),
  }))
}

/** How things stand with one case before a step. */
export interface Standing {
  readonly number: string
  /** In the order in which they were made; at least one. */
  readonly items: readonly Item[]
  /** Its boxes, in the order in which they were made. */
  readonly boxes: readonly Container[]
  /** All that was ever asked for, oldest first. */
  readonly approvals: readonly Approval[]
  /** Measures that may be taken in the case. */
  readonly approved: readonly ApprovedMeasure[]
  /** What each proposal that an item stands on comes to. */
  readonly ways: ReadonlyMap<string, DisposalType>
  readonly home: Home
  readonly counting: Counting
  readonly now: string
  /** Stands in numbers that must be given once. */
  readonly mark: string
}

export interface Wanted {
  readonly verb: Verb
  readonly person: string
  readonly with: readonly string[]
  readonly command: CustodyCommand | CountCommand
}

/** Who does it, who signs, and what is asked for, as things stand. */
export function wantedBy(step: Step, standing: Standing): Wanted {
  const { items, approvals } = standing
  const picked = [...new Set(step.picks.map((pick) => items[pick % items.length] as Item))]
  const [first] = picked as [Item, ...Item[]]
  const asked = approvals.findLast(({ status, deed }) => status === 'asked' && namesItem(deed, first.code))
  const measure = approvals.findLast(({ status, deed }) => status === 'asked' && deed.command === 'take-measure')
  const next = nextOfCount(standing, step.odd) ?? nextOfBox(standing, first, step.odd)
  const verb = step.verb ?? next ?? nextVerb(first, { asked, measure }, step.odd)
  const usual = bookOf(verb, { step, standing, picked, first, asked: asked ?? measure ?? approvals.at(-1) })
  const here = (one: string): string => standIn(one, standing.home)
  const person = here(step.person ?? usual.person)
  const signers = (step.signers ?? usual.with).map(here).filter((one) => one !== person)
  return { verb, person, with: [...new Set(signers)], command: usual.command }
}

/** Whoever keeps the common store is, where the sequence has a store of its own, who keeps that. */
function standIn(person: string, { cast: own }: Home): string {
  if (person === cast.custodian) return own.custodian
  return person === cast.otherCustodian ? own.otherCustodian : person
}

function namesItem(deed: Approval['deed'], code: string): boolean {
  return JSON.stringify(deed).includes(code)
}
