import { type TSchema, Type } from 'typebox'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { nextAfter } from '../../schemas.ts'
import { allRows, type Language, type Table, TABLE_ROWS_MAX, type TableColumn, tableOf } from '../../table.ts'
import { listCases } from '../account/accounts.ts'
import { listAlarms, showAlarms } from '../door/alarm-reads.ts'
import { categories, storageNames } from '../categories.ts'
import { listConflicts, showConflicts } from '../conflicts/conflict-reads.ts'
import { factWords } from './fact-words.ts'
import { listIncidents } from '../incidents/incident-reads.ts'
import { listIntakeGaps } from '../keeping/intake-gaps.ts'
import { listLists } from '../intake/list-reads.ts'
import { livesOf } from '../papers/paper-entries.ts'
import { listPapers } from '../papers/paper-reads.ts'
import { localDay, localMinute } from '../papers/paper-words.ts'
import type { Item } from '../items.ts'
import type { ItemSummary } from '../protocol.ts'
import { listLoans, listLocations, readCase } from '../reads.ts'
import { caseNumber, id } from '../schemas.ts'
import { search } from '../search/search.ts'
import { seesCase, seesStore, type Sight } from '../sight/sees.ts'
import { summariesOf } from '../sight/shown.ts'
import '../tables.ts'

/** Who asks for a list as a file, when, and which part of it. */
export interface ExportAsked {
  readonly db: Reader
  readonly actor: Actor
  readonly sight: Sight
  readonly now: string
  readonly query: Readonly<Record<string, string | undefined>>
  readonly language: Language
}

export interface Export {
  readonly title: Words
  /** What is asked beside format and language. */
  readonly query: Readonly<Record<string, TSchema>>
  readonly table: (asked: ExportAsked) => Promise<Table>
}

type Named = (who: string) => string

async function naming(db: Reader, whos: readonly string[]): Promise<Named> {
  const named = await namesOf(db, whos)
  return (who) => named(who).name
}

const at = (time: string | null): string => (time === null ? '' : localMinute(time))
const yes = (is: boolean): string => (is ? '✓' : '')
const said = ({ words }: { readonly words: Words }, language: Language): string => words[language]

function itemColumns(name: Named, places: Named): readonly TableColumn<ItemSummary>[] {
  return [
    ['编码', 'Code', ({ code }) => code],
    ['案号', 'Case', (row) => row.case],
    ['本案序号', 'No. in case', ({ ordinal }) => String(ordinal)],
    ['名称', 'Name', (row) => row.name],
    ['类别', 'Category', ({ category }, language) => categories[category].name[language]],
    ['数量', 'Quantity', ({ quantity }) => quantity],
    ['单位', 'Unit', ({ quantityUnit }) => quantityUnit],
    ['保管状态', 'Custody', ({ custody }, language) => said(custody, language)],
    ['处置状态', 'Disposal', ({ disposition }, language) => said(disposition, language)],
    ['现由', 'Held by', ({ holder }) => name(holder)],
    ['库房', 'Store', ({ store }) => (store === null ? '' : name(`store/${store}`))],
    ['库位', 'Shelf', ({ location }) => (location === null ? '' : places(location))],
    ['异常', 'Incident', ({ frozen }) => yes(frozen)],
    ['超期', 'Overdue', ({ overdue }) => yes(overdue)],
  ]
}

async function itemTable(asked: ExportAsked, title: Words, items: readonly ItemSummary[]): Promise<Table> {
  const { db, language } = asked
  const name = await naming(
    db,
    items.flatMap(({ holder, store }) => [holder, ...(store === null ? [] : [`store/${store}`])]),
  )
  const shelves = await db.selectFrom('locations').select(['id', 'name']).execute()
  const places = new Map(shelves.map((shelf) => [shelf.id, shelf.name]))
  return tableOf(
    title,
    itemColumns(name, (code) => places.get(code) ?? code),
    items,
    language,
  )
}

