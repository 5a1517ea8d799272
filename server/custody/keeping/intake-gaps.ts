import { sql } from 'kysely'
import type { CsvRow } from '../../csv.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import { localDay } from '../papers/paper-words.ts'
import type { IntakeGap } from '../protocol.ts'
import type { Sight } from '../sight/sees.ts'
import { itemsWithin } from '../sight/sight.ts'
import '../tables.ts'

/** Which gaps: of what no store has yet, or of what a store took in. */
export type GapState = 'open' | 'stored'

const DAY_MS = 86_400_000

/**
 * From the seizure of an item to its registration here and to its store (rules C-23, C-25), the longest first; what is kept elsewhere has
 * none.
 */
export async function listIntakeGaps(
  db: Reader,
  sight: Sight,
  { state, now, limit, after }: Page & { readonly state: GapState; readonly now: string },
): Promise<IntakeGap[]> {
  const wanted =
    state === 'stored'
      ? sql<boolean>`s.from_at is not null`
      : sql<boolean>`s.from_at is null and i.custody_status in ('NOT_RECEIVED', 'WITH_CASE_DEPT', 'PENDING_HANDOVER')`
  const found = await sql<Omit<IntakeGap, 'unit' | 'days'> & { unit: string }>`
    -- The last line of the page before is among them, whatever became of it since.
    with gaps as (
      select i.id as code, i.name, i.case_number as "case", i.unit, h.from_at as "takenAt", s.from_at as "storedAt",
        coalesce(s.from_at, ${now}::timestamptz) - h.from_at as gap, ${wanted} as wanted
      from items i
      join holdings h on h.item = i.id and h.ordinal = 1
      left join lateral (
        select from_at from holdings k where k.item = i.id and k.who like 'store/%' order by k.ordinal limit 1
      ) s on true
      where ${itemsWithin(sight)} and (${wanted} or i.id = ${after}) and coalesce(i.state #>> '{marks,keeping}', 'STORE') = 'STORE'
    )
    select g.code, g.name, g."case", g.unit, g."takenAt", g."storedAt", e.recorded_at as "registeredAt"
    from gaps g join entries e on e.subject = 'item/' || g.code and e.n = 1
    where g.wanted and (
      ${after}::text is null or (g.gap, g.code) < (select b.gap, b.code from gaps b where b.code = ${after})
    )
    order by g.gap desc, g.code desc limit ${limit}
  `.execute(db)
  const named = await namesOf(
    db,
    found.rows.map(({ unit }) => `unit/${unit}`),
  )
  return found.rows.map((gap) => ({
    ...gap,
    unit: named(`unit/${gap.unit}`),
    days: Math.floor((Date.parse(gap.storedAt ?? now) - Date.parse(gap.takenAt)) / DAY_MS),
  }))
}

/** The same as a table, by days of the organisation's zone. */
export function gapRows(gaps: readonly IntakeGap[]): CsvRow[] {
  return [
    ['编码', '名称', '案号', '承办部门', '采取措施日', '登记日', '入库日', '天数'],
    ...gaps.map(({ code, name, case: of, unit, takenAt, registeredAt, storedAt, days }) => [
      ...[code, name, of, unit.name, localDay(takenAt), localDay(registeredAt)],
      ...[storedAt === null ? '' : localDay(storedAt), String(days)],
    ]),
  ]
}
