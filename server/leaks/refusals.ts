import type { RefusalText } from '../refusal.ts'

const LAW = { zh: '个人信息保护法 51、57', en: 'Personal Information Protection Law 51, 57' }

/** Refusals of the register of leaks. */
export const leakRefusals = {
  'leaks.unknown': {
    status: 404,
    detail: { zh: '没有此泄露事件：{leak}', en: 'There is no such leak: {leak}' },
    rule: null,
    remedy: { zh: '请从台账中选择', en: 'Choose it from the register' },
  },
  'leaks.no-unit': {
    status: 409,
    detail: {
      zh: '您不属于任何部门，不能登记泄露事件',
      en: 'You belong to no unit, so there is no register to enter it in',
    },
    rule: LAW,
    remedy: { zh: '请所在部门的人员登记', en: 'Somebody of the department registers it' },
  },
  'leaks.time': {
    status: 422,
    detail: { zh: '发现时间晚于现在', en: 'It cannot have been found later than now' },
    rule: LAW,
    remedy: { zh: '请核对发现时间', en: 'Check when it was found' },
  },
  'leaks.closed': {
    status: 409,
    detail: { zh: '此泄露事件已经办结', en: 'This leak is closed' },
    rule: LAW,
    remedy: { zh: '另有情况的，请另行登记', en: 'What has come up since is registered anew' },
  },
  'leaks.second-person': {
    status: 403,
    detail: { zh: '泄露事件由登记人以外的监督人员办结', en: 'A supervisor closes a leak, and never who registered it' },
    rule: { zh: '监察法 39(2)（监督管理）', en: 'Supervision Law 39(2) (supervision)' },
    remedy: { zh: '请另一名监督人员办结', en: 'Another supervisor closes it' },
  },
  'leaks.nothing-done': {
    status: 409,
    detail: { zh: '尚未登记补救措施', en: 'Nothing has been done about it yet' },
    rule: LAW,
    remedy: { zh: '请先登记补救措施', en: 'Note first what was done' },
  },
  'leaks.untold': {
    status: 409,
    detail: { zh: '应当告知的对象尚未全部告知', en: 'Not everybody was told who is to be told' },
    rule: LAW,
    remedy: { zh: '请登记告知情况，或者写明不告知的理由', en: 'Note who was told, or say why somebody was not' },
  },
} as const satisfies Record<string, RefusalText>
