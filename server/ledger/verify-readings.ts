import { sql } from 'kysely'
import { weightsIn } from '../../devices/scale/weights-in.ts'
import type { Json, Reader } from '../module.ts'
import type { EntryMembers } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'

/** What a body holds of a reading: where its raw bytes stand, their SHA-256 in hexadecimal, and the weight that they are said to be. */
interface BoundReading {
  readonly station: string
  readonly reading: string
  readonly raw_sha256: string
  readonly weight_mg: number | null
}

/** Every binding to a reading inside a body, wherever it stands; the weight stands beside it. */
function readingsIn(value: Json, weight_mg: number | null = null): BoundReading[] {
  if (value === null || typeof value !== 'object') return []
  const members = value as Record<string, Json>
  const { station, reading, raw_sha256 } = members
  if (typeof station === 'string' && typeof reading === 'string' && typeof raw_sha256 === 'string')
    return [{ station, reading, raw_sha256, weight_mg }]
  const beside = typeof members['weight_mg'] === 'number' ? members['weight_mg'] : null
  return Object.values(members).flatMap((member) => readingsIn(member, beside))
}

/** The first of these entries whose weight stands on bytes that are not those the scale sent, or that say another weight. */
export async function checkReadings(
  db: Reader,
  register: string,
  entries: readonly EntryMembers[],
): Promise<LedgerFault | null> {
  const bound = entries.flatMap(({ seq, body }) => readingsIn(body).map((one) => ({ seq, ...one })))
  if (bound.length === 0) return null
  const found = await sql<{ place: string; hash: string | null; raw: Buffer | null }>`
    select w.place, encode(sha256(r.raw), 'hex') as hash, r.raw
    from (select distinct * from unnest(
      ${bound.map(placeOf)}::text[], ${bound.map(({ station }) => station)}::text[], ${bound.map(({ reading }) => reading)}::text[]
    ) as wanted (place, station, reading)) w
    join station_readings r on r.station = w.station and r.reading = w.reading
  `.execute(db)
  const frames = new Map(found.rows.map((row) => [row.place, row]))
  for (const one of bound) {
    const { hash = null, raw = null } = frames.get(placeOf(one)) ?? {}
    const of = { zh: `（${one.station} 读数 ${one.reading}）`, en: `(${one.station}, reading ${one.reading})` }
    if (hash === null || raw === null)
      return fault(
        register,
        one.seq,
        `第 ${one.seq} 条所据的称重原始字节不见了${of.zh}`,
        `entry ${one.seq}: the raw bytes of its weighing are gone ${of.en}`,
      )
    if (hash !== one.raw_sha256)
      return fault(
        register,
        one.seq,
        `第 ${one.seq} 条所据的称重原始字节被改动${of.zh}`,
        `entry ${one.seq}: the raw bytes of its weighing were changed ${of.en}`,
      )
    if (one.weight_mg === null || !weightsIn(raw).has(one.weight_mg))
      return fault(
        register,
        one.seq,
        `第 ${one.seq} 条的重量不是电子秤所示${of.zh}`,
        `entry ${one.seq}: its weight is not what the scale said ${of.en}`,
      )
  }
  return null
}

function placeOf({ station, reading }: Pick<BoundReading, 'station' | 'reading'>): string {
  return `${station} ${reading}`
}
