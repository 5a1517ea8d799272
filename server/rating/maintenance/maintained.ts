import { sql } from 'kysely'
import type { Reader } from '../../module.ts'

/** Somebody looks after the devices of this counter, at one of its screens. */
export async function isMaintained(db: Reader, counter: string, at: string): Promise<boolean> {
  const { rows } = await sql<{ now: boolean }>`
    select exists (select from station_screens where station = ${counter} and maintained_until > ${at} and revoked_at is null) as now
  `.execute(db)
  return rows[0]?.now === true
}
