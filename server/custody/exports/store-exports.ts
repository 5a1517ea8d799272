import { Type } from 'typebox'
import type { Words } from '../../refusal.ts'
import { nextAfter } from '../../schemas.ts'
import { allRows, type Table, tableOf } from '../../table.ts'
import { ALARM_STATES, listAlarms, showAlarms } from '../door/alarm-reads.ts'
import { storageNames } from '../keeping/storage-classes.ts'
import { listConflicts, showConflicts } from '../conflicts/conflict-reads.ts'
import { listIncidents } from '../incidents/incident-reads.ts'
import { listLoans, listLocations } from '../reads.ts'
import { id } from '../schemas.ts'
import { at, due, type Export, type ExportAsked, naming, said, storeIn, yes } from './export.ts'

async function loanTable(asked: ExportAsked, title: Words, overdueAt: string | null): Promise<Table> {
  const { db, sight, now, language } = asked
  const loans = await allRows(async (page) => {
    const rows = await listLoans(db, sight, { ...page, overdueAt, store: null, item: null, now })
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
      ['应还时间', 'Due', ({ dueAt }) => due(dueAt)],
      ['超期', 'Overdue', ({ overdue }) => yes(overdue)],
      ['未还物品', 'Still out', ({ outstanding }) => outstanding.join(' ')],
      ['其中异常待处理', 'Of them under an incident', ({ frozen }) => frozen.join(' ')],
    ],
    loans,
    language,
  )
}

const titles = {
  loans: { zh: '调用在外', en: 'Out on loan' },
  overdue: { zh: '超期未还', en: 'Overdue loans' },
  incidents: { zh: '异常情况', en: 'Incidents' },
  alarms: { zh: '门禁报警', en: 'Alarms of doors' },
  conflicts: { zh: '断网记录', en: 'Records of benches' },
  locations: { zh: '库位', en: 'Shelves' },
} as const satisfies Record<string, Words>

/** What stores lend, miss and hear of, as files. */
export const storeExports = {
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
    query: { state: Type.Optional(Type.Enum([...ALARM_STATES])) },
    table: async ({ db, actor, sight, query, language }) => {
      const state = query['state'] === 'settled' ? 'settled' : 'open'
      const rows = await allRows(async (page) => {
        const found = await listAlarms(db, sight, { ...page, state })
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
          ['核实人', 'Looked into by', ({ acknowledged }) => acknowledged?.by.name ?? ''],
          ['核实时间', 'Looked into', ({ acknowledged }) => at(acknowledged?.at ?? null)],
          ['核实结果', 'What was found', ({ acknowledged }) => acknowledged?.reason ?? ''],
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
} satisfies Readonly<Record<string, Export>>
