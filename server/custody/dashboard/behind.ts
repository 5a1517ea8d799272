import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { Page } from '../../schemas.ts'
import { caseSummaries } from '../account/accounts.ts'
import type { IncidentKind } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import type { Category } from '../categories.ts'
import type { Item } from '../items/item.ts'
import type { CaseSummary, ItemSummary } from '../protocol.ts'
import type { Sight } from '../sight/sees.ts'
import type { KeptOpenGround } from '../disposal/words.ts'
import { summariesOf } from '../sight/shown.ts'
import { alarmsWithin } from '../door/alarm-reads.ts'
import { casesWithin, itemsWithin } from '../sight/sight.ts'
import { CASE_AGES, LOAN_AGES, spanOf } from './ages.ts'
import { EXCEPTED, PLACE, startOf } from './figures.ts'
import type { CaseAge, LoanAge } from './protocol.ts'
import '../tables.ts'

/** `held`: in store when a day ended. `opened`, `alarms`: under an incident that was opened, or an alarm that was raised, on such a day. */
export const FIGURES = ['stock', 'held', 'in', 'out', 'loans', 'incidents', 'opened', 'alarms', 'exceptions'] as const
export type Figure = (typeof FIGURES)[number]

/** Which figure a list stands behind; what is not said does not narrow it. */
export interface Behind {
  readonly figure: Figure
  readonly category?: Category
  readonly place?: string
  /** Local days, the first and the last; of `held` the last alone. */
  readonly from?: string
  readonly to?: string
  readonly age?: LoanAge
  readonly kind?: IncidentKind
  /** On which ground it lawfully stays open. */
  readonly ground?: KeptOpenGround
}

/** The things that a figure counts, by code; one that came or left more than once is listed once. */
export async function itemsBehind(
  db: Reader,
  sight: Sight,
  { limit, after, now, ...behind }: Behind & Page & { readonly now: string },
): Promise<ItemSummary[]> {
  const found = await sql<{ state: Item }>`
    select i.state from items i where ${itemsWithin(sight)} and ${counted(behind, sight, now)}
      and (${after}::text is null or i.id > ${after}) order by i.id limit ${limit}
  `.execute(db)
  return summariesOf(
    db,
    found.rows.map(({ state }) => state),
    now,
  )
}

/** Of items, under the name `i`: those that the figure counts. */
function counted(
  { figure, category, place, from, to, age, kind, ground }: Behind,
  sight: Sight,
  now: string,
): RawBuilder<boolean> {
  switch (figure) {
    case 'stock': {
      const ofCategory = category === undefined ? sql`true` : sql`i.category = ${category}`
      const ofPlace = place === undefined ? sql`true` : sql`${PLACE} = ${place}`
      return sql<boolean>`(i.custody_status <> 'OUT' and ${ofCategory} and ${ofPlace})`
    }
    case 'in':
      return passed(sql`h.from_at`, from, to)
    case 'out':
      return passed(sql`h.to_at`, from, to)
    case 'held': {
      const end = to === undefined ? sql`'infinity'::timestamptz` : endOf(to)
      return sql<boolean>`exists (
        select from holdings h where h.item = i.id and h.who like 'store/%' and h.from_at < ${end} and coalesce(h.to_at, 'infinity') >= ${end})`
    }
    case 'opened':
      return sql<boolean>`exists (select from incidents n where n.item = i.id and ${between(sql`n.opened_at`, from, to)})`
    case 'alarms':
      return sql<boolean>`exists (
        select from alarms a where a.item = i.id and ${alarmsWithin(sight)} and ${between(sql`a.at`, from, to)})`
    case 'exceptions':
      return ground === undefined
        ? EXCEPTED
        : sql<boolean>`(${EXCEPTED} and i.state #>> '{keptOpen,ground}' = ${ground})`
    case 'loans':
      return sql<boolean>`(i.loan_due_at is not null and ${within(sql`i.loan_due_at`, LOAN_AGES, age, now)})`
    case 'incidents':
      return sql<boolean>`(i.frozen and ${kind === undefined ? sql`true` : sql`i.state #>> '{incident,kind}' = ${kind}`})`
  }
}

function passed(at: RawBuilder<unknown>, from: string | undefined, to: string | undefined): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from holdings h where h.item = i.id and h.who like 'store/%' and ${at} is not null and ${between(at, from, to)})`
}

/** On these local days; one that is not said is no limit. */
function between(at: RawBuilder<unknown>, from: string | undefined, to: string | undefined): RawBuilder<unknown> {
  const since = from === undefined ? sql`true` : sql`${at} >= ${startOf(from)}`
  return to === undefined ? since : sql`(${since} and ${at} < ${endOf(to)})`
}

/** The moment at which a local day is over. */
function endOf(day: string): RawBuilder<unknown> {
  return sql`(${startOf(day)} + interval '1 day')`
}

function within<Age extends string>(
  at: RawBuilder<unknown>,
  ages: Readonly<Record<Age, number>>,
  age: Age | undefined,
  now: string,
): RawBuilder<unknown> {
  if (age === undefined) return sql`true`
  const { from, before } = spanOf(ages, age, now)
  const since = from === null ? sql`true` : sql`${at} > ${from}::timestamptz`
  return before === null ? since : sql`(${since} and ${at} <= ${before}::timestamptz)`
}

/** Cases that are not closed, of one age or of any, by number. */
export async function casesBehind(
  db: Reader,
  sight: Sight,
  { limit, after, now, age }: Page & { readonly now: string; readonly age?: CaseAge },
): Promise<CaseSummary[]> {
  const found = await sql<{ state: Case }>`
    select c.state from cases c where c.status = 'OPEN' and ${casesWithin(sight)}
      and ${within(sql`c.opened_at`, CASE_AGES, age, now)} and (${after}::text is null or c.id > ${after})
    order by c.id limit ${limit}
  `.execute(db)
  return caseSummaries(
    db,
    found.rows.map(({ state }) => state),
    sight,
    now,
  )
}
