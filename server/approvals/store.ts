import { sql } from 'kysely'
import type { Projection, Reader } from '../module.ts'
import { type Approval, type ApprovalStatus, evolveApproval } from './approvals.ts'
import './tables.ts'

export const approvals: Projection<Approval | null> = {
  kind: 'approval',
  table: 'approvals',
  initial: null,
  evolve: evolveApproval,
  columns: (_id, approval) => {
    if (approval === null) throw new Error('an approval begins with its request')
    const { unit, deed, requester, status, askedAt, expiresAt, decidedBy } = approval
    const times = { asked_at: askedAt, expires_at: expiresAt }
    return { unit, command: deed.command, requester, status, ...times, decided_by: decidedBy }
  },
}

/** Each unit with itself and every unit above it. */
export async function lineageOf(db: Reader, units: readonly string[]): Promise<Map<string, readonly string[]>> {
  const found = await sql<{ unit: string; lineage: string[] }>`
    with recursive up (unit, above, depth) as (
      select id, id, 0 from units where id = any(${[...new Set(units)]}::text[])
      union all
      select up.unit, u.parent, up.depth + 1 from up join units u on u.id = up.above where u.parent is not null and up.depth < 32
    )
    select unit, array_agg(above order by depth) as lineage from up group by unit
  `.execute(db)
  return new Map(found.rows.map((row) => [row.unit, row.lineage]))
}

/** Requests that concern these units, or that this person made; the newest first. Of those asked, the ones that can still be decided. */
export async function findApprovals(
  db: Reader,
  {
    units,
    person,
    status,
    limit,
    after,
    now,
  }: {
    units: readonly string[] | 'all'
    person: string
    status: ApprovalStatus | null
    limit: number
    after: string | null
    now: string
  },
): Promise<Approval[]> {
  let query = db.selectFrom('approvals').select('state').orderBy('id', 'desc').limit(limit)
  if (units !== 'all') {
    query = query.where((has) =>
      has.or([has('requester', '=', person), ...(units.length === 0 ? [] : [has('unit', 'in', units)])]),
    )
  }
  if (status !== null) query = query.where('status', '=', status)
  if (status === 'asked') query = query.where('expires_at', '>=', now)
  if (after !== null) query = query.where('id', '<', after)
  return (await query.execute()).map(({ state }) => state)
}

/** These units and every unit below them. */
export async function unitsUnder(db: Reader, units: readonly string[]): Promise<string[]> {
  if (units.length === 0) return []
  const found = await sql<{ id: string }>`
    with recursive down (id, depth) as (
      select id, 0 from units where id = any(${[...units]}::text[])
      union
      select u.id, down.depth + 1 from down join units u on u.parent = down.id where down.depth < 32
    )
    select distinct id from down
  `.execute(db)
  return found.rows.map((row) => row.id)
}
