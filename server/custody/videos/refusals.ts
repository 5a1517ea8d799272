import type { RefusalText } from '../../refusal.ts'

const FILMED = {
  zh: '监察法(2024) 44(2)：全过程录音录像，留存备查',
  en: 'Supervision Law (2024) 44(2): filmed throughout, kept for later checks',
}

/** Why a recording is not taken down. */
export const videoRefusals = {
  'custody.video-times': {
    status: 422,
    detail: { zh: '录像起止时间不对：{from} 至 {to}', en: 'The recording cannot run from {from} to {to}' },
    rule: FILMED,
    remedy: {
      zh: '结束须晚于开始，且不晚于现在，一段不超过 {hours} 小时；更长的分段登记',
      en: 'It ends after it starts, not later than now, and is no longer than {hours} hours; note a longer one in parts',
    },
  },
  'custody.video-known': {
    status: 409,
    detail: { zh: '{item} 已登记录像 {number}', en: 'The recording {number} is on the record of {item} already' },
    rule: { zh: '一段录像登记一次', en: 'A recording is noted once' },
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'custody.video-of-incident': {
    status: 409,
    detail: { zh: '{item} 没有登记过异常', en: 'No incident of {item} was ever opened' },
    rule: FILMED,
    remedy: { zh: '请先登记异常，或改选录像内容', en: 'Open the incident first, or say that it shows something else' },
  },
} as const satisfies Record<string, RefusalText>
