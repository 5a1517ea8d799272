import type { RefusalText } from '../../refusal.ts'

const RULE = {
  zh: '税收征管法实施细则 85（选案、检查、审理、执行分离）',
  en: 'Tax Collection Rules 85 (selection, inspection, review and execution apart)',
}

/** Who has a role in a tax case and may have no other in it. */
export const taxRoleRefusals = {
  'custody.tax-role': {
    status: 403,
    detail: {
      zh: '{person} 自 {since} {act}起，在税务案件 {case} 中为{role}，不得再作为{wanted}经办',
      en: '{person} has been in {roleEn} in tax case {case} since {since}, when this person {actEn}, and has no part in its {wantedEn}',
    },
    rule: RULE,
    remedy: {
      zh: '由在本案中没有其他职责的人员办理；本单位没有的，由上级机关指定',
      en: 'Somebody without another role in the case does it; where the house has nobody, the superior organ names one',
    },
  },
  'custody.tax-executor': {
    status: 403,
    detail: {
      zh: '不在库的税务案件财物，由承办部门 {unit} 中不承办本案的办案人员执行处置',
      en: 'What no store keeps of a tax case is carried out by an officer of {unit} who does not handle the case',
    },
    rule: RULE,
    remedy: {
      zh: '由该部门不承办本案的办案人员办理；没有的，先任命执行人员',
      en: 'Another officer of the department does it; where there is none, one is appointed to it',
    },
  },
} as const satisfies Record<string, RefusalText>