/** The case, if there is one and the asker may see it. */
async function caseIn({ db, sight, query }: ExportAsked): Promise<string> {
  const number = query['case'] ?? ''
  const of = await readCase(db, number)
  if (of === null || !seesCase(sight, of)) throw new Refusal('custody.unknown-case', { case: number })
  return number
}

function storeIn({ sight, query }: ExportAsked): string {
  const store = query['store'] ?? ''
  if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
  return store
}

/** The items of a case in their order, as many as one file has. */
export async function itemsOfCase(db: Reader, number: string): Promise<Item[]> {
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', number)
    .orderBy('ordinal')
    .limit(TABLE_ROWS_MAX)
    .execute()
  return found.map(({ state }) => state)
}

const titles = {
  search: { zh: '查找结果', en: 'Found' },
  account: { zh: '物品台账', en: 'Items of a case' },
  cases: { zh: '案件', en: 'Cases' },
  movements: { zh: '流转记录', en: 'Movements' },
  lists: { zh: '移交清单登记', en: 'Hand-over lists' },
  loans: { zh: '调用在外', en: 'Out on loan' },
  overdue: { zh: '超期未还', en: 'Overdue loans' },
  incidents: { zh: '异常情况', en: 'Incidents' },
  alarms: { zh: '门禁报警', en: 'Alarms of doors' },
  conflicts: { zh: '断网记录', en: 'Records of benches' },
  locations: { zh: '库位', en: 'Shelves' },
  'store-items': { zh: '在库物品', en: 'Items in store' },
  papers: { zh: '文书登记', en: 'Papers' },
  'intake-gaps': { zh: '入库时间差', en: 'From seizure to store' },
} as const satisfies Record<string, Words>

async function loanTable(asked: ExportAsked, title: Words, overdueAt: string | null): Promise<Table> {
  const { db, sight, now, language } = asked
  const loans = await allRows(async (page) => {
    const rows = await listLoans(db, sight, { ...page, overdueAt, store: null, now })
    return { rows, after: nextAfter(rows, page, ({ loan }) => loan) }
  })
  const name = await naming(
    db,
    loans.flatMap(({ unit, store }) => [`unit/${unit}`, `store/${store}`]),
  )
  return tableOf(
    title,
    [
      ['调用人', 'Borrower', ({ borrower }) => borrower.name],
      ['承办部门', 'Department', ({ unit }) => name(`unit/${unit}`)],
      ['库房', 'Store', ({ store }) => name(`store/${store}`)],
      ['事由', 'Purpose', ({ purpose }) => said(purpose, language)],
      ['调用时间', 'Lent', ({ lentAt }) => at(lentAt)],
      ['应还时间', 'Due', ({ dueAt }) => at(dueAt)],
      ['超期', 'Overdue', ({ overdue }) => yes(overdue)],
      ['未还物品', 'Still out', ({ outstanding }) => outstanding.join(' ')],
    ],
    loans,
    language,
  )
}

