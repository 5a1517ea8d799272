/** 历史状态, in Chinese. */
export const asOfZh = {
  'as-of.title': '历史状态',
  'as-of.at': '时点',
  'as-of.by': '依据',
  'as-of.by-hint': '补登、离线回传的记录，发生时间早于登记时间',
  'as-of.event': '当时已发生的',
  'as-of.recorded': '当时已登记的',
  'as-of.look': '查看',
  'as-of.now': '现在的状态',
  'as-of.late': '有 {count} 条记录当时已发生、之后才登记',
  'as-of.items': '物品',
  'as-of.holder': '当时保管',
  'as-of.frozen': '异常',
  'as-of.nothing': '当时没有物品',
  'as-of.keeper': '当时的责任保管人：{name}',
  'as-of.keeper-none': '当时未确定责任保管人',
} as const
