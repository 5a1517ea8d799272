import { Type } from 'typebox'
import type { Level } from '../../devices/ballot/ballot.ts'
import { answering, exactly, facts, orNull, pageWith, words } from '../schemas.ts'
import { openSpan } from './schemas.ts'
import type { CounterConsole, CounterScreen, ShownFollowUp, ShownKey, ShownQuestionnaire, Summary } from './protocol.ts'
import { FOLLOW_UP_STATUSES } from './follow-ups.ts'
import { APPEAL_GROUNDS, type AppealGround } from './rating.ts'

export const text = Type.String()
export const count = Type.Integer({ minimum: 0 })
export const share = Type.Number({ minimum: 0, maximum: 1 })
const level = Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 5 }))
export const levels = Type.Object({ 1: count, 2: count, 3: count, 4: count, 5: count }, exactly)
export const rate = Type.Object({ good: count, n: count, low: share, high: share }, exactly)
export const named = Type.Object({ id: text, name: text }, exactly)

/** The API's answers about rating; what a schema does not name is left out. */
export const opened = Type.Object({ facts, service: text }, exactly)
export const offered = Type.Object({ facts, expiresAt: text, token: orNull(text) }, exactly)
export const cast = Type.Object({ done: Type.Literal(true) }, exactly)

export const consoleAnswer = answering<CounterConsole>()(
  Type.Object(
    {
      ...{ id: text, name: text, hall: named, clerk: orNull(named), ready: Type.Boolean() },
      portrait: orNull(Type.Object({ photo: text, agreed: Type.Boolean() }, exactly)),
      matters: Type.Array(named),
      service: orNull(
        Type.Object(
          {
            ...{ id: text, number: orNull(text), matter: text, openedAt: text, offeredUntil: orNull(text) },
            further: Type.Array(orNull(text)),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

const standing = Type.Object(
  {
    ...{ open: Type.Boolean(), today: Type.Array(openSpan) },
    next: orNull(Type.Object({ day: text, from: text }, exactly)),
  },
  exactly,
)

export const screenAnswer = answering<CounterScreen>()(
  Type.Object(
    {
      counter: Type.Object({ id: text, name: text, hall: text }, exactly),
      clerk: orNull(Type.Object({ name: text, number: text, portrait: orNull(text) }, exactly)),
      hours: orNull(standing),
      questionnaire: text,
      vote: orNull(Type.Object({ token: text, expiresAt: text, left_ms: Type.Number(), questionnaire: text }, exactly)),
    },
    exactly,
  ),
)

export const keyAnswer = answering<ShownKey>()(Type.Object({ id: text, publicKey: text }, exactly))

export const questionnaireAnswer = answering<ShownQuestionnaire>()(
  Type.Object(
    {
      ...{
        id: text,
        about: Type.Enum(['service', 'answer']),
        wordsMax: count,
        asksWords: Type.Boolean(),
        asksContact: Type.Boolean(),
      },
      levels: Type.Array(Type.Object({ level, words }, exactly)),
      questions: Type.Array(Type.Object({ id: text, words }, exactly)),
      reasons: Type.Array(Type.Object({ id: text, levels: Type.Array(level), words }, exactly)),
    },
    exactly,
  ),
)

const row = Type.Object(
  {
    ...{ id: text, name: text, issued: count, unrated: count, waiting: count, counted: count },
    overall: orNull(levels),
    satisfied: orNull(rate),
    apart: orNull(Type.Object({ flagged: rate, plain: rate, alike: count }, exactly)),
    answers: Type.Array(Type.Object({ id: text, words, n: count, satisfied: rate }, exactly)),
    warning: Type.Enum(['none', 'yellow', 'orange', 'red']),
    chance: orNull(share),
  },
  exactly,
)

export const summaryAnswer = answering<Summary>()(
  Type.Object(
    {
      ...{ rows: Type.Array(row), rest: orNull(row), total: row, means: words, least: count, after: orNull(text) },
      account: orNull(
        Type.Object(
          {
            ...{ day: text, issued: count, used: count, expired: count, open: Type.Integer() },
            ...{ counted: count, waiting: count, balanced: Type.Boolean() },
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export const followUpsPage = pageWith(
  'followUps',
  answering<ShownFollowUp>()(
    Type.Object(
      {
        ...{
          id: text,
          hall: text,
          counter: text,
          counterName: text,
          clerk: named,
          handler: orNull(named),
          askedAt: text,
        },
        status: Type.Enum([...FOLLOW_UP_STATUSES]),
        reached: orNull(Type.Boolean()),
        settlement: orNull(Type.Enum(['rectified', 'by-date', 'explained'])),
        ...{ excluded: Type.Boolean(), anonymous: Type.Boolean(), fixUntil: orNull(text), words: orNull(text) },
        batch: orNull(Type.Object({ day: text, bad: count, counted: count }, exactly)),
        deadline: orNull(
          Type.Object(
            {
              ...{ clock: text, dueAt: text, endedAt: orNull(text), basis: text, extendable: Type.Boolean() },
              extensions: Type.Array(
                Type.Object(
                  {
                    ...{ askedBy: text, askedAt: text, reason: orNull(text) },
                    state: Type.Enum(['asked', 'granted', 'refused', 'withdrawn', 'lapsed']),
                    ...{ decidedBy: orNull(text), decidedAt: orNull(text), opinion: orNull(text) },
                  },
                  exactly,
                ),
              ),
            },
            exactly,
          ),
        ),
        notes: Type.Array(
          Type.Object(
            {
              ...{ step: text, by: text, at: text, note: orNull(text) },
              ...{ ground: orNull(Type.Unsafe<AppealGround>(Type.Enum([...APPEAL_GROUNDS]))), evidence: orNull(text) },
            },
            exactly,
          ),
        ),
      },
      exactly,
    ),
  ),
)
