import type { Fact } from '../../module.ts'
import { evolvePassage } from '../case-lineage/lineage.ts'
import { evolveCash } from '../cash/cash.ts'
import { corrected } from '../correcting/corrections.ts'
import { custodyFact, type CustodyFact, type PointVerdict } from '../custody.ts'
import { evolveLeaving } from '../disposal/leaving.ts'
import { deposited } from '../disposal/proceeds.ts'
import { passedTo } from './holdings.ts'
import type { ConcludedIncident, Item, ItemIncident } from './item.ts'
import { formed, succeeded } from '../lineage/lineage.ts'
import { registered, weighed } from './registered.ts'
import { retired } from '../seals/seals.ts'
import { evolveDeposit } from '../deposit/deposit.ts'
import { evolveMeasure } from '../measures/deciding.ts'
import { evolveRelevance } from '../relevance/relevance.ts'
import { evolveSigning } from '../signing/signing.ts'
import { evolveTransit } from '../transit/transit.ts'
import { afterMove } from '../transitions.ts'
import { evolveRecourse } from '../recourse/recourse.ts'
import { evolveRetention } from '../retention/retention.ts'
import { evolveUnfilmed } from '../videos/unfilmed.ts'
import { evolveVideo } from '../videos/videos.ts'

/** An item after one more of its facts; null before the first. Knows every version ever written. */
export function evolveItem(item: Item | null, raw: Fact): Item | null {
  const next = evolved(item, raw)
  if (next === null || next.location !== null || next.container === undefined) return next
  // Whatever takes it from its shelf takes it out of its box.
  const { container: _, ...rest } = next
  return rest
}

function evolved(item: Item | null, raw: Fact): Item | null {
  const fact = custodyFact(raw)
  if (item === null) return born(fact)
  switch (fact.type) {
    case 'custody.photo-added':
      return { ...item, photos: [...item.photos, photoOf(fact)] }
    case 'custody.cash-counted':
    case 'custody.cash-agreed':
    case 'custody.cash-disputed':
      return { ...item, cash: evolveCash(item.cash ?? { rounds: [], agreed: [] }, fact), lastAt: fact.at }
    case 'custody.handover-submitted':
      return {
        ...item,
        ...afterMove(item, 'submit'),
        list: fact.body.list,
        store: fact.body.store,
        submittedBy: fact.actor,
        lastAt: fact.at,
      }
    case 'custody.checked-in':
      return {
        ...item,
        ...afterMove(item, 'check-in'),
        list: null,
        ...placed(fact.body),
        weights: weighed(item, fact),
        ...(fact.body.tare === undefined ? {} : { tare: fact.body.tare }),
        holdings: passedTo(item.holdings, `store/${fact.body.store}`, fact.at),
        lastAt: fact.at,
      }
    case 'custody.handover-refused':
      return { ...item, ...afterMove(item, 'send-back'), list: null, store: null, submittedBy: null, lastAt: fact.at }
    case 'custody.unsealed': {
      // What the bag weighed is known of the bag that was opened, and of no other.
      const { tare: _, ...out } = item
      return { ...out, ...afterMove(item, 'unseal'), seal: null, ...retired(item, fact.at, 'OPENED'), lastAt: fact.at }
    }
    case 'custody.sealed': {
      const { number, signers } = fact.body
      const { tare: _, ...anew } = item
      return {
        ...anew,
        ...afterMove(item, item.sealStatus === 'UNSEALED' ? 'seal' : 'reseal'),
        seal: { number, signers, sealedAt: fact.at },
        ...retired(item, fact.at, 'BROKEN'),
        lastAt: fact.at,
      }
    }
    case 'custody.corrected':
      return corrected(item, fact)
    case 'custody.moved': {
      const { container: _, ...out } = item
      const { to: location, container } = fact.body
      return { ...out, ...afterMove(item, 'move'), ...placed({ location, container }), lastAt: fact.at }
    }
    case 'custody.loan-granted': {
      const { approval, requester, approver, purpose, dueAt, validUntil, container } = fact.body
      const box = container === undefined ? {} : { container }
      const reservation = { approval, requester, approver, purpose, dueAt, validUntil, ...box }
      return { ...item, ...afterMove(item, 'grant-loan'), reservation, lastAt: fact.at }
    }
    case 'custody.lent': {
      const { loan, borrower, dueAt, purpose, inBox } = fact.body
      const box = inBox === undefined ? {} : { container: inBox.container }
      return {
        ...item,
        reservation: null,
        location: null,
        weights: fact.body.weighedNow === true ? weighed(item, fact) : item.weights,
        loan: { loan, borrower, custodian: fact.actor, dueAt, purpose, lentAt: fact.at, ...box },
        lastAt: fact.at,
      }
    }
    case 'custody.received-on-loan':
      return {
        ...item,
        ...afterMove(item, 'lend'),
        holdings: passedTo(item.holdings, `person/${fact.body.borrower}`, fact.at),
        lastAt: fact.at,
      }
    case 'custody.loan-prolonged':
      return item.loan === null ? item : { ...item, loan: { ...item.loan, dueAt: fact.body.dueAt } }
    case 'custody.returned':
      return {
        ...settled(item),
        ...afterMove(item, 'take-back'),
        loan: null,
        ...placed(fact.body),
        weights: weighed(item, fact),
        holdings: passedTo(item.holdings, `store/${fact.body.store}`, fact.at),
        lastAt: fact.at,
      }
    case 'custody.sent-to-appraisal': {
      const { institution, commission, dueAt, officers } = fact.body
      return {
        ...{ ...item, ...afterMove(item, 'appraise'), location: null },
        appraisal: { institution, commission, dueAt, sentAt: fact.at, custodian: fact.actor, officers },
        holdings: passedTo(item.holdings, 'outside/appraisal', fact.at),
        lastAt: fact.at,
      }
    }
    case 'custody.returned-from-appraisal': {
      const { appraisal: _, appraised = [], ...back } = item
      const { report, value_fen, store } = fact.body
      return {
        ...{ ...back, ...afterMove(item, 'return-from-appraisal'), ...placed(fact.body) },
        ...(value_fen === null ? {} : { valueStatus: 'KNOWN' as const }),
        appraised: [...appraised, { report, value_fen, at: fact.at }],
        weights: weighed(item, fact),
        holdings: passedTo(item.holdings, `store/${store}`, fact.at),
        lastAt: fact.at,
      }
    }
    case 'custody.incident-opened': {
      const { kind, opener, note, points, found } = fact.body
      return {
        ...settled(item),
        ...afterMove(item, 'open-incident'),
        ...(found.sealBroken ? { sealStatus: 'BROKEN' as const } : {}),
        incident: {
          kind,
          opener,
          openedAt: fact.at,
          signers: fact.with,
          note,
          points,
          foundWeight_mg: found.weight_mg,
          foundWeighing: found.weighing,
        },
        lastAt: fact.at,
      }
    }
    case 'custody.incident-resolved':
      return {
        ...item,
        ...afterMove(item, 'resolve-incident'),
        incident: null,
        concluded: item.incident === null ? item.concluded : [...item.concluded, concluded(item.incident, fact)],
        weights: weighed(item, fact),
        lastAt: fact.at,
      }
    case 'custody.tag-wanted':
      return { ...item, tag: { state: 'wanted', tid: null, at: fact.at } }
    case 'custody.tag-bound':
      return { ...item, tag: { state: 'bound', tid: fact.body.tid, at: fact.at } }
    case 'custody.tag-not-written':
      return { ...item, tag: { state: fact.body.outcome, tid: null, at: fact.at } }
    case 'custody.difference-found': {
      const { open, loan, points, weight_mg, weighing } = fact.body
      if (open === undefined) return item
      const by = { by: fact.actor, with: fact.with, at: fact.at }
      return { ...item, difference: { loan, points: foundSoFar(item, loan, points), weight_mg, weighing, ...by } }
    }
    case 'custody.dispatched':
    case 'custody.arrived':
      return evolveTransit(item, fact, weighed(item, fact))
    case 'custody.carried':
    case 'custody.brought':
      return evolveTransit(item, fact, item.weights)
    case 'custody.measure-confirmed':
    case 'custody.surrender-converted':
      return evolveMeasure(item, fact)
    case 'custody.deposited':
      return evolveDeposit(item, fact)
    case 'custody.hand-signed':
      return evolveSigning(item, fact)
    case 'custody.retention-asked':
    case 'custody.retention-answered':
      return evolveRetention(item, fact)
    case 'custody.compensation-paid':
    case 'custody.compensation-recovered':
    case 'custody.recourse-written-off':
      return evolveRecourse(item, fact)
    case 'custody.relevance-stated':
      return evolveRelevance(item, fact)
    case 'custody.video-noted':
      return evolveVideo(item, fact)
    case 'custody.unfilmed-allowed':
      return evolveUnfilmed(item, fact)
    case 'custody.passed-to-case':
      return evolvePassage(item, fact)
    case 'custody.split':
    case 'custody.merged':
      return succeeded(item, fact)
    // The giver's side of a pair: the holder changes with the receiver's, at the same moment.
    case 'custody.regrouped-in-store':
    case 'custody.released-to-store':
    case 'custody.handed-back':
    // What it tells of stands in the facts before it.
    case 'custody.entered-from-paper':
    // Where it was seen says nothing of who has it, and what was looked up nothing of the thing.
    case 'custody.identity-opened':
    case 'custody.account-number-opened':
    case 'custody.seen-at-door':
      return item
    default:
      return evolveLeaving(item, fact)
  }
}

