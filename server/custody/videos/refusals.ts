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
  'custody.not-filmed': {
    status: 409,
    detail: {
      zh: '{case} 还有 {count} 件没有登记完整的录音录像，也没有批准的理由，不能结案',
      en: '{count} items of {case} have neither a whole recording noted nor an approved reason why there is none: it cannot be closed',
    },
    rule: FILMED,
    remedy: {
      zh: '承办人员补登录像的编号、设备、起止时间和文件校验值；确实没有的，说明理由报批',
      en: 'A case officer notes number, device, start, end and file hash of the recordings; where there are none, he says why and asks an approver',
    },
  },
  'custody.film-first': {
    status: 409,
    detail: {
      zh: '{items} 等 {count} 件没有登记完整的录音录像，也没有批准的理由，不能移交保管',
      en: 'Not to be handed over: {itemsEn} ({count} in all), without a whole recording noted and without an approved reason why there is none',
    },
    rule: FILMED,
    remedy: {
      zh: '承办人员先补登录像（一段录像可一次登记多件）；确实没有的，说明理由报批，批准后即可移交',
      en: 'A case officer notes the recording first, once for all that it shows; where there is none, he says why and asks an approver: once that is granted, they go',
    },
  },
  'custody.film-unsaid': {
    status: 422,
    detail: {
      zh: '{keeping}的不经移交入库：没有登记完整的录音录像，也没有说明暂未登记的理由',
      en: 'What is {keepingEn} passes no hand-over: no whole recording of its taking is noted, nor why there is none yet',
    },
    rule: FILMED,
    remedy: {
      zh: '登记录到采取措施全过程的录像（含文件校验值）；暂时不能登记的，说明理由，十五日内补登',
      en: 'Note the recording of the whole taking with the hash of its file; where that cannot be done yet, say why, and note it within fifteen days',
    },
  },
  'custody.film-reason-idle': {
    status: 422,
    detail: {
      zh: '录音录像已完整或不需要，不必说明暂未登记的理由',
      en: 'The recording is whole or not wanted: there is nothing to say a reason for',
    },
    rule: FILMED,
    remedy: { zh: '请清除理由', en: 'Clear the reason' },
  },
  'custody.nothing-unfilmed': {
    status: 409,
    detail: {
      zh: '{item} 的录音录像已完整、已获准或不需要',
      en: 'Of {item} the recording is whole, excused already, or not wanted',
    },
    rule: FILMED,
    remedy: { zh: '请只选录音录像不完整的', en: 'Choose only what was not filmed throughout' },
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
