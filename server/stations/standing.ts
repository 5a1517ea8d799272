import { sql } from 'kysely'
import type { Post, Reader } from '../module.ts'
import { appointmentsAt, type Person } from '../org/org.ts'
import type { Shift } from './session.ts'

/** What a shift stands on at this moment. */
export interface Standing {
  /** How the station is set up: its settings by their number, and each agent among its devices with the key that speaks for it. */
  readonly setUp: string
  /** How the store or unit is called that it belongs to. */
  readonly placeName: string
  /** The posts of the shift's holder; null when the badge that opened it is no longer valid, or there is no shift. */
  readonly posts: readonly { readonly post: Post; readonly place: string }[] | null
}

/** Reads it as it is for the transaction that asks: whoever changes a station or revokes a badge is heard by the next input. */
export async function readStanding(db: Reader, station: string, shift: Shift | null, at: string): Promise<Standing> {
  const found = await sql<{ setUp: string; placeName: string; holder: Person | null }>`
    select
      n || coalesce((
        select string_agg(' ' || a.id || ':' || a.enrolment, '' order by a.id) from agents a
        where exists (
          select from jsonb_array_elements(s.state -> 'devices') device
          where starts_with(device ->> 'port', 'agent:' || a.id || '/')
        )
      ), '') as "setUp",
      coalesce(
        (select name from stores where id = s.state ->> 'place'),
        (select name from units where id = s.state ->> 'place'),
        s.state ->> 'place'
      ) as "placeName",
      (
        select p.state from badges b join people p on p.id = b.person and p.active
        where b.badge = ${shift?.badge ?? ''} and b.person = ${shift?.id ?? ''} and b.active
          and (b.good_until is null or b.good_until > ${at})
      ) as holder
    from stations s where id = ${station}
  `.execute(db)
  const [row] = found.rows
  if (row === undefined) throw new Error(`station ${station} has a session and is not set up`)
  const { setUp, placeName } = row
  return { setUp, placeName, posts: row.holder === null ? null : appointmentsAt(row.holder, at) }
}
