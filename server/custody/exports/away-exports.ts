import type { Words } from '../../refusal.ts'
import { nextAfter } from '../../schemas.ts'
import { allRows, tableOf } from '../../table.ts'
import type { RoadKind } from '../road/protocol.ts'
import { listOnTheRoad, roadCursor } from '../road/reads.ts'
import { listSearches } from '../stocktake/choices.ts'
import { listStocktakes, summariesOfStocktakes } from '../stocktake/reads.ts'
import { at, due, type Export, said, yes } from './export.ts'

const titles = {
  road: { zh: '在途、在外物品', en: 'Items on the road' },
  counts: { zh: '盘点与抽查', en: 'Stock-takes' },
  searches: { zh: '未找到的物品', en: 'Items that were not found' },
} as const satisfies Record<string, Words>

const WAYS: Readonly<Record<RoadKind, Words>> = {
  transit: { zh: '库间移送', en: 'between stores' },
  loan: { zh: '调用在外', en: 'lent' },
  appraisal: { zh: '送鉴定', en: 'at an appraiser' },
}

/** Whoever still counts sees none. */
const figureOf = (count: number | undefined): string => (count === undefined ? '' : String(count))

/** What lies on no shelf for now, and what was looked for there, as files. */
export const awayExports = {
  road: {
    title: titles.road,
    query: {},
    table: async ({ db, sight, now, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listOnTheRoad(db, sight, { ...page, now })
        return { rows: found, after: nextAfter(found, page, roadCursor) }
      })
      return tableOf(
        titles.road,
        [
          ['编码', 'Code', ({ code }) => code],
          ['名称', 'Name', (row) => row.name],
          ['案号', 'Case', (row) => row.case],
          ['情形', 'Kind', ({ kind }) => WAYS[kind][language]],
          ['现由谁持有', 'With', ({ who }) => who.name],
          ['鉴定机构', 'Appraiser', ({ institution }) => institution ?? ''],
          ['出自', 'From', ({ from }) => from?.name ?? ''],
          ['去往', 'To', ({ to }) => to?.name ?? ''],
          ['文号', 'Document', (row) => row.document ?? ''],
          ['起始时间', 'Since', ({ since }) => at(since)],
          ['期限', 'Due', ({ dueAt }) => due(dueAt)],
          ['超期', 'Overdue', ({ overdue }) => yes(overdue)],
        ],
        rows,
        language,
      )
    },
  },
  counts: {
    title: titles.counts,
    query: {},
    table: async ({ db, actor, now, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listStocktakes(db, actor, { ...page, store: null })
        const shown = await summariesOfStocktakes(db, found, actor, now)
        return { rows: shown, after: nextAfter(shown, page, ({ code }) => code) }
      })
      return tableOf(
        titles.counts,
        [
          ['编码', 'Code', ({ code }) => code],
          ['库房', 'Store', ({ store }) => store.name],
          ['范围', 'Of what', ({ scope }) => scope[language]],
          ['随机抽查', 'Random', ({ isSample }) => yes(isSample)],
          ['阶段', 'Phase', ({ phase }) => said(phase, language)],
          ['下达人', 'Ordered by', ({ orderedBy }) => orderedBy.name],
          ['下达时间', 'Ordered', ({ orderedAt }) => at(orderedAt)],
          ['期限', 'Due', ({ dueAt }) => due(dueAt)],
          ['超期', 'Overdue', ({ overdue }) => yes(overdue)],
          ['应有', 'Expected', ({ figures }) => figureOf(figures?.expected)],
          ['找到', 'Found', ({ figures }) => figureOf(figures?.found)],
          ['差异', 'Differences', ({ figures }) => figureOf(figures?.differences)],
          ['办结时间', 'Closed', ({ closedAt }) => at(closedAt)],
        ],
        rows,
        language,
      )
    },
  },
  searches: {
    title: titles.searches,
    query: {},
    table: async ({ db, actor, language }) => {
      const rows = await allRows(async (page) => {
        const found = await listSearches(db, actor, page)
        return { rows: found, after: nextAfter(found, page, ({ id }) => id) }
      })
      return tableOf(
        titles.searches,
        [
          ['编码', 'Code', ({ item }) => item],
          ['名称', 'Name', (row) => row.name],
          ['库房', 'Store', ({ store }) => store.name],
          ['账面库位', 'Shelf by the register', ({ location }) => location],
          ['盘点', 'Stock-take', ({ stocktake }) => stocktake],
          ['开始查找', 'Sought since', (row) => at(row.at)],
        ],
        rows,
        language,
      )
    },
  },
} satisfies Readonly<Record<string, Export>>
