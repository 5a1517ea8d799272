import { type RawBuilder, sql } from 'kysely'
import { lentTo } from '../../approvals/delegations.ts'
import { requestsApart } from '../recusal/apart.ts'
import { type Reach, reachOf, unitsUnder, withinReach } from '../../approvals/store.ts'
import { type Actor, type Post, type Reader, SYSTEM } from '../../module.ts'
import { rules } from '../rules.ts'
import { taxRoleRules } from '../tax-roles/rules.ts'
import { blind, type Named, type Sight } from './sees.ts'
import '../tables.ts'

const ADMINISTRATORS: readonly Post[] = ['system-admin', 'security-admin', 'audit-admin']
/** 三员: whoever holds one of these posts sees no case, whatever else he is. */
export function isAdministrator({ appointments }: Actor): boolean {
  return appointments.some(({ post }) => ADMINISTRATORS.includes(post))
}
const HEADS: readonly Post[] = rules.head_posts.value

/**
 * Need to know, by case team: officers see the cases they handle, the head of a department those of his department, an approver above it
 * or who stands in for one those in which he has to decide, as long as he has to, custodians what their store has to do with, the head of the keeping department an
 * item that something is wrong with, of which he is told (公安规定 11), another officer of the department what he is to execute of a tax case; supervisors everything, administrators nothing (监察法 18(2),
 * GB/T 22239-2019 8.1.5). Whoever is recused from a case sees nothing of it but what his store keeps, a supervisor nothing at all (监察法 67).
 * @param at the moment as of which a request waits or has lapsed
 */
export async function sightOf(db: Reader, actor: Actor, at: string): Promise<Sight> {
  const { person, appointments } = actor
  const posts = appointments.map(({ post }) => post)
  // Nobody lends the program his post.
  if (person === SYSTEM || isAdministrator(actor)) return blind(person)
  const recused = await casesRecusedFrom(db, person)
  if (posts.includes('supervisor')) return recused.length === 0 ? 'all' : { ...blind(person), recused, watches: true }
  const placesOf = (...wanted: readonly Post[]): string[] => [
    ...new Set(appointments.filter(({ post }) => wanted.includes(post)).map(({ place }) => place)),
  ]
  const units = placesOf(...HEADS)
  const decides = await unitsUnder(db, placesOf('approver'))
  const handled = await casesHandled(db, person, placesOf('officer'))
  const below = decides.filter((unit) => !units.includes(unit))
  const held = placesOf('approver').map((place) => ({ place, commands: null }))
  const reach = await reachOf(db, [...held, ...(await lentTo(db, person, at))])
  const waiting = await casesWaiting(db, { reach, below }, at)
  const items = await frozenInStoresOf(db, units)
  const executed = await casesExecuted(db, person, placesOf('officer'))
  const cases = [...new Set([...handled, ...waiting, ...executed])].filter((number) => !recused.includes(number))
  return { person, units, cases, stores: placesOf('custodian'), items, recused, decides }
}

/** Items under an incident in the stores that these departments keep. */
async function frozenInStoresOf(db: Reader, units: readonly string[]): Promise<string[]> {
  if (units.length === 0) return []
  const found = await sql<{ id: string }>`
    select i.id from items i join stores s on s.id = i.store where i.frozen and s.unit = any(${[...units]}::text[])
  `.execute(db)
  return found.rows.map(({ id }) => id)
}

/** 回避 (rules W-03): cases in which somebody stands aside. */
async function casesRecusedFrom(db: Reader, person: string): Promise<string[]> {
  const found = await sql<{ number: string }>`
    select case_number as number from case_officers where person = ${person} and recused
  `.execute(db)
  return found.rows.map(({ number }) => number)
}

/** Whoever is no officer of the department any more has nothing to do with its cases. */
async function casesHandled(db: Reader, person: string, units: readonly string[]): Promise<string[]> {
  if (units.length === 0) return []
  const found = await sql<{ number: string }>`
    select o.case_number as number from case_officers o join cases c on c.id = o.case_number
    where o.person = ${person} and not o.recused and c.unit = any(${[...units]}::text[])
  `.execute(db)
  return found.rows.map(({ number }) => number)
}

/**
 * Tax cases of which an officer of the department who is none of the case has something to carry out or to deliver that no store keeps, or where
 * he did or signed (rules T-17): who inspects does not execute, so somebody else has to see what there is.
 */
async function casesExecuted(db: Reader, person: string, units: readonly string[]): Promise<string[]> {
  if (units.length === 0) return []
  const found = await sql<{ number: string }>`
    select distinct d.case_number as number from disposals d join cases c on c.id = d.case_number
    where c.unit = any(${[...units]}::text[]) and c.track = any(${[...taxRoleRules.roles_apart_tracks.value]}::text[])
      and d.status in ('approved', 'done') and d.state ->> 'way' <> 'RETURN'
      and not exists (select from case_officers o where o.case_number = c.id and o.person = ${person})
      and (exists (select from items i where i.case_number = c.id and i.store is null and i.custody_status <> 'OUT' and (
            (i.disposition_status = 'APPROVED' and i.state ->> 'disposal' = d.id)
            or i.state -> 'disposed' @> jsonb_build_object('disposal', d.id, 'listOnly', true)))
        or jsonb_path_exists(d.state, '$.acts[*] ? (@.by == $person || @.with[*] == $person)',
          jsonb_build_object('person', ${person}::text)))
  `.execute(db)
  return found.rows.map(({ number }) => number)
}

