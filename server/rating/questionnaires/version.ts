import { createHash } from 'node:crypto'
import { REASONS_MAX } from '../../../devices/ballot/ballot.ts'
import type { Actor, Circumstances, Decision, Fact, FactDraft } from '../../module.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { type AskedContent, HALL_SERVICE, isNameOfOurs, LEVELS } from '../questionnaire.ts'
import { mayJudge } from '../rankings/ranking.ts'
import { draft, ratingFact } from '../rating.ts'
import type { DecideQuestionnaire, DraftQuestionnaire } from '../schemas.ts'

/** One version of what a hall asks. */
export interface QuestionnaireVersion extends AskedContent {
  /** As ballots and groups name it: the hall and the number. */
  readonly id: string
  readonly hall: string
  readonly version: number
  readonly status: 'draft' | 'open' | 'closed' | 'dropped'
  /** Everybody who wrote on it; none of them opens it. */
  readonly drafters: readonly string[]
  readonly draftedAt: string
  readonly opened: { readonly by: string; readonly at: string } | null
  readonly closedAt: string | null
}

function questionnaireId(hall: string, version: number): string {
  return `${hall}@${version}`
}

/** What one more fact makes of a version. A draft is written anew as a whole, and whoever ever wrote on it stays among `drafters`. */
export function evolveQuestionnaire(one: QuestionnaireVersion | null, raw: Fact): QuestionnaireVersion | null {
  const fact = ratingFact(raw)
  if (fact.type === 'rating.questionnaire-drafted') {
    const { hall, version, anonymity, asksWords, questions, reasons } = fact.body
    return {
      ...{ id: questionnaireId(hall, version), hall, version, anonymity, asksWords, questions, reasons },
      ...{ status: 'draft', draftedAt: fact.at, opened: null, closedAt: null },
      drafters: [...new Set([...(one?.drafters ?? []), fact.actor])],
    }
  }
  if (one === null) return null
  switch (fact.type) {
    case 'rating.questionnaire-opened':
      return { ...one, status: 'open', opened: { by: fact.actor, at: fact.at } }
    case 'rating.questionnaire-closed':
      return { ...one, status: 'closed', closedAt: fact.at }
    case 'rating.questionnaire-dropped':
      return { ...one, status: 'dropped', closedAt: fact.at }
    default:
      return one
  }
}

/** Where the versions of a hall, or of an organ that holds campaigns, are written down. */
export interface Asking {
  readonly kind: 'hall' | 'organ'
  readonly register: string
}

/** Who writes and opens what is asked: of a hall its head and supervisors, of an organ supervisors and its leaders. */
export function mayAsk(actor: Actor, unit: string): boolean {
  return mayJudge(actor, unit) || actor.appointments.some(({ post, place }) => post === 'approver' && place === unit)
}

export interface DraftState {
  /** Null where that asks nobody anything. */
  readonly asking: Asking | null
  /** The one of the hall that is being written; null where none is. */
  readonly draft: QuestionnaireVersion | null
  /** The highest number that the hall has given. */
  readonly lastVersion: number
}

/**
 * Writes the draft of a hall, or of an organ for its campaigns, or writes it anew. A question or reason has its id from its words: the same words are
 * the same question in every version and hall, other words another one.
 * @throws Refusal `rating.unknown-hall`, `rating.not-for-you`, `rating.hall-named-ours`, `rating.organ-asks`, `rating.asked-twice`,
 *   `rating.too-many-reasons`
 */
