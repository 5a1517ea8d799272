import type { RefusalText } from '../../refusal.ts'

const FREEZING = {
  zh: '监察法(2024) 26；行政强制法 29、30',
  en: 'Supervision Law (2024) 26; Administrative Compulsion Law 29, 30',
}
const ON_THE_SPOT = { zh: '行政强制法 19', en: 'Administrative Compulsion Law 19' }
const SURRENDER = { zh: '监察法实施条例(2021) 135', en: 'Supervision Law Regulations (2021) 135' }

const LEAVE = {
  zh: '行政强制法 18(一)、19；监察法(2024) 42(2)；案结物清',
  en: 'Administrative Compulsion Law 18(1), 19; Supervision Law (2024) 42(2); closed clean',
}
const FOR_LEAVE = {
  zh: '由本案承办人员在案件台账“尚未批准的措施”中申请补办批准，部门和机关的审批人批准；不予批准的，解除返还',
  en: 'An officer of the case asks for approval afterwards, under “Measures not approved yet” on the account of the case; approvers of the department and the organ agree. What they refuse is released and returned',
}

/** Measures: asked for before they are taken, on the spot, and what was handed in. */
export const measureRefusals = {
  'custody.measure-not-approved': {
    status: 409,
    detail: {
      zh: '案件 {case} 没有采取措施时有效的“{kind}”批准',
      en: 'Case {case} has no approval of the measure “{kindEn}” that held when it was taken',
    },
    rule: {
      zh: '行政强制法 18(一)；监察法实施条例(2021) 135',
      en: 'Administrative Compulsion Law 18(1); Supervision Law Regulations (2021) 135',
    },
    remedy: {
      zh: '先在案件台账上呈批，批准后在有效期内采取并选择该批准',
      en: 'Ask for it on the account of the case first; take it while the approval holds, and name that approval',
    },
  },
  'custody.measure-emergency': {
    status: 422,
    detail: {
      zh: '“{kind}”不能按当场紧急措施登记：只适用于行政、税务案件，且事先没有批准',
      en: '“{kindEn}” is no measure on the spot here: only administrative and tax cases have them, without an approval before',
    },
    rule: ON_THE_SPOT,
    remedy: {
      zh: '请先呈批，或取消“当场紧急措施”',
      en: 'Ask for approval first, or do not mark it as taken on the spot',
    },
  },
  'custody.trader-of-tax': {
    status: 422,
    detail: {
      zh: '“未办理税务登记”只适用于税务案件的扣押，不适用于“{kind}”',
      en: 'A trader without tax registration concerns seizures of the tax track, not “{kindEn}”',
    },
    rule: { zh: '税收征管法实施细则 58', en: 'Tax Collection Regulations 58' },
    remedy: { zh: '请取消该项', en: 'Take the mark away' },
  },
  'custody.nothing-to-confirm': {
    status: 409,
    detail: {
      zh: '{item} 的措施已经批准，或无须批准',
      en: 'The measure over {item} is approved already, or needs no approval',
    },
    rule: { zh: '行政强制法 18(一)、19', en: 'Administrative Compulsion Law 18(1), 19' },
    remedy: { zh: '请核对物品', en: 'Check the item' },
  },
  'custody.measure-unapproved': {
    status: 409,
    detail: {
      zh: '{items} 等 {count} 件的措施未经批准，不得“{way}”，只能解除返还',
      en: 'The measure over {itemsEn} ({count} in all) was never approved: no “{wayEn}”, it can only be released and returned',
    },
    rule: LEAVE,
    remedy: FOR_LEAVE,
  },
  'custody.case-unapproved': {
    status: 409,
    detail: {
      zh: '案件 {case} 有 {items} 等 {count} 件的措施未经批准，也没有解除返还，不得结案',
      en: 'Case {case} has things whose measure was never approved and which were not given back: {itemsEn} ({count} in all). It cannot be closed',
    },
    rule: LEAVE,
    remedy: FOR_LEAVE,
  },
  'custody.convert-kind': {
    status: 422,
    detail: { zh: '主动上交的财物不能转为“{kind}”', en: 'What was handed in cannot be held by “{kindEn}”' },
    rule: SURRENDER,
    remedy: { zh: '请选择扣押、暂扣、查封或调取', en: 'Choose seizing, withholding, sealing up or extracting' },
  },
  'custody.surrender-undecided': {
    status: 409,
    detail: {
      zh: '{item} 为主动上交待定，只能退还或先转为正式措施',
      en: '{item} was handed in and is undecided: it is given back, or held under a measure first',
    },
    rule: SURRENDER,
    remedy: {
      zh: '请先申请转为正式措施，或提出返还',
      en: 'Ask to hold it under a measure, or propose to give it back',
    },
  },
  'custody.frozen-account': {
    status: 422,
    detail: {
      zh: '“{category}”与所采取的措施不符：冻结只适用于存款、汇款、证券账户，账户也只能冻结',
      en: '“{categoryEn}” does not fit the measure: accounts are frozen, and nothing else is',
    },
    rule: FREEZING,
    remedy: { zh: '请核对类别和措施', en: 'Check the category and the measure' },
  },
} as const satisfies Record<string, RefusalText>
