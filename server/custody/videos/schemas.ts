import { type Static, Type } from 'typebox'
import { sha256, text } from '../../schemas.ts'
import { rules } from '../rules.ts'
import { body, code, type CommandOf, type Given, instant, items, oneOf } from '../schema-parts.ts'

/** Where a recording is found. `sha256`: of the file, as the recorder has it; the recording of a taking counts as one with it only. */
const recording = body({
  number: text(60),
  device: text(60),
  startedAt: instant,
  endedAt: instant,
  keptIn: text(100),
  sha256: Type.Optional(sha256),
})

/** Why the recording of a taking is not entered yet; it stands in the register in clear. */
export const recordingLater = Type.Optional(
  Type.String({
    ...text(200),
    description: 'Why the recording of the taking is not entered yet; no person is named here.',
  }),
)

/** What a registration says of the recording of the taking, once for the whole list. */
export const filmSaid = { recording: Type.Optional(recording), recordingLater } as const

export const videoSchemas = {
  'custody.note-video': body({
    items: items(code),
    of: oneOf(['measure', 'handling', 'incident']),
    ...recording.properties,
  }),
} as const

/** What is asked for where a taking has no whole recording, and none can be had. */
export const unfilmedDeed = body({
  command: Type.Literal('allow-unfilmed'),
  items: Type.Array(code, { minItems: 1, maxItems: rules.items_per_act.value, uniqueItems: true }),
})

export type Recording = Given<Static<typeof recording>>
export type UnfilmedDeed = Given<Static<typeof unfilmedDeed>>
export type NoteVideo = CommandOf<typeof videoSchemas, 'custody.note-video'>
