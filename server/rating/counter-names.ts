import type { Reader } from '../module.ts'
import '../stations/tables.ts'

/** What these counters are called; one that is there no more is called by its id. */
export async function counterNames(db: Reader, ids: readonly string[]): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)]
  const found =
    wanted.length === 0
      ? []
      : await db.selectFrom('stations').select(['id', 'name']).where('id', 'in', wanted).execute()
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
