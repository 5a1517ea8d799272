import { type ExpressionBuilder, sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Json, Reader, Sealed } from '../module.ts'
import '../org/tables.ts'
import type { Words } from '../refusal.ts'
import {
  custodyWords,
  dispositionWords,
  incidentWords,
  measureWords,
  purposeWords,
  sealWords,
  trackWords,
} from './axes.ts'
import type { Case } from './cases.ts'
import { categories } from './categories.ts'
import type { Presence } from './custody.ts'
import { isOverdue, type Item, presentHolder } from './items.ts'
import { type Label, labelWords } from './labels.ts'
import { storageFor } from './locations.ts'
import type {
  Block,
  CaseAccount,
  CaseSummary,
  Found,
  Holder,
  ItemCard,
  ItemSummary,
  Said,
  ShownDeadline,
  ShownLabel,
  ShownList,
  ShownLoan,
  ShownLocation,
  ShownNotice,
  ShownPresence,
} from './protocol.ts'
import { seesUnit, type Sight } from './sight.ts'
import { lastLabels } from './store.ts'

function said<T extends string>(value: T, words: Readonly<Record<T, Words>>): Said<T> {
  return { value, words: words[value] }
}

/** Names to show for `person/`, `unit/` and `store/`; whoever is unknown keeps the id. */
export async function namesOf(db: Reader, whos: readonly string[]): Promise<(who: string) => Holder> {
  const idsOf = (kind: string): string[] => [
    ...new Set(whos.filter((who) => who.startsWith(`${kind}/`)).map((who) => who.slice(kind.length + 1))),
  ]
  const names = new Map<string, string>()
  const [people, units, stores] = [idsOf('person'), idsOf('unit'), idsOf('store')]
  if (units.length > 0) {
    for (const { id, name } of await db.selectFrom('units').select(['id', 'name']).where('id', 'in', units).execute())
      names.set(`unit/${id}`, name)
  }
  if (stores.length > 0) {
    for (const { id, name } of await db.selectFrom('stores').select(['id', 'name']).where('id', 'in', stores).execute())
      names.set(`store/${id}`, name)
  }
  if (people.length > 0) {
    const found = await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', people).execute()
    const contents = await readPersonal(
      db,
      found.map((one) => one.name_ref),
    )
    for (const { id, name_ref } of found) names.set(`person/${id}`, textOf(contents.get(name_ref)) ?? id)
  }
  return (who) => ({ who, name: names.get(who) ?? who.slice(who.indexOf('/') + 1) })
}

function textOf(content: Json | undefined): string | null {
  return typeof content === 'string' ? content : null
}

export async function readItem(db: Reader, code: string): Promise<Item | null> {
  const found = await db.selectFrom('items').select('state').where('id', '=', code).executeTakeFirst()
  return found?.state ?? null
}

export async function readCase(db: Reader, number: string): Promise<Case | null> {
  const found = await db.selectFrom('cases').select('state').where('id', '=', number).executeTakeFirst()
  return found?.state ?? null
}

/** The card of an item, with the names behind its ids and the content behind its seals. */
export async function itemCard(db: Reader, item: Item, now: string): Promise<ItemCard> {
  const { reservation, loan, incident } = item
  const refs = sealedOf(item)
  const contents = await readPersonal(
    db,
    refs.map(({ ref }) => ref),
  )
  const named = await namesOf(db, [
    presentHolder(item),
    ...(item.store === null ? [] : [`store/${item.store}`]),
    ...(reservation === null ? [] : [`person/${reservation.requester}`, `person/${reservation.approver}`]),
    ...(loan === null ? [] : [`person/${loan.borrower}`]),
    ...(incident === null ? [] : [`person/${incident.opener}`]),
  ])
  const location =
    item.location === null
      ? undefined
      : await db.selectFrom('locations').select(['id', 'name']).where('id', '=', item.location).executeTakeFirst()
  const siblings = await sql<{ of: number }>`select count(*) as of from items where case_number = ${item.case}`.execute(
    db,
  )
  const label = (await lastLabels(db, [item.code], false)).get(item.code)
  const presence = ({ attendance, person, reason }: Presence): ShownPresence => ({
    attendance,
    name: person === null ? null : textOf(contents.get(person.ref)),
    reason: reason === null ? null : textOf(contents.get(reason.ref)),
  })
  return {
    ...{ code: item.code, epc: item.epc, case: item.case, ordinal: item.ordinal, unit: item.unit, name: item.name },
    of: siblings.rows[0]?.of ?? 0,
    category: { value: item.category, words: categories[item.category].name },
    ...{
      quantity: item.quantity,
      quantityUnit: item.quantityUnit,
      features: item.features,
      valueStatus: item.valueStatus,
    },
    measureStatus: said(item.measureStatus, measureWords),
    custodyStatus: said(item.custodyStatus, custodyWords),
    sealStatus: said(item.sealStatus, sealWords),
    dispositionStatus: said(item.dispositionStatus, dispositionWords),
    overdue: isOverdue(item, now),
    frozen: incident !== null,
    holder: named(presentHolder(item)),
    store: item.store === null ? null : { id: item.store, name: named(`store/${item.store}`).name },
    location: location === undefined ? null : { code: location.id, name: location.name },
    measure: item.measure,
    heldBefore: presence(item.holder),
    witness: presence(item.witness),
    ...{ seal: item.seal, cannotSeal: item.cannotSeal, weights: item.weights, photos: item.photos },
    weighed: categories[item.category].weighed.required,
    storage: storageFor(item),
    deadlines: deadlinesOf(item, now),
    documents: { list: item.list, loan: loan?.loan ?? null, notice: item.measure.noticeNumber },
    label: label === undefined ? null : shownLabel(label),
    reservation:
      reservation === null
        ? null
        : {
            approval: reservation.approval,
            requester: named(`person/${reservation.requester}`),
            approver: named(`person/${reservation.approver}`),
            purpose: said(reservation.purpose, purposeWords),
            dueAt: reservation.dueAt,
            validUntil: reservation.validUntil,
          },
    loan:
      loan === null
        ? null
        : {
            loan: loan.loan,
            borrower: named(`person/${loan.borrower}`),
            purpose: said(loan.purpose, purposeWords),
            lentAt: loan.lentAt,
            dueAt: loan.dueAt,
          },
    incident:
      incident === null
        ? null
        : {
            kind: said(incident.kind, incidentWords),
            opener: named(`person/${incident.opener}`),
            openedAt: incident.openedAt,
            note: incident.note === null ? null : textOf(contents.get(incident.note.ref)),
            points: incident.points,
          },
  }
}

