import type { Amount } from '../account/accounting.ts'
import type { Case } from '../cases/cases.ts'
import type { CustodyFact } from '../custody.ts'
import type { Item } from '../items/item.ts'
import type { CaseJoin, PassedItem } from './facts.ts'

/** One way of an item from a case into another. */
export type Passage = {
  readonly how: CaseJoin
  readonly from: string
  readonly to: string
  /** Which item of `from` it was. */
  readonly was: number
  readonly document: string
  readonly amount: Amount
  readonly at: string
}

/** Items that a case gave to or took from another, by one decision. */
export type CasePassage = {
  readonly how: CaseJoin
  /** The other case, as it was registered. */
  readonly other: string
  readonly document: string
  readonly items: readonly PassedItem[]
  readonly by: string
  readonly at: string
}

/** What became of a case with others. Each member is absent as long as there is nothing to say. */
export type CaseLineage = {
  readonly passedOn?: readonly CasePassage[]
  readonly tookOver?: readonly CasePassage[]
}

/** The item in its new case. Where it lies, who holds it and what runs over it stay. */
export function evolvePassage(
  item: Item,
  { body, at }: Extract<CustodyFact, { type: 'custody.passed-to-case' }>,
): Item {
  const { how, from, to, was, ordinal, document, amount } = body
  const passed = [...(item.passed ?? []), { how, from, to, was, document, amount, at }]
  return { ...item, case: to, ordinal, passed, lastAt: at }
}

/** Either case after items went from one into the other. */
export function evolveCasePassage(
  of: Case,
  { type, body, at, actor }: Extract<CustodyFact, { type: 'custody.case-passed-on' | 'custody.case-took-over' }>,
): Case {
  const { how, document, items } = body
  const shared = { how, document, items, by: actor, at }
  if (type === 'custody.case-took-over')
    return { ...of, tookOver: [...(of.tookOver ?? []), { ...shared, other: body.from }] }
  const passedOn = [...(of.passedOn ?? []), { ...shared, other: body.to }]
  return { ...of, passedOn, status: how === 'merge' ? 'MERGED' : of.status }
}

/** The case that one was merged into; null while it is its own. */
export function mergedInto({ status, passedOn = [] }: Pick<Case, 'status' | 'passedOn'>): string | null {
  return status === 'MERGED' ? (passedOn.findLast(({ how }) => how === 'merge')?.other ?? null) : null
}
