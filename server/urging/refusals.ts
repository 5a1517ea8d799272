import type { RefusalText } from '../refusal.ts'

const URGING = {
  zh: '检举控告规则 22：督办须经分管领导批准',
  en: 'Rules on Handling Reports and Accusations 22: urging is approved by the leader in charge',
}

/** Refusals of 督办 notices. */
export const urgingRefusals = {
  'urging.not-supervisor': {
    status: 403,
    detail: { zh: '只有 {unit} 的监督人员可以提出督办', en: 'Only a supervisor of {unit} asks for a notice' },
    rule: { zh: '监察法 39(2)', en: 'Supervision Law 39(2)' },
    remedy: { zh: '由案件监督管理部门的监督人员提出', en: 'A supervisor of that unit asks' },
  },
  'urging.unknown-matter': {
    status: 404,
    detail: { zh: '没有此案件、物品或期限：{about}', en: 'There is no such case, item or deadline: {about}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'urging.lawful-exception': {
    status: 409,
    detail: {
      zh: '此期限处于依法例外，停止计算，没有超期可督办',
      en: 'This deadline stands still by a lawful exception: nobody is behind with it',
    },
    rule: {
      zh: '依法例外期间不计期限',
      en: 'While something may lawfully stay open its terms are not counted',
    },
    remedy: {
      zh: '确需督办其他事项的，就案件或物品提出',
      en: 'Where something else is to be urged, ask about the case or the item',
    },
  },
  'urging.not-concerned': {
    status: 409,
    detail: { zh: '{unit} 与此事项无关', en: '{unit} has nothing to do with this matter' },
    rule: { zh: '监察法 18(2)：案情只告知有关部门', en: 'Supervision Law 18(2): a matter is told to whom it concerns' },
    remedy: { zh: '请选择承办部门或保管部门', en: 'Choose the department that handles it or that keeps it' },
  },
  'urging.not-there': {
    status: 409,
    detail: { zh: '{person} 在 {unit} 没有岗位', en: '{person} holds no post in {unit}' },
    rule: null,
    remedy: { zh: '请选择该部门的人员，或只写部门', en: 'Choose somebody of the department, or the department alone' },
  },
  'urging.term': {
    status: 422,
    detail: { zh: '回复期限须在今后 {days} 天之内', en: 'An answer is due within the next {days} days' },
    rule: null,
    remedy: { zh: '请另定期限', en: 'Choose another term' },
  },
  'urging.addressee-decides': {
    status: 403,
    detail: {
      zh: '被督办部门的人员不得批准对本部门的督办',
      en: 'Nobody lets a notice to his own department be issued',
    },
    rule: URGING,
    remedy: { zh: '由其他审批领导决定', en: 'Another approver decides' },
  },
  'urging.unknown': {
    status: 404,
    detail: { zh: '没有此督办通知，或它不是发给您的', en: 'There is no such notice, or it is not yours' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'urging.not-so': {
    status: 409,
    detail: { zh: '此督办通知现在是：{state}', en: 'This notice is now: {stateEn}' },
    rule: {
      zh: '回复由被督办人作出，由另外的监督人员审核',
      en: 'The addressee answers, and a supervisor judges the answer',
    },
    remedy: { zh: '请刷新后查看现在由谁办理', en: 'Look again at whose turn it is' },
  },
} as const satisfies Record<string, RefusalText>
