import { type Static, Type } from 'typebox'
import { exactly, id, text, uuid } from '../../schemas.ts'

const note = text(500)
const day = Type.String({ format: 'date' })

/** Of each command its body without `type`. */
export const actionSchemas = {
  'rating.decide-action': Type.Object(
    {
      ...{ hall: id, clerk: id, rule: Type.String({ maxLength: 40 }), from: day, to: day },
      adopt: Type.Boolean(),
      note,
    },
    exactly,
  ),
  'rating.confirm-action': Type.Object({ action: uuid, agree: Type.Boolean(), note }, exactly),
  'rating.end-action': Type.Object({ action: uuid, note }, exactly),
} as const

type Of<T extends keyof typeof actionSchemas> = { readonly type: T } & Readonly<Static<(typeof actionSchemas)[T]>>

export type DecideAction = Of<'rating.decide-action'>
export type ConfirmAction = Of<'rating.confirm-action'>
export type EndAction = Of<'rating.end-action'>
