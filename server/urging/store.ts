import { sql } from 'kysely'
import type { Clock } from '../clock/clock.ts'
import { loadClock } from '../clock/store.ts'
import type { Actor, Projection, Reader } from '../module.ts'
import '../org/tables.ts'
import type { UrgingsApart } from './apart.ts'
import './tables.ts'
import {
  evolveUrging,
  isAddressed,
  type UrgeDeed,
  type UrgeState,
  type Urging,
  type UrgingState,
  urgingRegister,
  yearAtHome,
} from './urging.ts'

export const urgings: Projection<Urging | null> = {
  kind: 'urging',
  table: 'urgings',
  initial: null,
  evolve: evolveUrging,
  columns: (_id, urging) => {
    if (urging === null) throw new Error('a notice begins with its issue')
    const { register, year, serial, unit, person, status, dueAt } = urging
    return { register, year, serial, unit, person, status, due_at: dueAt }
  },
}

/** Departments that a case or an item concerns: whose it is, and who keeps it; null for one that is not there. A module hands it in. */
export type ConcernedBy = (db: Reader, about: string) => Promise<readonly string[] | null>

/**
 * Staff are those with a post at `at` in the unit or in one of its stores, who can still sign in. `nextSerial` follows the last notice of the
 * issuing unit in the year of `at`; the caller holds its register, or two would get one number.
 */
export async function loadUrge(
  db: Reader,
  { from, about, unit }: UrgeDeed,
  concernedBy: ConcernedBy,
  at: string,
): Promise<UrgeState> {
  const staff = await sql<{ person: string }>`
    select distinct a.person from appointments a join people p on p.id = a.person and p.active
    where (a.place = ${unit} or a.place in (select id from stores where unit = ${unit}))
      and a.from_at <= ${at}::timestamptz and (a.to_at is null or a.to_at > ${at}::timestamptz)
  `.execute(db)
  const last = await sql<{ serial: number | null }>`
    select max(serial) as serial from urgings where register = ${urgingRegister(from)} and year = ${yearAtHome(at)}
  `.execute(db)
  const clock = about.startsWith('clock/') ? await loadClock(db, about.slice('clock/'.length)) : null
  return {
    concerned: clock === null ? await concernedBy(db, about) : await unitsOfClock(db, clock),
    excepted: clock?.state === 'paused' && clock.exception !== undefined,
    staff: new Set(staff.rows.map(({ person }) => person)),
    nextSerial: (last.rows[0]?.serial ?? 0) + 1,
  }
}

async function unitsOfClock(db: Reader, clock: Clock | undefined): Promise<readonly string[] | null> {
  if (clock === undefined) return null
  const keeping =
    clock.store === null
      ? undefined
      : await db.selectFrom('stores').select('unit').where('id', '=', clock.store).executeTakeFirst()
  return [clock.unit, ...(keeping === undefined ? [] : [keeping.unit])]
}

/**
 * Whose notices somebody sees: supervisors all, others those that are addressed to them or that they let be issued; but none about what he stands
 * aside in that neither names him nor is his own.
 */
export function seesUrging(urging: Urging, actor: Actor, aside: ReadonlySet<string>): boolean {
  const isNamed = urging.person === actor.person || urging.supervisor === actor.person
  if (aside.has(actor.person) && !isNamed) return false
  return (
    actor.appointments.some(({ post }) => post === 'supervisor') ||
    isAddressed(urging, actor) ||
    urging.approver === actor.person
  )
}

/** Notices in sight, the newest first. */
export async function listUrgings(
  db: Reader,
  actor: Actor,
  {
    status,
    limit,
    after,
    apart,
  }: {
    readonly status: UrgingState | null
    readonly limit: number
    readonly after: string | null
    readonly apart: UrgingsApart
  },
): Promise<Urging[]> {
  const all = actor.appointments.some(({ post }) => post === 'supervisor')
  const heads = headedBy(actor)
  const found = await sql<{ state: Urging }>`
    select state from urgings u
    where not ${apart.within(actor.person)} and (${all} or person = ${actor.person} or unit = any(${heads}::text[]) or state ->> 'approver' = ${actor.person})
      and (${status}::text is null or status = ${status}) and (${after}::text is null or id < ${after})
    order by id desc limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** The places of which somebody is manager or approver: what is addressed to those, he answers for. */
export function headedBy({ appointments }: Actor): string[] {
  return appointments.filter(({ post }) => post === 'manager' || post === 'approver').map(({ place }) => place)
}
