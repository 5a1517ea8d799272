import type { RefusalText } from '../../refusal.ts'

const RULE = { zh: '监察法(2024) 67（回避）', en: 'Supervision Law (2024) 67 (recusal)' }

/** Who stands aside in a case, and what he may not do in it. */
export const recusalRefusals = {
  'custody.recused': {
    status: 403,
    detail: {
      zh: '{person} 已从案件 {case} 回避，不得承办、审批或保管本案财物',
      en: '{person} is recused from case {case} and handles, approves and keeps nothing of it',
    },
    rule: RULE,
    remedy: { zh: '由没有回避的人员办理', en: 'Somebody who is not recused does it' },
  },
  'custody.recusal-not-yours': {
    status: 403,
    detail: {
      zh: '您只能登记本人回避；他人的回避由承办部门或其上级的负责人决定',
      en: 'You may recuse yourself alone; about others decides a head of the department or above it',
    },
    rule: RULE,
    remedy: { zh: '请承办部门或其上级的负责人登记', en: 'Ask a head of the department, or above it' },
  },
  'custody.recusal-person': {
    status: 422,
    detail: { zh: '没有在任人员 {person}', en: 'There is no active person {person}' },
    rule: RULE,
    remedy: { zh: '请从名单中选择', en: 'Choose from the list' },
  },
  'custody.recusal-too-few': {
    status: 409,
    detail: {
      zh: '回避后案件 {case} 的承办人员不足 {needed} 人',
      en: 'After this, case {case} would have fewer than {needed} officers',
    },
    rule: { zh: '监察法(2024) 44(1)（两人以上）', en: 'Supervision Law (2024) 44(1) (two or more)' },
    remedy: { zh: '请同时选定接替的承办人员', en: 'Choose who takes his place in the same act' },
  },
} as const satisfies Record<string, RefusalText>
