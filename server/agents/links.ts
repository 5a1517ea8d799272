import { sql } from 'kysely'
import type { AgentStatus } from '../../devices/agent/protocol.ts'
import type { Db } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { Page } from '../schemas.ts'
import type { AgentState } from './agents.ts'
import type { AgentRow } from './protocol.ts'
import type { Endpoint } from './records.ts'

/** A connection that has not been heard of for this long speaks for nobody: its process may be gone. */
const LINK_HEARD_MS = 10_000

export interface Joined {
  readonly after: number
  readonly hash: string
}

/**
 * Which endpoint has this key.
 * @throws Refusal `agents.wrong-key` for a name or key that was never enrolled
 */
export async function endpointOf(db: Reader, agent: string, key: string): Promise<Endpoint> {
  const row = await db.selectFrom('agents').select(['state']).where('id', '=', agent).executeTakeFirst()
  const state: AgentState | undefined = row?.state
  if (state === undefined) throw new Refusal('agents.wrong-key')
  const former = state.formerKeys.indexOf(key)
  // Every key leaves once, in the order in which they came.
  if (former !== -1) return { agent, enrolment: former + 1, key, revoked: true }
  if (state.key !== key) throw new Refusal('agents.wrong-key')
  return { agent, enrolment: state.enrolment, key, revoked: false }
}

/** From now on this connection speaks for the agent, and no earlier one; what the server has of its records. */
export async function joinLink(
  db: Db,
  { agent, enrolment }: Endpoint,
  link: string,
  at: string,
  clockOffset_ms: number,
): Promise<Joined> {
  const joined = await sql<{ after: number; hash: string }>`
      insert into agent_links as l (agent, enrolment, link, joined_at, heard_at, clock_offset_ms)
      values (${agent}, ${enrolment}, ${link}, ${at}, ${at}, ${clockOffset_ms})
      on conflict (agent, enrolment) do update set link = excluded.link, joined_at = excluded.joined_at,
        heard_at = excluded.heard_at, clock_offset_ms = excluded.clock_offset_ms
      returning last_n as after, last_hash as hash
    `.execute(db)
  const [row] = joined.rows
  if (row === undefined) throw new Error('an upsert gave no row')
  return row
}

/** False when another connection speaks for the agent by now. */
export async function heardOf(
  db: Db,
  { agent, enrolment }: Endpoint,
  link: string,
  at: string,
  { backlog, oldestAt, fault }: AgentStatus,
): Promise<boolean> {
  const heard = await sql`
    update agent_links set heard_at = ${at}, backlog = ${backlog}, oldest_at = ${oldestAt}, fault = ${fault}
    where agent = ${agent} and enrolment = ${enrolment} and link = ${link}
  `.execute(db)
  return heard.numAffectedRows === 1n
}

/** Of these endpoints, those whose key is still the agent's. */
export async function stillEnrolled(db: Db, endpoints: readonly Endpoint[]): Promise<ReadonlySet<string>> {
  const found = await sql<{ key: string }>`
    select key from agents where key = any(${endpoints.map(({ key }) => key)}::text[])
  `.execute(db)
  return new Set(found.rows.map(({ key }) => key))
}

/** Whether some process holds a connection to this agent. */
export async function isJoined(db: Db, agent: string, now: string): Promise<boolean> {
  const found = await sql<{ heard: string | null }>`
    select max(heard_at) as heard from agent_links where agent = ${agent} and link is not null
  `.execute(db)
  const heard = found.rows[0]?.heard ?? null
  return heard !== null && Date.parse(now) - Date.parse(heard) <= LINK_HEARD_MS
}

/** Faults shown of an agent, the latest first. */
const FAULTS_SHOWN = 20

/** Every agent that was ever invited, or a page of them, by name: whether it may join, whether it is here, and what a person has to look at. */
export async function readAgents(db: Reader, now: string, page: Page | null = null): Promise<readonly AgentRow[]> {
  const found = await sql<Omit<AgentRow, 'state'> & { state: AgentState; link: string | null; enrolment: number }>`
    select a.id as name, a.state, a.enrolment, l.link, l.joined_at as "joinedAt", l.heard_at as "heardAt",
      coalesce(l.backlog, 0) as backlog, l.oldest_at as "oldestAt", l.clock_offset_ms as "clockOffset_ms",
      coalesce(l.last_n, 0) as records, l.fault,
      coalesce((
        select jsonb_agg(jsonb_build_object('at', f.at, 'code', f.code, 'n', f.n,
          'detail', jsonb_build_object('zh', coalesce(f.detail_zh, f.detail), 'en', f.detail)) order by f.at desc, f.n desc)
        from (select * from agent_faults f where f.agent = a.id order by at desc, n desc limit ${FAULTS_SHOWN}) f
      ), '[]') as faults
    from agents a left join agent_links l on l.agent = a.id and l.enrolment = a.enrolment
    where a.id > ${page?.after ?? ''} order by a.id limit ${page?.limit ?? null}
  `.execute(db)
  return found.rows.map(({ state, link, enrolment: _, ...row }) => ({
    ...row,
    state: stateOf(state, link, row.heardAt, now),
  }))
}

function stateOf(state: AgentState, link: string | null, heardAt: string | null, now: string): AgentRow['state'] {
  if (state.key === null) return state.invitation === null ? 'revoked' : 'invited'
  const heard = link !== null && heardAt !== null && Date.parse(now) - Date.parse(heardAt) <= LINK_HEARD_MS
  return heard ? 'joined' : 'away'
}
