import { sql } from 'kysely'
import type { Approval } from '../../approvals/approvals.ts'
import '../../approvals/tables.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { CaseAccount } from '../protocol.ts'

/** Requests that nobody has decided about anything of a case, the one that lapses first before the others: for all who handle it. */
export async function pendingOf(db: Reader, number: string, now: string): Promise<CaseAccount['pending']> {
  const found = await sql<{ state: Approval }>`
    select a.state from approvals a
    where a.status = 'asked' and a.expires_at >= ${now}::timestamptz and (
      a.state #>> '{deed,case}' = ${number}
      or a.state #>> '{deed,disposal}' in (select id from disposals where case_number = ${number})
      or a.state #>> '{deed,loan}' in (select id from loans where cases @> array[${number}])
      or exists (
        select 1 from jsonb_array_elements(
          case jsonb_typeof(a.state #> '{deed,items}') when 'array' then a.state #> '{deed,items}' else '[]' end) line
        join items i on i.id = coalesce(line ->> 'item', line #>> '{}')
        where i.case_number = ${number}))
    order by a.expires_at, a.id
  `.execute(db)
  const named = await namesOf(
    db,
    found.rows.map(({ state }) => `person/${state.requester}`),
  )
  return found.rows.map(({ state: { id, deed, requester, askedAt, expiresAt } }) => ({
    ...{ id, deed, askedAt, expiresAt },
    requester: named(`person/${requester}`),
  }))
}
