import { Type } from 'typebox'
import { exactly, orNull } from '../schemas.ts'
import type { Codes, Demonstration, Instrument } from './protocol.ts'

/** The answers of the demonstration's routes; the shapes of protocol.ts. */

const text = Type.String()
const texts = Type.Array(text)
const count = Type.Integer()
const words = Type.Object({ zh: text, en: text }, exactly)

export const demonstration = Type.Unsafe<Demonstration>(
  Type.Object(
    {
      people: Type.Array(
        Type.Object(
          {
            ...{ id: text, name: text, login: text, password: text, badge: text, pin: text, unit: text },
            ...{ posts: texts, places: texts, placeNames: texts },
          },
          exactly,
        ),
      ),
      stations: Type.Array(Type.Object({ id: text, name: text, kind: text, place: text }, exactly)),
      emulators: Type.Array(Type.Object({ device: text, kind: text, station: text, send: texts }, exactly)),
    },
    exactly,
  ),
)

export const codes = Type.Unsafe<Codes>(
  Type.Object(
    {
      commands: Type.Array(Type.Object({ word: text, payload: text, words }, exactly)),
      lists: Type.Array(Type.Object({ payload: text, unit: text, lines: count, pending: count }, exactly)),
      locations: Type.Array(
        Type.Object({ payload: text, name: text, storageClass: text, capacity: count, occupied: count }, exactly),
      ),
      items: Type.Array(
        Type.Object(
          {
            ...{ payload: text, code: text, name: text, case: text, ordinal: count },
            custody: Type.Object({ value: text, words }, exactly),
            frozen: Type.Boolean(),
            ...{ fetchedBy: orNull(text), borrower: orNull(text), list: orNull(text), location: orNull(text) },
            ...{ weight_mg: orNull(count), sealNumber: orNull(text), tag: orNull(text) },
            label: orNull(Type.Object({ state: text, scannedBack: Type.Boolean() }, exactly)),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export const instrument = Type.Unsafe<Instrument>(
  Type.Object(
    {
      ...{ device: text, kind: text, plugged: Type.Boolean() },
      received: Type.Object({ bytes: count, hex: text }, exactly),
      tags: orNull(texts),
      siren: orNull(Type.Object({ sounding: Type.Boolean() }, exactly)),
      pan: orNull(Type.Object({ weigh_mg: count, stable: Type.Boolean(), silent: Type.Boolean() }, exactly)),
      pad: orNull(Type.Object({ answered: count }, exactly)),
      printer: orNull(
        Type.Object(
          {
            ...{ paperOut: Type.Boolean(), headOpen: Type.Boolean(), ribbonOut: Type.Boolean() },
            pages: Type.Array(Type.Object({ id: count, whole: Type.Boolean(), code: orNull(text) }, exactly)),
          },
          exactly,
        ),
      ),
      office: orNull(
        Type.Object(
          {
            ...{ paperOut: Type.Boolean(), paused: Type.Boolean() },
            papers: Type.Array(Type.Object({ id: count, job: text, pages: count }, exactly)),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export const screenCode = Type.Object({ code: text }, exactly)
export const performed = Type.Object({ done: Type.Boolean() }, exactly)
