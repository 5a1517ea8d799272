import type { Act } from '../act.ts'
import type { Db } from '../database/connect.ts'
import { recordingOf } from './testing.ts'
import { filmingOf } from './videos/filming.ts'

/** Notes, as one of the officers who took them, that the taking of what must be filmed is on film. */
export async function onFilm(
  { act, db }: { readonly act: Act; readonly db: Db },
  codes: readonly string[],
): Promise<void> {
  const found = await db.selectFrom('items').select('state').where('id', 'in', codes).execute()
  const lacking = found.map(({ state }) => state).filter((item) => filmingOf(item) !== null)
  for (const [takenAt, its] of Map.groupBy(lacking, ({ measure }) => measure.takenAt)) {
    const items = its.map(({ code }) => code)
    const [person = ''] = its[0]?.measure.officers ?? []
    const at = its.map(({ lastAt }) => lastAt).reduce((a, b) => (a > b ? a : b))
    await act({ person }, recordingOf(items, takenAt), { cause: `film ${items.join(' ')}`, at })
  }
}