function sealedOf({ holder, witness, incident }: Item): Sealed[] {
  return [holder.person, holder.reason, witness.person, witness.reason, incident?.note ?? null].filter(
    (one) => one !== null,
  )
}

/** The clocks that the item carries, and its loan's due time. */
function deadlinesOf(item: Item, now: string): ShownDeadline[] {
  const handedOver = item.holdings.find(({ who }) => who.startsWith('store/'))?.from
  const statutory = item.deadlines.map((deadline): ShownDeadline => {
    if (handedOver !== undefined) return { ...deadline, state: handedOver <= deadline.dueAt ? 'met' : 'late' }
    return { ...deadline, state: now <= deadline.dueAt ? 'running' : 'late' }
  })
  if (item.loan === null) return statutory
  const { dueAt } = item.loan
  const basis = '公安机关涉案财物管理若干规定 11'
  return [...statutory, { rule: 'DL-18', dueAt, basis, state: now <= dueAt ? 'running' : 'late' }]
}

export function shownLabel(label: Label): ShownLabel {
  const { id, code, issue, payload, template, station, state, scannedBack, wantedAt, reason } = label
  return {
    ...{ job: id, code, issue, payload, template, station, state, scannedBack, wantedAt, reason },
    words: labelWords[state],
    void: label.void,
  }
}

/** Lines for lists of items, in the order given. */
export async function summariesOf(db: Reader, its: readonly Item[], now: string): Promise<ItemSummary[]> {
  const labels = await lastLabels(
    db,
    its.map(({ code }) => code),
    false,
  )
  return its.map((item) => ({
    ...{ code: item.code, case: item.case, ordinal: item.ordinal, name: item.name, category: item.category },
    ...{ quantity: item.quantity, quantityUnit: item.quantityUnit, store: item.store, location: item.location },
    custody: said(item.custodyStatus, custodyWords),
    frozen: item.incident !== null,
    overdue: isOverdue(item, now),
    holder: presentHolder(item),
    photo: item.photos[0]?.photo ?? null,
    labelled: labels.get(item.code)?.scannedBack === true,
  }))
}

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
    list: await summariesOf(db, all, now),
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
  const items = new Map(counted.rows.map((row) => [row.number, row.items]))
  const titled = of.filter(({ unit }) => seesUnit(sight, unit))
  const titles = await readPersonal(
    db,
    titled.map(({ title }) => title.ref),
  )
  return of.map(({ number, title, track, unit, openedAt, status }) => ({
    ...{ number, unit, openedAt, status },
    title: textOf(titles.get(title.ref)),
    track: said(track, trackWords),
    items: items.get(number) ?? 0,
  }))
}

/** Rows of a table with `unit` and `store` that fall into somebody's sight. */
function within<T extends 'items' | 'loans'>(sight: Sight) {
  return (has: ExpressionBuilder<Database, T>) => {
    if (sight === 'all') return has.lit(true)
    return sql<boolean>`(unit = any(${[...sight.units]}::text[]) or store = any(${[...sight.stores]}::text[]))`
  }
}

