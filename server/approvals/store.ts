import { type RawBuilder, sql } from 'kysely'
import type { Actor, Projection, Reader } from '../module.ts'
import { CITY_AND_ABOVE } from '../org/org.ts'
import type { Refusal } from '../refusal.ts'
import type { Approval, ApprovalStatus, Deed, DeedData } from './approvals.ts'
import type { Above } from './deciding.ts'
import { lentTo } from './delegations.ts'
import { evolveApproval } from './evolve.ts'
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

/** Units with those above them, and which of these are organs of a city or above. */
export async function aboveOf(db: Reader, units: readonly string[]): Promise<(unit: string) => Above> {
  const lineages = await lineageOf(db, units)
  const named = [...new Set([...lineages.values()].flat())]
  const found = await sql<{ id: string }>`
    select id from units where id = any(${named}::text[]) and state ->> 'level' = any(${[...CITY_AND_ABOVE]}::text[])
  `.execute(db)
  const high = new Set(found.rows.map(({ id }) => id))
  return (unit) => {
    const lineage = lineages.get(unit) ?? []
    return { lineage, cityOrgans: lineage.filter((one) => high.has(one)) }
  }
}

/** Every unit that is, or lies below, an organ of a city or above. */
export async function unitsUnderCities(db: Reader): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    with recursive under (id, depth) as (
      select id, 0 from units where state ->> 'level' = any(${[...CITY_AND_ABOVE]}::text[])
      union
      select u.id, under.depth + 1 from under join units u on u.parent = under.id where under.depth < 32
    )
    select distinct id from under
  `.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}

/** Requests of one department that somebody may decide by a post that he holds, or was lent, at `place`. */
export interface Reach {
  readonly place: string
  readonly unit: string
  /** The deed that it is about; null stands for every deed. */
  readonly command: string | null
}

/** As far as posts go that are held or lent there: over these deeds, or over all. */
export async function reachOf(
  db: Reader,
  held: readonly { readonly place: string; readonly commands: readonly string[] | null }[],
): Promise<Reach[]> {
  if (held.length === 0) return []
  const found = await sql<{ place: string; unit: string }>`
    with recursive down (place, unit, depth) as (
      select id, id, 0 from units where id = any(${held.map(({ place }) => place)}::text[])
      union
      select down.place, u.id, down.depth + 1 from down join units u on u.parent = down.unit where down.depth < 32
    )
    select distinct place, unit from down
  `.execute(db)
  return held.flatMap(({ place, commands }) =>
    found.rows
      .filter((row) => row.place === place)
      .flatMap((row) => (commands ?? [null]).map((command) => ({ ...row, command }))),
  )
}

/** Of requests, under the name `a`, and of their reach, under the name `r`: those within it. */
export function withinReach(
  reach: readonly Reach[],
  more: RawBuilder<boolean> = sql<boolean>`true`,
): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from unnest(
      ${reach.map(({ place }) => place)}::text[], ${reach.map(({ unit }) => unit)}::text[],
      ${reach.map(({ command }) => command)}::text[]
    ) as r (place, unit, command)
    where r.unit = a.unit and coalesce(r.command, a.command) = a.command and ${more}
  )`
}

/** Whose requests somebody sees: all, or his own, what he decided, those of departments he approves for, and what waits within his reach. */
export type ApprovalSight =
  | 'all'
  | {
      readonly person: string
      readonly units: readonly string[]
      readonly reach: readonly Reach[]
      readonly now: string
    }

/** A supervisor sees every request. What somebody holds as a deputy at `now` widens only what he sees of requests that wait. */
export async function approvalSightOf(
  db: Reader,
  { person, appointments }: Actor,
  now: string,
): Promise<ApprovalSight> {
  if (appointments.some(({ post }) => post === 'supervisor')) return 'all'
  const units = appointments.filter(({ post }) => post === 'approver').map(({ place }) => place)
  // Whoever stands in sees what waits, and not the past of a department.
  const held = [...units.map((place) => ({ place, commands: null })), ...(await lentTo(db, person, now))]
  return { person, units, reach: await reachOf(db, held), now }
}