export function draftQuestionnaire(
  { asking, draft: there, lastVersion }: DraftState,
  { hall, content }: DraftQuestionnaire,
  { actor }: Circumstances,
): Decision {
  if (asking === null) throw new Refusal('rating.unknown-hall', { hall })
  if (!mayAsk(actor, hall)) throw new Refusal('rating.not-for-you')
  if (isNameOfOurs(hall)) throw new Refusal('rating.hall-named-ours', { hall })
  const { anonymity, asksWords } = content
  const isBare = anonymity === 'sealed' && !asksWords && content.reasons.length === 0
  if (asking.kind === 'organ' && !isBare) throw new Refusal('rating.organ-asks')
  const questions = content.questions.map(({ words }) => ({ id: idOf(words, HALL_SERVICE.questions), words }))
  const reasons = content.reasons.map(({ words, levels }) => ({
    ...{ id: idOf(words, HALL_SERVICE.reasons), words },
    levels: [...new Set(levels)].toSorted((one, other) => one - other),
  }))
  mustDiffer([...questions, ...reasons])
  for (const { level, words } of LEVELS)
    if (reasons.filter(({ levels }) => levels.includes(level)).length > REASONS_MAX)
      throw new Refusal('rating.too-many-reasons', { level: words.zh, en: words.en, most: String(REASONS_MAX) })
  const version = there?.version ?? lastVersion + 1
  const id = questionnaireId(hall, version)
  const body = { hall, version, anonymity, asksWords, questions, reasons }
  return {
    facts: [within(asking, draft(hall, 'rating.questionnaire-drafted', `questionnaire/${id}`, body))],
    result: { questionnaire: id },
  }
}

function within({ register }: Asking, fact: FactDraft): FactDraft {
  return { ...fact, register }
}

/** Characters of the digest in an id: by chance two of a million wordings share 40 bits once in two. */
const ID_DIGITS = 10

function idOf(words: Words, known: readonly { readonly id: string; readonly words: Words }[]): string {
  const same = known.find((one) => one.words.zh === words.zh && one.words.en === words.en)
  if (same !== undefined) return same.id
  const text = JSON.stringify([words.zh, words.en])
  return `w-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, ID_DIGITS)}`
}

function mustDiffer(all: readonly { readonly id: string; readonly words: Words }[]): void {
  const twice = all.find(({ id, words }, nth) =>
    all.slice(0, nth).some((one) => one.id === id || one.words.zh === words.zh),
  )
  if (twice !== undefined) throw new Refusal('rating.asked-twice', { zh: twice.words.zh, en: twice.words.en })
}

export interface DecideQuestionnaireState {
  readonly questionnaire: QuestionnaireVersion | null
  /** What the hall asks until then; null where that is what every hall asks. */
  readonly running: QuestionnaireVersion | null
  readonly asking: Asking | null
}

/**
 * Opens a draft, and closes what was asked until then: by somebody who wrote nothing of it and has seen it as it stands. Or drops it. What was opened
 * is never changed, its anonymity with the rest (product R05, rules K-11).
 * @throws Refusal `rating.unknown-questionnaire`, `rating.questionnaire-fixed`, `rating.questionnaire-own`, `rating.questionnaire-changed`
 */
export function decideQuestionnaire(
  { questionnaire, running, asking }: DecideQuestionnaireState,
  { questionnaire: id, open, draftedAt }: DecideQuestionnaire,
  { actor }: Circumstances,
): Decision {
  if (questionnaire === null || asking === null || !mayAsk(actor, questionnaire.hall))
    throw new Refusal('rating.unknown-questionnaire', { questionnaire: id })
  const { hall, status, drafters } = questionnaire
  if (status !== 'draft') throw new Refusal('rating.questionnaire-fixed', { questionnaire: id })
  if (questionnaire.draftedAt !== draftedAt) throw new Refusal('rating.questionnaire-changed', { questionnaire: id })
  const subject = `questionnaire/${id}`
  if (!open) return { facts: [within(asking, draft(hall, 'rating.questionnaire-dropped', subject, {}))] }
  if (drafters.includes(actor.person)) throw new Refusal('rating.questionnaire-own')
  const closed: FactDraft[] =
    running === null
      ? []
      : [within(asking, draft(hall, 'rating.questionnaire-closed', `questionnaire/${running.id}`, {}))]
  return { facts: [...closed, within(asking, draft(hall, 'rating.questionnaire-opened', subject, {}))] }
}