/** Cases in which an approver has something to decide: a request that waits, of another department's case too, or an incident that is open. */
async function casesWaiting(
  db: Reader,
  { reach, below }: { readonly reach: readonly Reach[]; readonly below: readonly string[] },
  at: string,
): Promise<string[]> {
  if (reach.length === 0) return []
  const waits = sql<boolean>`(${withinReach(reach)} and a.status = 'asked' and a.expires_at >= ${at}::timestamptz)`
  const found = await sql<{ number: string }>`
    select i.case_number as number from approvals a
    cross join lateral jsonb_array_elements(a.state -> 'deed' -> 'items') as line
    join items i on i.id = coalesce(line ->> 'item', line #>> '{}')
    where ${waits}
    union
    select a.state #>> '{deed,case}' from approvals a where ${waits} and a.state #>> '{deed,case}' is not null
    union
    select unnest(l.cases) from approvals a join loans l on l.id = a.state #>> '{deed,loan}' where ${waits}
    union
    select case_number from items where frozen and unit = any(${[...below]}::text[])
  `.execute(db)
  return found.rows.map(({ number }) => number)
}

/** Of items, under the name `i`: those in sight. */
export function itemsWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  const { units, cases, stores, items, recused } = parametersOf(sight)
  if (sight.watches === true) return sql<boolean>`(not i.case_number = ${recused})`
  return sql<boolean>`((i.unit = ${units} and not i.case_number = ${recused}) or i.case_number = ${cases} or i.store = ${stores} or i.id = ${items})`
}

/** The names of these items, by code; of those in somebody's sight. */
export async function itemNamesInSight(
  db: Reader,
  actor: Actor,
  at: string,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const found = await sql<{ id: string; name: string }>`
    select i.id, i.name from items i where i.id = any(${[...codes]}::text[]) and ${itemsWithin(await sightOf(db, actor, at))}
  `.execute(db)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

/** Of cases, under the name `c`: those in sight, and those with an item that a store in sight has to do with. */
export function casesWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  const { units, cases, stores, recused } = parametersOf(sight)
  if (sight.watches === true) return sql<boolean>`(not c.id = ${recused})`
  return sql<boolean>`((c.unit = ${units} and not c.id = ${recused}) or c.id = ${cases} or exists (
    select 1 from items i where i.case_number = c.id and i.store = ${stores}))`
}

/** Of lists or loans, under the name `p`: those in sight. */
export function papersWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  const { units, stores } = parametersOf(sight)
  if (sight.watches === true) return sql<boolean>`(not p.cases && ${[...sight.recused]}::text[])`
  return sql<boolean>`((p.unit = ${units} and not p.cases && ${[...sight.recused]}::text[]) or p.cases <@ ${[...sight.cases]}::text[] or p.store = ${stores})`
}

/** Of papers that were issued about cases or for a store, under the name `p`: those in sight. */
export function issuedWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  const { units, cases, stores, recused } = parametersOf(sight)
  if (sight.watches === true)
    return sql<boolean>`(not exists (select from paper_cases c where c.paper = p.id and c.case_number = ${recused}))`
  return sql<boolean>`(p.store = ${stores} or exists (select from paper_cases c where c.paper = p.id) and ((p.unit = ${units}
    and not exists (select from paper_cases c where c.paper = p.id and c.case_number = ${recused}))
    or not exists (select from paper_cases c where c.paper = p.id and not c.case_number = ${cases})))`
}

/** Of notices, under the name `n`: those to this person, and those to a department without a head, about items in sight. */
export function noticesWithin(sight: Sight, person: string): RawBuilder<boolean> {
  return sql<boolean>`(n.person = ${person} or (n.person is null and exists (
    select 1 from items i where i.id in (select jsonb_array_elements_text(n.state -> 'items')) and ${itemsWithin(sight)})))`
}

/** Of things with an item, whose column this is: those of no case from which the asker is recused. */
export function ofNoCaseApart({ recused }: Named, item: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(not exists (select from items i where i.id = ${item} and i.case_number = any(${[...recused]}::text[])))`
}

/** Of approvals, under the name `a`: those that this person made, took or may take, and those of departments he heads; of no case from which he is recused. */
export function approvalsWithin({ person, ...sight }: Named): RawBuilder<boolean> {
  return sql<boolean>`((a.requester = ${person} or a.decided_by = ${person} or a.unit = any(${[...sight.decides, ...sight.units]}::text[])) and not ${requestsApart(person)})`
}

function parametersOf({ units, cases, stores, items, recused }: Named) {
  return {
    recused: sql`any(${[...recused]}::text[])`,
    units: sql`any(${[...units]}::text[])`,
    cases: sql`any(${[...cases]}::text[])`,
    stores: sql`any(${[...stores]}::text[])`,
    items: sql`any(${[...items]}::text[])`,
  }
}
