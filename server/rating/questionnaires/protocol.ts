/** What the kiosk may import of questionnaires: types alone. */
import type { Level } from '../../../devices/ballot/ballot.ts'
import type { Words } from '../../refusal.ts'
import type { Anonymity } from '../questionnaire.ts'
import type { QuestionnaireVersion } from './version.ts'

export type { Anonymity } from '../questionnaire.ts'

interface Person {
  readonly id: string
  readonly name: string
}

/** What a draft says; ids are given by the server. */
export interface DraftContent {
  readonly anonymity: Anonymity
  readonly asksWords: boolean
  readonly questions: readonly { readonly words: Words }[]
  readonly reasons: readonly { readonly levels: readonly Level[]; readonly words: Words }[]
}

/** One of `GET /api/rating/questionnaires`; the one that every hall begins with has neither drafters nor a number of its own. */
export interface ShownVersion extends DraftContent {
  readonly id: string
  readonly version: number
  readonly status: QuestionnaireVersion['status']
  readonly drafters: readonly Person[]
  readonly draftedAt: string
  readonly opened: { readonly by: Person; readonly at: string } | null
  readonly closedAt: string | null
}
