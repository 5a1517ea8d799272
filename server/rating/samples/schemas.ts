import { type Static, Type } from 'typebox'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { exactly, id, orNull, uuid } from '../../schemas.ts'
import { type Outcome, OUTCOMES } from './facts.ts'

/** Fewer answers are in no figure. */
const SIZE_LEAST = 10
const SIZE_MOST = 500
const day = Type.String({ format: 'date' })
const size = Type.Integer({ minimum: SIZE_LEAST, maximum: SIZE_MOST })

/** What the one who was called said to the questions of the script; null where he said nothing to it. */
const saidSchema = Type.Object(
  {
    level: Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 5 })),
    /** All that was needed was told at once. */
    toldAtOnce: orNull(Type.Boolean()),
    /** No charge, gift or favour beside what is prescribed. */
    clean: orNull(Type.Boolean()),
  },
  exactly,
)
export type CallSaid = Static<typeof saidSchema>

/** Of each command its body without `type`. */
export const sampleSchemas = {
  'rating.order-sample': Type.Object({ hall: id, from: day, to: day, size, quota: size }, exactly),
  'rating.draw-services': Type.Object({ sample: uuid }, exactly),
  'rating.call-sampled': Type.Object(
    {
      ...{ sample: uuid, service: uuid, said: orNull(saidSchema) },
      outcome: Type.Unsafe<Outcome>(Type.Enum([...OUTCOMES])),
    },
    exactly,
  ),
} as const

type Of<T extends keyof typeof sampleSchemas> = { readonly type: T } & Readonly<Static<(typeof sampleSchemas)[T]>>
export type OrderSample = Of<'rating.order-sample'>
export type DrawServices = Of<'rating.draw-services'>
export type CallSampled = Of<'rating.call-sampled'>
