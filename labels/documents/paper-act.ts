/** The sheet for an act of the bench while there is no power: empty, written by hand, entered later. It is no numbered form of the house. */

import type { Form } from './form.ts'
import { formPdf } from './form-pdf.ts'

const LINES = 8
/** High enough to write in by hand. */
const WRITING_MM = 12

/**
 * The sheet as an A4 PDF.
 *
 * @throws LabelRefused and RangeError as `formPdf`
 */
export function paperActSheet(organisation: string, store: string, madeAt: Date): Promise<Buffer> {
  return formPdf(sheetOf(organisation, store), madeAt)
}

/** The sheet as it is set. */
export function sheetOf(organisation: string, store: string): Form {
  const places = ['移交人、调用人', '保管人员', '第二名保管人员', '补录人', '核对人']
  return {
    ...{ organisation, formNumber: '断电', title: '断电期间财物交接记录', code: null },
    copy: { number: 1, of: 1, recipient: '保管部门' },
    facts: [
      { name: '保管场所', value: store },
      { name: '纸号', value: '________________' },
      { name: '办理', value: '□移交 □入库 □调用出库 □归还' },
      { name: '时间', value: '________年____月____日____时____分' },
      { name: '缘由', value: '□停电 □系统不可用 □其他：________' },
      { name: '调用审批号', value: '______________' },
    ],
    columns: [
      { title: '序号', width_mm: 9, align: 'middle' },
      { title: '物品编号', width_mm: 40, align: 'start' },
      { title: '名称', width_mm: 30, align: 'start' },
      { title: '重量（克）', width_mm: 22, align: 'end' },
      { title: '封条号、是否完好', width_mm: 32, align: 'start' },
      { title: '库位编号', width_mm: 24, align: 'start' },
      { title: '是否一致', width_mm: 18, align: 'start' },
    ],
    rows: Array.from({ length: LINES }, (_, index) => [String(index + 1), '', '', '', '', '', '']),
    writing_mm: WRITING_MM,
    byHand: true,
    statement:
      '逐件当面核对后填写，双方签名。来电后由经办的保管人员（移交由承办人员）按原时间补录，另一名保管人员或保管部门负责人持本表核对；本表入卷保存。',
    signatures: places.map((role) => ({ role, name: null, absence: null })),
    initials: [],
  }
}
