import { Type } from 'typebox'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { answering, exactly, orNull, pageWith, words } from '../../schemas.ts'
import { count, named, text } from '../answers.ts'
import type { Anonymity, ShownVersion } from './protocol.ts'

const level = Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 5 }))
const version = answering<ShownVersion>()(
  Type.Object(
    {
      ...{ id: text, version: count, drafters: Type.Array(named), draftedAt: text, closedAt: orNull(text) },
      status: Type.Unsafe<ShownVersion['status']>(Type.Enum(['draft', 'open', 'closed', 'dropped'])),
      opened: orNull(Type.Object({ by: named, at: text }, exactly)),
      anonymity: Type.Unsafe<Anonymity>(Type.Enum(['contact-apart', 'sealed'])),
      asksWords: Type.Boolean(),
      questions: Type.Array(Type.Object({ words }, exactly)),
      reasons: Type.Array(Type.Object({ levels: Type.Array(level), words }, exactly)),
    },
    exactly,
  ),
)

export const versionsPage = pageWith('versions', version)
