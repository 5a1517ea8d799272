import { type Static, Type } from 'typebox'
import { exactly, id, text, uuid } from '../schemas.ts'
import type { OpenedBy } from './rating.ts'

const openedBy = Type.Unsafe<OpenedBy>(Type.Enum(['program', 'clerk', 'keypad', 'scan', 'kiosk'] satisfies OpenedBy[]))

/** A ticket's number or a matter's own: no name of anybody. */
export const serviceNumber = Type.String({ pattern: '^[0-9A-Za-z〔〕\\u4e00-\\u9fff-]{1,40}$' })

/** Of each command its body without `type`. */
export const schemas = {
  'rating.list-matter': Type.Object({ hall: id, matter: id, name: text(40) }, exactly),
  'rating.sign-on': Type.Object({ counter: id }, exactly),
  'rating.sign-off': Type.Object({ counter: id }, exactly),
  'rating.open-service': Type.Object(
    { counter: id, matter: Type.Optional(id), number: Type.Optional(serviceNumber), by: openedBy },
    exactly,
  ),
  'rating.offer-vote': Type.Object({ service: uuid, by: openedBy }, exactly),
} as const

type Of<T extends keyof typeof schemas> = { readonly type: T } & Readonly<Static<(typeof schemas)[T]>>

export type ListMatter = Of<'rating.list-matter'>
export type SignOn = Of<'rating.sign-on'>
export type SignOff = Of<'rating.sign-off'>
export type OpenService = Of<'rating.open-service'>
export type OfferVote = Of<'rating.offer-vote'>
