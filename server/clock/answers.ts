import { Type } from 'typebox'
import type { Answer } from '../act.ts'
import { answering, exactly, facts, orNull, pageWith, words } from '../schemas.ts'
import { COUNTINGS } from './calendar.ts'
import { COLOURS, GRADES } from './deadline-rules.ts'
import {
  type ClockCounts,
  type ListedCalendars,
  type ShownClock,
  type ShownDeadline,
  type ShownRule,
  type ShownRuleProposal,
  STANDINGS,
  type TriedCalendar,
} from './protocol.ts'
import { terms } from './schemas.ts'

/** What deadlines, their rules and calendars answer over HTTP; the shapes of protocol.ts. */

const text = Type.String()
const count = Type.Integer()
const office = Type.Object({ id: text, name: text }, exactly)
const person = Type.Object({ person: text, name: text }, exactly)
const entry = Type.Object({ register: text, seq: count, type: text }, exactly)

const clockMembers = {
  ...{ id: text, rule: text, title: words, basis: text, grade: Type.Enum([...GRADES]), version: count },
  ...{ counting: Type.Enum([...COUNTINGS]), from: text, dueAt: text, standing: Type.Enum([...STANDINGS]) },
  ...{
    colour: orNull(Type.Enum([...COLOURS])),
    estimatedYears: Type.Array(count),
    unit: office,
    store: orNull(office),
  },
  matter: Type.Object(
    { kind: Type.Enum(['case', 'loan', 'urging', 'stocktake', 'store', 'follow-up', 'action', 'annual']), id: text },
    exactly,
  ),
  lent: Type.Array(Type.Object({ code: text, name: orNull(text) }, exactly)),
  ...{ subjects: count, open: count, endedAt: orNull(text) },
}
const shownClock = answering<ShownClock>()(Type.Object(clockMembers, exactly))
export const deadlinesPage = pageWith('deadlines', shownClock)

export const shownDeadline = answering<ShownDeadline>()(
  Type.Object(
    {
      ...{ ...clockMembers, source: entry, evidence: orNull(entry), document: orNull(text) },
      warnings: Type.Array(
        Type.Object(
          {
            ...{ at: text, offset_days: count, colour: Type.Enum([...COLOURS]) },
            told: Type.Array(Type.Object({ name: text, post: text }, exactly)),
          },
          exactly,
        ),
      ),
      ...{ items: Type.Array(text), authority: orNull(words), may: Type.Array(text) },
      asked: Type.Array(Type.Object({ deed: text, by: text, askedAt: text }, exactly)),
      changes: Type.Array(
        Type.Object(
          {
            ...{ what: text, at: text, document: orNull(text), dueAt: orNull(text) },
            by: Type.Array(Type.Object({ name: text, standsFor: orNull(text) }, exactly)),
          },
          exactly,
        ),
      ),
      appraisal: orNull(Type.Object({ begins: text, ends: text, endedOn: orNull(text) }, exactly)),
      exception: orNull(Type.Object({ zh: text, en: text, document: text }, exactly)),
      ...{ extensions: count, cause: orNull(words), reviewUntil: orNull(text), shortened: Type.Boolean() },
      ...{ extendedDue: orNull(text), further: orNull(Type.Object({ from: orNull(text) }, exactly)) },
    },
    exactly,
  ),
)

export const counts = answering<{ readonly units: readonly ClockCounts[] }>()(
  Type.Object(
    {
      units: Type.Array(
        Type.Object(
          { unit: office, running: count, warned: count, overdue: count, paused: count, excepted: count },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export const rules = answering<{
  readonly rules: readonly ShownRule[]
  readonly proposals: readonly ShownRuleProposal[]
}>()(
  Type.Object(
    {
      rules: Type.Array(
        Type.Object({ rule: text, title: words, event: text, version: count, terms, running: count }, exactly),
      ),
      proposals: Type.Array(
        Type.Object(
          {
            ...{ id: text, rule: text, over: count, terms, proposer: person, proposedAt: text, expiresAt: text },
            yours: Type.Boolean(),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export const calendars = answering<ListedCalendars>()(
  Type.Object(
    {
      calendars: Type.Array(
        Type.Object(
          {
            ...{ year: count, source: text, importedAt: text, importedBy: person, version: count },
            ...{ off: count, work: count },
          },
          exactly,
        ),
      ),
      shipped: Type.Array(Type.Object({ year: count, source: text, csv: text }, exactly)),
      missing: Type.Array(count),
    },
    exactly,
  ),
)
export const triedCalendar = answering<TriedCalendar>()(
  Type.Object(
    { off: count, work: count, faults: Type.Array(Type.Object({ line: count, what: words }, exactly)) },
    exactly,
  ),
)

type Acted = Pick<Answer, 'facts'>
export const imported = Type.Unsafe<Acted>(Type.Object({ year: count, days: count, facts }, exactly))
export const proposedRule = Type.Unsafe<Acted>(Type.Object({ id: text, expiresAt: text, facts }, exactly))
export const causeEnded = Type.Unsafe<Acted>(Type.Object({ dueAt: text, facts }, exactly))
/** A rule that was confirmed, by its new version; nothing more of one that was declined. */
export const decidedRule = Type.Unsafe<Acted>(
  Type.Object({ rule: Type.Optional(text), version: Type.Optional(count), facts }, exactly),
)