function born(fact: CustodyFact): Item | null {
  switch (fact.type) {
    case 'custody.registered':
      return registered(fact)
    case 'custody.formed':
      return formed(fact)
    case 'custody.proceeds-deposited':
      return deposited(fact)
    default:
      return null
  }
}

/** The item without a difference that waits: what it came to, the fact that follows tells. */
function settled({ difference: _, ...rest }: Item): Item {
  return rest
}

/** One comparison finds one point after the other; what is compared again replaces what was found of the same point. */
function foundSoFar({ difference }: Item, loan: string, points: readonly PointVerdict[]): readonly PointVerdict[] {
  const earlier = difference?.loan === loan ? difference.points : []
  return [...earlier.filter(({ point }) => points.every((one) => one.point !== point)), ...points]
}

function concluded(
  incident: ItemIncident,
  { body, actor, at }: Extract<CustodyFact, { type: 'custody.incident-resolved' }>,
): ConcludedIncident {
  const takenAsFound = body.weight_mg !== null
  return { ...incident, conclusion: body.conclusion, concludedBy: actor, concludedAt: at, takenAsFound }
}

function placed(place: {
  readonly location: string
  readonly container?: string | undefined
}): Pick<Item, 'location' | 'container'> {
  const { location, container } = place
  return container === undefined ? { location } : { location, container }
}

function photoOf({
  body: { photo, incident, view },
  at,
  actor,
}: Extract<CustodyFact, { type: 'custody.photo-added' }>) {
  return {
    photo,
    at,
    by: actor,
    ...(incident === undefined ? {} : { incident }),
    ...(view === undefined ? {} : { view }),
  }
}
