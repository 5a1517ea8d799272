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
  'clock.rule-pausable': {
    status: 422,
    detail: {
      zh: '{rule} 不能改为鉴定时间不计入期限',
      en: 'The time of an appraisal cannot be left out of {rule}',
    },
    rule: {
      zh: '行政强制法 25(3)（检测、检验、检疫、技术鉴定的期间不计入查封、扣押期限）',
      en: 'Administrative Enforcement Law 25(3) (the time of tests, inspections, quarantine and technical appraisals does not count for the term of a seizure)',
    },
    remedy: {
      zh: '保留鉴定时间计入期限；确有需要的，按该期限的规定申请延长',
      en: 'Leave that time counted; where more is needed, ask for an extension as this term allows',
    },
  },
  'clock.rule-ladder': {
    status: 422,
    detail: {
      zh: '{rule} 的提醒天数须从小到大，互不相同',
      en: 'The warning days of {rule} must rise from one to the next',
    },
    rule: null,
    remedy: { zh: '更正提醒阶梯后再提出', en: 'Correct the ladder, then propose it' },
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
  'clock.unknown': {
    status: 404,
    detail: { zh: '没有由您负责的期限：{clock}', en: 'You answer for no such deadline: {clock}' },
    rule: null,
    remedy: { zh: '由责任人员申请', en: 'Who answers for it asks' },
  },
  'clock.asked-already': {
    status: 409,
    detail: {
      zh: '{rule} 的同样申请已由 {person} 于 {askedAt} 提出，正待审批',
      en: '{person} asked the same for {rule} at {askedAt}, and it waits for a decision',
    },
    rule: { zh: '同一事项一次只有一份待审批的申请', en: 'One open request for one thing' },
    remedy: {
      zh: '请等审批结果；内容有误的，由申请人撤回后重新申请',
      en: 'Wait for the decision; if it was wrong, who asked withdraws it and asks again',
    },
  },
  'clock.not-extendable': {
    status: 409,
    detail: {
      zh: '{rule} 不能再延长（最多 {times} 次，且须正在计时）',
      en: '{rule} cannot be extended any more ({times} times at most, and only while it runs)',
    },
    // Of the term that it is about: not each is one of the Administrative Enforcement Law.
    rule: { zh: '{basis}', en: '{basis}' },
    remedy: { zh: '在期限内办结', en: 'Finish within the period' },
  },
  'clock.no-cause': {
    status: 422,
    detail: {
      zh: '{rule} 每次延长都须写明暂存原因和下次复核日',
      en: 'Each time that {rule} is put off, its cause and the next day of review are named',
    },
    rule: { zh: '监察法实施条例(2021) 130', en: 'Implementing Regulations of the Supervision Law (2021) 130' },
    remedy: { zh: '选定原因和复核日后再申请', en: 'Choose the cause and the day, then ask again' },
  },
  'clock.review-day': {
    status: 422,
    detail: {
      zh: '复核日须晚于 {after}，不迟于 {until}',
      en: 'The day of review is after {after} and no later than {until}',
    },
    rule: { zh: '监察法实施条例(2021) 130', en: 'Implementing Regulations of the Supervision Law (2021) 130' },
    remedy: { zh: '改选复核日；届时原因仍在，可再次申请', en: 'Choose another day; it may be asked again then' },
  },
  'clock.review-first': {
    status: 409,
    detail: {
      zh: '已批准的延长自 {from} 起算，尚未开始；每延长一次，须先复核原因是否仍在',
      en: 'The time that was granted last begins on {from}; before there is more, it is reviewed whether its cause lasts',
    },
    rule: { zh: '监察法实施条例(2021) 130', en: 'Implementing Regulations of the Supervision Law (2021) 130' },
    remedy: {
      zh: '自 {from} 起复核，原因仍在的再申请；原因已消除的，及时移交',
      en: 'Review it from {from} on and ask again if the cause lasts; once it is over, hand over in time',
    },
  },
  'clock.own-span': {
    status: 422,
    detail: {
      zh: '{rule} 按规则所定的天数延长，不另定复核日',
      en: '{rule} is put off by the span of its rule, and no day is named',
    },
    rule: null,
    remedy: { zh: '去掉原因和复核日后再申请', en: 'Ask again without cause and day' },
  },
  'clock.cause-over': {
    status: 409,
    detail: { zh: '{rule} 没有正在延续的暂存原因', en: 'No cause puts {rule} off now' },
    rule: null,
    remedy: { zh: '无需处理', en: 'Nothing needs doing' },
  },
  'clock.not-shortened': {
    status: 409,
    detail: {
      zh: '{rule} 不能缩短（只适用于鲜活、易腐烂变质的商品、货物，且须正在计时）',
      en: '{rule} cannot be shortened (only that of perishables, and only while it runs)',
    },
    rule: { zh: '税收征管法实施细则 58', en: 'Implementation Rules of the Tax Collection Law 58' },
    remedy: { zh: '按原期限办理', en: 'Keep to the term that runs' },
  },
  'clock.shorter-day': {
    status: 422,
    detail: {
      zh: '缩短后的最后一日不得早于 {from}，且须早于 {before}',
      en: 'The last day of the shorter term lies from {from} on and before {before}',
    },
    rule: { zh: '税收征管法实施细则 58', en: 'Implementation Rules of the Tax Collection Law 58' },
    remedy: {
      zh: '改选更早的一日；期限只能缩短，不能超过十五日',
      en: 'Choose an earlier day: it is never longer than fifteen',
    },
  },
  'clock.no-authority': {
    status: 422,
    detail: {
      zh: '{rule} 只能由{authority}批准延长：须写明其批准文书',
      en: 'Only {authorityEn} grants more time for {rule}: name its document',
    },
    rule: { zh: '税收征管法实施细则 88', en: 'Implementation Rules of the Tax Collection Law 88' },
    remedy: { zh: '取得批准文书后，写明文号再申请', en: 'Ask again with the number of its document' },
  },
  'clock.period-over': {
    status: 409,
    detail: {
      zh: '期限已于 {dueAt} 届满，届满后不得延长或中止',
      en: 'The period ended at {dueAt}; afterwards it is neither extended nor paused',
    },
    rule: { zh: '{basis}', en: '{basis}' },
    remedy: { zh: '立即办结，或报告上级', en: 'Finish at once, or report upwards' },
  },
  'clock.appraisal-missing': {
    status: 422,
    detail: {
      zh: '{rule} 中止计算须写明鉴定开始之日和明确的期间，恢复须写明鉴定结束之日',
      en: 'A pause of {rule} names the day on which the appraisal begins and its definite term; resuming names the day it ended',
    },
    rule: { zh: '行政强制法 25(3)', en: 'Administrative Enforcement Law 25(3)' },
    remedy: { zh: '按期间告知书、鉴定文书填写', en: 'Take the days from the notice and the report' },
  },
  'clock.appraisal-days': {
    status: 422,
    detail: {
      zh: '鉴定开始或者结束之日应在 {from} 至 {until} 之间，期间届满之日不早于开始之日',
      en: 'The day on which the appraisal began or ended lies between {from} and {until}, and its term ends no sooner than it begins',
    },
    rule: { zh: '行政强制法 25(3)', en: 'Administrative Enforcement Law 25(3)' },
    remedy: { zh: '按实际起止日填写', en: 'Give the days as they were' },
  },
  'clock.not-pausable': {
    status: 409,
    detail: { zh: '{rule} 此时不能中止计算', en: '{rule} cannot be paused now' },
    rule: { zh: '行政强制法 25(3)', en: 'Administrative Enforcement Law 25(3)' },
    remedy: { zh: '仅检测、检验、鉴定期间不计入期限', en: 'Only the time of tests and appraisals is not counted' },
  },
  'clock.not-paused': {
    status: 409,
    detail: { zh: '{rule} 没有中止计算', en: '{rule} is not paused' },
    rule: null,
    remedy: { zh: '无需恢复', en: 'Nothing needs resuming' },
  },
  'clock.ends-by-fact': {
    status: 409,
    detail: {
      zh: '{rule} 由台账中的事实办结，不能凭文书办结',
      en: '{rule} ends by what the registers hold, not by a document',
    },
    rule: null,
    remedy: { zh: '办理入库或归还', en: 'Check in or give back' },
  },
  'clock.ended': {
    status: 409,
    detail: { zh: '{rule} 已经结束', en: '{rule} has ended already' },
    rule: null,
    remedy: { zh: '无需处理', en: 'Nothing needs doing' },
  },
  'clock.responsible-decides': {
    status: 403,
    detail: { zh: '负责此期限的人员不得自行审批', en: 'Who answers for a deadline does not decide about it' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由另一名审批人办理', en: 'Another approver decides it' },
  },
  'clock.officer-decides': {
    status: 403,
    detail: {
      zh: '您是本案承办人员，不得审批本案的期限',
      en: 'You are an officer of the case and may not decide about it',
    },
    rule: {
      zh: '罚没财物管理办法(财税〔2020〕54号) 4',
      en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 4',
    },
    remedy: { zh: '由另一名审批人办理', en: 'Another approver decides it' },
  },
  'clock.handler-decides': {
    status: 403,
    detail: {
      zh: '您是处理人或被评价人员，不得审批它的期限',
      en: 'You handle it, or it is about your own service: you may not decide about its deadline',
    },
    rule: {
      zh: '本系统内部规则（申请、处理与审批分离）',
      en: 'House rule (who asks, who handles and who decides are apart)',
    },
    remedy: { zh: '由另一名审批人办理', en: 'Another approver decides it' },
  },
  'clock.nothing-due': {
    status: 409,
    detail: { zh: '期限 {clock} 此刻没有应发的提醒', en: 'Nothing of clock {clock} is due at this moment' },
    rule: null,
    remedy: { zh: '无需处理', en: 'Nothing needs doing' },
  },
} as const satisfies Record<string, RefusalText>
