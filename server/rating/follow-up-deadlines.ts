import { sql } from 'kysely'
import type { Approval } from '../approvals/approvals.ts'
import type { Clock } from '../clock/clock.ts'
import type { MatterPeople } from '../clock/deeds.ts'
import { isExtendable } from '../clock/extending.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Actor, Reader } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import { type FollowUp, heads } from './follow-ups.ts'
import type { ShownFollowUp } from './protocol.ts'
import '../clock/tables.ts'
import './tables.ts'

/** Who handles an answer may ask for more time, and never the rated clerk; neither decides about it. */
export const followUpPeople: Pick<MatterPeople, 'handlingOf' | 'barred'> = {
  async handlingOf(db, matter) {
    const found = await sql<{ clerk: string; handler: string | null }>`
      select clerk, handler from rating_follow_ups where 'follow-up/' || id = ${matter}
    `.execute(db)
    return {
      handlers: found.rows.flatMap(({ handler }) => (handler === null ? [] : [handler])),
      about: found.rows.map(({ clerk }) => clerk),
    }
  },
  barred: (person) => sql<boolean>`exists (select from clocks k
    join rating_follow_ups f on k.state ->> 'matter' = 'follow-up/' || f.id
    where k.id = a.state -> 'deed' ->> 'clock' and f.clerk = ${person})`,
}

/** Until when each is to be closed, and what was asked and decided about more time; those that no deadline runs over are absent. */
export async function deadlinesOf(
  db: Reader,
  seen: readonly FollowUp[],
  actor: Actor,
  now: string,
): Promise<Map<string, NonNullable<ShownFollowUp['deadline']>>> {
  const found = await sql<{ id: string; clock: Clock; asked: Approval[] }>`
    select substr(s.subject, length('follow-up/') + 1) as id, k.state as clock,
      coalesce((select jsonb_agg(a.state order by a.asked_at, a.id) from approvals a
        where a.command = 'extend-deadline' and a.state -> 'deed' ->> 'clock' = k.id), '[]') as asked
    from clock_subjects s join clocks k on k.id = s.clock
    where s.subject = any(${seen.map(({ id }) => `follow-up/${id}`)}::text[]) and k.rule = 'DL-40'
  `.execute(db)
  const all = found.rows.flatMap(({ asked }) => asked)
  const said = await readPersonal(
    db,
    all.flatMap(({ reason, opinion }) => [reason.ref, ...(opinion === null ? [] : [opinion.ref])]),
  )
  const people = all.flatMap(({ requester, decidedBy }) => [requester, ...(decidedBy === null ? [] : [decidedBy])])
  const named = await namesOf(
    db,
    people.map((who) => `person/${who}`),
  )
  const nameOf = (who: string): string => named(`person/${who}`).name
  const ofId = new Map(seen.map((one) => [one.id, one]))
  return new Map(
    found.rows.flatMap(({ id, clock, asked }) => {
      const one = ofId.get(id)
      if (one === undefined) return []
      const rated = one.clerk === actor.person
      const waits = asked.some(({ status, expiresAt }) => status === 'asked' && expiresAt >= now)
      const mine = !rated && (one.handler === actor.person || heads(actor, one.hall))
      return [
        [
          id,
          {
            ...{ clock: clock.id, dueAt: clock.dueAt, endedAt: clock.endedAt, basis: clock.terms.basis },
            extendable: mine && !waits && isExtendable(clock, now),
            // The rated clerk is told that it was put off, not why: it might name who said what.
            extensions: asked
              .filter(({ status }) => !rated || status === 'granted')
              .map(({ requester, askedAt, expiresAt, status, reason, decidedBy, decidedAt, opinion }) => ({
                ...{ askedBy: nameOf(requester), askedAt, decidedAt },
                state: status === 'asked' && expiresAt < now ? ('lapsed' as const) : status,
                reason: rated ? null : textOf(said.get(reason.ref)),
                decidedBy: decidedBy === null ? null : nameOf(decidedBy),
                opinion: rated || opinion === null ? null : textOf(said.get(opinion.ref)),
              })),
          },
        ] as const,
      ]
    }),
  )
}
