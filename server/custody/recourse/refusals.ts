import type { RefusalText } from '../../refusal.ts'

const RULE = { zh: '行政强制法 26(2)', en: 'Administrative Compulsion Law 26(2)' }

/** Paying first for what a third-party keeper lost, and having it back. */
export const recourseRefusals = {
  'custody.recourse-keeper': {
    status: 422,
    detail: {
      zh: '{item} 不是行政、税务案件中委托第三人保管的财物，不登记先行赔付',
      en: '{item} is not kept by a third party in an administrative or tax case: nothing is paid for its keeper first',
    },
    rule: RULE,
    remedy: { zh: '请核对物品和保管方式', en: 'Check the item and how it is kept' },
  },
  'custody.recourse-no-incident': {
    status: 409,
    detail: {
      zh: '{item} 没有登记过异常，损失未载明，不登记赔付',
      en: 'No incident of {item} is on record: a loss that nobody recorded is not paid for',
    },
    rule: RULE,
    remedy: { zh: '请先登记异常', en: 'Record the incident first' },
  },
  'custody.recourse-full': {
    status: 409,
    detail: {
      zh: '{item} 已登记 {most} 笔赔付，不再登记',
      en: '{most} payments for {item} are on record, and no more are taken',
    },
    rule: RULE,
    remedy: {
      zh: '请核对是否重复登记，确需再付的，先与财务部门核对合并',
      en: 'Look for entries made twice; what must still be paid is settled with finance first',
    },
  },
  'custody.recourse-unknown': {
    status: 409,
    detail: {
      zh: '{item} 的第 {nth} 笔赔付没有待追偿的款项',
      en: 'Nothing is open of payment {nth} for {item}',
    },
    rule: RULE,
    remedy: { zh: '请刷新后核对', en: 'Read the page again' },
  },
  'custody.recourse-differs': {
    status: 409,
    detail: {
      zh: '{item} 待追偿 {open} 元，与申请核销的 {asked} 元不符',
      en: '{open} yuan are open of {item}, not the {asked} yuan that are to be written off',
    },
    rule: RULE,
    remedy: { zh: '请刷新后按待追偿数额申请', en: 'Read the page again and ask for what is open' },
  },
  'custody.recourse-beyond': {
    status: 409,
    detail: {
      zh: '{item} 待追偿 {open} 元，填写的 {asked} 元超出待追偿数额',
      en: '{open} yuan are open of {item}; {asked} yuan are more than that',
    },
    rule: RULE,
    remedy: { zh: '请按凭证核对金额', en: 'Check the amount against its voucher' },
  },
} as const satisfies Record<string, RefusalText>
