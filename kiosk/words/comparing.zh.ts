/** Two ranges of days beside each other. */
export const comparingZh = {
  'compare.title': '时段对比',
  'compare.open': '任选两个时段对比',
  'compare.first': '时段一',
  'compare.second': '时段二',
  'compare.first-from': '时段一起日',
  'compare.first-to': '时段一止日',
  'compare.second-from': '时段二起日',
  'compare.second-to': '时段二止日',
  'compare.few-asked': '请评价不足 {least} 次，不显示回应率',
  'compare.batches': '日期为计票日；只加总整批，两个时段之差不会少于一批',
  'compare.shared': '两个时段有 {days} 天重叠，重叠的评价会与自己相比，所以只列数字，不作比较。请改选不重叠的日期。',
  'compare.nothing': '这两个时段都没有已计票的评价',
  'compare.take': '导出',
  'compare.change': '变化 {by} 个百分点',
  'compare.no-change-shared': '日期重叠，不作比较',
  'compare.no-change-few': '有一个时段人数不足，不作比较',
} as const
