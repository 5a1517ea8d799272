/** 在途、在外, in Chinese. */
export const roadZh = {
  'road.title': '在途与在外物品',
  'road.detail': '库间移送、调用、送鉴定：谁持有、何时起、何时到期',
  'road.none': '没有在途、在外的物品',
  'road.due': '应到（应还）',
  'road.state': '情形',
  'road.transit': '库间移送',
  'road.loan': '调用在外',
  'road.appraisal': '送鉴定',
  'road.who': '持有人',
  'road.way': '去向',
  'road.from-to': '{from} 至 {to}',
  'road.back-to': '归还 {store}',
  'road.document': '单据',
  'road.since': '起始',
  'road.late': '超期',
} as const
