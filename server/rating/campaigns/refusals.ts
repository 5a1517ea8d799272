import type { RefusalText } from '../../refusal.ts'

const HOLDER = {
  zh: '评议由监督部门组织；拟定、启用分人，被评议部门的人员回避',
  en: 'The supervising body holds a campaign; one writes it, another opens it, and who is judged keeps out of it',
}
const FIXED = {
  zh: '评议启用后，对象、问卷、匿名方式和权重不再变动',
  en: 'Whom a campaign judges, what it asks, its anonymity and weights are fixed when it opens',
}
const FIXED_RESULT = {
  zh: '结果一次计出，发布后不再变动',
  en: 'A result is counted at once, and nothing moves it once it is published',
}
const ONE_VOTER = {
  zh: '一人一票：换领纸质选票的，选票编码同时作废',
  en: 'One voter, one vote: who takes a paper gives his code up for it',
}
const ONE_PAPER = { zh: '一码一票', en: 'One code, one vote' }

/** What is refused of campaigns. */
export const campaignRefusals = {
  'rating.unknown-campaign': {
    status: 404,
    detail: { zh: '没有这次评议', en: 'There is no such campaign' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.campaign-not-yours': {
    status: 403,
    detail: { zh: '您不是 {unit} 的监督人员', en: 'You are no supervisor of {unit}' },
    rule: HOLDER,
    remedy: { zh: '由该单位的监督人员办理', en: 'A supervisor of that unit does it' },
  },
  'rating.campaign-fixed': {
    status: 409,
    detail: {
      zh: '这次评议已经启用或作废，不能再改',
      en: 'This campaign was opened or dropped, and is not changed any more',
    },
    rule: FIXED,
    remedy: { zh: '请另拟一次评议', en: 'Write another campaign' },
  },
  'rating.campaign-past': {
    status: 422,
    detail: { zh: '评议期已于 {to} 结束', en: 'Its last day {to} is over' },
    rule: null,
    remedy: { zh: '请改写评议期', en: 'Choose other days' },
  },
  'rating.group-on-paper': {
    status: 409,
    detail: {
      zh: '这组评议人已收手填的纸质选票，不再制码',
      en: 'Papers of this group of voters were filled in by hand without a code given up: it gets no codes',
    },
    rule: ONE_VOTER,
    remedy: { zh: '这一组只用纸质选票，或为另一组制码', en: 'This group votes on paper; codes are for another group' },
  },
  'rating.papers-not-exchanged': {
    status: 409,
    detail: {
      zh: '这组评议人有选票编码：交回选票编码换领纸质选票的 {exchanged} 人，已登记的纸质选票 {before} 张，不能再多',
      en: 'This group of voters has codes: {exchanged} were given up for a paper, and {before} sheets stand in boxes already',
    },
    rule: ONE_VOTER,
    remedy: {
      zh: '先登记换领（交回的选票编码作废），再登记票箱',
      en: 'Record the codes that were given up for a paper first; then the box',
    },
  },
  'rating.codes-voided': {
    status: 409,
    detail: {
      zh: '这组评议人的选票编码已全部作废：作废前换领纸质选票的 {exchanged} 人，已登记的纸质选票 {before} 张，不能再多',
      en: 'All codes of this group of voters were voided: {exchanged} were given up for a paper before, and {before} sheets stand in boxes already',
    },
    rule: ONE_VOTER,
    remedy: {
      zh: '评议期内由本单位的监督人员为这一组重新制码、发放；领到新编码的人用它投票，或交回换领纸质选票',
      en: 'Within its days a supervisor of the unit makes new codes for this group and hands them out; voters vote with them, or give them up for a paper',
    },
  },
  'rating.unknown-department': {
    status: 422,
    detail: { zh: '没有这个部门：{department}', en: 'There is no department {department}' },
    rule: null,
    remedy: { zh: '请从部门清单中选择', en: 'Choose from the departments' },
  },
  'rating.campaign-twice': {
    status: 422,
    detail: { zh: '“{name}”有两组', en: '“{name}” stands twice among the groups' },
    rule: null,
    remedy: { zh: '请合并，或另起名称', en: 'Put them together, or name one otherwise' },
  },
  'rating.campaign-weights': {
    status: 422,
    detail: {
      zh: '权重要么都不填，要么各组都填且合计 100，现在合计 {sum}',
      en: 'Either no group has a weight, or all have and they make 100 together; they make {sum}',
    },
    rule: FIXED,
    remedy: { zh: '请改正各组权重', en: 'Correct the weights' },
  },
  'rating.campaign-own': {
    status: 403,
    detail: { zh: '拟定这次评议的人不能启用或发布', en: 'Whoever wrote a campaign neither opens nor publishes it' },
    rule: HOLDER,
    remedy: {
      zh: '由本单位的审批领导或另一名监督人员办理',
      en: 'A leader of the unit, or another supervisor, does it',
    },
  },
  'rating.campaign-judged': {
    status: 403,
    detail: { zh: '您在被评议的部门任职，须回避', en: 'You hold a post in a department that is judged' },
    rule: HOLDER,
    remedy: { zh: '请换另一人办理', en: 'Let somebody else do it' },
  },
  'rating.campaign-not-open': {
    status: 409,
    detail: { zh: '这次评议没有启用，或已经结束', en: 'This campaign is not open, or is over' },
    rule: null,
    remedy: { zh: '请看清单中的状态', en: 'See the list for where it stands' },
  },
  'rating.campaign-runs': {
    status: 409,
    detail: { zh: '评议没有结束，或结果已经发布', en: 'This campaign is not over, or its result is published' },
    rule: null,
    remedy: { zh: '评议期满或提前结束、计票之后再发布', en: 'Publish once it is over and counted' },
  },
  'rating.campaign-counts-later': {
    status: 409,
    detail: {
      zh: '评议期间不计票，也没有中间结果',
      en: 'Nothing is counted while a campaign runs, and there are no results in between',
    },
    rule: FIXED,
    remedy: { zh: '请在评议结束、计票之后查看', en: 'Look once it is over and counted' },
  },
  'rating.campaign-counting': {
    status: 409,
    detail: {
      zh: '计票还没有完成，有的部门已计、有的未计',
      en: 'It is being counted: some groups of votes are, others are not',
    },
    rule: FIXED_RESULT,
    remedy: {
      zh: '计票完成后再发布；计票中断的，请再运行一次',
      en: 'Publish once the tally has run to its end; where it was cut off, run it again',
    },
  },
  'rating.seed-used': {
    status: 409,
    detail: { zh: '用这个种子发放过编码，不能再发', en: 'Codes were made from this seed before' },
    rule: ONE_PAPER,
    remedy: {
      zh: '请作废印不出的那一批，再发放一次',
      en: 'Void the issue that you cannot print, and issue again',
    },
  },
  'rating.campaign-not-published': {
    status: 409,
    detail: { zh: '这次评议的结果还没有发布', en: 'The result of this campaign is not published yet' },
    rule: HOLDER,
    remedy: { zh: '发布以后再下载', en: 'Take it once it is published' },
  },
  'rating.unknown-group': {
    status: 404,
    detail: { zh: '这次评议没有这一组', en: 'This campaign has no such group' },
    rule: null,
    remedy: { zh: '请从各组中选择', en: 'Choose from its groups' },
  },
  'rating.unknown-issue': {
    status: 404,
    detail: { zh: '没有这批选票，或已经作废', en: 'There is no such issue, or it was voided' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.issue-left': {
    status: 409,
    detail: {
      zh: '选票编码只在制作时可以打印，系统不留存，现在无法再次生成',
      en: 'Codes are printed where they are made; they are kept nowhere, and cannot be made again',
    },
    rule: { zh: '选票编码不留存，不与任何人关联', en: 'No code is kept, or tied to anybody' },
    remedy: { zh: '把这批选票作废，另制一批', en: 'Void this issue and make another' },
  },
  'rating.unknown-list': {
    status: 404,
    detail: { zh: '没有这份名单，或名单上没有这一行', en: 'There is no such list, or it has no such line' },
    rule: null,
    remedy: { zh: '请刷新页面后再选', en: 'Load the page again and choose from it' },
  },
  'rating.addressee-marked': {
    status: 409,
    detail: { zh: '第 {line} 行已经这样勾选', en: 'Line {line} stands like that already' },
    rule: ONE_PAPER,
    remedy: { zh: '一人只发一张；请刷新名单', en: 'Nobody is given two; load the list again' },
  },
  'rating.more-given': {
    status: 409,
    detail: { zh: '这一组只制作了 {codes} 张选票', en: 'Only {codes} codes were made for this group' },
    rule: ONE_PAPER,
    remedy: { zh: '请先制作选票，再勾选发放', en: 'Make codes first, then tick who was given one' },
  },
  'rating.wrong-code': {
    status: 404,
    detail: { zh: '没有这个选票编码，或已经作废', en: 'There is no such code, or it was voided' },
    rule: ONE_PAPER,
    remedy: { zh: '请对照选票重新输入，或向发票单位查询', en: 'Compare it with your paper, or ask who sent it' },
  },
  'rating.paper-used': {
    status: 409,
    detail: { zh: '这张选票已经用过', en: 'This code was used already' },
    rule: ONE_PAPER,
    remedy: { zh: '谢谢，不需要再投', en: 'Thank you; nothing more is needed' },
  },
  'rating.codes-wrong': {
    status: 404,
    detail: {
      zh: '第 {places} 个编码不对：本次评议没有这个编码、已经作废，或与前面的重复；没有登记任何一个',
      en: 'Code number {placesEn} is wrong: this campaign has no such code, it was voided, or it stands there twice; none was recorded',
    },
    rule: ONE_PAPER,
    remedy: {
      zh: '请对照交回的选票改正后重新登记',
      en: 'Compare it with the slip that was handed in, and record them again',
    },
  },
  'rating.codes-used': {
    status: 409,
    detail: {
      zh: '第 {places} 个编码已经用过：投过票，或已换领；没有登记任何一个',
      en: 'Code number {placesEn} was used: it has voted, or was given up before; none was recorded',
    },
    rule: ONE_PAPER,
    remedy: {
      zh: '删去这些编码后重新登记；不再给纸质选票',
      en: 'Take it out and record the others; no paper is given for it',
    },
  },
  'rating.campaign-not-running': {
    status: 409,
    detail: {
      zh: '现在不能投票：评议期为 {from} 至 {to}，或已提前结束',
      en: 'No vote now: it runs from {from} to {to}, or was ended before',
    },
    rule: null,
    remedy: { zh: '请在评议期内投票', en: 'Vote within these days' },
  },
  'rating.wrong-departments': {
    status: 422,
    detail: { zh: '选票与被评议部门不一致', en: 'The paper is not about the departments that are judged' },
    rule: null,
    remedy: { zh: '请刷新页面后重新填写', en: 'Load the page again and fill it in anew' },
  },
} as const satisfies Record<string, RefusalText>
