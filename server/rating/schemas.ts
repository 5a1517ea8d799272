import { type Static, Type } from 'typebox'
import { exactly, id, orNull, sha256, text, uuid } from '../schemas.ts'
import { SEALED_BYTES } from '../../devices/ballot/seal.ts'
import type { Level } from '../../devices/ballot/ballot.ts'
import type { Anonymity } from './questionnaire.ts'
import { CORRECTIONS, type Correction } from './rankings/ranking.ts'
import { APPEAL_GROUNDS, type AppealGround, type OpenedBy } from './rating.ts'

const openedBy = Type.Unsafe<OpenedBy>(Type.Enum(['program', 'clerk', 'keypad', 'scan', 'kiosk'] satisfies OpenedBy[]))

/** A ticket's number or a matter's own: no name of anybody. */
const serviceNumber = Type.String({ pattern: '^[0-9A-Za-z〔〕\\u4e00-\\u9fff-]{1,40}$' })

const note = text(500)
const day = Type.String({ format: 'date' })
const moment = Type.String({ format: 'date-time' })

/** A version of what a hall asks, as ballots name it. */
export const questionnaireName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}@[1-9][0-9]{0,5}$' })

/** More questions than this stand on no screen together. */
export const QUESTIONS_MAX = 5
const REASONS_WRITTEN_MAX = 24
const level = Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 5 }))
const inBoth = (zh: number, en: number) => Type.Object({ zh: text(zh), en: text(en) }, exactly)
const questionnaireContent = Type.Object(
  {
    anonymity: Type.Unsafe<Anonymity>(Type.Enum(['contact-apart', 'sealed'] satisfies Anonymity[])),
    asksWords: Type.Boolean(),
    questions: Type.Array(Type.Object({ words: inBoth(12, 30) }, exactly), { minItems: 1, maxItems: QUESTIONS_MAX }),
    reasons: Type.Array(
      Type.Object({ words: inBoth(16, 40), levels: Type.Array(level, { minItems: 1, maxItems: 5 }) }, exactly),
      { maxItems: REASONS_WRITTEN_MAX },
    ),
  },
  exactly,
)

/** Base64 of a sealed ballot: one length for all. */
const SEALED_CHARACTERS = Math.ceil(SEALED_BYTES / 3) * 4
export const sealedBallot = Type.String({
  minLength: SEALED_CHARACTERS,
  maxLength: SEALED_CHARACTERS,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
})

const minute = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
export const openSpan = Type.Object({ from: minute, to: minute }, exactly)
const SPANS_A_DAY_MAX = 3
const week = Type.Array(Type.Array(openSpan, { maxItems: SPANS_A_DAY_MAX }), { minItems: 7, maxItems: 7 })

/** One step of a follow-up. */
export const followUpStep = Type.Union([
  Type.Object({ step: Type.Literal('call'), reached: Type.Boolean(), note }, exactly),
  Type.Object(
    {
      step: Type.Literal('settle'),
      how: Type.Unsafe<'rectified' | 'by-date' | 'explained'>(Type.Enum(['rectified', 'by-date', 'explained'])),
      note,
    },
    exactly,
  ),
  Type.Object(
    {
      step: Type.Literal('appeal'),
      ground: Type.Unsafe<AppealGround>(Type.Enum([...APPEAL_GROUNDS])),
      ...{ evidence: note, note },
    },
    exactly,
  ),
  Type.Object({ step: Type.Literal('feed-back'), note }, exactly),
  Type.Object({ step: Type.Literal('verify'), note }, exactly),
  Type.Object({ step: Type.Literal('review'), upheld: Type.Boolean(), note }, exactly),
  Type.Object({ step: Type.Literal('return'), note }, exactly),
  Type.Object({ step: Type.Literal('close') }, exactly),
])

