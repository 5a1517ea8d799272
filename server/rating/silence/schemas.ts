import { type Static, Type } from 'typebox'
import { exactly, id, orNull } from '../../schemas.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import type { Silence } from './facts.ts'

const MINUTES_LEAST = 5
const MINUTES_MOST = 240
const SERVICES_MOST = 500

const moment = Type.String({ format: 'date-time' })
const looked = { since: moment, last: orNull(Type.String({ maxLength: 36 })) }

export const silenceSchemas = {
  'rating.rule-silence': Type.Object(
    {
      hall: id,
      minutes: Type.Integer({ minimum: MINUTES_LEAST, maximum: MINUTES_MOST }),
      /** Over fewer services than a batch has votes, silence would tell of single raters. */
      services: Type.Integer({ minimum: LEAST_BALLOTS, maximum: SERVICES_MOST }),
    },
    exactly,
  ),
  'rating.note-silence': Type.Object(
    {
      ...{ hall: id, counter: id, device: orNull(id) },
      what: Type.Unsafe<Silence>(Type.Enum(['pad', 'screen', 'votes'] satisfies Silence[])),
      found: Type.Union([
        Type.Object({ state: Type.Literal('silent'), services: orNull(Type.Integer()), ...looked }, exactly),
        Type.Object({ state: Type.Unsafe<'heard' | 'removed'>(Type.Enum(['heard', 'removed'])), ...looked }, exactly),
      ]),
    },
    exactly,
  ),
} as const

type Of<T extends keyof typeof silenceSchemas> = { readonly type: T } & Readonly<Static<(typeof silenceSchemas)[T]>>

export type RuleSilence = Of<'rating.rule-silence'>
export type NoteSilence = Of<'rating.note-silence'>
