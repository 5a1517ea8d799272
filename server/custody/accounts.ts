import { sql } from 'kysely'
import { readPersonal } from '../ledger/personal.ts'
import type { Reader } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import { type CustodyStatus, trackWords } from './axes.ts'
import type { Case } from './cases.ts'
import type { Item } from './items.ts'
import { said } from './names.ts'
import type { Balance, Block, CaseAccount, CaseSummary } from './protocol.ts'
import { summariesOf } from './shown.ts'
import { seesCase, type Sight } from './sees.ts'
import { casesWithin } from './sight.ts'
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
  const [summary] = await caseSummaries(db, [of], sight, now)
  if (summary === undefined) throw new Error(`${of.number} has no summary`)
  return {
    ...summary,
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

/** The part of a case's balance in which an item is counted. */
const PARTS = {
  NOT_RECEIVED: 'withDepartment',
  WITH_CASE_DEPT: 'withDepartment',
  PENDING_HANDOVER: 'pending',
  IN_TRANSIT: 'pending',
  IN_STORE: 'inStore',
  DEPOSITED: 'inStore',
  IN_PLACE: 'inStore',
  HOLDER_KEEPS: 'inStore',
  THIRD_PARTY: 'inStore',
  BORROWED: 'borrowed',
  AT_APPRAISAL: 'borrowed',
  OUT: 'out',
} as const satisfies Readonly<Record<CustodyStatus, keyof Balance>>

type Figures = Pick<CaseSummary, 'balance' | 'overdue' | 'frozen'>

const NOTHING_TAKEN: Figures = {
  balance: { taken: 0, withDepartment: 0, pending: 0, inStore: 0, borrowed: 0, out: 0, balances: true },
  overdue: 0,
  frozen: 0,
}

/** Where the items of each of these cases are, in one query. */
async function figuresOf(db: Reader, numbers: readonly string[], now: string): Promise<Map<string, Figures>> {
  const counted = await sql<{ case: string; status: CustodyStatus; items: number; overdue: number; frozen: number }>`
    select case_number as case, custody_status as status, count(*) as items,
      count(*) filter (where loan_due_at < ${now}::timestamptz) as overdue, count(*) filter (where frozen) as frozen
    from items where case_number = any(${[...numbers]}::text[]) group by case_number, custody_status
  `.execute(db)
  const figures = new Map<string, Figures>()
  for (const row of counted.rows) {
    const before = figures.get(row.case) ?? NOTHING_TAKEN
    const part = PARTS[row.status]
    const balance = {
      ...before.balance,
      taken: before.balance.taken + row.items,
      [part]: before.balance[part] + row.items,
    }
    const { taken, withDepartment, pending, inStore, borrowed, out } = balance
    figures.set(row.case, {
      balance: { ...balance, balances: taken === withDepartment + pending + inStore + borrowed + out },
      overdue: before.overdue + row.overdue,
      frozen: before.frozen + row.frozen,
    })
  }
  return figures
}

/** Cases for a list; the title only for those who need to know it. */
export async function caseSummaries(
  db: Reader,
  of: readonly Case[],
  sight: Sight,
  now: string,
): Promise<CaseSummary[]> {
  if (of.length === 0) return []
  const figures = await figuresOf(
    db,
    of.map(({ number }) => number),
    now,
  )
  const titled = of.filter((one) => seesCase(sight, one))
  const titles = await readPersonal(
    db,
    titled.map(({ title }) => title.ref),
  )
  const named = await namesOf(
    db,
    of.flatMap(({ officers }) => officers.map((person) => `person/${person}`)),
  )
  return of.map(({ number, title, track, unit, officers, openedAt, status }) => ({
    ...{ number, unit, openedAt, status },
    ...(figures.get(number) ?? NOTHING_TAKEN),
    title: textOf(titles.get(title.ref)),
    track: said(track, trackWords),
    officers: officers.map((person) => named(`person/${person}`)),
  }))
}

/** Cases in sight, by number; a page at a time. */
export async function listCases(
  db: Reader,
  sight: Sight,
  { limit, after, now }: { readonly limit: number; readonly after: string | null; readonly now: string },
): Promise<CaseSummary[]> {
  let query = db.selectFrom('cases as c').select('c.state').where(casesWithin(sight)).orderBy('c.id').limit(limit)
  if (after !== null) query = query.where('c.id', '>', after)
  const found = await query.execute()
  return caseSummaries(
    db,
    found.map(({ state }) => state),
    sight,
    now,
  )
}
