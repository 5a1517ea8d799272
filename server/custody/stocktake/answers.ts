import { type TSchema, Type } from 'typebox'
import type { Answer } from '../../act.ts'
import { answering, exactly, facts, orNull, pageWith, words } from '../../schemas.ts'
import { CATEGORIES } from '../categories.ts'
import { STORAGE_CLASSES } from '../keeping/storage-classes.ts'
import type { ShownDifference, ShownSearch, ShownStocktake, StocktakeOptions, StocktakeSummary } from '../protocol.ts'
import { causeWords, verdictWords } from './shapes.ts'
import { PHASES } from './stocktake.ts'

/** What stock-takes answer over HTTP; the shapes of protocol-stocktakes.ts. */

const text = Type.String()
const texts = Type.Array(text)
const count = Type.Integer()
const flag = Type.Boolean()

function shape<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, exactly)
}

function saidOf(values: readonly string[]) {
  return shape({ value: Type.Enum([...values]), words })
}

const holder = shape({ who: text, name: text })
const cause = saidOf(Object.keys(causeWords))
const verdict = saidOf(Object.keys(verdictWords))
const how = orNull(Type.Enum(['scanned', 'seen', 'box', 'strong', 'weak']))
const entry = { type: text, register: text, seq: count, at: text }
const figures = shape({ expected: count, found: count, moved: count, differences: count, alsoSeen: count })

const summaryMembers = {
  ...{ code: text, store: holder, scope: words, phase: saidOf(PHASES), orderedBy: holder, orderedAt: text },
  ...{ dueAt: text, overdue: flag, isSample: flag, closedAt: orNull(text), figures: orNull(figures) },
}
const summary = answering<StocktakeSummary>()(shape(summaryMembers))
const difference = answering<ShownDifference>()(
  shape({
    ...{ n: count, item: orNull(text), name: text, verdict, expectedAt: orNull(text), seenAt: orNull(text), how },
    shelves: Type.Record(text, text),
    ...{ voided: orNull(count), why: orNull(shape(entry)), settled: flag },
    second: orNull(shape({ verdict, seenAt: orNull(text) })),
    cause: orNull(shape({ cause, note: orNull(text), by: holder, at: text })),
  }),
)
const sample = shape({
  ...{ missing: count, confidence_percent: Type.Number(), reached_percent: Type.Number(), population: count },
  ...{ size: count, seedHash: text, order: shape({ register: text, seq: count, hash: text }) },
  drawn: orNull(shape({ seed: text, by: holder, at: text, items: texts })),
})
const named = shape({ item: text, name: text })

export const shownStocktake = answering<ShownStocktake>()(
  shape({
    ...summaryMembers,
    ...{ round: orNull(Type.Union([Type.Literal(1), Type.Literal(2)])), counters: Type.Array(holder) },
    places: Type.Array(
      shape({
        ...{ code: text, name: text, state: Type.Enum(['todo', 'walking', 'done']), by: Type.Array(holder) },
        barred: orNull(Type.Enum(['counted', 'placed'])),
      }),
    ),
    ...{ lookFor: Type.Array(named), sample: orNull(sample), differences: orNull(Type.Array(difference)) },
    moved: orNull(Type.Array(shape({ item: text, name: text, ...entry }))),
    photos: orNull(
      Type.Array(
        shape({
          ...{ location: text, name: text, round: Type.Union([Type.Literal(1), Type.Literal(2)]), by: holder },
          ...{ at: text, photos: texts },
        }),
      ),
    ),
    recounters: Type.Array(holder),
    closed: orNull(shape({ signers: Type.Array(holder), at: text })),
    cancelled: orNull(shape({ by: holder, reason: orNull(text), at: text })),
    yours: shape({ draw: flag, count: flag, recount: flag, conclude: flag, explain: flag, cancel: flag }),
  }),
)

export const stocktakeOptions = answering<StocktakeOptions>()(
  shape({
    stores: Type.Array(
      shape({
        ...{ id: text, name: text, custodians: Type.Array(holder) },
        locations: Type.Array(shape({ code: text, name: text, storageClass: Type.Enum([...STORAGE_CLASSES]) })),
      }),
    ),
    categories: Type.Array(saidOf(CATEGORIES)),
    classes: Type.Array(saidOf(STORAGE_CLASSES)),
    causes: Type.Array(cause),
    daysMax: count,
  }),
)

const search = answering<ShownSearch>()(
  shape({
    ...{ id: text, store: holder, item: text, name: text, stocktake: text, location: text, at: text, yours: flag },
  }),
)

export const stocktakePages = {
  counts: pageWith('counts', summary),
  searches: pageWith('searches', search),
}

/** The act's own part comes back as it was kept under the request's key. */
export const orderedStocktake = Type.Unsafe<Pick<Answer, 'facts'>>(shape({ code: text, facts }))