/** Every list of custody that somebody sees, as a file: the same rows by the same sight. */
export const EXPORTS: Readonly<Record<keyof typeof titles, Export>> = {
  search: {
    title: titles.search,
    query: { q: Type.String({ minLength: 1, maxLength: 64 }) },
    table: async (asked) => {
      const { db, sight, now, query } = asked
      const { items } = await search(db, query['q'] ?? '', sight, now, TABLE_ROWS_MAX)
      return itemTable(asked, titles.search, items)
    },
  },
  account: {
    title: titles.account,
    query: { case: caseNumber },
    table: async (asked) => {
      const number = await caseIn(asked)
      const its = await itemsOfCase(asked.db, number)
      return itemTable(asked, titles.account, await summariesOf(asked.db, its, asked.now))
    },
  },
  cases: {
    title: titles.cases,
    query: {},
    table: async ({ db, sight, now, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listCases(db, sight, { ...page, now })
        return { rows: found, after: nextAfter(found, page, ({ number }) => number) }
      })
      const name = await naming(
        db,
        rows.map(({ unit }) => `unit/${unit}`),
      )
      // A file goes further than a screen: no title of a case leaves with it (rules P-01).
      return tableOf(
        titles.cases,
        [
          ['案号', 'Case', ({ number }) => number],
          ['承办部门', 'Department', ({ unit }) => name(`unit/${unit}`)],
          ['案件类型', 'Track', ({ track }) => said(track, language)],
          ['状态', 'State', ({ status }) => STATUS[status][language]],
          ['立账时间', 'Opened', ({ openedAt }) => at(openedAt)],
          ['登记', 'Taken', ({ balance }) => String(balance.taken)],
          ['部门暂存', 'With department', ({ balance }) => String(balance.withDepartment)],
          ['移交途中', 'Pending', ({ balance }) => String(balance.pending)],
          ['在库', 'In store', ({ balance }) => String(balance.inStore)],
          ['调用在外', 'Lent', ({ balance }) => String(balance.borrowed)],
          ['已移送未移物', 'Transferred, still kept', ({ balance }) => String(balance.transferred)],
          ['已出库', 'Out', ({ balance }) => String(balance.out)],
          ['账实相符', 'Balances', ({ balance }) => yes(balance.balances)],
          ['超期', 'Overdue', ({ overdue }) => String(overdue)],
          ['异常', 'Incidents', ({ frozen }) => String(frozen)],
        ],
        rows,
        language,
      )
    },
  },
  movements: {
    title: titles.movements,
    query: { case: caseNumber },
    table: async (asked) => {
      const { db, language } = asked
      const number = await caseIn(asked)
      const its = await itemsOfCase(db, number)
      const names = new Map(its.map(({ code, name }) => [`item/${code}`, name]))
      const facts = (
        await livesOf(
          db,
          [...names.keys()].map((subject) => subject.slice('item/'.length)),
        )
      ).slice(0, TABLE_ROWS_MAX)
      const name = await naming(
        db,
        facts.flatMap(({ actor, with: others }) => [actor, ...others].map((person) => `person/${person}`)),
      )
      return tableOf(
        titles.movements,
        [
          ['发生时间', 'Happened', (fact) => at(fact.at)],
          ['记录时间', 'Recorded', ({ recordedAt }) => at(recordedAt)],
          ['编码', 'Code', ({ body }) => body.subject.slice('item/'.length)],
          ['名称', 'Name', ({ body }) => names.get(body.subject) ?? ''],
          ['事项', 'Act', ({ type }) => factWords(type)[language]],
          ['经办', 'By', ({ actor }) => name(`person/${actor}`)],
          ['共同签名', 'Signed by', (fact) => fact.with.map((person) => name(`person/${person}`)).join('、')],
          ['工位', 'Station', ({ station }) => station ?? ''],
          ['台账', 'Register', ({ register }) => register],
          ['序号', 'No.', ({ seq }) => String(seq)],
          ['哈希', 'Hash', ({ hash }) => hash],
        ],
        facts,
        language,
      )
    },
  },
  lists: {
    title: titles.lists,
    query: { case: Type.Optional(caseNumber) },
    table: async ({ db, sight, query, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listLists(db, sight, { state: null, of: query['case'] ?? null, ...page })
        return { rows: found, after: nextAfter(found, page, ({ code }) => code) }
      })
      const name = await naming(
        db,
        rows.flatMap(({ unit, store }) => [`unit/${unit}`, `store/${store}`]),
      )
      return tableOf(
        titles.lists,
        [
          ['清单编号', 'List', ({ code }) => code],
          ['案号', 'Cases', (row) => row.cases.join(' ')],
          ['移交部门', 'Department', ({ unit }) => name(`unit/${unit}`)],
          ['接收库房', 'Store', ({ store }) => name(`store/${store}`)],
          ['提交人', 'Submitted by', ({ submittedBy }) => submittedBy.name],
          ['提交时间', 'Submitted', ({ submittedAt }) => at(submittedAt)],
          ['件数', 'Items', ({ items }) => String(items)],
          ['已入库', 'Taken in', ({ accepted }) => String(accepted)],
          ['退回', 'Sent back', ({ refused }) => String(refused)],
          ['待接收', 'Pending', ({ pending }) => String(pending)],
        ],
        rows,
        language,
      )
    },
  },
  loans: { title: titles.loans, query: {}, table: (asked) => loanTable(asked, titles.loans, null) },
  overdue: { title: titles.overdue, query: {}, table: (asked) => loanTable(asked, titles.overdue, asked.now) },
  incidents: {
    title: titles.incidents,
    query: { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('concluded')])) },
    table: async ({ db, actor, sight, query, language }) => {
      const state = query['state'] === 'concluded' ? 'concluded' : 'open'
      const rows = await allRows(async (page) => {
        const found = await listIncidents(db, { actor, sight }, { state, ...page })
        return { rows: found, after: nextAfter(found, page, (one) => one.id) }
      })
      const name = await naming(
        db,
        rows.flatMap(({ unit, store }) => [`unit/${unit}`, ...(store === null ? [] : [`store/${store}`])]),
      )
      return tableOf(
        titles.incidents,
        [
          ['编码', 'Code', ({ item }) => item],
          ['名称', 'Name', (row) => row.name],
          ['案号', 'Case', (row) => row.case],
          ['承办部门', 'Department', ({ unit }) => name(`unit/${unit}`)],
          ['库房', 'Store', ({ store }) => (store === null ? '' : name(`store/${store}`))],
          ['情形', 'Kind', ({ kind }) => said(kind, language)],
          ['登记人', 'Opened by', ({ opener }) => opener.name],
          ['登记时间', 'Opened', ({ openedAt }) => at(openedAt)],
          ['说明', 'Note', ({ note }) => note ?? ''],
          ['处理人', 'Concluded by', ({ conclusion }) => conclusion?.by.name ?? ''],
          ['处理时间', 'Concluded', ({ conclusion }) => at(conclusion?.at ?? null)],
          ['结论', 'Conclusion', ({ conclusion }) => conclusion?.words ?? ''],
        ],
        rows,
        language,
      )
    },
  },
  alarms: {
    title: titles.alarms,
    query: {},
    table: async ({ db, actor, sight, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listAlarms(db, sight, page)
        return { rows: await showAlarms(db, found, actor), after: nextAfter(found, page, (one) => one.id) }
      })
      return tableOf(
        titles.alarms,
        [
          ['时间', 'At', (row) => at(row.at)],
          ['库房', 'Store', ({ store }) => store.name],
          ['库门', 'Door', ({ door }) => door],
          ['编码', 'Code', ({ item }) => item],
          ['名称', 'Name', (row) => row.name],
        ],
        rows,
        language,
      )
    },
  },
  conflicts: {
    title: titles.conflicts,
    query: {},
    table: async ({ db, actor, sight, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listConflicts(db, sight, page)
        return { rows: await showConflicts(db, found, actor), after: nextAfter(found, page, (one) => one.id) }
      })
      const name = await naming(
        db,
        rows.map(({ store }) => `store/${store}`),
      )
      return tableOf(
        titles.conflicts,
        [
          ['时间', 'At', ({ happenedAt }) => at(happenedAt)],
          ['库房', 'Store', ({ store }) => name(`store/${store}`)],
          ['工位', 'Station', ({ station }) => station],
          ['清单', 'List', ({ list }) => list],
          ['编码', 'Code', ({ item }) => item],
          ['所载库位', 'Shelf', ({ location }) => location],
          ['保管人', 'Custodian', ({ custodian }) => custodian?.name ?? ''],
          ['未予入库的原因', 'Why it was not taken', (row) => said(row, language)],
        ],
        rows,
        language,
      )
    },
  },
  locations: {
    title: titles.locations,
    query: { store: id },
    table: async (asked) => {
      const store = storeIn(asked)
      const rows = await allRows(async (page) => {
        const found = await listLocations(asked.db, store, page)
        return { rows: found, after: nextAfter(found, page, ({ code }) => code) }
      })
      return tableOf(
        titles.locations,
        [
          ['编码', 'Code', ({ code }) => code],
          ['名称', 'Name', (row) => row.name],
          ['库别', 'Class', ({ storageClass }) => storageNames[storageClass]],
          ['容量', 'Capacity', ({ capacity }) => String(capacity)],
          ['已放', 'Occupied', ({ occupied }) => String(occupied)],
          ['其中异常', 'Under an incident', ({ frozen }) => String(frozen)],
          ['容器', 'Boxes', ({ containers }) => String(containers)],
        ],
        rows,
        asked.language,
      )
    },
  },
  'store-items': {
    title: titles['store-items'],
    query: { store: id },
    table: async (asked) => {
      const store = storeIn(asked)
      const found = await asked.db
        .selectFrom('items')
        .select('state')
        .where('store', '=', store)
        .where('custody_status', '=', 'IN_STORE')
        .orderBy('location')
        .orderBy('id')
        .limit(TABLE_ROWS_MAX)
        .execute()
      const its = found.map(({ state }) => state)
      return itemTable(asked, titles['store-items'], await summariesOf(asked.db, its, asked.now))
    },
  },
  papers: {
    title: titles.papers,
    query: { case: Type.Optional(caseNumber) },
    table: async ({ db, sight, query, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listPapers(db, sight, { case: query['case'] ?? null, item: null, ...page })
        return { rows: found.papers, after: found.after }
      })
      return tableOf(
        titles.papers,
        [
          ['文号', 'Number', ({ number }) => number],
          ['文书', 'Paper', ({ form, kind }) => `${form} ${said(kind, language)}`],
          ['出具时间', 'Issued', ({ issuedAt }) => at(issuedAt)],
          ['出具人', 'Issued by', ({ issuedBy }) => issuedBy.name],
          ['页数', 'Pages', ({ pages }) => String(pages)],
          ['校验码', 'Check', ({ check }) => check],
          ['SHA-256', 'SHA-256', (row) => row.sha256],
          ['有效', 'Stands', ({ replacedBy }) => yes(replacedBy === null)],
        ],
        rows,
        language,
      )
    },
  },
  'intake-gaps': {
    title: titles['intake-gaps'],
    query: { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('stored')])) },
    table: async ({ db, sight, now, query, language }) => {
      const state = query['state'] === 'stored' ? 'stored' : 'open'
      const rows = await listIntakeGaps(db, sight, { limit: TABLE_ROWS_MAX, after: null, now, state })
      return tableOf(
        titles['intake-gaps'],
        [
          ['编码', 'Code', ({ code }) => code],
          ['名称', 'Name', (row) => row.name],
          ['案号', 'Case', (row) => row.case],
          ['承办部门', 'Department', ({ unit }) => unit.name],
          ['采取措施日', 'Taken', ({ takenAt }) => localDay(takenAt)],
          ['登记日', 'Registered', ({ registeredAt }) => localDay(registeredAt)],
          ['入库日', 'Stored', ({ storedAt }) => (storedAt === null ? '' : localDay(storedAt))],
          ['天数', 'Days', ({ days }) => String(days)],
        ],
        rows,
        language,
      )
    },
  },
}

const STATUS: Readonly<Record<'OPEN' | 'CLOSED', Words>> = {
  OPEN: { zh: '在办', en: 'open' },
  CLOSED: { zh: '已结案', en: 'closed' },
}
