import { Type } from 'typebox'
import type { Reader } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import { type Table, TABLE_ROWS_MAX, type TableColumn, tableOf } from '../../table.ts'
import { categories } from '../categories.ts'
import { factWords } from './fact-words.ts'
import { livesOf } from '../papers/paper-entries.ts'
import type { Item } from '../items/item.ts'
import type { ItemSummary } from '../protocol.ts'
import { caseNumber, id } from '../schemas.ts'
import { search } from '../search/search.ts'
import { summariesOf } from '../sight/shown.ts'
import { at, caseIn, type Export, type ExportAsked, type Named, naming, said, storeIn, yes } from './export.ts'
import '../tables.ts'

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

/** Items with what they are, how they stand and who has them. */
export async function itemTable(asked: ExportAsked, title: Words, items: readonly ItemSummary[]): Promise<Table> {
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
  movements: { zh: '流转记录', en: 'Movements' },
  'store-items': { zh: '在库物品', en: 'Items in store' },
} as const satisfies Record<string, Words>

/** Items as files: those that were found, those of a case or in a store, and where they went. */
export const itemExports = {
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
} satisfies Readonly<Record<string, Export>>
