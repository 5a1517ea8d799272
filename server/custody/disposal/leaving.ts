import type { Dropping } from '../../approvals/approvals.ts'
import type { Sealed } from '../../module.ts'
import type { CustodyFact } from '../custody.ts'
import type { ComplaintGround, KeptOpenGround } from './words.ts'
import type { DisposalType } from './types.ts'
import { passedTo } from '../items/holdings.ts'
import type { Item } from '../items/item.ts'
import { afterMove } from '../transitions.ts'

/** What an item's facts say of its way out of custody. Each member is absent until there is something to say. */
export type Leaving = {
  /** The paper of the present proposal, by its code. */
  readonly disposal?: string
  /** How it was disposed of. */
  readonly disposed?: {
    readonly disposal: string
    readonly way: DisposalType
    readonly at: string
    /** Responsibility passed on, the thing itself stayed. */
    readonly listOnly: boolean
    /** The item that its price is. */
    readonly proceeds?: string
  }
  /** The last proposal came to nothing, and none was made since. */
  readonly dropped?: { readonly disposal: string; readonly why: Dropping; readonly at: string }
  /** Approved once, it stays: only transfer with the case is left. */
  readonly suspectedCrime?: true
  /** When it was found unrelated to the case, unless an approver found otherwise. */
  readonly foundUnrelatedAt?: string
  /** The complaint that is open. */
  readonly complaint?: {
    readonly ground: ComplaintGround
    readonly note: Sealed
    readonly acceptedAt: string
    readonly by: string
  }
  /** The last complaint that was found right; what it asks for is done when the item is given back. */
  readonly upheld?: {
    readonly ground: ComplaintGround
    readonly conclusion: Sealed
    readonly at: string
    readonly by: string
  }
  readonly keptOpen?: {
    readonly ground: KeptOpenGround
    readonly document: string
    readonly approver: string
    readonly at: string
  }
}

/** An item after a fact of its way out; any other fact changes nothing. */
export function evolveLeaving(item: Item, fact: CustodyFact): Item {
  switch (fact.type) {
    case 'custody.proposed-for-disposal': {
      const { disposal, suspectedCrime, found } = fact.body
      const { dropped: _, ...rest } = item
      return {
        ...rest,
        ...afterMove(item, 'propose-disposal'),
        disposal,
        ...(suspectedCrime === true ? { suspectedCrime: true as const } : {}),
        ...(found === null ? {} : { foundUnrelatedAt: found.at }),
        lastAt: fact.at,
      }
    }
    case 'custody.disposal-reviewed':
      return { ...item, ...afterMove(item, 'review-disposal'), lastAt: fact.at }
    case 'custody.disposal-approved': {
      const { way, suspectedCrime } = fact.body
      const approved = {
        ...{ ...item, ...afterMove(item, 'approve-disposal') },
        ...(suspectedCrime === true ? { suspectedCrime } : {}),
        lastAt: fact.at,
      }
      return way === undefined || way === 'RETURN' ? approved : withoutFinding(approved)
    }
    case 'custody.proposal-dropped': {
      const { disposal, way, why } = fact.body
      const { disposal: _, ...rest } = item
      const free = {
        ...{ ...rest, ...afterMove(item, 'drop-disposal') },
        ...{ dropped: { disposal, why, at: fact.at }, lastAt: fact.at },
      }
      return way === 'RETURN' && why === 'refused' ? withoutFinding(free) : free
    }
    case 'custody.disposed': {
      const { disposal, way, listOnly, proceeds } = fact.body
      const sold = proceeds === undefined ? {} : { proceeds }
      const disposed = { disposal, way, at: fact.at, listOnly, ...sold }
      const after = afterMove(item, way)
      if (listOnly) return { ...item, dispositionStatus: after.dispositionStatus, disposed, lastAt: fact.at }
      return {
        ...item,
        ...after,
        ...{ disposed, location: null, reservation: null },
        holdings: passedTo(item.holdings, `outside/${way.toLowerCase()}`, fact.at),
        lastAt: fact.at,
      }
    }
    case 'custody.written-off':
      return { ...item, ...afterMove(item, 'write-off'), lastAt: fact.at }
    case 'custody.complaint-accepted': {
      const { ground, note } = fact.body
      return { ...item, complaint: { ground, note, acceptedAt: fact.at, by: fact.actor }, lastAt: fact.at }
    }
    case 'custody.complaint-decided': {
      const { complaint, ...rest } = item
      const { upheld, conclusion, found } = fact.body
      return {
        ...rest,
        ...(upheld && complaint !== undefined
          ? { upheld: { ground: complaint.ground, conclusion, at: fact.at, by: fact.actor } }
          : {}),
        ...(found === undefined || found === null ? {} : { foundUnrelatedAt: found.at }),
        lastAt: fact.at,
      }
    }
    case 'custody.kept-open': {
      const { ground, document } = fact.body
      return { ...item, keptOpen: { ground, document, approver: fact.actor, at: fact.at } }
    }
    // The giver's side of a pair: the holder changes with the receiver's, at the same moment.
    case 'custody.left-store':
    default:
      return item
  }
}

function withoutFinding({ foundUnrelatedAt: _, ...rest }: Item): Item {
  return rest
}
