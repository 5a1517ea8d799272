import type { RefusalText } from '../../refusal.ts'

const RULE = { zh: '监察法(2024) 44(1)（两人以上）', en: 'Supervision Law (2024) 44(1) (two or more)' }

/** Who handles a case as well. */
export const officerRefusals = {
  'custody.officers-not-yours': {
    status: 403,
    detail: {
      zh: '增加承办人员由承办部门或其上级的负责人决定',
      en: 'A head of the department that handles the case, or above it, decides who handles it as well',
    },
    rule: RULE,
    remedy: { zh: '请承办部门或其上级的负责人办理', en: 'Ask a head of the department, or above it' },
  },
  'custody.officer-already': {
    status: 409,
    detail: { zh: '{person} 已经是案件 {case} 的承办人员', en: '{person} handles case {case} already' },
    rule: RULE,
    remedy: { zh: '请选择其他人员', en: 'Choose somebody else' },
  },
  'custody.officers-full': {
    status: 409,
    detail: {
      zh: '案件 {case} 的承办人员不能超过 {most} 人',
      en: 'Case {case} has no more than {most} officers',
    },
    rule: { zh: '本系统内部规则', en: 'House rule' },
    remedy: { zh: '请少选几人', en: 'Choose fewer' },
  },
} as const satisfies Record<string, RefusalText>
