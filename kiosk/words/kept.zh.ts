/** 常用清单、草稿、本机状况, in Chinese. */
export const keptZh = {
  'kept.title': '常用清单',
  'kept.keep': '保留此清单',
  'kept.name': '名称',
  'kept.done': '已保留：{name}',
  'kept.drop': '删去 {name}',
  'kept.none': '还没有保留清单；打开一个清单后可以保留。',
  'kept.search': '查找 {q}',
  'draft.kept': '已存草稿 {at}',
  'draft.not-kept': '草稿未能存到服务器，离开前请勿关闭页面',
  'draft.taken-up': '已取回 {at} 的草稿；照片须重新选择。',
  'machine.title': '本机状况',
  'machine.disk': '数据盘剩余 {free} GiB，共 {size} GiB。',
  'machine.too-soon': '记录不满三天，尚不能预计。',
  'machine.steady': '近三十天没有减少。',
  'machine.days-left': '近三十天每天约用 {takes} GiB，约 {days} 天后写满。',
  'machine.well': '没有需要处理的事项',
} as const
