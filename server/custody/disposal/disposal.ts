import type { DisposalFormKind } from '../../../labels/documents/disposal-form.ts'
import type { Dropping } from '../../approvals/approvals.ts'
import type { Fact, Sealed } from '../../module.ts'
import { custodyFact } from '../custody.ts'
import { type Destination, type DisposalType, disposalTypes, type Level, type ReleaseGround } from './types.ts'
import type { DisposalAct, SaleTerms } from './facts.ts'

/** 处置审批单: items of one case that go one way, who proposed it, who agreed, and what was carried out. */
export type Disposal = {
  readonly code: string
  readonly case: string
  readonly unit: string
  readonly year: number
  readonly serial: number
  readonly way: DisposalType
  readonly destination: Destination
  readonly ground: ReleaseGround | null
  readonly foundAt: string | null
  readonly suspectedCrime: boolean
  readonly reviewUnit: string | null
  readonly items: readonly string[]
  readonly opinion: Sealed
  readonly appraisal: string | null
  readonly sale?: SaleTerms
  readonly proposer: string
  readonly proposedAt: string
  readonly agreed: readonly {
    readonly level: Level
    readonly by: string
    readonly at: string
    readonly approval: string
  }[]
  /** The request that waits for a decision; null once all have agreed. */
  readonly waiting: string | null
  /** A request for it came to nothing; absent while it stands. */
  readonly dropped?: { readonly why: Dropping; readonly by: string; readonly at: string }
  readonly acts: readonly (DisposalAct & {
    readonly by: string
    readonly with: readonly string[]
    readonly at: string
  })[]
  /** When its items were not fetched; absent where nobody has said so. */
  readonly notCollected?: readonly {
    readonly items: readonly string[]
    readonly note: Sealed
    readonly by: string
    readonly at: string
  }[]
}

/**
 * What one more fact makes of a disposal paper. `waiting` is the approval that the next level has to decide; null once all have agreed, or it
 * was dropped.
 */
export function evolveDisposal(disposal: Disposal | null, raw: Fact): Disposal | null {
  const fact = custodyFact(raw)
  switch (fact.type) {
    case 'custody.disposal-proposed': {
      const { v: _, n: __, subject, approval, ...terms } = fact.body
      return {
        ...terms,
        code: subject.slice('disposal/'.length),
        proposer: fact.actor,
        proposedAt: fact.at,
        agreed: [],
        waiting: approval,
        acts: [],
      }
    }
    case 'custody.disposal-agreed': {
      if (disposal === null) return null
      const { level, approval, next } = fact.body
      return {
        ...disposal,
        agreed: [...disposal.agreed, { level, by: fact.actor, at: fact.at, approval }],
        waiting: next,
      }
    }
    case 'custody.disposal-dropped':
      if (disposal === null) return null
      return { ...disposal, waiting: null, dropped: { why: fact.body.why, by: fact.actor, at: fact.at } }
    case 'custody.disposal-carried-out': {
      if (disposal === null) return null
      const { v: _, n: __, subject: ___, surplus: ____, ...act } = fact.body
      return { ...disposal, acts: [...disposal.acts, { ...act, by: fact.actor, with: fact.with, at: fact.at }] }
    }
    case 'custody.not-collected': {
      if (disposal === null) return null
      const { items, note } = fact.body
      const { notCollected = [] } = disposal
      return { ...disposal, notCollected: [...notCollected, { items, note, by: fact.actor, at: fact.at }] }
    }
    default:
      return disposal
  }
}

/** Who must agree next; null once all have, and for a paper that came to nothing. */
export function nextLevel({ way, agreed, dropped }: Pick<Disposal, 'way' | 'agreed' | 'dropped'>): Level | null {
  if (dropped !== undefined) return null
  return disposalTypes[way].levels[agreed.length] ?? null
}

export type DisposalStatus = 'proposed' | 'approved' | 'done' | Dropping

/** How far it has come. */
export function statusOf(disposal: Disposal): DisposalStatus {
  if (disposal.dropped !== undefined) return disposal.dropped.why
  const done = new Set(disposal.acts.flatMap(({ items }) => items))
  if (disposal.items.every((code) => done.has(code))) return 'done'
  return nextLevel(disposal) === null ? 'approved' : 'proposed'
}

/** The papers that belong to its way, beside the approval. */
export function papersOf({ way }: Disposal): readonly DisposalFormKind[] {
  switch (way) {
    case 'RETURN':
      return ['notice', 'return-list']
    case 'TRANSFER':
      return ['transfer-list']
    case 'DESTROY':
      return ['destruction']
    case 'SELL':
    case 'CONFISCATE':
    case 'RECOVER':
    case 'COLLECT':
    case 'COMPENSATE':
    case 'SURRENDER':
      return []
  }
}
