import { Type } from 'typebox'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { answering, exactly, orNull, words } from '../../schemas.ts'
import { FLAG_KINDS } from '../flags/flags.ts'
import { count, levels, named, rate, share, text } from '../answers.ts'
import type { Change, Dashboard, FunnelPlace, SignalKind } from './protocol.ts'
import type { Warning } from '../protocol.ts'

const days = { from: text, to: text }
/** How many were asked, and rated. */
export const responseAnswer = Type.Object({ asked: count, rated: count }, exactly)
const difference = Type.Number({ minimum: -1, maximum: 1 })
const places: FunnelPlace[] = ['inside', 'high', 'beyond', 'low']
const verdicts: Change[] = ['better', 'worse', 'no-difference']
const warnings: Warning[] = ['none', 'yellow', 'orange', 'red']
const signals: SignalKind[] = ['silent', 'eager', 'hurried', 'still', 'outside', ...FLAG_KINDS]
const who = { id: text, name: text }

const funnel = Type.Object(
  {
    base: orNull(share),
    points: Type.Array(
      Type.Object({ ...who, bad: count, n: count, place: Type.Unsafe<FunnelPlace>(Type.Enum(places)) }, exactly),
    ),
    limits: Type.Array(Type.Object({ n: count, lower: count, inner: count, outer: count }, exactly)),
  },
  exactly,
)

const watchRule = Type.Object(
  {
    ...{ version: count, inOrder: share, outOfOrder: share },
    heights: Type.Unsafe<readonly [number, number, number]>(Type.Array(Type.Number(), { minItems: 3, maxItems: 3 })),
    chosen: orNull(
      Type.Object(
        { falseRedsAYear: count, charts: count, votesAMonth: count, votesBetween: count, from: text, by: named },
        exactly,
      ),
    ),
  },
  exactly,
)

const watch = Type.Object(
  {
    rule: watchRule,
    next: orNull(watchRule),
    clerks: Type.Array(
      Type.Object(
        {
          ...{ ...who, warning: Type.Unsafe<Warning>(Type.Enum(warnings)), chance: orNull(share) },
          path: Type.Array(Type.Object({ day: text, n: count, height: Type.Number({ minimum: 0 }) }, exactly)),
        },
        exactly,
      ),
    ),
  },
  exactly,
)

/** How one rate differs from another. */
export const changeAnswer = orNull(
  Type.Object(
    {
      ...{ by: difference, low: difference, high: difference },
      verdict: Type.Unsafe<Change>(Type.Enum(verdicts)),
    },
    exactly,
  ),
)

const comparison = Type.Object(
  {
    ...{ days: Type.Object(days, exactly), satisfied: orNull(rate), sharedDays: count },
    change: changeAnswer,
  },
  exactly,
)

const signal = Type.Object(
  {
    ...{ kind: Type.Unsafe<SignalKind>(Type.Enum(signals)), ...who, count, of: count },
    about: Type.Unsafe<'clerk' | 'counter'>(Type.Enum(['clerk', 'counter'])),
    ...{ expected: orNull(Type.Number({ minimum: 0 })), chance: orNull(share) },
  },
  exactly,
)

export const dashboardAnswer = answering<Dashboard>()(
  Type.Object(
    {
      ...{ hall: named, days: Type.Object(days, exactly), question: text, means: words, least: count },
      questions: Type.Array(Type.Object({ id: text, words }, exactly)),
      levels: orNull(Type.Unsafe<Readonly<Record<Level, number>>>(levels)),
      ...{ satisfied: orNull(rate), response: orNull(responseAnswer) },
      trend: Type.Array(Type.Object({ ...days, satisfied: orNull(rate), response: orNull(responseAnswer) }, exactly)),
      ...{ comparison, funnel, watch },
      heat: Type.Object(
        {
          days: Type.Array(Type.Object(days, exactly)),
          rows: Type.Array(Type.Object({ ...who, cells: Type.Array(orNull(rate)) }, exactly)),
        },
        exactly,
      ),
      signals: Type.Array(signal),
      proposals: Type.Array(
        Type.Object(
          {
            ...{ rule: text, version: count, action: words, why: words, clerk: named, decided: Type.Boolean() },
            satisfied: rate,
          },
          exactly,
        ),
      ),
      actions: Type.Array(
        Type.Object(
          {
            ...{ id: text, rule: text, version: count, action: words, clerk: named, from: text, to: text },
            ...{ satisfied: rate, adopt: Type.Boolean(), dueAt: orNull(text) },
            status: Type.Enum(['decided', 'returned', 'adopted', 'declined', 'done']),
            steps: Type.Array(
              Type.Object(
                {
                  step: Type.Enum(['decide', 'agree', 'return', 'carry-out']),
                  ...{ by: named, at: text, note: orNull(text) },
                },
                exactly,
              ),
            ),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)
