import type { Fact } from '../module.ts'
import type { Axes, IncidentKind, Purpose, Track } from './axes.ts'
import { evolveCash, type ItemCash } from './cash/cash.ts'
import type { Category } from './categories.ts'
import { corrected, type Correction } from './correcting/corrections.ts'
import {
  type CustodyFact,
  custodyFact,
  type Deadline,
  type Measure,
  type PointVerdict,
  type Presence,
  type Seal,
} from './custody.ts'
import type { Sealed } from '../module.ts'
import { type Details, keepingOf } from './intake/details.ts'
import { type Holding, passedTo } from './holdings.ts'
import { evolveLeaving, type Leaving } from './disposal/leaving.ts'
import { formed, type Lineage, succeeded } from './lineage/lineage.ts'
import { deposited } from './disposal/proceeds.ts'
import { type RetiredSeal, retired } from './seals/seals.ts'
import { evolveTransit, type ItemTransit } from './transit/transit.ts'
import { afterMove } from './transitions.ts'
import type { Weighed, Weighing } from './weights.ts'

/** A granted loan that was not fetched yet. */
export type Reservation = {
  readonly approval: string
  readonly requester: string
  readonly approver: string
  readonly purpose: Purpose
  readonly dueAt: string
  readonly validUntil: string
}

/** The loan an item is out on, with what it was when it went. */
export type ItemLoan = {
  readonly loan: string
  readonly borrower: string
  readonly custodian: string
  readonly dueAt: string
  readonly purpose: Purpose
  readonly lentAt: string
}

/** An open incident: the item is frozen. */
export type ItemIncident = {
  readonly kind: IncidentKind
  readonly opener: string
  readonly openedAt: string
  /** Others who signed the act that found it. */
  readonly signers: readonly string[]
  readonly note: Sealed | null
  readonly points: readonly PointVerdict[]
  readonly foundWeight_mg: number | null
  readonly foundWeighing: Weighing | null
}

/** An appraisal that an item is away for. */
export type ItemAppraisal = {
  readonly institution: string
  readonly commission: string
  readonly dueAt: string
  readonly sentAt: string
  readonly custodian: string
  readonly officers: readonly string[]
}

/** A difference that was found on return: the return that fits or an incident settles it. */
export type ItemDifference = Weighed & {
  readonly loan: string
  readonly points: readonly PointVerdict[]
  readonly by: string
  readonly with: readonly string[]
  readonly at: string
}

/** An incident that an approver has concluded. */
export type ConcludedIncident = ItemIncident & {
  readonly conclusion: Sealed
  readonly concludedBy: string
  readonly concludedAt: string
  /** The weight that was found holds from the conclusion on. */
  readonly takenAsFound: boolean
}

/** A weighing that was taken as true, and where it came from. */
export type ItemWeight = { readonly weight_mg: number; readonly weighing: Weighing | null; readonly at: string }

/** The tag that the item wears, or is to wear: its last writing. */
export type ItemTag = {
  readonly state: 'wanted' | 'bound' | 'failed' | 'unknown'
  /** The chip's own number, known once it is bound. */
  readonly tid: string | null
  readonly at: string
}

/** The four axes, what is said of its way out, and of what it comes. */
type Standing = Axes & Leaving & Lineage

