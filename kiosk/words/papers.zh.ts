/** Papers that are issued: numbered, archived, printed. */
export const papersZh = {
  'export.as': '导出',
  'export.all-loans': '全部在外',
  'export.concluded': '已处理',
  'export.shelves': '库位',
  'export.items': '在库物品',
  'export.account': '物品台账',
  'export.movements': '流转记录',

  'papers.title': '文书',
  'papers.issued-list': '已出具的文书',
  'papers.none': '还没有出具文书',
  'papers.paper': '文书',
  'papers.issued': '出具',
  'papers.check': '校验码',
  'papers.state': '状态',
  'papers.file': '存档',
  'papers.stands': '有效',
  'papers.replaced': '已被替代',
  'papers.open': '打开',
  'papers.print': '打印',
  'papers.offers': '可以出具 {count} 份',
  'papers.issue': '出具',
  'papers.issue-again': '重新出具',
  'papers.done': '已出具 {number}',
  'papers.how':
    '出具即编号、存档，各联同在一个文件内；A4 文书由浏览器打印，标签打印机只打印标签。重新出具的替代前一份，两份都保留。',
} as const
