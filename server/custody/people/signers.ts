import type { Actor, Reader } from '../../module.ts'
import { appointmentsAt } from '../../org/org.ts'
import '../../org/tables.ts'

/** Those of the people who are active, with the posts they hold at a moment: the signature of anybody else counts for nothing. */
export async function loadSigners(db: Reader, people: readonly string[], at: string): Promise<Map<string, Actor>> {
  if (people.length === 0) return new Map()
  const found = await db
    .selectFrom('people')
    .select(['id', 'state'])
    .where('id', 'in', [...new Set(people)])
    .execute()
  return new Map(
    found
      .filter(({ state }) => state.active)
      .map(({ id, state }) => [id, { person: id, unit: state.unit, appointments: appointmentsAt(state, at) }]),
  )
}
