import { MEASURE_WORDS, seizureForm, type SeizureList } from '../../../labels/documents/seizure-list.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import { sql } from 'kysely'
import type { Approval } from '../../approvals/approvals.ts'
import type { Clock } from '../../clock/clock.ts'
import '../../clock/tables.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import type { Book } from '../categories.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import { GROUNDS } from './grounds.ts'
import { type HoldersShare, sharesOf } from './holders.ts'
import type { PaperContent } from './paper-contents.ts'
import { BY_HAND, lastLocalDay, localMinute, organOf, signatureOf, staffNames, unsealed } from './paper-words.ts'
import { readCase, readItems } from '../reads.ts'
import { seizureListOf } from './paper.ts'
import '../tables.ts'

/**
 * What one notice took of one holder, of one book; a form is drawn of it for each copy.
 * @throws Refusal `custody.nothing-for-paper`
 */
async function seizedBy(db: Reader, of: Case, part: string, book: Book): Promise<SeizureList> {
  const blank = { number: 1, of: 1, recipient: '附卷' }
  return seizureListOf(db, of, part, book, blank).catch(nothingToFillIn)
}

/** @throws Refusal `custody.nothing-for-paper` where what is known of a thing lacks the act that a paper tells of */
export function nothingToFillIn(error: unknown): never {
  if (error instanceof Refusal && error.code === 'request.not-found') throw new Refusal('custody.nothing-for-paper')
  throw error
}

/**
 * F-02 for the evidence, or for what was only on the person; F-03 for what was handed in, which is numbered apart.
 * @throws Refusal `custody.nothing-for-paper` where the notice calls for the other form
 */
export async function seizurePaper(
  db: Reader,
  number: string,
  part: string,
  book: Book,
  kind: 'seizure-list' | 'effects-list' | 'surrender-list',
): Promise<PaperContent | null> {
  const of = await readCase(db, number)
  if (of === null) return null
  const list = await seizedBy(db, of, part, book)
  if (kind !== 'effects-list' && (list.measure === 'hand-in') !== (kind === 'surrender-list'))
    throw new Refusal('custody.nothing-for-paper')
  return {
    items: list.items.map(({ code }) => code),
    form: (copy) => seizureForm({ ...list, copy }),
  }
}

/** F-01: what was taken by one notice from one holder, on what ground, and what he may do about it. */
export async function noticePaper(db: Reader, number: string, part: string): Promise<PaperContent | null> {
  const of = await readCase(db, number)
  if (of === null) return null
  const list = await seizedBy(db, of, part, 'evidence')
  const { organisation, measure, noticeNumber, place, day, items, holder, investigators } = list
  const { basis, remedy } = GROUNDS[of.track]
  const word = MEASURE_WORDS[measure]
  const kind = of.track === 'ADMIN' || of.track === 'TAX' ? '决定书' : '通知书'
  const rows = items.map((item, index) => [
    String(index + 1),
    ...[item.code, item.name, item.quantity, item.unit, item.features],
  ])
  const codes = items.map(({ code }) => code)
  const term = await termOf(db, codes, TERM_RULES)
  const payBy = (await termOf(db, codes, ['DL-14'])) ?? ''
  const payPerishableBy = (await termOf(db, codes, ['DL-14a'])) ?? ''
  const limited = kind === '决定书'
  return {
    items: items.map(({ code }) => code),
    form: (copy) =>
      sheet({
        ...{ kind: 'notice', title: `${word}${kind}`, organisation, code: null, copy, rows },
        facts: [
          { name: '案号', value: number },
          { name: '通知书文号', value: noticeNumber },
          { name: '当事人', value: holder.name ?? '' },
          // Registered nowhere: it is written in by hand.
          { name: '当事人住址', value: BY_HAND },
          { name: `${word}时间`, value: day },
          { name: `${word}地点`, value: place },
          { name: '依据', value: basis },
          { name: '期限', value: term ?? (limited ? BY_HAND : '') },
          // Of who is not registered for tax (税收征管法实施细则 58).
          { name: '缴纳税款期限', value: payBy },
          { name: '缴纳税款期限（鲜活、易腐）', value: payPerishableBy },
        ],
        statement: `因办案需要，决定对上列财物、文件采取${word}措施，${copy.of} 份同样的文书分别交付。${remedy}`,
        // What was drawn was drawn on the list.
        signatures: [
          { role: '当事人', name: holder.name, absence: holder.absence },
          ...investigators.map(({ name, absence }) => ({ role: '调查人员', name, absence })),
        ],
      }),
  }
}

