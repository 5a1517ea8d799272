import { sql } from 'kysely'
import type { WorkItem } from '../inbox/protocol.ts'
import type { WorkAsked, WorkSource } from '../inbox/work.ts'
import type { Reader } from '../module.ts'
import { CITY_AND_ABOVE } from '../org/org.ts'
import type { Approval, Deed } from './approvals.ts'
import { lentTo } from './delegations.ts'
import { barredBy, reachOf, withinReach } from './store.ts'
import './tables.ts'
import { turnsOf } from './turns.ts'

/** How many of its items a line names; more than a screen shows, so that it can say that there are more. */
const NAMED_MOST = 4

/** Requests that wait for somebody's decision, each with what is asked and about what. */
export function approvalWork(deeds: readonly Deed[]): WorkSource {
  const barred = barredBy(deeds)
  const known = new Map(deeds.map((one) => [one.command, one]))
  /** A page of what may be decided: where a whole page of requests has some that may not, those after it are looked at as well. */
  const offered = async (db: Reader, asked: WorkAsked): Promise<readonly Approval[]> => {
    const found = await requestsFor(db, asked, barred)
    const turns = await turnsOf(db, deeds, asked.actor, found, asked.now)
    const theirs = found.filter(({ id }) => turns.get(id)?.yours === true)
    const last = found.at(-1)
    if (theirs.length === found.length || found.length < asked.limit || last === undefined) return theirs
    const more = { ...asked, after: { by: last.expiresAt, id: last.id }, limit: asked.limit - theirs.length }
    return [...theirs, ...(await offered(db, more))]
  }
  return async (db, asked) => (await offered(db, asked)).map((one) => lineOf(one, known.get(one.deed.command)))
}

function lineOf({ id, expiresAt, deed }: Approval, known: Deed | undefined): WorkItem {
  const about = known?.about(deed) ?? []
  return {
    ...{ kind: 'approval', id, by: expiresAt, dueAt: expiresAt, level: 'waiting' },
    about: about.length === 1 ? (about[0] ?? null) : null,
    ...(about.length > 1 ? { items: about.slice(0, NAMED_MOST).map((code) => ({ code, name: null })) } : {}),
    what: known?.title ?? { zh: '有一项申请待您审批', en: 'A request waits for your decision' },
    path: `/desk?${new URLSearchParams({ request: id }).toString()}`,
  }
}

async function requestsFor(
  db: Reader,
  { actor, now, after, limit }: WorkAsked,
  barred: NonNullable<Deed['barred']>,
): Promise<readonly Approval[]> {
  const own = actor.appointments.filter(({ post }) => post === 'approver')
  const held = [...own.map(({ place }) => ({ place, commands: null })), ...(await lentTo(db, actor.person, now))]
  const reach = await reachOf(db, held)
  if (reach.length === 0) return []
  const itsLevel = sql<boolean>`(not state ? 'awaits' or (state ->> 'awaits' = 'department' and r.place = a.unit)
    or (state ->> 'awaits' = 'organ' and exists (select from units u where u.id = r.place and u.parent is null))
    or (state ->> 'awaits' = 'city' and exists (
      select from units u where u.id = r.place and u.state ->> 'level' = any(${[...CITY_AND_ABOVE]}::text[])
    )))`
  const found = await sql<{ state: Approval }>`
    select state from approvals a
    where status = 'asked' and requester <> ${actor.person} and expires_at >= ${now}::timestamptz
      and ${withinReach(reach, itsLevel)} and not ${barred(actor.person)}
      and not coalesce(state -> 'passed', '[]') @> jsonb_build_array(jsonb_build_object('by', ${actor.person}::text))
      ${after === null ? sql`` : sql`and (expires_at, id) > (${after.by}::timestamptz, ${after.id})`}
    order by expires_at, id limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }) => state)
}
