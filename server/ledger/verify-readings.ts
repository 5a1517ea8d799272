import { sql } from 'kysely'
import type { Json, Reader } from '../module.ts'
import type { EntryMembers } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'

/** What a body holds of a reading: where its raw bytes stand, and their SHA-256 in hexadecimal. */
interface BoundReading {
  readonly station: string
  readonly reading: string
  readonly raw_sha256: string
}

/** Every binding to a reading inside a body, wherever it stands. */
function readingsIn(value: Json): BoundReading[] {
  if (value === null || typeof value !== 'object') return []
  const { station, reading, raw_sha256 } = value as Record<string, Json>
  if (typeof station === 'string' && typeof reading === 'string' && typeof raw_sha256 === 'string')
    return [{ station, reading, raw_sha256 }]
  return Object.values(value as Record<string, Json>).flatMap(readingsIn)
}

/** The first of these entries whose weight stands on bytes that are not those the scale sent. */
export async function checkReadings(
  db: Reader,
  register: string,
  entries: readonly EntryMembers[],
): Promise<LedgerFault | null> {
  const bound = entries.flatMap(({ seq, body }) => readingsIn(body).map((one) => ({ seq, ...one })))
  if (bound.length === 0) return null
  const found = await sql<{ place: string; hash: string | null }>`
    select w.place, encode(sha256(r.raw), 'hex') as hash
    from (select distinct * from unnest(
      ${bound.map(placeOf)}::text[], ${bound.map(({ station }) => station)}::text[], ${bound.map(({ reading }) => reading)}::text[]
    ) as wanted (place, station, reading)) w
    join station_readings r on r.station = w.station and r.reading = w.reading
  `.execute(db)
  const hashes = new Map(found.rows.map(({ place, hash }) => [place, hash]))
  for (const one of bound) {
    const hash = hashes.get(placeOf(one)) ?? null
    if (hash === null)
      return fault(
        register,
        one.seq,
        `第 ${one.seq} 条所据的称重原始字节不见了（${one.station} 读数 ${one.reading}）`,
        `entry ${one.seq}: the raw bytes of its weighing are gone (${one.station}, reading ${one.reading})`,
      )
    if (hash !== one.raw_sha256)
      return fault(
        register,
        one.seq,
        `第 ${one.seq} 条所据的称重原始字节被改动（${one.station} 读数 ${one.reading}）`,
        `entry ${one.seq}: the raw bytes of its weighing were changed (${one.station}, reading ${one.reading})`,
      )
  }
  return null
}

function placeOf({ station, reading }: Pick<BoundReading, 'station' | 'reading'>): string {
  return `${station} ${reading}`
}
