import { measuresOfTrack, measureWords, purposeWords, trackWords } from '../axes.ts'
import { pointsOf } from '../checklist/checklist.ts'
import { checkPoints } from '../checklist/points.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { type Ask, type Field, fields } from '../intake/category-fields.ts'
import {
  DISPOSAL_TYPES,
  destinationWords,
  disposalTypes,
  releaseWords,
  saleGroundWords,
  saleMethodWords,
} from '../disposal/types.ts'
import { HANDING_WAYS, handingWays } from '../disposal/effects.ts'
import { attachmentWords, complaintWords, keptOpenWords, RECEIVING, relationWords } from '../disposal/words.ts'
import { IMPORT_BYTES_MAX } from '../import/sheet.ts'
import { said } from '../names.ts'
import { viewWords } from '../pictures/pictures.ts'
import { recusalWords } from '../recusal/grounds.ts'
import type { AskedField, CustodyOptions } from '../protocol.ts'
import { rules } from '../rules.ts'
import { SERVICE_FIELDS, SERVICE_WAYS, serviceFields, serviceWays } from '../service/ways.ts'

function keysOf<T extends string>(words: Readonly<Record<T, unknown>>): T[] {
  return Object.keys(words) as T[]
}

function askedField({ field, required, unless, when, only }: Ask): AskedField {
  const { name, kind, longest, choices = {} }: Field = fields[field]
  return {
    ...{ field, name, kind, longest, required, unless: unless ?? null, when: when ?? null },
    choices: Object.entries(choices)
      .filter(([value]) => only?.includes(value) ?? true)
      .map(([value, words]) => ({ value, words })),
  }
}

/** What a form may offer and has to ask for, so that no screen repeats a rule. */
export const custodyOptions: CustodyOptions = {
  categories: CATEGORIES.map((value) => {
    const { name, required, sealed, book, asks, pictures } = categories[value]
    const wanted = pictures.map((view) => said(view, viewWords))
    return { value, words: name, required, sealed, book, asks: asks.map(askedField), pictures: wanted }
  }),
  tracks: keysOf(trackWords).map((track) => ({
    ...said(track, trackWords),
    copies: rules.list_copies.value[track].length,
    checklist: pointsOf(track).map((value) => ({
      value,
      words: checkPoints[value].name,
      basis: checkPoints[value].basis,
    })),
    measures: measuresOfTrack[track].map((kind) => said(kind, measureWords)),
    filmed: rules.filmed_measures.value[track],
    worth: {
      measured: rules.measured_worth.value[track],
      needsSpared: rules.living_needs_spared.value[track],
      itemsSpared: rules.living_items_spared.value[track],
    },
  })),
  purposes: keysOf(purposeWords).map((purpose) => said(purpose, purposeWords)),
  disposals: DISPOSAL_TYPES.map((value) => {
    const { name, tracks, destinations, crime, levels } = disposalTypes[value]
    return {
      ...{ value, words: name, tracks, crime, reviewed: levels.includes('review') },
      destinations: destinations.map((one) => said(one, destinationWords)),
    }
  }),
  releaseGrounds: keysOf(releaseWords).map((one) => said(one, releaseWords)),
  saleGrounds: keysOf(saleGroundWords).map((one) => said(one, saleGroundWords)),
  saleMethods: keysOf(saleMethodWords).map((one) => said(one, saleMethodWords)),
  relations: RECEIVING.map((one) => said(one, relationWords)),
  handings: HANDING_WAYS.map((one) => {
    const { name, receivers, becomes } = handingWays[one]
    return { value: one, words: name, receivers, becomes }
  }),
  attachments: keysOf(attachmentWords).map((one) => said(one, attachmentWords)),
  complaints: keysOf(complaintWords).map((one) => said(one, complaintWords)),
  serviceWays: SERVICE_WAYS.map((way) => {
    const { name, needs, basis } = serviceWays[way]
    return { value: way, words: name, needs, basis }
  }),
  serviceFields: SERVICE_FIELDS.map((field) => said(field, serviceFields)),
  recusalGrounds: keysOf(recusalWords).map((one) => said(one, recusalWords)),
  keptOpen: keysOf(keptOpenWords).map((one) => said(one, keptOpenWords)),
  checklistMeasures: rules.checklist_measures.value,
  limits: {
    officersPerMeasure: rules.officers_per_measure.value,
    sealSigners: rules.seal_signers.value,
    staffPerDisposal: rules.staff_per_disposal.value,
    photosPerItem: rules.photos_per_item.value,
    itemsPerAct: rules.items_per_act.value,
    quantityMax: rules.quantity_max.value,
    quantityDecimals: rules.quantity_decimals.value,
    weightMax_mg: rules.weight_mg_max.value,
    loanDaysMax: rules.loan_days_max.value,
    livingItem_fen: rules.living_item_fen.value,
    importBytesMax: IMPORT_BYTES_MAX,
  },
}
