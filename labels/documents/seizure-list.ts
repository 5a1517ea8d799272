/** F-02, and F-03 for what was handed in: the list that holder, witness and investigators sign on the spot; each copy names who gets it. */

import type { Drawn, Form, Signature } from './form.ts'
import { chineseDay } from './form.ts'

/** The measure decides the title: discipline, supervision and administration each have their own word. */
export type Measure = 'seize' | 'seal-up' | 'withhold' | 'seal-away' | 'extract' | 'preserve' | 'freeze' | 'hand-in'

/** How each measure is called on paper. */
export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  seize: '扣押',
  'seal-up': '查封',
  withhold: '暂扣',
  'seal-away': '封存',
  extract: '调取',
  preserve: '先行登记保存',
  freeze: '冻结',
  'hand-in': '接收',
}

export interface Signer {
  readonly name: string | null
  /** "拒绝签名：…" or "不在场：…"; stands in place of the signature. */
  readonly absence: string | null
  /** Absent where the place is left to be signed. */
  readonly drawn?: Drawn
}

export interface SeizedItem {
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly quantity: string
  readonly unit: string
  readonly features: string
  readonly remark: string
}

export interface SeizureList {
  readonly organisation: string
  /** `effects`: a list of what was on the person and is no evidence, never together with what is. */
  readonly book: 'evidence' | 'effects'
  readonly measure: Measure
  /** Taken in a tax case: what is seized there is receipted, what is sealed up is listed (税收征管法 47). */
  readonly ofTax?: boolean
  readonly caseNumber: string
  readonly noticeNumber: string
  /** Where the things come from: from whom they were taken, or who handed them in. */
  readonly source: string
  /** Under which numbers they stand in the register; empty where no single entry registered them. */
  readonly entered: string
  readonly place: string
  /** `2026-11-21` */
  readonly day: string
  readonly copy: { readonly number: number; readonly of: number; readonly recipient: string }
  readonly items: readonly SeizedItem[]
  readonly holder: Signer & { readonly role: '持有人' | '保管人' }
  readonly witness: Signer
  readonly investigators: readonly [Signer, Signer]
  /** What was seen to at the taking, by whom, and what nobody has said; empty where the measure has no checklist. */
  readonly checks: string
  /** Recordings of the taking, each as it is named on paper. */
  readonly videos: readonly string[]
}

function isHandedIn({ book, measure }: SeizureList): boolean {
  return measure === 'hand-in' && book === 'evidence'
}

/** What was handed in voluntarily has a form of its own (rules C-31). */
function titleOf(list: SeizureList): string {
  const { book, measure, ofTax = false } = list
  if (isHandedIn(list)) return '主动上交财物登记表'
  if (book === 'effects') return '随身物品登记清单'
  if (ofTax && measure === 'seize') return '扣押商品、货物、财产收据'
  return `${MEASURE_WORDS[measure]}财物、文件清单`
}

/**
 * The list as it is set.
 *
 * @throws LabelRefused for a day that is none
 */
export function seizureForm(list: SeizureList): Form {
  const measure = MEASURE_WORDS[list.measure]
  const [first, second] = list.investigators
  const place = (role: string, signer: Signer): Signature => ({ role, ...signer })
  return {
    formNumber: isHandedIn(list) ? 'F-03' : 'F-02',
    organisation: list.organisation,
    title: titleOf(list),
    // It is found by the code of the paper that it is issued as. A number of its own would be given out by nobody, and be that of a list.
    code: null,
    copy: list.copy,
    facts: [
      { name: '案号', value: list.caseNumber },
      { name: '通知书文号', value: list.noticeNumber },
      { name: `${measure}地点`, value: list.place },
      { name: `${measure}日期`, value: chineseDay('日期', list.day) },
      ...(list.checks === '' ? [] : [{ name: '办理要点', value: list.checks }]),
      { name: '来源', value: list.source },
      ...(list.entered === '' ? [] : [{ name: '登记台账', value: list.entered }]),
      ...(list.videos.length === 0 ? [] : [{ name: '同步录像', value: list.videos.join('；') }]),
    ],
    columns: [
      { title: '序号', width_mm: 9, align: 'middle' },
      { title: '编号', width_mm: 31, align: 'start' },
      { title: '名称', width_mm: 32, align: 'start' },
      { title: '规格型号', width_mm: 19, align: 'start' },
      { title: '数量', width_mm: 13, align: 'end' },
      { title: '单位', width_mm: 10, align: 'middle' },
      { title: '特征', width_mm: 34, align: 'start' },
      { title: '备注', width_mm: 27, align: 'start' },
    ],
    rows: list.items.map((item, i) => [
      String(i + 1),
      item.code,
      item.name,
      item.specification,
      item.quantity,
      item.unit,
      item.features,
      item.remark,
    ]),
    statement: `以上财物、文件已当场逐件清点、核对、登记、编号，与实物相符。本清单一式 ${list.copy.of} 份。`,
    signatures: [
      place(list.holder.role, list.holder),
      place('见证人', list.witness),
      place('调查人员', first),
      place('调查人员', second),
    ],
    initials: [list.holder.role, '见证人', '调查人员'],
  }
}
