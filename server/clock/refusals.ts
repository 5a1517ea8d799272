import type { RefusalText } from '../refusal.ts'

/** Everything that clocks refuse. */
export const clockRefusals = {
  'clock.calendar-faults': {
    status: 422,
    detail: {
      zh: '日历有 {faults} 处错误，未导入任何内容。第 {line} 行：{what}',
      en: 'The calendar has {faults} faults; nothing was imported. Line {line}: {whatEn}',
    },
    rule: { zh: '国务院办公厅当年节假日安排通知', en: 'The State Council notice on the holidays of that year' },
    remedy: { zh: '按所指各行改正文件，先试读再导入', en: 'Correct the lines named, try it, then import it' },
  },
  'clock.rule-unknown': {
    status: 404,
    detail: { zh: '没有此期限规则：{rule}', en: 'There is no such deadline rule: {rule}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'clock.rule-due': {
    status: 422,
    detail: {
      zh: '{rule} 的到期时间由事项本身确定，不能改为期间；反之亦然',
      en: 'When {rule} is due comes with the event itself and cannot become a span, nor the other way round',
    },
    rule: null,
    remedy: { zh: '保留原有的到期方式', en: 'Keep the way it comes due' },
  },
  'clock.rule-same': {
    status: 409,
    detail: { zh: '{rule} 现在就是这样', en: '{rule} stands like this already' },
    rule: null,
    remedy: { zh: '无需更改', en: 'Nothing needs changing' },
  },
  'clock.proposal-unknown': {
    status: 404,
    detail: { zh: '没有此项更改：{proposal}', en: 'There is no such change: {proposal}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'clock.proposal-decided': {
    status: 409,
    detail: { zh: '此项更改{state}', en: 'This change is {stateEn}' },
    rule: null,
    remedy: {
      zh: '如仍需更改，由安全管理员重新提出',
      en: 'If it is still wanted, the security administrator proposes it anew',
    },
  },
  'clock.proposal-lapsed': {
    status: 409,
    detail: { zh: '此项更改已于 {expiresAt} 失效', en: 'This change lapsed at {expiresAt}' },
    rule: null,
    remedy: { zh: '由安全管理员重新提出', en: 'The security administrator proposes it anew' },
  },
  'clock.proposal-outdated': {
    status: 409,
    detail: {
      zh: '提出之后 {rule} 已有新的版本',
      en: '{rule} has another version since this was proposed',
    },
    rule: null,
    remedy: {
      zh: '由安全管理员对照新版本重新提出',
      en: 'The security administrator proposes it anew on the new version',
    },
  },
  'clock.own-proposal': {
    status: 403,
    detail: { zh: '不得确认本人提出的更改', en: 'Nobody confirms his own change' },
    rule: { zh: 'GB/T 22239-2019 8.1.5', en: 'GB/T 22239-2019 8.1.5' },
    remedy: { zh: '由另一名监督人员确认', en: 'Another supervisor confirms it' },
  },
  'clock.nothing-due': {
    status: 409,
    detail: { zh: '期限 {clock} 此刻没有应发的提醒', en: 'Nothing of clock {clock} is due at this moment' },
    rule: null,
    remedy: { zh: '无需处理', en: 'Nothing needs doing' },
  },
} as const satisfies Record<string, RefusalText>
