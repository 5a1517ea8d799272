import { Type } from 'typebox'
import { text, uuid } from '../../schemas.ts'
import { body, type CommandOf, instant, oneOf, photoHash } from '../schema-parts.ts'
import { SERVICE_WAYS } from './ways.ts'

/** Characters of one field of a receipt. */
const SERVICE_MOST = 200

const field = Type.Optional(text(SERVICE_MOST))

/** How, when and to whom something was served. */
export const receiptFields = {
  way: oneOf(SERVICE_WAYS),
  servedAt: instant,
  ...{ receiver: field, relation: field, reason: field, witness: field, place: field, receipt: field },
}

export const serviceSchemas = {
  'custody.serve-paper': body({
    paper: uuid,
    ...receiptFields,
    /** The signed receipt, as it was photographed or scanned and kept by `POST /api/files`. */
    scan: Type.Optional(photoHash),
  }),
} as const

export type ServePaper = CommandOf<typeof serviceSchemas, 'custody.serve-paper'>
