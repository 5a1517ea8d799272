/** Who sat at which counter, and what was recorded wrong of it. */
export const signOnsZh = {
  'sign-on.title': '在岗记录与更正',
  'sign-on.day': '日期',
  'sign-on.recorded': '登记在岗',
  'sign-on.from': '起',
  'sign-on.until': '止',
  'sign-on.still': '仍在岗',
  'sign-on.services': '当日服务',
  'sign-on.none': '这一天没有人上岗',
  'sign-on.correct': '更正在岗人员',
  'sign-on.recorded-was': '登记在岗的是{name}',
  'sign-on.really': '实际在岗',
  'sign-on.choose': '请选择',
  'sign-on.reason': '理由',
  'sign-on.corrections': '在岗更正',
  'sign-on.none-corrected': '没有更正',
  'sign-on.corrected':
    '{counter}，{from} 至 {until}：登记在岗{recorded}，实际为{clerk}；这段时间的 {services} 次服务及其评价仍计在{recorded}名下。',
  'sign-on.corrected-by': '{name} {at} 更正；理由：{reason}',
  'sign-on.erased': '（已删除）',
  'sign-on.no-vote-moves':
    '更正只作记载，不移动任何评价：评价归于请评价时登记在岗的人，各项数字不变；更正列在结果旁边，供看数字的人对照。',
  'sign-on.beside': '以下更正涉及上面的数字；数字没有因此改变。',
} as const
