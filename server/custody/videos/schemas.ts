import { Type } from 'typebox'
import { sha256, text } from '../../schemas.ts'
import { body, code, type CommandOf, instant, items, oneOf } from '../schema-parts.ts'

export const videoSchemas = {
  /** `sha256`: of the file, where there is one to be checked. */
  'custody.note-video': body({
    items: items(code),
    of: oneOf(['measure', 'handling', 'incident']),
    number: text(60),
    device: text(60),
    startedAt: instant,
    endedAt: instant,
    keptIn: text(100),
    sha256: Type.Optional(sha256),
  }),
} as const

export type NoteVideo = CommandOf<typeof videoSchemas, 'custody.note-video'>
