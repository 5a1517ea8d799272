import { sql } from 'kysely'
import { onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Clock } from '../../clock/clock.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { readItems } from '../reads.ts'
import { GROUNDS } from './grounds.ts'
import { holdersOf, type HoldersShare, sharesAmong, sharesOf } from './holders.ts'
import type { PaperContent } from './paper-contents.ts'
import { localMinute, organOf, signatureOf, staffNames } from './paper-words.ts'

/** Whose things lie under an appraisal that pauses a clock, each holder apart; none where no days of one are known. */
export async function sharesUnderAppraisal(db: Reader, { subjects, appraisal }: Clock): Promise<HoldersShare[]> {
  if (appraisal === undefined) return []
  return sharesOf(db, appraisal.begins, await readItems(db, subjects.map(itemUnder)))
}

/**
 * Of clocks that an appraisal pauses, how many holders of what is under it no standing paper has told of its term, by clock; nothing of one that told
 * everybody. Whose things all went on before is told nothing, nor is one who was erased: nobody knows any more who he was.
 */
export async function untoldOfTerms(db: Reader, clocks: readonly Clock[]): Promise<ReadonlyMap<string, number>> {
  if (clocks.length === 0) return new Map()
  const items = await readItems(
    db,
    clocks.flatMap(({ subjects }) => subjects.map(itemUnder)),
  )
  const byCode = new Map(items.map((item) => [item.code, item]))
  const holders = await holdersOf(db, items)
  const issued = await sql<{ paper: string }>`
    select of_thing || ' ' || of_part as paper from papers where kind = 'appraisal-term' and stands
      and of_thing = any(${clocks.map(({ id }) => id)}::text[])
  `.execute(db)
  const told = new Set(issued.rows.map(({ paper }) => paper))
  return new Map(
    clocks.flatMap(({ id, subjects, appraisal }) => {
      if (appraisal === undefined) return []
      const its = subjects.flatMap((subject) => byCode.get(itemUnder(subject)) ?? [])
      const open = new Set(subjects.filter(({ doneAt }) => doneAt === null).map(itemUnder))
      const untold = sharesAmong(appraisal.begins, its, holders).filter(
        ({ part, items: own, isErased }) =>
          !isErased && own.some(({ code }) => open.has(code)) && !told.has(`${id} ${part}`),
      )
      return untold.length === 0 ? [] : [[id, untold.length] as const]
    }),
  )
}

const itemUnder = ({ subject }: { readonly subject: string }): string => subject.slice('item/'.length)

/**
 * to whose things an appraisal takes how long, that the days are not counted in the term of the measure, and who bears its cost
 * (行政强制法 25(3)); of his own alone.
 * @param part the day it began, for the first holder; for any other as `sharesOf` names it
 * @throws Refusal `custody.nothing-for-paper`
 */
export async function appraisalTermPaper(db: Reader, id: string, part: string): Promise<PaperContent | null> {
  const row = await db.selectFrom('clocks').select('state').where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const { appraisal, from } = row.state
  const its = (await sharesUnderAppraisal(db, row.state)).find((share) => share.part === part)?.items
  if (its === undefined || appraisal === undefined) throw new Refusal('custody.nothing-for-paper')
  const [first] = its
  const organisation = await organOf(db, first.unit)
  const holder = await signatureOf(db, first.holder)
  const officers = await staffNames(db, first.measure.officers)
  return {
    items: its.map(({ code }) => code),
    form: (copy) =>
      sheet({
        ...{ kind: 'appraisal-term', organisation, code: null, copy },
        facts: [
          { name: '案号', value: [...new Set(its.map((item) => item.case))].join('、') },
          { name: '当事人', value: holder.name ?? '' },
          { name: '措施起算时间', value: localMinute(from) },
          { name: '期间', value: `自 ${appraisal.begins} 至 ${appraisal.ends}` },
          { name: '委托文书', value: onPaper(appraisal.document) },
          { name: '费用', value: '由本机关承担' },
          { name: '依据', value: '行政强制法 25(3)' },
        ],
        rows: its.map((item, index) => [
          String(index + 1),
          ...[item.code, item.name, item.quantity, item.quantityUnit, item.measure.noticeNumber],
        ]),
        statement: `上列财物需要检测、检验、检疫或者技术鉴定，所需期间如上，不计入查封、扣押期限，费用由本机关承担，现书面告知。${GROUNDS[first.track].remedy}`,
        signatures: [
          { role: '签收人', name: holder.name, absence: null },
          ...officers.map((name) => ({ role: '调查人员', name, absence: null })),
        ],
      }),
  }
}
