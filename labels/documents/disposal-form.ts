/** The papers of disposal: F-08, F-11, F-12, F-13, F-14 and F-15, one layout with the facts, columns and signatures that each asks for. */

import type { Form, Signature } from './form.ts'

export interface DisposedItem {
  readonly code: string
  readonly name: string
  readonly quantity: string
  readonly unit: string
  readonly features: string
  /** What it has to do with the case, or the state it was in; by what the form asks for. */
  readonly remark: string
}

export const DISPOSAL_FORMS = {
  approval: { formNumber: 'F-13', title: '涉案财物处置审批表', remark: '所涉事实' },
  notice: { formNumber: 'F-11', title: '解除查封、扣押通知书', remark: '原措施文书' },
  'return-list': { formNumber: 'F-12', title: '返还清单（领取单）', remark: '状态' },
  'transfer-list': { formNumber: 'F-08', title: '涉案财物移送清单', remark: '对应事实' },
  destruction: { formNumber: 'F-14', title: '销毁记录', remark: '照片' },
} as const
/** The approval of a sale before the case is decided. */
const EARLY_SALE = { formNumber: 'F-15', title: '先行处置（变卖、拍卖）审批表', remark: '所涉事实' } as const
export type DisposalFormKind = keyof typeof DISPOSAL_FORMS

/** What is filled in. */
export interface DisposalForm extends Pick<Form, 'organisation' | 'code' | 'copy' | 'facts' | 'statement'> {
  readonly kind: DisposalFormKind
  /** An approval is of an early sale. */
  readonly earlySale?: boolean
  readonly items: readonly DisposedItem[]
  /** In the order they sign. */
  readonly signatures: readonly Pick<Signature, 'role' | 'name' | 'drawn'>[]
}

/** The paper as it is set. */
export function disposalSheet({ kind, earlySale = false, items, facts, signatures, ...rest }: DisposalForm): Form {
  const { formNumber, title, remark } = earlySale && kind === 'approval' ? EARLY_SALE : DISPOSAL_FORMS[kind]
  return {
    ...{ ...rest, formNumber, title },
    // A form has a line for what there is to say, and none for the rest.
    facts: facts.filter(({ value }) => value !== ''),
    columns: [
      { title: '序号', width_mm: 9, align: 'middle' },
      { title: '编号', width_mm: 31, align: 'start' },
      { title: '名称', width_mm: 31, align: 'start' },
      { title: '数量', width_mm: 14, align: 'end' },
      { title: '单位', width_mm: 10, align: 'middle' },
      { title: '特征', width_mm: 50, align: 'start' },
      { title: remark, width_mm: 30, align: 'start' },
    ],
    rows: items.map((item, index) => [
      String(index + 1),
      ...[item.code, item.name, item.quantity, item.unit, item.features, item.remark],
    ]),
    signatures: signatures.map((signature) => ({ ...signature, absence: null })),
    initials: [...new Set(signatures.map(({ role }) => role))].slice(0, 2),
  }
}
