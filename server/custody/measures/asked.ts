import { sql } from 'kysely'
import '../../approvals/tables.ts'
import type { Reader } from '../../module.ts'

/** Of these items, those whose measure somebody was asked to approve afterwards and has not decided about. */
export async function confirmingAsked(db: Reader, codes: readonly string[], now: string): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set()
  const found = await sql<{ item: string }>`
    select distinct line.item from approvals a
    cross join lateral jsonb_array_elements_text(a.state #> '{deed,items}') as line(item)
    where a.status = 'asked' and a.state #>> '{deed,command}' = 'confirm-measure'
      and a.expires_at >= ${now}::timestamptz and line.item = any(${[...codes]}::text[])
  `.execute(db)
  return new Set(found.rows.map(({ item }) => item))
}
