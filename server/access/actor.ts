import type { Actor, Reader } from '../module.ts'
import { SYSTEM } from '../module.ts'
import { appointmentsAt } from '../org/org.ts'
import '../org/tables.ts'
import { Refusal } from '../refusal.ts'

/**
 * A person with the posts held at a moment, read where it is used, so that a change of rights acts at once.
 * @throws Refusal `access.not-signed-in` for somebody unknown or no longer active.
 */
export async function loadActor(db: Reader, person: string, at: string): Promise<Actor> {
  if (person === SYSTEM) return { person, unit: null, appointments: [] }
  const found = await db.selectFrom('people').select(['id', 'state']).where('id', '=', person).executeTakeFirst()
  if (found === undefined || !found.state.active) throw new Refusal('access.not-signed-in')
  return { person: found.id, unit: found.state.unit, appointments: appointmentsAt(found.state, at) }
}