/** Until when a term over these things lasts, by the clock of these rules that runs over them; null where none does. */
async function termOf(db: Reader, codes: readonly string[], rules: readonly string[]): Promise<string | null> {
  const row = await db
    .selectFrom('clocks')
    .innerJoin('clock_subjects', 'clock_subjects.clock', 'clocks.id')
    .select('clocks.state')
    .where('clocks.rule', 'in', [...rules])
    .where(
      'clock_subjects.subject',
      'in',
      codes.map((code) => `item/${code}`),
    )
    .orderBy('clocks.id')
    .executeTakeFirst()
  return row === undefined ? null : `至 ${lastLocalDay(row.state.dueAt)}（${row.state.terms.basis}）`
}

/** The terms that a measure ends with; putting one off is told to its party in writing (行政强制法 25, 32; 税收征管法实施细则 88). */
export const EXTENDED_RULES: readonly string[] = ['DL-06', 'DL-09', 'DL-10']
/** Until when a measure holds: the terms above, and what is preserved until it is decided over (行政处罚法 56). */
const TERM_RULES: readonly string[] = [...EXTENDED_RULES, 'DL-19']

/**
 * F-21: to whose things a measure was put off, until when and why; of his own alone.
 * @param part empty for the first holder whose things the clock runs over, else as `sharesOf` names it
 */
export async function extensionPaper(db: Reader, id: string, part: string): Promise<PaperContent | null> {
  const row = await db.selectFrom('clocks').select('state').where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const clock: Clock = row.state
  const shares = await sharesOfClock(db, clock)
  if (shares.length === 0) return null
  const its = shares.find((share) => share.part === part)?.items
  if (its === undefined || clock.extensions === 0 || !EXTENDED_RULES.includes(clock.rule))
    throw new Refusal('custody.nothing-for-paper')
  const [first] = its
  const granted = await grantOf(db, id)
  const organisation = await organOf(db, first.unit)
  const holder = await signatureOf(db, first.holder)
  const said = await unsealed(db, its)
  const officers = await staffNames(db, first.measure.officers)
  return {
    items: its.map(({ code }) => code),
    form: (copy) =>
      sheet({
        ...{ kind: 'extension', organisation, code: null, copy },
        facts: [
          { name: '案号', value: [...new Set(its.map((item) => item.case))].join('、') },
          { name: '当事人', value: holder.name ?? '' },
          { name: '原措施地点', value: onPaper(said(first.measure.place)) },
          { name: '起算时间', value: localMinute(clock.from) },
          { name: '延长至', value: lastLocalDay(clock.dueAt) },
          { name: '依据', value: clock.terms.basis },
          { name: '批准时间', value: granted === null ? '' : localMinute(granted.at) },
          // Of an authority above, where only that one may grant it.
          { name: '批准文书', value: onPaper(granted?.document ?? '') },
          { name: '理由', value: granted === null ? '' : onPaper(granted.reason) },
        ],
        rows: its.map((item, index) => [
          String(index + 1),
          ...[item.code, item.name, item.quantity, item.quantityUnit, item.measure.noticeNumber],
        ]),
        statement: `对上列财物采取的措施，经批准延长期限，现予告知。${GROUNDS[first.track].remedy}`,
        signatures: [
          { role: '签收人', name: holder.name, absence: null },
          ...officers.map((name) => ({ role: '调查人员', name, absence: null })),
        ],
      }),
  }
}

/** Whose things a clock runs over, each holder apart. */
export async function sharesOfClock(db: Reader, { subjects }: Clock): Promise<HoldersShare[]> {
  const its = await readItems(
    db,
    subjects.map(({ subject }) => subject.slice('item/'.length)),
  )
  return sharesOf(db, '', its)
}

/** The last request to put this clock off that was granted: when, why it was asked for, and the document that it named. */
async function grantOf(
  db: Reader,
  clock: string,
): Promise<{ readonly at: string; readonly reason: string; readonly document: string | null } | null> {
  const found = await sql<{ state: Approval }>`
    select state from approvals
    where command = 'extend-deadline' and status = 'granted' and state #>> '{deed,clock}' = ${clock}
    order by asked_at desc limit 1
  `.execute(db)
  const approval = found.rows[0]?.state
  if (approval === undefined || approval.decidedAt === null) return null
  const { ref } = approval.reason
  const { document } = approval.deed
  return {
    at: approval.decidedAt,
    reason: textOf((await readPersonal(db, [ref])).get(ref)) ?? '',
    document: typeof document === 'string' ? document : null,
  }
}
