import type { Reader } from '../module.ts'
import '../stations/tables.ts'

/** What the counters of a hall are called; one that is there no more is called by its id. */
export async function counterNames(db: Reader, hall: string): Promise<(id: string) => string> {
  const found = await db
    .selectFrom('stations')
    .select(['id', 'name'])
    .where('place', '=', hall)
    .where('kind', '=', 'counter')
    .execute()
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
