import type { CustodyFact } from '../custody.ts'
import { keepingOf } from '../intake/details.ts'
import type { Item } from './item.ts'
import { afterMove } from '../transitions.ts'
import type { Weighed } from '../weighing/weights.ts'

/** An item as it begins: registered, where it was taken. */
export function registered(fact: Extract<CustodyFact, { type: 'custody.registered' }>): Item {
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
    ...(body.relevance === undefined ? {} : { relevance: body.relevance }),
    ...(body.source === undefined ? {} : { source: body.source }),
    ...(body.recordingLater === undefined ? {} : { recordingLater: body.recordingLater }),
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

/** What was weighed is taken as true. */
export function weighed(
  { weights }: Pick<Item, 'weights'>,
  { body: { weight_mg, weighing }, at }: { readonly body: Weighed; readonly at: string },
): Item['weights'] {
  return weight_mg === null ? weights : [...weights, { weight_mg, weighing, at }]
}
