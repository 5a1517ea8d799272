import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '中办发〔2015〕7号 二（立案前不得查封、扣押、冻结）',
  en: 'Circular 7 (2015) of the General Offices, part 2 (nothing is taken before filing)',
}

/** When a case was filed. */
export const filingRefusals = {
  'custody.filing-day': {
    status: 422,
    detail: { zh: '立案日期 {filedOn} 还没有到', en: 'The day of filing, {filedOn}, is still to come' },
    rule: RULE,
    remedy: { zh: '请按立案文书填写', en: 'Give the day that the filing document has' },
  },
  'custody.filing-known': {
    status: 409,
    detail: { zh: '案件 {case} 已登记于 {filedOn} 立案', en: 'Case {case} is recorded as filed on {filedOn}' },
    rule: RULE,
    remedy: { zh: '无须再登记', en: 'Nothing is left to do' },
  },
  'custody.before-filing': {
    status: 422,
    detail: {
      zh: '案件 {case} 于 {filedOn} 立案，{day} 不能采取这项措施',
      en: 'Case {case} was filed on {filedOn}: this measure cannot have been taken on {day}',
    },
    rule: RULE,
    remedy: {
      zh: '请核对采取措施的时间；主动上交、调取和当场采取的措施按其程序登记',
      en: 'Check when it was taken; what was handed in, called for or taken on the spot is registered as such',
    },
  },
} as const satisfies Record<string, RefusalText>
