import { Type } from 'typebox'
import { answering, orNull } from '../../schemas.ts'
import { count, flag, holder, oneOf, point, purpose, saidOf, shape, text, texts, weight_mg } from '../answer-shapes.ts'
import { custodyWords, incidentWords } from '../axes.ts'
import { STORAGE_CLASSES } from './storage-classes.ts'
import { incidentPhotos, itemSummary } from '../items/answers.ts'
import { labelInShort } from '../papers/label-answers.ts'
import type {
  IntakeGap,
  LabelledPlace,
  OpenedContainer,
  ShownAlarm,
  ShownContainer,
  ShownIncident,
  ShownLoan,
  ShownLocation,
  ShownNotice,
} from '../protocol.ts'

/** What stores are asked: shelves, boxes, what is missing in them, lent from them, or wrong with it. */

export const alarm = answering<ShownAlarm>()(
  shape({
    ...{
      id: text,
      store: holder,
      station: text,
      door: text,
      item: text,
      name: text,
      side: oneOf(['inner', 'outer']),
      at: text,
    },
    passed: orNull(shape({ outcome: oneOf(['out', 'in', 'turned']), sure: flag, at: text })),
    mayAcknowledge: flag,
    acknowledged: orNull(shape({ by: holder, at: text, reason: orNull(text) })),
  }),
)

export const incident = answering<ShownIncident>()(
  shape({
    ...{ id: text, item: text, name: text, case: text, unit: text, store: orNull(text), photos: incidentPhotos },
    ...{ custody: saidOf(custodyWords), kind: saidOf(incidentWords), opener: holder, openedAt: text },
    signers: Type.Array(holder),
    loan: orNull(shape({ borrower: holder, custodian: holder, dueAt: text })),
    ...{ note: orNull(text), points: Type.Array(point), foundWeight_mg: orNull(weight_mg) },
    told: Type.Array(shape({ unit: holder, person: orNull(holder) })),
    conclusion: orNull(shape({ words: orNull(text), by: holder, at: text, takenAsFound: flag })),
    yours: flag,
  }),
)
const boxMembers = {
  ...{ code: text, store: text, name: text, capacity: count, holds: count },
  location: shape({ code: text, name: text }),
  seal: orNull(shape({ number: text, sealedAt: text })),
  lent: orNull(shape({ borrower: holder, dueAt: text, items: count })),
}
export const gap = answering<IntakeGap>()(
  shape({
    ...{ code: text, name: text, case: text, unit: holder, takenAt: text, registeredAt: text },
    ...{ storedAt: orNull(text), days: count },
  }),
)
export const container = answering<ShownContainer>()(shape(boxMembers))
export const openedContainer = answering<OpenedContainer>()(shape({ ...boxMembers, items: Type.Array(itemSummary) }))

export const location = answering<ShownLocation>()(
  shape({
    ...{ code: text, store: text, name: text, storageClass: oneOf(STORAGE_CLASSES) },
    at: orNull(
      shape({
        ...{ site: Type.Optional(text), room: Type.Optional(text) },
        ...{ rack: Type.Optional(text), slot: Type.Optional(text) },
      }),
    ),
    ...{ capacity: count, occupied: count, frozen: count, containers: count },
  }),
)
export const labelledPlace = answering<LabelledPlace>()(
  shape({
    ...{ code: text, name: text, template: oneOf(['location-label', 'container-label']), place: orNull(text) },
    label: labelInShort,
  }),
)
export const loan = answering<ShownLoan>()(
  shape({
    ...{ loan: text, unit: text, store: text, borrower: holder, purpose, lentAt: text, dueAt: text },
    ...{ overdue: flag, outstanding: texts, frozen: texts },
  }),
)
export const notice = answering<ShownNotice>()(
  shape({ id: text, unit: text, about: oneOf(['incident']), items: texts, store: orNull(text), at: text }),
)
