import { type Static, Type } from 'typebox'
import { sha256, text } from '../../schemas.ts'
import { rules } from '../rules.ts'
import { body, code, type CommandOf, type Given, instant, items, oneOf } from '../schema-parts.ts'

export const videoSchemas = {
  /** `sha256`: of the file, as the recorder has it. The recording of a taking counts as one with it only. */
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

/** What is asked for where a taking has no whole recording, and none can be had. */
export const unfilmedDeed = body({
  command: Type.Literal('allow-unfilmed'),
  items: Type.Array(code, { minItems: 1, maxItems: rules.items_per_act.value, uniqueItems: true }),
})

export type UnfilmedDeed = Given<Static<typeof unfilmedDeed>>
export type NoteVideo = CommandOf<typeof videoSchemas, 'custody.note-video'>
