import type { Dropping } from '../../approvals/approvals.ts'
import type { Sealed } from '../../module.ts'
import type { CustodyFact } from '../custody.ts'
import type { SuperiorDocument } from './facts.ts'
import type { SealSeen } from './found-on-handing-out.ts'
import type { ComplaintGround, KeptOpenGround } from './words.ts'
import type { DisposalType } from './types.ts'
import { passedTo } from '../items/holdings.ts'
import type { Item } from '../items/item.ts'
import { weighed } from '../items/registered.ts'
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
    /** The item that it is since, where it was only on the person and is evidence now. */
    readonly becomes?: string
    /** What was seen of its seal in that act. */
    readonly seal?: SealSeen
  }
  /** The last proposal came to nothing, and none was made since. */
  readonly dropped?: { readonly disposal: string; readonly why: Dropping; readonly at: string }
  /** Approved once, it stays: only transfer with the case is left. */
  readonly suspectedCrime?: true
  /** When it was found unrelated to the case, unless an approver found otherwise. */
  readonly foundUnrelatedAt?: string
  /** When the tax was paid for which it is held, unless an approver found otherwise. */
  readonly taxPaidAt?: string
  /** A complaint was decided so, and a review of that may be asked for. */
  readonly reviewable?: { readonly by: string; readonly at: string }
  /** 申诉处理决定书 of a first complaint that is to be served: when it was decided. */
  readonly decisionToServe?: { readonly at: string; readonly by: string }
  /** How the superior organ decided the last review, who wrote that down, and when. */
  readonly reviewedAbove?: SuperiorDocument & { readonly upheld: boolean; readonly by: string; readonly at: string }
  /** The complaint that is open. */
  readonly complaint?: {
    /** 复查 of how an earlier one was decided; absent for a first one. */
    readonly review?: true
    /** Who decided what is reviewed, and does not decide again. */
    readonly decider?: string
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
    /** Of who is at large, from which day he is wanted. */
    readonly wantedOn?: string
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
        ...findingOf(found),
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
      const { disposal, way, why, findingEnds } = fact.body
      const { disposal: _, ...rest } = item
      const free = {
        ...{ ...rest, ...afterMove(item, 'drop-disposal') },
        ...{ dropped: { disposal, why, at: fact.at }, lastAt: fact.at },
      }
      return way === 'RETURN' && (why === 'refused' || findingEnds === true) ? withoutFinding(free) : free
    }
    case 'custody.disposed': {
      const { disposal, way, listOnly, proceeds, becomes, seal, weight_mg = null, weighing = null } = fact.body
      const sold = { ...(proceeds === undefined ? {} : { proceeds }), ...(becomes === undefined ? {} : { becomes }) }
      const disposed = { disposal, way, at: fact.at, listOnly, ...sold, ...(seal === undefined ? {} : { seal }) }
      const after = afterMove(item, way)
      const weights = weighed(item, { body: { weight_mg, weighing }, at: fact.at })
      if (listOnly) return { ...item, weights, dispositionStatus: after.dispositionStatus, disposed, lastAt: fact.at }
      return {
        ...{ ...item, weights },
        ...after,
        ...{ disposed, location: null, reservation: null },
        holdings: passedTo(item.holdings, `outside/${way.toLowerCase()}`, fact.at),
        lastAt: fact.at,
      }
    }
    case 'custody.written-off':
      return { ...item, ...afterMove(item, 'write-off'), lastAt: fact.at }
    case 'custody.complaint-accepted': {
      const { ground, note, review, decider } = fact.body
      const { reviewable: _, ...rest } = item
      const again = review === true ? { review, ...(decider === undefined ? {} : { decider }) } : {}
      return { ...rest, complaint: { ground, note, acceptedAt: fact.at, by: fact.actor, ...again }, lastAt: fact.at }
    }
    case 'custody.complaint-decided': {
      const { complaint, ...rest } = item
      const { upheld, conclusion, found, reviewable, superior, toServe } = fact.body
      return {
        ...rest,
        ...(upheld && complaint !== undefined
          ? { upheld: { ground: complaint.ground, conclusion, at: fact.at, by: fact.actor } }
          : {}),
        ...(found === undefined || found === null ? {} : { foundUnrelatedAt: found.at }),
        ...(reviewable === true ? { reviewable: { by: fact.actor, at: fact.at } } : {}),
        ...(toServe === undefined ? {} : { decisionToServe: { by: fact.actor, at: fact.at } }),
        ...(superior === undefined ? {} : { reviewedAbove: { ...superior, upheld, by: fact.actor, at: fact.at } }),
        lastAt: fact.at,
      }
    }
    case 'custody.complaint-decision-served': {
      const { decisionToServe: _, ...rest } = item
      return { ...rest, lastAt: fact.at }
    }
    case 'custody.kept-open': {
      const { ground, document, wantedOn } = fact.body
      const wanted = wantedOn === undefined ? {} : { wantedOn }
      return { ...item, keptOpen: { ground, document, approver: fact.actor, at: fact.at, ...wanted } }
    }
    // The giver's side of a pair: the holder changes with the receiver's, at the same moment.
    case 'custody.left-store':
    default:
      return item
  }
}

function findingOf(found: Extract<CustodyFact, { type: 'custody.proposed-for-disposal' }>['body']['found']) {
  if (found === null) return {}
  return found.ground === 'tax-paid' ? { taxPaidAt: found.at } : { foundUnrelatedAt: found.at }
}

function withoutFinding({ foundUnrelatedAt: _, taxPaidAt: __, ...rest }: Item): Item {
  return rest
}
