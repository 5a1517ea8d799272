import type { RefusalText } from '../../refusal.ts'

const SERVICE = { zh: '税收征管法实施细则 101–106（送达）', en: 'Rules on Tax Collection 101–106 (service)' }

/** Papers that are served. */
export const serviceRefusals = {
  'custody.service-time': {
    status: 422,
    detail: {
      zh: '送达时间应在文书 {number} 出具（{issuedAt}）之后、现在之前',
      en: 'Paper {number} is served after it was issued ({issuedAt}) and not later than now',
    },
    rule: SERVICE,
    remedy: { zh: '请按送达回证填写', en: 'Give the time that the receipt has' },
  },
  'custody.service-early': {
    status: 422,
    detail: {
      zh: '公告满 {days} 日才视为送达：{from} 起可以登记',
      en: 'What is published counts as served after {days} days: to be recorded from {from} on',
    },
    rule: { zh: '税收征管法实施细则 106', en: 'Rules on Tax Collection 106' },
    remedy: { zh: '请期满后登记，写明公告日', en: 'Record it then, with the day it was published' },
  },
  'custody.service-field': {
    status: 422,
    detail: { zh: '{way}应写明：{field}', en: '{wayEn}: {fieldEn} is missing' },
    rule: SERVICE,
    remedy: { zh: '请按送达回证填写', en: 'Fill it in as the receipt has it' },
  },
  'custody.service-scan': {
    status: 422,
    detail: { zh: '没有这张送达回证图片', en: 'No such picture of a receipt is kept' },
    rule: SERVICE,
    remedy: { zh: '请重新上传', en: 'Upload it again' },
  },
  'custody.service-replaced': {
    status: 409,
    detail: {
      zh: '文书 {number} 已被替代，不再送达',
      en: 'Another paper took the place of {number}: it is not served',
    },
    rule: {
      zh: '重新出具的替代前一份，两份都保留',
      en: 'A paper issued anew takes the place of the one before; both stay',
    },
    remedy: { zh: '请登记有效的那一份的送达', en: 'Record the service of the one that stands' },
  },
} as const satisfies Record<string, RefusalText>
