import { onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { readDisposal } from '../disposal/reads.ts'
import { tellingsOf } from '../disposal/telling.ts'
import { readCase } from '../reads.ts'
import { rules } from '../rules.ts'
import { GROUNDS } from './grounds.ts'
import type { PaperContent } from './paper-contents.ts'
import { localMinute, organOf, signatureOf, staffNames } from './paper-words.ts'

/** To whose things it happened that they went with their case to another organ, on suspicion of a crime, when and whither; of his own alone (rules X-12). */
export async function transferNotice(db: Reader, code: string, part: string): Promise<PaperContent | null> {
  const disposal = await readDisposal(db, code)
  const of = disposal === null ? null : await readCase(db, disposal.case)
  if (disposal === null || of === null) return null
  const told = (await tellingsOf(db, [disposal], of.track)).find((one) => one.part === part)
  if (told === undefined) throw new Refusal('custody.nothing-for-paper')
  const moved = told.items
  const party = await signatureOf(db, moved[0].holder)
  const officers = await staffNames(db, of.officers)
  const organisation = await organOf(db, disposal.unit)
  const { instrument, article } = rules.told_disposals
  const { organ, document, at, listOnly } = told.act
  return {
    items: moved.map((item) => item.code),
    form: (copy) =>
      sheet({
        ...{ kind: 'transfer-notice', organisation, code: null, copy },
        facts: [
          { name: '案号', value: disposal.case },
          { name: '当事人', value: party.name ?? '' },
          { name: '接收机关', value: onPaper(organ ?? '') },
          { name: '移送时间', value: localMinute(at) },
          { name: '移送回执', value: onPaper(document) },
          { name: '移送方式', value: listOnly ? '移送清单和材料，实物不移' : '实物移送' },
          { name: '依据', value: `${instrument} ${article}` },
        ],
        rows: moved.map((item, index) => [
          ...[String(index + 1), item.code, item.name, item.quantity, item.quantityUnit, item.measure.noticeNumber],
        ]),
        statement: `因违法行为涉嫌犯罪，案件已依法移送，上列查封、扣押、冻结的财物一并移送，现书面告知。${GROUNDS[of.track].remedy}`,
        signatures: [
          { role: '当事人', name: party.name, absence: null },
          ...officers.map((name) => ({ role: '承办人', name, absence: null })),
        ],
      }),
  }
}
