import { onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Clock } from '../../clock/clock.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { readItems } from '../reads.ts'
import { GROUNDS } from './grounds.ts'
import { type HoldersShare, sharesOf } from './holders.ts'
import type { PaperContent } from './paper-contents.ts'
import { localMinute, organOf, signatureOf, staffNames } from './paper-words.ts'

/** Whose things lie under an appraisal that pauses a clock, each holder apart; none where no days of one are known. */
export async function sharesUnderAppraisal(db: Reader, { subjects, appraisal }: Clock): Promise<HoldersShare[]> {
  if (appraisal === undefined) return []
  const its = await readItems(
    db,
    subjects.map(({ subject }) => subject.slice('item/'.length)),
  )
  return sharesOf(db, appraisal.begins, its)
}

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
