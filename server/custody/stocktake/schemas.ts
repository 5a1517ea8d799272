import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { CATEGORIES } from '../categories.ts'
import { STORAGE_CLASSES } from '../keeping/storage-classes.ts'
import { rules } from '../rules.ts'
import { body, caseNumber, code, type CommandOf, id, instant, keysOf, oneOf, photoHash } from '../schema-parts.ts'
import { causeWords } from './shapes.ts'

const some = { minItems: 1, uniqueItems: true } as const
const SHELVES_MAX = 2_000
const COUNTERS_MAX = 20
/** Of one sheet; as many as one upload carries. */
const PHOTOS_MAX = 10

/** What is counted. */
const scope = Type.Union([
  body({ kind: Type.Literal('store') }),
  body({ kind: Type.Literal('locations'), locations: Type.Array(code, { ...some, maxItems: SHELVES_MAX }) }),
  body({ kind: Type.Literal('classes'), classes: Type.Array(oneOf(STORAGE_CLASSES), some) }),
  body({ kind: Type.Literal('categories'), categories: Type.Array(oneOf(CATEGORIES), some) }),
  body({ kind: Type.Literal('case'), case: caseNumber }),
])

/** One thing that was perceived: the code on its label, the container's, or what could be read of something else. */
const sight = Type.Union([
  body({
    item: code,
    how: oneOf(['scanned', 'seen', 'strong', 'weak']),
    issue: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999 })),
    at: Type.Optional(instant),
  }),
  body({ container: code, at: Type.Optional(instant) }),
  body({ text: text(100), at: Type.Optional(instant) }),
  body({
    epc: Type.String({ pattern: '^[0-9A-F]{8,64}$' }),
    how: oneOf(['strong', 'weak']),
    at: Type.Optional(instant),
  }),
])

/** The stock-take of a store: the body of each command without its `type`. */
export const stocktakeSchemas = {
  'custody.order-stocktake': body({
    store: id,
    scope,
    counters: Type.Array(id, { ...some, maxItems: COUNTERS_MAX }),
    dueAt: instant,
    sample: Type.Optional(
      body({
        missing: Type.Integer({ minimum: 1, maximum: rules.stocktake_items_max.value }),
        confidence_percent: Type.Number({ minimum: 1, maximum: 99.9 }),
      }),
    ),
  }),
  'custody.draw-sample': body({ stocktake: code }),
  /** What one person perceived at one place; `done` with the last of it, also of an empty shelf. */
  'custody.count-shelf': body({
    stocktake: code,
    round: Type.Union([Type.Literal(1), Type.Literal(2)]),
    location: code,
    from: Type.Optional(instant),
    done: Type.Boolean(),
    sights: Type.Array(sight, { maxItems: rules.items_per_act.value }),
    /** Content hashes of photos that whoever counts has uploaded. */
    photos: Type.Optional(Type.Array(photoHash, { minItems: 1, maxItems: PHOTOS_MAX, uniqueItems: true })),
  }),
  /** Ends the round in hand; the last one is signed by a second person. */
  'custody.conclude-stocktake': body({ stocktake: code }),
  'custody.explain-difference': body({
    stocktake: code,
    n: Type.Integer({ minimum: 1, maximum: rules.stocktake_items_max.value }),
    cause: oneOf(keysOf(causeWords)),
    note: Type.Optional(text(500)),
  }),
  'custody.cancel-stocktake': body({ stocktake: code, reason: text(200) }),
  'custody.end-search': body({
    search: uuid,
    outcome: oneOf(['found', 'incident']),
    location: Type.Optional(code),
    note: text(500),
  }),
} as const

type Of<T extends keyof typeof stocktakeSchemas> = CommandOf<typeof stocktakeSchemas, T>

export type OrderStocktake = Of<'custody.order-stocktake'>
export type DrawSample = Of<'custody.draw-sample'>
export type CountShelf = Of<'custody.count-shelf'>
export type ConcludeStocktake = Of<'custody.conclude-stocktake'>
export type ExplainDifference = Of<'custody.explain-difference'>
export type CancelStocktake = Of<'custody.cancel-stocktake'>
export type EndSearch = Of<'custody.end-search'>
