import { Type } from 'typebox'
import { answering, orNull, words } from '../../schemas.ts'
import { book, count, flag, oneOf, purpose, saidOf, shape, text, texts, weight_mg } from '../answer-shapes.ts'
import { measureWords, trackWords } from '../axes.ts'
import { CHECK_POINTS } from '../checklist/points.ts'
import { CATEGORIES } from '../categories.ts'
import { handingWords } from '../disposal/effects.ts'
import { destinationWords, DISPOSAL_TYPES, releaseWords, saleGroundWords, saleMethodWords } from '../disposal/types.ts'
import { viewWords } from '../pictures/pictures.ts'
import { recusalWords } from '../recusal/grounds.ts'
import { SERVICE_FIELDS, serviceFields, serviceWayWords } from '../service/ways.ts'
import { attachmentWords, complaintWords, keptOpenWords, relationWords } from '../disposal/words.ts'
import type { CustodyOptions } from '../protocol.ts'

/** What there is to choose from. */

const askedField = shape({
  ...{ field: text, name: words, kind: text, longest: count, required: flag, unless: orNull(text) },
  when: orNull(shape({ field: text, is: texts })),
  choices: Type.Array(shape({ value: text, words })),
})
export const options = answering<CustodyOptions>()(
  shape({
    categories: Type.Array(
      shape({
        ...{ value: oneOf(CATEGORIES), words, required: Type.Array(oneOf(['features', 'weight_mg'])) },
        ...{ sealed: flag, book, asks: Type.Array(askedField), pictures: Type.Array(saidOf(viewWords)) },
      }),
    ),
    tracks: Type.Array(
      shape({
        ...saidOf(trackWords).properties,
        copies: count,
        measures: Type.Array(saidOf(measureWords)),
        filmed: texts,
        worth: shape({ measured: texts, needsSpared: texts, itemsSpared: texts }),
        checklist: Type.Array(shape({ value: oneOf(CHECK_POINTS), words, basis: text })),
      }),
    ),
    purposes: Type.Array(purpose),
    disposals: Type.Array(
      shape({
        ...{ ...saidOf(DISPOSAL_TYPES).properties, tracks: Type.Array(oneOf(Object.keys(trackWords))) },
        ...{ destinations: Type.Array(saidOf(destinationWords)), crime: flag, reviewed: flag },
      }),
    ),
    releaseGrounds: Type.Array(saidOf(releaseWords)),
    ...{ saleGrounds: Type.Array(saidOf(saleGroundWords)), saleMethods: Type.Array(saidOf(saleMethodWords)) },
    relations: Type.Array(saidOf(relationWords)),
    handings: Type.Array(
      shape({
        ...saidOf(handingWords).properties,
        ...{ receivers: Type.Array(oneOf(Object.keys(relationWords))), becomes: flag },
      }),
    ),
    attachments: Type.Array(saidOf(attachmentWords)),
    complaints: Type.Array(saidOf(complaintWords)),
    recusalGrounds: Type.Array(saidOf(recusalWords)),
    serviceWays: Type.Array(
      shape({ ...saidOf(serviceWayWords).properties, basis: text, needs: Type.Array(oneOf(SERVICE_FIELDS)) }),
    ),
    serviceFields: Type.Array(saidOf(serviceFields)),
    keptOpen: Type.Array(saidOf(keptOpenWords)),
    checklistMeasures: texts,
    limits: shape({
      ...{
        officersPerMeasure: count,
        sealSigners: count,
        staffPerDisposal: count,
        photosPerItem: count,
        itemsPerAct: count,
      },
      ...{ quantityMax: count, quantityDecimals: count, weightMax_mg: weight_mg, loanDaysMax: count },
      ...{ livingItem_fen: count, importBytesMax: count },
    }),
  }),
)