/** 一物一卡: what the facts of one item add up to. */
export type Item = Standing & {
  readonly code: string
  readonly epc: string
  readonly case: string
  readonly unit: string
  readonly year: number
  readonly serial: number
  readonly ordinal: number
  readonly track: Track
  readonly category: Category
  readonly name: string
  readonly quantity: string
  readonly quantityUnit: string
  readonly features: Sealed | null
  /** What its category asks for beside; absent where nothing was said. */
  readonly details?: Sealed
  /** What of it stands in clear. */
  readonly marks?: Details
  readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
  readonly measure: Measure
  /** Counts of cash; absent until the first. */
  readonly cash?: ItemCash
  readonly holder: Presence
  readonly witness: Presence
  /** Every weighing that was taken as true; the last one is what the next is compared with. */
  readonly weights: readonly ItemWeight[]
  /** The seal it wears, or wore when it was found broken; null while it is open. */
  readonly seal: Seal | null
  /** Seals it wore before, oldest first; absent until one was taken off. */
  readonly retiredSeals?: readonly RetiredSeal[]
  readonly cannotSeal: Sealed | null
  readonly photos: readonly { readonly photo: string; readonly at: string; readonly by: string }[]
  /** The hand-over list it stands on, while it is pending. */
  readonly list: string | null
  readonly submittedBy: string | null
  /** The store it is pending for, lies in, or was lent from. */
  readonly store: string | null
  readonly location: string | null
  /** The box at its location that it lies in; absent where it lies in none. */
  readonly container?: string
  readonly holdings: readonly Holding[]
  readonly reservation: Reservation | null
  readonly loan: ItemLoan | null
  readonly incident: ItemIncident | null
  /** Absent while it is on no way between two stores. */
  readonly transit?: ItemTransit
  /** Absent while it is away for none. */
  readonly appraisal?: ItemAppraisal
  /** What the appraisals found, oldest first; absent until the first. */
  readonly appraised?: readonly { readonly report: string; readonly value_fen: number | null; readonly at: string }[]
  /** What a comparison on return found and nobody has settled; absent where there is nothing. */
  readonly difference?: ItemDifference
  /** Earlier incidents, oldest first. */
  readonly concluded: readonly ConcludedIncident[]
  readonly deadlines: readonly Deadline[]
  /** Absent until one is wanted. */
  readonly tag?: ItemTag
  /** What was put right, oldest first; absent until something was. */
  readonly corrections?: readonly Correction[]
  /** When the last movement happened; the next one cannot be earlier. */
  readonly lastAt: string
}

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
      return { ...item, photos: [...item.photos, { photo: fact.body.photo, at: fact.at, by: fact.actor }] }
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
        holdings: passedTo(item.holdings, `store/${fact.body.store}`, fact.at),
        lastAt: fact.at,
      }
    case 'custody.handover-refused':
      return { ...item, ...afterMove(item, 'send-back'), list: null, store: null, submittedBy: null, lastAt: fact.at }
    case 'custody.unsealed':
      return { ...item, ...afterMove(item, 'unseal'), seal: null, ...retired(item, fact.at, 'OPENED'), lastAt: fact.at }
    case 'custody.sealed': {
      const { number, signers } = fact.body
      return {
        ...item,
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
      const { approval, requester, approver, purpose, dueAt, validUntil } = fact.body
      const reservation = { approval, requester, approver, purpose, dueAt, validUntil }
      return { ...item, ...afterMove(item, 'grant-loan'), reservation, lastAt: fact.at }
    }
    case 'custody.lent': {
      const { loan, borrower, dueAt, purpose } = fact.body
      return {
        ...item,
        reservation: null,
        location: null,
        weights: fact.body.weighedNow === true ? weighed(item, fact) : item.weights,
        loan: { loan, borrower, custodian: fact.actor, dueAt, purpose, lentAt: fact.at },
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
    case 'custody.split':
    case 'custody.merged':
      return succeeded(item, fact)
    // The giver's side of a pair: the holder changes with the receiver's, at the same moment.
    case 'custody.regrouped-in-store':
    case 'custody.released-to-store':
    case 'custody.handed-back':
    // Where it was seen says nothing of who has it.
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

function placed(place: {
  readonly location: string
  readonly container?: string | undefined
}): Pick<Item, 'location' | 'container'> {
  const { location, container } = place
  return container === undefined ? { location } : { location, container }
}

function registered(fact: Extract<CustodyFact, { type: 'custody.registered' }>): Item {
  const { body } = fact
  const keeping = keepingOf(body.marks)
  return {
    ...afterMove(
      {
        measureStatus: body.measure.kind,
        custodyStatus: 'NOT_RECEIVED',
        sealStatus: 'UNSEALED',
        dispositionStatus: 'NONE',
      },
      'register',
    ),
    ...(body.seal === null ? {} : { sealStatus: 'SEALED' as const }),
    ...(keeping === 'STORE' ? {} : { custodyStatus: keeping }),
    code: body.subject.slice('item/'.length),
    epc: body.epc,
    case: body.case,
    unit: body.unit,
    year: body.year,
    serial: body.serial,
    ordinal: body.ordinal,
    track: body.track,
    category: body.category,
    name: body.name,
    quantity: body.quantity,
    quantityUnit: body.quantityUnit,
    features: body.features,
    ...(body.details === undefined ? {} : { details: body.details }),
    ...(body.marks === undefined ? {} : { marks: body.marks }),
    valueStatus: body.valueStatus,
    measure: body.measure,
    holder: body.holder,
    witness: body.witness,
    weights: weighed({ weights: [] }, fact),
    seal: body.seal,
    cannotSeal: body.cannotSeal,
    photos: [],
    list: null,
    submittedBy: null,
    store: null,
    location: null,
    holdings: [{ who: `unit/${body.unit}`, from: body.measure.takenAt, to: null }],
    reservation: null,
    loan: null,
    incident: null,
    concluded: [],
    deadlines: body.deadlines,
    lastAt: fact.at,
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

function weighed(
  { weights }: Pick<Item, 'weights'>,
  { body: { weight_mg, weighing }, at }: { readonly body: Weighed; readonly at: string },
): Item['weights'] {
  return weight_mg === null ? weights : [...weights, { weight_mg, weighing, at }]
}

/** Who holds the item now. */
export function presentHolder(item: Item): string {
  const present = item.holdings.at(-1)
  if (present === undefined) throw new Error(`${item.code} has no holder`)
  return present.who
}

/** Whether the loan is late at a moment; a flag, never a state. */
export function isOverdue(item: Item, at: string): boolean {
  return item.loan !== null && item.loan.dueAt < at
}