/** Of each command its body without `type`. */
export const schemas = {
  'rating.list-matter': Type.Object({ hall: id, matter: id, name: text(40) }, exactly),
  'rating.sign-on': Type.Object({ counter: id }, exactly),
  'rating.sign-off': Type.Object({ counter: id }, exactly),
  'rating.open-service': Type.Object(
    {
      ...{ counter: id, matter: Type.Optional(id), number: Type.Optional(serviceNumber), by: openedBy },
      /** Further business of who is being served: it joins what is open there. */
      joins: Type.Optional(Type.Literal(true)),
    },
    exactly,
  ),
  'rating.offer-vote': Type.Object({ service: uuid, by: openedBy }, exactly),
  'rating.ask-answer': Type.Object({ service: uuid, contact: text(100), words: text(500) }, exactly),
  'rating.follow-counter': Type.Object({ batch: uuid }, exactly),
  'rating.assign-follow-up': Type.Object({ followUp: uuid, handler: id }, exactly),
  'rating.ask-fix': Type.Object({ followUp: uuid }, exactly),
  'rating.freeze-ranking': Type.Object(
    {
      ...{ hall: id, from: day, to: day },
      corrects: Type.Optional(
        Type.Object({ ranking: uuid, why: Type.Unsafe<Correction>(Type.Enum([...CORRECTIONS])) }, exactly),
      ),
    },
    exactly,
  ),
  'rating.decide-ranking': Type.Object({ ranking: uuid, publish: Type.Boolean() }, exactly),
  'rating.draft-questionnaire': Type.Object({ hall: id, content: questionnaireContent }, exactly),
  /** `draftedAt`: of the text that was looked at. */
  'rating.decide-questionnaire': Type.Object(
    { questionnaire: questionnaireName, open: Type.Boolean(), draftedAt: Type.String({ format: 'date-time' }) },
    exactly,
  ),
  'rating.set-hours': Type.Object({ hall: id, week }, exactly),
  'rating.set-watch': Type.Object({ hall: id, falseRedsAYear: Type.Integer({ minimum: 1, maximum: 100 }) }, exactly),
  'rating.set-portrait': Type.Object({ hall: id, clerk: id, photo: orNull(sha256) }, exactly),
  'rating.agree-portrait': Type.Object({ hall: id, photo: sha256, agree: Type.Boolean() }, exactly),
  'rating.correct-sign-on': Type.Object(
    { counter: id, from: moment, until: moment, clerk: id, reason: text(200) },
    exactly,
  ),
  'rating.open-contact': Type.Object({ followUp: uuid, reason: text(200) }, exactly),
} as const

type Of<T extends keyof typeof schemas> = { readonly type: T } & Readonly<Static<(typeof schemas)[T]>>

export type ListMatter = Of<'rating.list-matter'>
export type SignOn = Of<'rating.sign-on'>
export type SignOff = Of<'rating.sign-off'>
export type OpenService = Of<'rating.open-service'>
export type AskAnswer = Of<'rating.ask-answer'>
export type FollowCounter = Of<'rating.follow-counter'>
export type AssignFollowUp = Of<'rating.assign-follow-up'>
export type OpenContact = Of<'rating.open-contact'>
export type FollowUpStep = { readonly type: 'rating.step-follow-up'; readonly followUp: string } & Static<
  typeof followUpStep
>
export type AskFix = Of<'rating.ask-fix'>
export type FreezeRanking = Of<'rating.freeze-ranking'>
export type DecideRanking = Of<'rating.decide-ranking'>
export type DraftQuestionnaire = Of<'rating.draft-questionnaire'>
export type DecideQuestionnaire = Of<'rating.decide-questionnaire'>
export type SetHours = Of<'rating.set-hours'>
export type CorrectSignOn = Of<'rating.correct-sign-on'>
export type SetWatch = Of<'rating.set-watch'>
export type SetPortrait = Of<'rating.set-portrait'>
export type AgreePortrait = Of<'rating.agree-portrait'>
export type OfferVote = Of<'rating.offer-vote'>
