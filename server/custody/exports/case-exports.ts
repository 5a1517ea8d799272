import { Type } from 'typebox'
import type { Words } from '../../refusal.ts'
import { nextAfter } from '../../schemas.ts'
import { allRows, type Table, TABLE_ROWS_MAX, tableOf } from '../../table.ts'
import { listCases } from '../account/accounts.ts'
import { listIntakeGaps } from '../keeping/intake-gaps.ts'
import { listLists } from '../intake/list-reads.ts'
import { listPapers } from '../papers/paper-reads.ts'
import { localDay } from '../papers/paper-words.ts'
import type { CaseSummary } from '../protocol.ts'
import { caseNumber } from '../schemas.ts'
import { at, type Export, type ExportAsked, naming, said, yes } from './export.ts'

const titles = {
  cases: { zh: '案件', en: 'Cases' },
  lists: { zh: '移交清单登记', en: 'Hand-over lists' },
  papers: { zh: '文书登记', en: 'Papers' },
  interventions: { zh: '打听案情、干预登记', en: 'Interventions' },
  'intake-gaps': { zh: '入库时间差', en: 'From seizure to store' },
} as const satisfies Record<string, Words>

/** Cases with what is where of each. */
export async function caseTable(
  { db, language }: ExportAsked,
  title: Words,
  rows: readonly CaseSummary[],
): Promise<Table> {
  const name = await naming(
    db,
    rows.map(({ unit }) => `unit/${unit}`),
  )
  // A file goes further than a screen: no title of a case leaves with it (rules P-01).
  return tableOf(
    title,
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
      ['专户', 'Special account', ({ balance }) => String(balance.deposited)],
      ['第三方保管', 'Kept by a third party', ({ balance }) => String(balance.thirdParty)],
      ['就地或持有人保管', 'Left in place', ({ balance }) => String(balance.inPlace)],
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
}

/** What departments hand over and are handed, as files. */
export const caseExports = {
  cases: {
    title: titles.cases,
    query: {},
    table: async (asked) => {
      const rows = await allRows(async (page) => {
        const found = await listCases(asked.db, asked.sight, { ...page, now: asked.now })
        return { rows: found, after: nextAfter(found, page, ({ registered }) => registered) }
      })
      return caseTable(asked, titles.cases, rows)
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
  papers: {
    title: titles.papers,
    query: { case: Type.Optional(caseNumber) },
    table: async ({ db, actor, sight, query, language }) => {
      const rows = await allRows(async (page) => {
        const asked = { case: query['case'] ?? null, item: null, of: null, kind: null, ...page }
        const found = await listPapers(db, { actor, sight, sources: null }, asked)
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
  interventions: {
    title: titles.interventions,
    query: {},
    table: async ({ db, actor, sight, language }) => {
      const rows = await allRows(async (page) => {
        const asked = { case: null, item: null, of: null, kind: 'approach', ...page } as const
        const found = await listPapers(db, { actor, sight, sources: null }, asked)
        return { rows: found.papers, after: found.after }
      })
      // Who asked and about what stands on the paper alone: a file goes further than the archive (rules P-01).
      return tableOf(
        titles.interventions,
        [
          ['文号', 'Number', ({ number }) => number],
          ['案号', 'Case', ({ of }) => of],
          ['登记时间', 'Recorded', ({ issuedAt }) => at(issuedAt)],
          ['登记人', 'Recorded by', ({ issuedBy }) => issuedBy.name],
          ['有效', 'Stands', ({ replacedBy }) => yes(replacedBy === null)],
          ['校验码', 'Check', ({ check }) => check],
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
} satisfies Readonly<Record<string, Export>>

const STATUS: Readonly<Record<CaseSummary['status'], Words>> = {
  OPEN: { zh: '在办', en: 'open' },
  CLOSED: { zh: '已结案', en: 'closed' },
  MERGED: { zh: '已并案', en: 'Merged into another' },
}
