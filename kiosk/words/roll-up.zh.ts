/** Figures of votes over the organisation. */
export const rollUpZh = {
  'tree.title': '逐级汇总',
  'tree.above': '上级单位',
  'tree.unit': '单位',
  'tree.halls': '大厅数',
  'tree.response': '参评',
  'tree.share': '满意率与 95% 区间（{low} 至 100%）',
  'tree.moved': '期间有改隶，按当日隶属计',
  'tree.served-until': '参评截至 {day}',
  'tree.nothing': '其下没有大厅',
  'tree.counted-none': '未计票',
} as const
