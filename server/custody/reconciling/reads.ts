import { sql } from 'kysely'
import { dayOf } from '../../clock/calendar.ts'
import type { Actor, Reader } from '../../module.ts'
import type { WorkSource } from '../../inbox/work.ts'
import { rules } from '../rules.ts'
import { CATEGORIES, categories } from '../categories.ts'
import type { DisposalType } from '../disposal/types.ts'
import { linesFor } from './apart.ts'
import { type BookEntry, type Books, openOf, type Reconciliation } from './reconciling.ts'
import '../tables.ts'

const COUNTED = CATEGORIES.filter((category) => categories[category].counted)
const SHOWN_MOST = 20

/** Papers of the house and of other organs, none of a bank: what they pay out has no receipt in the books. */
const WITHOUT_RECEIPT: readonly DisposalType[] = ['RETURN', 'TRANSFER']

type Period = Record<'unit' | 'account' | 'from' | 'to', string>
interface Row {
  readonly item: string
  readonly case: string
  readonly act: string
  readonly at: string
  readonly amount_fen: string
  readonly voucher: string | null
}

/**
 * What came into an account and went out of it within these days by the registers, for which this department answers: seized money, and prices
 * of what was sold.
 */
export async function booksOf(db: Reader, of: Period): Promise<Books> {
  return { paidIn: await paidInto(db, of), paidOut: await paidFrom(db, of) }
}

async function paidInto(db: Reader, { unit, account, from, to }: Period): Promise<BookEntry[]> {
  const found = await sql<Row>`
    select item, "case", at as act, voucher, amount_fen, at from (
      select id as item, case_number as case, paid ->> 'voucher' as voucher, paid ->> 'amount_fen' as amount_fen,
        coalesce(paid ->> 'at', state #>> '{origin,at}') as at, state -> 'holdings' as holdings
      from items cross join lateral (select coalesce(state -> 'deposit', state -> 'proceeds')) as of_it (paid)
      where category = any(${COUNTED}::text[]) and paid ->> 'account' = ${account}
        -- Parts of what was paid in came with the whole, which still counts.
        and (state ? 'deposit' or state #>> '{origin,how}' is distinct from 'split')
    ) as p
    where holdings @> jsonb_build_array(jsonb_build_object('who', ${`unit/${unit}`}::text, 'from', at))
    order by at, item
  `.execute(db)
  return within(found.rows, { from, to })
}

/** By the act that carried it out; what was transferred on paper alone has not gone. */
async function paidFrom(db: Reader, { unit, account, from, to }: Period): Promise<BookEntry[]> {
  const found = await sql<Row>`
    select items.id as item, items.case_number as case, jsonb_build_array(d.id, act ->> 'at')::text as act, gone ->> 'from' as at, paid ->> 'amount_fen' as amount_fen,
      case when d.state ->> 'way' = any(${[...WITHOUT_RECEIPT]}::text[]) then null else act ->> 'document' end as voucher
    from items cross join lateral (select coalesce(items.state -> 'deposit', items.state -> 'proceeds'), items.state -> 'holdings' -> -1) as of_it (paid, gone)
      join disposals d on d.id = items.state #>> '{disposed,disposal}'
      cross join lateral jsonb_array_elements(d.state -> 'acts') as acts (act)
    where category = any(${COUNTED}::text[]) and paid ->> 'account' = ${account} and gone ->> 'who' like 'outside/%'
      and act ->> 'at' = gone ->> 'from' and act -> 'items' ? items.id
      and items.state -> 'holdings' @> jsonb_build_array(jsonb_build_object('who', ${`unit/${unit}`}::text, 'to', gone ->> 'from'))
    order by at, item
  `.execute(db)
  return within(found.rows, { from, to })
}

function within(rows: readonly Row[], { from, to }: Pick<Period, 'from' | 'to'>): BookEntry[] {
  return rows
    .map(({ at, amount_fen, ...line }) => ({ ...line, day: dayOf(at), amount_fen: Number(amount_fen) }))
    .filter(({ day }) => day >= from && day <= to)
}

/** Departments whose finance somebody signs for. */
export function financeUnits({ appointments }: Actor): string[] {
  const posts: readonly string[] = rules.finance_posts.value
  return appointments.filter(({ post }) => posts.includes(post)).map(({ place }) => place)
}

/** The last reconciliations of these departments' accounts, the newest first. */
export async function lastReconciliations(db: Reader, units: readonly string[]): Promise<Reconciliation[]> {
  const found = await db
    .selectFrom('reconciliations')
    .select('state')
    .where('unit', 'in', ['', ...units])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN_MOST)
    .execute()
  return found.map(({ state }) => state)
}

/**
 * The last statement of an account on which something stands open, for its finance: of what he may know of, so that whoever is recused from a case
 * is not told by a number that its money is among it.
 */
export const reconcilingWork: WorkSource = async (db, { actor, after, limit }) => {
  const units = financeUnits(actor)
  if (units.length === 0) return []
  // One for each account of a department: few, and what is open to whom is known of each alone.
  const found = await sql<{ id: string; by: string; state: Reconciliation }>`
    select * from (
      select distinct on (unit, account) id, state ->> 'at' as by, state, open from reconciliations
      where unit = any(${units}::text[]) order by unit, account, at desc, id desc) as p
    where open > 0 and ${after === null ? sql`true` : sql`(p.by, p.id) > (${after.by}, ${after.id})`}
    order by p.by, p.id
  `.execute(db)
  const sides = found.rows.flatMap(({ state: { out, ...paidIn } }) => [paidIn, ...(out === undefined ? [] : [out])])
  const shown = await linesFor(db, actor.person, sides)
  return found.rows
    .map(({ state, ...row }) => {
      const { out, ...paidIn } = state
      return { ...row, open: openOf(shown(paidIn)) + (out === undefined ? 0 : openOf(shown(out))) }
    })
    .filter(({ open }) => open > 0)
    .slice(0, limit)
    .map(({ id, by, open }) => ({
      ...{ kind: 'reconciliation', id, by, dueAt: null, level: 'waiting', about: null, path: '/reconciling' },
      what: { zh: `专户对账有 ${open} 笔未对上`, en: `Lines of the special account without a match: ${open}` },
    }))
}
