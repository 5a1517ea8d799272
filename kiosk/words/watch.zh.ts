/** By what limits clerks are watched, and why. */
export const watchZh = {
  'watch.house': '界限为系统原定，没有按监测的曲线数选定。监督人员可设定全厅一年容许几次误报红色，由系统算出界限。',
  'watch.chosen':
    '自 {from} 起，由{name}设定：全厅 {charts} 条曲线（每人每项目一条），每条每月约 {votes} 份；一切正常时，全厅平均一年偶然出现的红色不多于 {reds} 次，即单条曲线约每 {between} 份一次。偶然出现的橙色约为红色的 10 倍，黄色约 50 倍。',
  'watch.next': '自 {from} 起改用规则第 {version} 版：黄、橙、红界限 {heights}。',
  'watch.set': '设定一年容许的误报次数',
  'watch.reds': '全厅一年容许误报红色（次）',
  'watch.reds-hint': '1 到 {most} 的整数；越少，界限越高，发现得越晚',
  'watch.set-why':
    '界限按近一年监测的曲线数和份数算出，连同依据记入台账，从次日起执行。以前各日的预警仍按当时的规则，不改变。',
} as const
