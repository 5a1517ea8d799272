import type { Trx } from '../database/connect.ts'
import { whoCanSignIn } from '../access/standing.ts'
import { type Post, SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { ADMINISTRATORS, appointmentsAt, isAdministrator, type OrgCommand, type Person } from './org.ts'
import './tables.ts'

/** Fewer administrator roles than this can propose and confirm nothing any more. */
const ROLES_MIN = 2

/** Administrator roles that somebody who can sign in holds: now, and once the act is done. */
export interface RolesHeld {
  readonly now: ReadonlySet<Post>
  readonly then: ReadonlySet<Post>
}

type Taking = Extract<OrgCommand, { type: 'org.deactivate' | 'org.end-appointment' | 'org.revoke-badge' }>

/** Whether a command may take the last holder of an administrator's role away. */
export function isTaking(command: OrgCommand): command is Taking {
  return (
    command.type === 'org.deactivate' || command.type === 'org.end-appointment' || command.type === 'org.revoke-badge'
  )
}

/** The roles as they are and as an act that takes something away would leave them. The caller holds the organisation's register. */
export async function rolesHeld(trx: Trx, command: Taking, at: string): Promise<RolesHeld> {
  const rows = await trx
    .selectFrom('people')
    .select(['id', 'state'])
    .where((where) =>
      where.exists(
        where
          .selectFrom('appointments')
          .select('person')
          .whereRef('appointments.person', '=', 'people.id')
          .where('post', 'in', [...ADMINISTRATORS])
          .where('to_at', 'is', null),
      ),
    )
    .execute()
  const ids = rows.map(({ id }) => id)
  const rolesOf = (present: ReadonlySet<string>, people: typeof rows): ReadonlySet<Post> =>
    new Set(
      people
        .filter(({ id }) => present.has(id))
        .flatMap(({ state }) => appointmentsAt(state, at).map(({ post }) => post))
        .filter(isAdministrator),
    )
  const left = rows.map(({ id, state }) => ({ id, state: id === command.person ? without(state, command) : state }))
  const badge = command.type === 'org.revoke-badge' ? command.badge : null
  return {
    now: rolesOf(await whoCanSignIn(trx, ids), rows),
    then: rolesOf(await whoCanSignIn(trx, ids, { badge }), left),
  }
}

function without(person: Person, command: Taking): Person {
  switch (command.type) {
    case 'org.deactivate':
      return { ...person, active: false }
    case 'org.end-appointment':
      return {
        ...person,
        appointments: person.appointments.filter(
          ({ post, place, to }) => to !== null || post !== command.post || place !== command.place,
        ),
      }
    case 'org.revoke-badge':
      return person
  }
}

/**
 * Where one could end the others' posts, nobody would be left to confirm anything, for good.
 * @throws Refusal `org.two-roles-stay`
 */
export function refuseTooFewRoles({ now, then }: RolesHeld, by: string): void {
  if (by !== SYSTEM && then.size < ROLES_MIN && then.size < now.size) throw new Refusal('org.two-roles-stay')
}
