/** 岗位交接, in Chinese. */
export const keeperZh = {
  'keeper.title': '责任保管人',
  'keeper.hand-over': '岗位交接',
  'keeper.since': '自 {at} 起负责',
  'keeper.nobody': '尚未办理过岗位交接：本库由全体保管人员共同负责',
  'keeper.passed': '{from} 移交给 {to}，{at}',
  'keeper.kept':
    '在库 {inStore} 件，调用在外 {lent} 件，送鉴定 {atAppraisal} 件；未找到 {missing} 件，由移交人继续负责',
  'keeper.watched': '监交人 {name}；盘点 {count}；自台账 {register} 第 {seq} 条起',
  'keeper.detail': '移交人和接管人共同盘点全库（或全库抽样）并签结后办理。自这条记录起，本库全部物品由接管人负责。',
  'keeper.from': '移交人',
  'keeper.to': '接管人',
  'keeper.count': '共同盘点',
  'keeper.count-hint': '已签结的全库盘点',
  'keeper.statement': '交接说明',
  'keeper.statement-hint': '账物是否相符，钥匙、印章、未了事项',
  'keeper.sign': '接管人和监交人（监督人员或保管部门负责人）各用工牌和 PIN 签名',
  'keeper.confirm': '移交',
  'keeper.done': '岗位已移交给 {name}',
} as const
