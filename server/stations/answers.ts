import { type TSchema, Type } from 'typebox'
import type { Answer } from '../act.ts'
import { answering, exactly, facts, orNull, pageWith, words } from '../schemas.ts'
import { stationEntry } from './configuration.ts'
import type {
  CommandCard,
  DeviceKindView,
  DeviceRow,
  OrderAnswer,
  PluggedPort,
  SessionAnswer,
  ShownReading,
  StationKind,
} from './protocol.ts'
import type { ShownStation } from './registry.ts'
import type { ScreenRow } from './screens.ts'

/** What stations and devices answer over HTTP; the shapes of protocol.ts. */

const text = Type.String()
const count = Type.Integer()
const flag = Type.Boolean()
const none = orNull(text)

function shape<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, exactly)
}

const person = shape({ id: text, name: text })
const photos = Type.Array(text)

const shownStation = answering<ShownStation>()(shape({ ...stationEntry.properties, version: count }))
export const stationsPage = pageWith('stations', shownStation)
export const changedStation = answering<Pick<Answer, 'facts'> & { readonly station: ShownStation }>()(
  shape({ facts, station: shownStation }),
)

export const screenCode = shape({ code: text, minutes: count })
export const screensPage = pageWith('screens', answering<ScreenRow>()(shape({ id: text, madeBy: text, madeAt: text })))
export const joined = shape({
  station: shape({ id: text, name: text, kind: Type.Unsafe<StationKind>(text), place: text }),
})
export const isJoined = shape({ joined: Type.Boolean() })
export const cards = answering<{ readonly cards: readonly CommandCard[] }>()(
  shape({ cards: Type.Array(shape({ word: text, payload: text, words })) }),
)

const reading = answering<ShownReading>()(
  shape({
    ...{ at: text, kind: text, words, hex: text, text, more: count },
    fault: orNull(shape({ code: text, detail: text })),
  }),
)
const note = shape({ device: text, words, stops: flag })
const deviceMembers = {
  ...{ id: text, kind: text, state: text },
  fault: orNull(shape({ code: text, words, remedy: words })),
}
export const devicesPage = pageWith(
  'devices',
  answering<DeviceRow>()(
    shape({
      ...{ ...deviceMembers, station: text, protocol: text, port: text, lastReadingAt: none },
      ...{ readings: orNull(count), faults: count, repeats: orNull(count), damaged: count, noise_bytes: count },
      ...{ since: none, lastReading: orNull(reading), heardAt: none, note: Type.Optional(note) },
    }),
  ),
)
const setting = Type.Union([
  shape({ kind: Type.Literal('number'), least: Type.Number(), most: Type.Number(), whole: flag, unit: none }),
  shape({ kind: Type.Literal('choice'), values: Type.Array(Type.Union([text, Type.Number()])) }),
  shape({ kind: Type.Literal('flag') }),
  shape({ kind: Type.Literal('text'), pattern: text, wanted: words }),
  shape({ kind: Type.Literal('numbers'), least: count, most: count }),
])
export const kinds = answering<{ readonly kinds: readonly DeviceKindView[] }>()(
  shape({
    kinds: Type.Array(
      shape({
        ...{ kind: text, words },
        protocols: Type.Array(
          shape({
            protocol: text,
            settings: Type.Array(shape({ name: text, words, hint: words, shape: setting })),
          }),
        ),
      }),
    ),
  }),
)
export const ports = answering<{ readonly ports: readonly PluggedPort[] }>()(
  shape({
    ports: Type.Array(
      shape({
        ...{ port: text, leadsTo: text, fought: flag },
        claimedBy: Type.Array(shape({ station: text, device: text })),
      }),
    ),
  }),
)
export const ordered = answering<OrderAnswer>()(
  shape({
    ...{ outcome: Type.Enum(['done', 'failed', 'unable', 'unknown']), words, reading: orNull(reading) },
    tag: Type.Optional(shape({ epc: text, tid: none })),
    why: Type.Optional(text),
  }),
)

const point = shape({
  ...{ point: text, words, expected: orNull(words), found: orNull(words) },
  verdict: Type.Enum(['waiting', 'now', 'same', 'different', 'not-compared']),
})
const item = shape({
  ...{ code: text, name: text, category: words, case: text, ordinal: count, quantity: words, features: text },
  ...{ custody: words, sealed: words, sealNumber: none, weight_mg: orNull(count) },
  location: orNull(shape({ code: text, name: text })),
  ...{ borrower: orNull(person), dueAt: none, overdue: flag, frozen: orNull(words), photos, can: Type.Array(words) },
  disposal: orNull(shape({ code: text, words, next: words })),
})
const work = shape({
  ...{ procedure: text, words, document: none, item: orNull(item), points: Type.Array(point) },
  steps: Type.Array(shape({ name: text, words, state: text, why: orNull(words) })),
  lines: Type.Array(
    shape({ item: text, name: text, state: text, words: orNull(words), weight_mg: orNull(count), location: none }),
  ),
  second: orNull(person),
  keeper: orNull(person),
})
const ask = shape({
  ...{ kind: text, words, who: orNull(person), text: flag },
  options: Type.Array(shape({ id: text, words, word: none, marked: flag, look: text })),
})
const verdict = shape({
  ...{ id: text, outcome: text, code: text, words, rule: orNull(words), remedy: orNull(words), tone: text, at: text },
  ...{ paper: Type.Optional(text), read: Type.Optional(text) },
})

export const sessionAnswer = answering<SessionAnswer>()(
  shape({
    version: count,
    session: shape({
      station: shape({ id: text, name: text, kind: text, place: text }),
      state: Type.Enum(['locked', 'signing-in', 'idle', 'working']),
      ...{ step: count, custodian: orNull(person), locksAt: none, work: orNull(work), ask },
      ...{ verdict: orNull(verdict), pan: orNull(shape({ state: text, words })) },
      devices: Type.Array(shape(deviceMembers)),
      conflicts: Type.Array(shape({ id: text, document: text, words })),
      alarms: Type.Array(shape({ id: text, item: text, door: text, at: text })),
      notes: Type.Array(note),
    }),
  }),
)
