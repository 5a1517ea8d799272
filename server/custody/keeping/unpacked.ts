import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { Container } from './containers.ts'
import '../tables.ts'

/** Those of these boxes that are out on loan of which something was brought back by itself since. */
export async function unpackedAway(
  db: Reader,
  boxes: readonly Pick<Container, 'code' | 'lent'>[],
): Promise<Set<string>> {
  const away = boxes.filter(({ lent }) => lent !== undefined).map(({ code }) => code)
  if (away.length === 0) return new Set()
  const found = await sql<{ id: string }>`
    select b.id from containers b join loans l on l.id = b.state #>> '{lent,loan}'
    where b.id = any(${away}::text[])
      and exists (select from jsonb_array_elements(l.state -> 'lines') line where line ->> 'returnedAt' is not null)
  `.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}
