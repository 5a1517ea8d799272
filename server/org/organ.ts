import type { Reader } from '../module.ts'
import './tables.ts'

/** The name of the organ at the top of a unit's line; the unit's id where it has none. */
export async function organOf(db: Reader, unit: string): Promise<string> {
  const rows = await db.selectFrom('units').select(['id', 'name', 'parent']).execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  let at = known.get(unit)
  while (at !== undefined && at.parent !== null) at = known.get(at.parent)
  return at?.name ?? unit
}
