import { sql } from 'kysely'
import type { WorkItem } from '../inbox/protocol.ts'
import { pageOfWork, type WorkSource } from '../inbox/work.ts'
import { type Clock, colourOf } from './clock.ts'
import { titleOf } from './naming.ts'
import { standingOf } from './reads.ts'
import { waitingRuleProposals } from './rule-changes.ts'
import type { Aside } from './aside.ts'
import { clockSightOf, toldTo } from './sight.ts'
import { lentOf, type NamesInSight } from './things.ts'
import './tables.ts'

/** Deadlines that somebody was warned of, in a post he still holds. */
export const deadlineWork =
  ({ names, aside }: { readonly names: NamesInSight; readonly aside: Aside }): WorkSource =>
  async (db, { actor, now, after, limit }) => {
    const sight = await clockSightOf(db, actor, { now, aside })
    const holds = actor.appointments.map(({ post, place }) => `${post} ${place}`)
    const told = toldTo(sight === 'all' ? { person: actor.person, holds, aside: [] } : sight)
    const found = await sql<{ state: Clock }>`
    select c.state from clocks c where c.status = 'running' and ${told}
      ${after === null ? sql`` : sql`and (c.due_at, c.id) > (${after.by}::timestamptz, ${after.id})`}
    order by c.due_at, c.id limit ${limit}
  `.execute(db)
    const lent = await lentOf(
      db,
      names,
      { actor, now },
      found.rows.map(({ state }) => state),
    )
    return found.rows.map(({ state: clock }): WorkItem => {
      const { id, rule, dueAt, matter } = clock
      const title = titleOf(rule)
      return {
        ...{ kind: 'deadline', id, by: dueAt, dueAt, path: `/deadlines?deadline=${id}` },
        level: standingOf(clock, now) === 'overdue' ? 'overdue' : (colourOf(clock) ?? 'waiting'),
        what: { zh: `${rule} ${title.zh}`, en: `${rule} ${title.en}` },
        about: matter.startsWith('case/') ? matter.slice('case/'.length) : null,
        items: lent(clock),
      }
    })
  }

/** Changes of rules that a supervisor may confirm. */
export const ruleChangeWork: WorkSource = async (db, asked) => {
  const { actor, now } = asked
  if (!actor.appointments.some(({ post }) => post === 'supervisor')) return []
  const waiting = (await waitingRuleProposals(db, now)).filter(({ proposer }) => proposer !== actor.person)
  return pageOfWork(
    waiting.map(({ id, rule, expiresAt }) => ({
      ...{ kind: 'rule-change', id, by: expiresAt, dueAt: expiresAt, level: 'waiting', path: '/deadlines' },
      what: { zh: `确认期限规则 ${rule} 的更改`, en: `Confirm the change of deadline rule ${rule}` },
      about: null,
    })),
    asked,
  )
}
