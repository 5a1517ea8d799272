import { type RawBuilder, sql } from 'kysely'
import { readPersonal } from '../ledger/personal.ts'
import type { Reader } from '../module.ts'
import { trackWords } from './axes.ts'
import type { Case } from './cases.ts'
import type { Item } from './items.ts'
import { namesOf, said, textOf } from './names.ts'
import type { Block, CaseAccount, CaseSummary } from './protocol.ts'
import { summariesOf } from './shown.ts'
import { seesUnit, type Sight } from './sight.ts'
import './tables.ts'

/** The account of a case: what it took, where that is, and what keeps the case from being closed (案结物清). */
export async function caseAccount(db: Reader, of: Case, sight: Sight, now: string): Promise<CaseAccount> {
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', of.number)
    .orderBy('ordinal')
    .execute()
  const all = found.map(({ state }) => state)
  const named = await namesOf(
    db,
    of.officers.map((person) => `person/${person}`),
  )
  const count = (...states: Item['custodyStatus'][]): number =>
    all.filter(({ custodyStatus }) => states.includes(custodyStatus)).length
  const parts = {
    withDepartment: count('NOT_RECEIVED', 'WITH_CASE_DEPT'),
    pending: count('PENDING_HANDOVER', 'IN_TRANSIT'),
    inStore: count('IN_STORE', 'DEPOSITED', 'IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'),
    borrowed: count('BORROWED', 'AT_APPRAISAL'),
    out: count('OUT'),
  }
  const taken = all.length
  const balances = taken === parts.withDepartment + parts.pending + parts.inStore + parts.borrowed + parts.out
  const [summary] = await caseSummaries(db, [of], sight)
  if (summary === undefined) throw new Error(`${of.number} has no summary`)
  return {
    ...summary,
    officers: of.officers.map((person) => named(`person/${person}`)),
    balance: { taken, ...parts, balances },
    items: await summariesOf(db, all, now),
    blocks: all.flatMap((item) => blockOf(item) ?? []),
  }
}

/** What keeps one item open, and whose turn it is. */
function blockOf(item: Item): Block | null {
  if (item.dispositionStatus === 'CLOSED' || item.dispositionStatus === 'DONE_TRANSFER') return null
  const block = (zh: string, en: string, turnZh: string, turnEn: string): Block => ({
    item: item.code,
    name: item.name,
    what: { zh, en },
    turn: { zh: turnZh, en: turnEn },
  })
  if (item.incident !== null) return block('异常未了结', 'incident open', '审批人', 'approver')
  switch (item.custodyStatus) {
    case 'WITH_CASE_DEPT':
    case 'NOT_RECEIVED':
      return block('尚未移交入库', 'not handed over', '承办人员', 'case officer')
    case 'PENDING_HANDOVER':
    case 'IN_TRANSIT':
      return block('尚未入库', 'not checked in', '保管人员', 'custodian')
    case 'BORROWED':
    case 'AT_APPRAISAL':
      return block('尚未归还', 'not returned', '调用人', 'borrower')
    case 'IN_STORE':
    case 'DEPOSITED':
    case 'IN_PLACE':
    case 'HOLDER_KEEPS':
    case 'THIRD_PARTY':
    case 'OUT':
      return block('尚未处置', 'not disposed of', '承办部门', 'case department')
  }
}

/** Cases for a list; the title only for those who need to know it. */
export async function caseSummaries(db: Reader, of: readonly Case[], sight: Sight): Promise<CaseSummary[]> {
  if (of.length === 0) return []
  const counted = await sql<{ number: string; items: number }>`
    select case_number as number, count(*) as items from items where case_number = any(${of.map(({ number }) => number)}::text[]) group by 1
  `.execute(db)
  const counts = new Map(counted.rows.map((row) => [row.number, row.items]))
  const titled = of.filter(({ unit }) => seesUnit(sight, unit))
  const titles = await readPersonal(
    db,
    titled.map(({ title }) => title.ref),
  )
  return of.map(({ number, title, track, unit, openedAt, status }) => ({
    ...{ number, unit, openedAt, status },
    title: textOf(titles.get(title.ref)),
    track: said(track, trackWords),
    itemCount: counts.get(number) ?? 0,
  }))
}

/** Of the cases: those of the departments in sight, and those with an item in (or on its way to) a store in sight. */
export function casesWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  return sql<boolean>`(unit = any(${[...sight.units]}::text[]) or exists (
    select 1 from items i where i.case_number = cases.id and i.store = any(${[...sight.stores]}::text[])))`
}

/** Cases in sight, by number; a page at a time. */
export async function listCases(
  db: Reader,
  sight: Sight,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<CaseSummary[]> {
  let query = db.selectFrom('cases').select('state').where(casesWithin(sight)).orderBy('id').limit(limit)
  if (after !== null) query = query.where('id', '>', after)
  const found = await query.execute()
  return caseSummaries(
    db,
    found.map(({ state }) => state),
    sight,
  )
}
