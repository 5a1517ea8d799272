import type { Actor, Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { type CustodyFact, draft, storeRegister, unitRegister } from '../custody.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { comparedWeight } from '../intake/handover.ts'
import { passedTo } from '../items/holdings.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { mustBeDueInTime } from '../loans/granting.ts'
import { compared, kindOf } from '../loans/loans.ts'
import { Placing } from '../keeping/locations.ts'
import { tellHeads } from '../disposal/notices.ts'
import { mustBeUndisputed } from '../disposal/proposing.ts'
import { caseOf, itemOf, mustBeAble, mustBeReachable, type Scene, storeOf } from '../scene.ts'
import type { Arrive, Dispatch } from './schemas.ts'
import { isSealed, mustBeClosed } from '../seals/seals.ts'
import {
  handles,
  holdsPost,
  isOutside,
  mustBeApart,
  mustBeEnough,
  mustBeOpen,
  mustDiffer,
  mustKeep,
} from '../separation.ts'
import { afterMove } from '../transitions.ts'
import { weighedNow } from '../weighing/weights.ts'

/** On its way between two stores. */
export type ItemTransit = {
  readonly from: string
  readonly to: string
  readonly carrier: string
  readonly document: string
  readonly dueAt: string
  readonly sentAt: string
  readonly custodian: string
}

type TransitFact = Extract<
  CustodyFact,
  { type: 'custody.dispatched' | 'custody.carried' | 'custody.brought' | 'custody.arrived' }
>

/** An item after a step between two stores; `weights` are those with what was weighed in it. */
export function evolveTransit(item: Item, fact: TransitFact, weights: Item['weights']): Item {
  switch (fact.type) {
    case 'custody.dispatched': {
      const { store: from, to, carrier, document, dueAt } = fact.body
      const transit = { from, to, carrier, document, dueAt, sentAt: fact.at, custodian: fact.actor }
      return { ...item, store: to, location: null, reservation: null, weights, transit, lastAt: fact.at }
    }
    case 'custody.carried':
      return {
        ...item,
        ...afterMove(item, 'dispatch'),
        holdings: passedTo(item.holdings, `person/${fact.body.carrier}`, fact.at),
        lastAt: fact.at,
      }
    // The giver's side of a pair: the holder changes with the receiver's, at the same moment.
    case 'custody.brought':
      return item
    case 'custody.arrived': {
      const { transit: _, ...rest } = item
      const { store, location, container } = fact.body
      return {
        ...{ ...rest, ...afterMove(item, 'arrive'), store, location, weights },
        ...(container === undefined ? {} : { container }),
        holdings: passedTo(item.holdings, `store/${store}`, fact.at),
        lastAt: fact.at,
      }
    }
  }
}

/**
 * 库间移交出库: a custodian gives items to who carries them to another store, who signs. What its class has weighed is weighed.
 * @throws Refusal `custody.same-store`, `custody.unknown-store`, `custody.carrier`, `custody.due-in-past`, `custody.reserved`
 */
export function dispatchItems(scene: Scene, command: Dispatch, circumstances: Circumstances): Decision {
  const { to, carrier, document, dueAt } = command
  const { actor, at } = circumstances
  if (!scene.stores.has(to)) throw new Refusal('custody.unknown-store', { store: to })
  mustFitPaper({ 调拨单号: { en: 'Document', text: document } })
  mustBeDueInTime(dueAt, at)
  mustDiffer(actor.person, { carrier })
  const facts: FactDraft[] = []
  for (const line of linesOf<Exclude<Dispatch['items'][number], string>>(command.items)) {
    const item = itemOf(scene, line.item)
    mustBeUndisputed(item)
    mustBeAble(item, 'dispatch', circumstances)
    mustBeReachable(scene, item)
    mustBeClosed(item)
    const store = storeOf(item)
    if (store === to) throw new Refusal('custody.same-store', { item: item.code, store })
    const of = mustKeepFor(scene, item, store, circumstances)
    mustCarry(scene, carrier, [store, to], of)
    if (item.reservation !== null && item.reservation.validUntil >= at)
      throw new Refusal('custody.reserved', { item: item.code, person: item.reservation.requester })
    const weighed = comparedWeight(item, weighedNow(scene.frames, item, line, circumstances))
    const giver = facts.length
    facts.push(
      draft(storeRegister(store), 'custody.dispatched', `item/${item.code}`, {
        ...{ store, to, location: item.location ?? '', carrier, document, dueAt },
        ...{ ...weighed, sealStatus: item.sealStatus },
      }),
      draft(
        unitRegister(item.unit),
        'custody.carried',
        `item/${item.code}`,
        {
          ...{ from: store, to, carrier, case: item.case, dueAt },
        },
        giver,
      ),
    )
  }
  return { facts }
}

/**
 * 库间移交入库: a custodian of the other store compares what comes with how it went, like a return. What agrees goes to a shelf; what differs stays
 * with who carried it, under an incident, and both heads are told.
 * @throws Refusal `custody.signature-missing`, `custody.seal-not-checked`, and those of a shelf
 */
export function takeInArrivals(scene: Scene, command: Arrive, circumstances: Circumstances): Decision {
  const placings = new Map<string, Placing>()
  const facts: FactDraft[] = []
  const differing: Item[] = []
  const verdicts = linesOf<Exclude<Arrive['items'][number], string>>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'arrive', circumstances)
    const { transit } = item
    if (transit === undefined) throw new Error(`${item.code} is in transit from nowhere`)
    const { from, to, carrier } = transit
    mustKeepFor(scene, item, to, circumstances)
    mustDiffer(circumstances.actor.person, { carrier })
    if (!scene.signers.has(carrier)) throw new Refusal('custody.signature-missing', { person: carrier })
    const weighed = weighedNow(scene.frames, item, line, circumstances)
    if (isSealed(item) && line.seal === undefined) throw new Refusal('custody.seal-not-checked', { item: item.code })
    const points = compared(item, line, weighed.weight_mg)
    const returned = points.every(({ verdict }) => verdict !== 'different')
    const [register, subject] = [storeRegister(to), `item/${item.code}`]
    if (returned) {
      const placing = placings.get(to) ?? new Placing(scene, to)
      placings.set(to, placing)
      const place = placing.put(item, line.location ?? command.location)
      const giver = facts.length
      facts.push(
        draft(unitRegister(item.unit), 'custody.brought', subject, { to, carrier }),
        draft(register, 'custody.arrived', subject, { store: to, from, ...place, ...weighed, points }, giver),
      )
    } else {
      differing.push(item)
      const sealBroken = points.some(({ point, verdict }) => point === 'seal' && verdict === 'different')
      facts.push(
        draft(register, 'custody.incident-opened', subject, {
          ...{ kind: kindOf(points), note: null, points },
          ...{ found: { ...weighed, sealBroken }, opener: circumstances.actor.person },
        }),
      )
    }
    return { item: item.code, returned, points }
  })
  return { facts: [...facts, ...tellHeads(scene, differing, circumstances)], result: { verdicts } }
}

function mustKeepFor(scene: Scene, item: Item, store: string, circumstances: Circumstances): Case {
  const of = caseOf(scene, item.case)
  mustKeep(circumstances, store)
  mustBeOpen(of)
  mustBeApart(circumstances.actor, of)
  mustBeEnough(scene, circumstances, { ...item, store }, of)
  return of
}

/** Who carries it signs: a custodian of either store who keeps apart from the case, or an officer of it. */
function mustCarry({ signers }: Pick<Scene, 'signers'>, carrier: string, stores: readonly string[], of: Case): void {
  const signer: Actor | undefined = signers.get(carrier)
  const keeps = signer !== undefined && stores.some((store) => holdsPost(signer, 'custodian', store))
  const may = signer !== undefined && ((keeps && isOutside(signer, of)) || handles(signer, of))
  if (!may) throw new Refusal('custody.carrier', { person: carrier })
}
