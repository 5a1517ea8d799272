import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import { fault, type LedgerFault } from './fault.ts'
import type { Look } from './verify-look.ts'

const FACTS_OF = sql`
  jsonb_to_recordset(case jsonb_typeof(c.answer -> 'facts') when 'array' then c.answer -> 'facts' else '[]' end)
    as f (register text, seq text, type text, hash text)`
/** A number that fits; anything else names no entry. */
const SEQ_OF_FACT = sql`case when f.seq ~ '^[0-9]{1,15}$' then f.seq::bigint end`

/** The first of these entries whose cause does not say that it made this entry. */
export async function checkCausesOf(
  db: Reader,
  register: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<LedgerFault | null> {
  const found = await sql<{ seq: number | null }>`
    with page as (
      select seq, type, encode(hash, 'hex') as hash, actor, cause from entries where register = ${register} and seq between ${from} and ${to}
    ), said as (
      select c.actor, c.key, f.register, ${SEQ_OF_FACT} as seq, f.type, f.hash
      from (select distinct actor, cause from page) p
      join causes c on c.actor = p.actor and c.key = p.cause
      cross join lateral ${FACTS_OF}
    )
    select min(seq) as seq from (
      select seq, type, hash, actor, cause from page
      except select seq, type, hash, actor, key from said where register = ${register}
    ) untold
  `.execute(db)
  const seq = found.rows[0]?.seq ?? null
  if (seq === null) return null
  return fault(
    register,
    seq,
    `第 ${seq} 条的起因记录（causes）不见了或被改动`,
    `entry ${seq}: the record of its cause is gone or was changed`,
  )
}

/** Cause records that tell of entries which no register has: a forged one would make the program skip an act as done already. */
export async function checkCauses(look: Look): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = []
  for (let last = { actor: '', key: '' }; ;) {
    const page = await look.see(async (db) => {
      const found = await sql<{ actor: string; key: string; holds: boolean }>`
        select c.actor, c.key, coalesce(jsonb_typeof(c.answer -> 'facts') = 'array', false) and not exists (
          select 1 from ${FACTS_OF}
          left join entries e on e.register = f.register and e.seq = ${SEQ_OF_FACT}
          where (e.actor = c.actor and e.cause = c.key and e.type = f.type and encode(e.hash, 'hex') = f.hash) is not true) as holds
        from (select actor, key, answer from causes where (actor, key) > (${last.actor}, ${last.key})
          order by actor, key limit ${look.rowsAPiece}) c
        order by c.actor, c.key
      `.execute(db)
      return found.rows
    })
    for (const { actor, key } of page.filter(({ holds }) => !holds)) {
      faults.push(
        fault(
          'causes',
          null,
          `${actor} 的操作 ${key} 的起因记录与台账不符`,
          `the record of what ${key} by ${actor} caused is not what the registers have`,
        ),
      )
    }
    const final = page.at(-1)
    if (final === undefined) return faults
    last = final
  }
}