/** Cases in sight, by number; a page at a time. */
export async function listCases(
  db: Reader,
  sight: Sight,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<CaseSummary[]> {
  let query = db.selectFrom('cases').select('state').orderBy('id').limit(limit)
  if (after !== null) query = query.where('id', '>', after)
  if (sight !== 'all') {
    query = query.where(
      sql<boolean>`(unit = any(${[...sight.units]}::text[]) or exists (
        select 1 from items i where i.case_number = cases.id and i.store = any(${[...sight.stores]}::text[])))`,
    )
  }
  return caseSummaries(
    db,
    (await query.execute()).map(({ state }) => state),
    sight,
  )
}

export async function shownList(db: Reader, code: string, now: string): Promise<ShownList | null> {
  const found = await db.selectFrom('lists').select('state').where('id', '=', code).executeTakeFirst()
  if (found === undefined) return null
  const { unit, store, submittedBy, submittedAt, lines } = found.state
  const codes = lines.map(({ item }) => item)
  const its = await db.selectFrom('items').select('state').where('id', 'in', codes).execute()
  const summaries = await summariesOf(
    db,
    its.map(({ state }) => state),
    now,
  )
  const byCode = new Map(summaries.map((one) => [one.code, one]))
  const named = await namesOf(db, [`person/${submittedBy}`])
  return {
    ...{ code, unit, store, submittedAt },
    submittedBy: named(`person/${submittedBy}`),
    pending: lines.filter(({ outcome }) => outcome === 'pending').length,
    lines: lines.flatMap(({ item, outcome }) => {
      const summary = byCode.get(item)
      return summary === undefined ? [] : [{ ...summary, outcome }]
    }),
  }
}

export async function listLocations(db: Reader, store: string): Promise<ShownLocation[]> {
  return shownLocations(db, sql<boolean>`l.store = ${store}`, LOCATIONS_MAX)
}

const LOCATIONS_MAX = 5_000

async function shownLocations(
  db: Reader,
  where: ReturnType<typeof sql<boolean>>,
  limit: number,
): Promise<ShownLocation[]> {
  const found = await sql<ShownLocation>`
    select l.id as code, l.store, l.name, l.storage_class as "storageClass", l.capacity,
      (select count(*) from items i where i.location = l.id) as occupied
    from locations l where ${where} order by l.name, l.id limit ${limit}
  `.execute(db)
  return found.rows
}

/** Loans with something still out, the most overdue first. */
export async function listLoans(
  db: Reader,
  sight: Sight,
  overdueAt: string | null,
  now: string,
  limit: number,
): Promise<ShownLoan[]> {
  let query = db
    .selectFrom('loans')
    .select('state')
    .where('outstanding', '>', 0)
    .where(within<'loans'>(sight))
    .orderBy('due_at')
    .limit(limit)
  if (overdueAt !== null) query = query.where('due_at', '<', overdueAt)
  const states = (await query.execute()).map(({ state }) => state)
  const named = await namesOf(
    db,
    states.map(({ borrower }) => `person/${borrower}`),
  )
  return states.map(({ id, unit, store, borrower, purpose, lentAt, dueAt, lines }) => ({
    ...{ loan: id, unit, store, lentAt, dueAt },
    borrower: named(`person/${borrower}`),
    purpose: said(purpose, purposeWords),
    overdue: dueAt < now,
    outstanding: lines.filter(({ returnedAt }) => returnedAt === null).map(({ item }) => item),
  }))
}

/** Notices to a person, and to the departments of his that have no head; the newest first. */
export async function listNotices(
  db: Reader,
  {
    person,
    units,
    limit,
  }: { readonly person: string; readonly units: readonly string[] | 'all'; readonly limit: number },
): Promise<ShownNotice[]> {
  const found = await db
    .selectFrom('notices')
    .select('state')
    .where(
      units === 'all'
        ? sql<boolean>`(person = ${person} or person is null)`
        : sql<boolean>`(person = ${person} or (person is null and unit = any(${[...units]}::text[])))`,
    )
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
  return found.map(({ state: { id, unit, about, items, store, at } }) => ({ id, unit, about, items, store, at }))
}

/** By beginning of a code or number, or by part of an item's or place's name; only what is in sight. */
export async function search(db: Reader, text: string, sight: Sight, now: string, limit: number): Promise<Found> {
  const part = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const its = await db
    .selectFrom('items')
    .select('state')
    .where(within<'items'>(sight))
    .where(
      sql<boolean>`(id = upper(${text}) or id like upper(${part}) or name ilike ${part} or case_number ilike ${part})`,
    )
    .orderBy('last_at', 'desc')
    .limit(limit)
    .execute()
  const numbered = await db
    .selectFrom('cases')
    .select('state')
    .where(sql<boolean>`id ilike ${part}`)
    .where(
      sight === 'all'
        ? sql<boolean>`true`
        : sql<boolean>`(unit = any(${[...sight.units]}::text[]) or exists (
            select 1 from items i where i.case_number = cases.id and i.store = any(${[...sight.stores]}::text[])))`,
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  const places = sql<boolean>`(l.id like upper(${part}) or l.name ilike ${part}) and ${
    sight === 'all' ? sql`true` : sql`l.store = any(${[...sight.stores]}::text[])`
  }`
  return {
    items: await summariesOf(
      db,
      its.map(({ state }) => state),
      now,
    ),
    cases: await caseSummaries(
      db,
      numbered.map(({ state }) => state),
      sight,
    ),
    places: await shownLocations(db, places, limit),
  }
}
