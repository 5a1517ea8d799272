import { onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { trackWords } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { mustBeOpen } from '../separation.ts'
import { readCase } from '../reads.ts'
import { mustFitPaper } from './drawable.ts'
import { GROUNDS } from './grounds.ts'
import type { PaperContent } from './paper-contents.ts'
import { organOf, staffNames } from './paper-words.ts'
import { type Said, type WrittenKind, writtenFields } from './written.ts'

/** Rows in which leaders write their opinion by hand. */
const WRITING_MM = 24

/** Whether it may be written of this case still: of one that was merged nothing, and nothing is taken in one that is closed. */
export function mayWrite(kind: WrittenKind, { status }: Pick<Case, 'status'>): boolean {
  return status === 'OPEN' || (status === 'CLOSED' && kind !== 'measure-approval')
}

/**
 * What an officer wrote, on the form of its kind.
 * @throws Refusal `custody.case-merged` and `custody.case-closed` for a case in which it is not written any more, `custody.paper-field` for a field that is wanting or is none of this paper; `custody.cannot-draw`
 */
export async function writtenPaper(
  db: Reader,
  kind: WrittenKind,
  number: string,
  said: Said | undefined,
): Promise<PaperContent | null> {
  const of = await readCase(db, number)
  if (of === null) return null
  if (!mayWrite(kind, of)) mustBeOpen(of)
  const fields = writtenFields(kind)
  const given = said ?? {}
  const wanting = fields.find(({ id, required }) => required && (given[id] ?? '').trim() === '')
  const foreign = Object.keys(given).find((id) => !fields.some((field) => field.id === id))
  if (wanting !== undefined)
    throw new Refusal('custody.paper-field', { field: wanting.name.zh, fieldEn: wanting.name.en })
  if (foreign !== undefined) throw new Refusal('custody.paper-field', { field: foreign, fieldEn: foreign })
  mustFitPaper(Object.fromEntries(fields.map(({ id, name }) => [name.zh, { en: name.en, text: given[id] }])))
  const head = fields.filter(({ long }) => !long).map(({ id, name }) => ({ name: name.zh, value: textOf(given, id) }))
  const rows = fields.filter(({ long }) => long).map(({ id, name }) => [name.zh, textOf(given, id)])
  const facts = [...(await caseFacts(db, of)), ...head]
  const officers = await staffNames(db, of.officers)
  const organisation = await organOf(db, of.unit)
  const blank = { organisation, code: null }
  switch (kind) {
    case 'measure-approval':
      return {
        items: [],
        form: (copy) =>
          sheet({
            ...{ kind, ...blank, copy, facts: [...facts, { name: '依据', value: GROUNDS[of.track].basis }] },
            rows: [...rows, ['承办部门意见', ''], ['审批领导意见', '']],
            writing_mm: WRITING_MM,
            statement: '未经批准，不得采取所列措施；情况紧急依法先行采取的，须在法定时限内补办批准手续。',
            signatures: [
              ...officers.map((name) => ({ role: '承办人', name, absence: null })),
              { role: '承办部门负责人', name: null, absence: null },
              { role: '审批领导', name: null, absence: null },
            ],
          }),
      }
    case 'approach':
      return {
        items: [],
        form: (copy) =>
          sheet({
            ...{ kind, ...blank, copy, facts, rows: rows.filter(([, text]) => text !== '') },
            statement: '发现打听案情、过问案件、说情干预的，应当及时报告并如实登记。',
            signatures: [
              { role: '登记人', name: null, absence: null },
              { role: '承办部门负责人', name: null, absence: null },
            ],
          }),
      }
  }
}

const textOf = (said: Said, id: string): string => onPaper(said[id] ?? '')

async function caseFacts(db: Reader, of: Case) {
  const named = await namesOf(db, [`unit/${of.unit}`])
  return [
    { name: '案号', value: of.number },
    { name: '案件类型', value: trackWords[of.track].zh },
    { name: '承办部门', value: named(`unit/${of.unit}`).name },
  ]
}
