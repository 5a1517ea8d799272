import { localDue, localMinute } from '../local-time.ts'
import { type Language, type Table, tableOf } from '../table.ts'
import type { ShownUrging } from './protocol.ts'
import { urgingStateWords } from './urging.ts'

const TITLE = { zh: '督办', en: 'Notices of urging' } as const

/** 督办 notices as a file, with the last answer to each and what became of it; words that were erased are not there. */
export function urgingTable(rows: readonly ShownUrging[], language: Language): Table {
  const lastOf = ({ answers }: ShownUrging): ShownUrging['answers'][number] | undefined => answers.at(-1)
  return tableOf(
    TITLE,
    [
      ['文号', 'Number', ({ number }) => number],
      ['涉及', 'About', ({ about }) => about.id],
      ['被督办部门', 'Department', ({ unit }) => unit.name],
      ['被督办人', 'Person', ({ person }) => person?.name ?? ''],
      ['状态', 'State', ({ state }) => urgingStateWords[state][language]],
      ['督办内容', 'What is urged', ({ issued }) => issued.text ?? ''],
      ['督办人', 'By', ({ issued }) => issued.by.name],
      ['批准人', 'Approved by', ({ approver }) => approver.name],
      ['发出时间', 'Issued', ({ issued }) => localMinute(issued.at)],
      ['回复期限', 'Due', ({ dueAt }) => localDue(dueAt)],
      ['最近回复', 'Last answer', (row) => lastOf(row)?.text ?? ''],
      ['回复时间', 'Answered', (row) => localTime(lastOf(row)?.at)],
      ['审核意见', 'Verdict', (row) => lastOf(row)?.judged?.text ?? ''],
    ],
    rows,
    language,
  )
}

function localTime(at: string | undefined): string {
  return at === undefined ? '' : localMinute(at)
}