/** The same rule as the lists apply in SQL, for one request that is already loaded. */
export function seesApproval(
  sight: ApprovalSight,
  { unit, deed, requester, decidedBy, status, expiresAt }: Approval,
): boolean {
  if (sight === 'all' || requester === sight.person || decidedBy === sight.person) return true
  if (sight.units.includes(unit)) return true
  const reached = sight.reach.some((one) => one.unit === unit && (one.command ?? deed.command) === deed.command)
  return reached && status === 'asked' && expiresAt >= sight.now
}

type Barred = NonNullable<Deed['barred']>

/** Of requests, under the name `a`: those in which a person has no part, as the modules of these deeds say. */
export function barredBy(deeds: readonly Deed[]): Barred {
  const all = [...new Set(deeds.flatMap(({ barred }) => barred ?? []))]
  return (person) => all.reduce((one, barred) => sql<boolean>`(${one} or ${barred(person)})`, sql<boolean>`false`)
}

/** Of these requests, by id, those that somebody may not decide by the rules of their module, whatever post he holds, and why. */
export async function notOffered(
  db: Reader,
  deeds: readonly Deed[],
  person: string,
  requests: readonly Approval[],
): Promise<ReadonlyMap<string, Refusal>> {
  const apart = new Map<string, Refusal>()
  for (const notFor of new Set(deeds.flatMap((one) => one.notFor ?? []))) {
    const commands = new Set(deeds.flatMap((one) => (one.notFor === notFor ? [one.command] : [])))
    const asked = requests.filter(({ deed }) => commands.has(deed.command))
    if (asked.length === 0) continue
    const found = await notFor(
      db,
      person,
      asked.map(({ deed }) => deed),
    )
    for (const { id, deed } of asked) {
      const why = found.get(deed)
      if (why !== undefined) apart.set(id, why)
    }
  }
  return apart
}

/** Of these requests, by id, those in which somebody has no part. */
export async function withoutPart(
  db: Reader,
  barred: Barred,
  person: string,
  requests: readonly string[],
): Promise<ReadonlySet<string>> {
  if (requests.length === 0) return new Set()
  const found = await sql<{ id: string }>`
    select a.id from approvals a where a.id = any(${[...requests]}::text[]) and ${barred(person)}
  `.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}

/** Requests in sight, the newest first. Of those asked, the ones that can still be decided. */
export async function findApprovals(
  db: Reader,
  sight: ApprovalSight,
  {
    status,
    barred,
    limit,
    after,
    now,
  }: {
    readonly status: ApprovalStatus | null
    /** Those that are not for whoever asks, though a post of his would show them. */
    readonly barred: RawBuilder<boolean>
    readonly limit: number
    readonly after: string | null
    readonly now: string
  },
): Promise<Approval[]> {
  let query = db.selectFrom('approvals as a').select('state').orderBy('id', 'desc').limit(limit)
  query = query.where(sql<boolean>`not ${barred}`)
  if (sight !== 'all') {
    const { person, units, reach } = sight
    query = query.where(
      sql<boolean>`(requester = ${person} or decided_by = ${person} or unit = any(${[...units]}::text[])
        or (status = 'asked' and expires_at >= ${sight.now}::timestamptz and ${withinReach(reach)}))`,
    )
  }
  if (status !== null) query = query.where('status', '=', status)
  if (status === 'asked') query = query.where('expires_at', '>=', now)
  if (after !== null) query = query.where('id', '<', after)
  return (await query.execute()).map(({ state }) => state)
}

/** What somebody has asked for and nobody has decided, while it can be. */
export async function openDeedsOf(db: Reader, requester: string, at: string): Promise<DeedData[]> {
  const found = await db
    .selectFrom('approvals')
    .select('state')
    .where('requester', '=', requester)
    .where('status', '=', 'asked')
    .where('expires_at', '>=', at)
    .execute()
  return found.map(({ state }) => state.deed)
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
