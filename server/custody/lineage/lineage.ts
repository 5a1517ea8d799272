import type { Sealed } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import type { CustodyFact } from '../custody.ts'
import type { Regrouping } from './facts.ts'
import { passedTo } from '../items/holdings.ts'
import type { Item } from '../items/item.ts'
import type { Proceeds } from '../disposal/proceeds.ts'
import { afterMove } from '../transitions.ts'

/** 拆分 of the money of a sale (rules X-17): what pays of it, and what goes back. */
export const shareWords = {
  covered: { zh: '抵缴部分', en: 'Pays what is owed' },
  surplus: { zh: '余款', en: 'Goes back' },
} as const satisfies Record<string, Words>
export type Share = keyof typeof shareWords

/** What an item came of, and what came of it. Each member is absent where there is nothing to say. */
export type Lineage = {
  readonly origin?: { readonly how: Regrouping | 'sale'; readonly from: readonly string[]; readonly at: string }
  /** What it brought, where it is the money of a sale. */
  readonly proceeds?: Proceeds
  /** Which part of it, where it was divided. */
  readonly share?: Share
  readonly succeeded?: {
    readonly how: Regrouping
    readonly into: readonly string[]
    readonly reason: Sealed
    readonly at: string
    readonly by: string
    readonly with: readonly string[]
  }
}

/** Who has what is no more: the items that came of it. */
const INTO_OTHERS = 'outside/regrouped'

/** An item that begins as what came of others: where they were, in the hands that had them. */
export function formed(fact: Extract<CustodyFact, { type: 'custody.formed' }>): Item {
  const { body, at } = fact
  const { how, from, cash, details, marks, container, store, location, proceeds, share, keeper } = body
  const kept = store === null ? `unit/${keeper ?? body.unit}` : `store/${store}`
  const outside = proceeds === undefined ? 'WITH_CASE_DEPT' : 'DEPOSITED'
  const counted = cash === null ? null : { ...cash, list: null, at }
  return {
    measureStatus: body.measure.kind,
    custodyStatus: store === null ? outside : 'IN_STORE',
    sealStatus: body.sealStatus,
    dispositionStatus: 'NONE',
    code: body.subject.slice('item/'.length),
    ...{ epc: body.epc, case: body.case, unit: body.unit, year: body.year, serial: body.serial },
    ...{ ordinal: body.ordinal, track: body.track, category: body.category, name: body.name },
    ...{ quantity: body.quantity, quantityUnit: body.quantityUnit, features: body.features },
    ...(details === null ? {} : { details }),
    ...(marks === null ? {} : { marks }),
    ...{ valueStatus: body.valueStatus, measure: body.measure, holder: body.holder, witness: body.witness },
    ...(counted === null ? {} : { cash: { rounds: [], agreed: [counted] } }),
    weights: body.weight_mg === null ? [] : [{ weight_mg: body.weight_mg, weighing: body.weighing, at }],
    ...{ seal: null, cannotSeal: body.cannotSeal, photos: [], list: null, submittedBy: null, store, location },
    ...(container === null ? {} : { container }),
    holdings: [{ who: kept, from: at, to: null }],
    ...{ reservation: null, loan: null, incident: null, concluded: [], deadlines: [] },
    ...body.inherited,
    ...(proceeds === undefined ? {} : { proceeds }),
    ...(share === undefined ? {} : { share }),
    origin: { how, from, at },
    lastAt: at,
  }
}

/** An item after it became others, or part of another. */
export function succeeded(
  item: Item,
  { body, at, actor, with: signers, type }: Extract<CustodyFact, { type: 'custody.split' | 'custody.merged' }>,
): Item {
  const how = type === 'custody.split' ? 'split' : 'merge'
  const into = 'parts' in body ? body.parts : [body.into]
  const weighed = 'parts' in body && body.weight_mg !== null ? [{ ...weightOf(body), at }] : []
  return {
    ...item,
    ...afterMove(item, how),
    location: null,
    weights: [...item.weights, ...weighed],
    holdings: passedTo(item.holdings, INTO_OTHERS, at),
    succeeded: { how, into, reason: body.reason, at, by: actor, with: signers },
    lastAt: at,
  }
}

function weightOf({ weight_mg, weighing }: Extract<CustodyFact, { type: 'custody.split' }>['body']) {
  return { weight_mg: weight_mg ?? 0, weighing }
}
