import type { RefusalText } from '../refusal.ts'
import { actionRefusals } from './actions/refusals.ts'
import { boxRefusals } from './boxes/refusals.ts'
import { campaignRefusals } from './campaigns/refusals.ts'
import { paperBoxRefusals } from './paper-boxes/refusals.ts'
import { sampleRefusals } from './samples/refusals.ts'
import { hoursRefusals } from './hours/refusals.ts'
import { portraitRefusals } from './portraits/refusals.ts'
import { questionnaireRefusals } from './questionnaires/refusals.ts'
import { rankingRefusals } from './rankings/refusals.ts'
import { BAD_BATCH } from './counter-follow-ups/rule.ts'
import { maintenanceRefusals } from './maintenance/refusals.ts'
import { fixRefusals } from './fixes/refusals.ts'
import { signOnRefusals } from './sign-ons/refusals.ts'
import { watchRefusals } from './watch/refusals.ts'

const CALL_MANAGER = { zh: '请联系大厅负责人', en: 'Call the head of the hall' }
const ONE_RATING = {
  zh: '国办发〔2019〕51号（一次一评）',
  en: 'General Office of the State Council [2019] No. 51 (one service, one rating)',
}

const ONE_RATING_A_BATCH = {
  zh: '同一人同一批业务，一次评价（一次一评）',
  en: 'One person’s business done together has one rating',
}

/** What rating refuses. */
export const ratingRefusals = {
  ...actionRefusals,
  ...boxRefusals,
  ...campaignRefusals,
  ...paperBoxRefusals,
  ...sampleRefusals,
  ...hoursRefusals,
  ...maintenanceRefusals,
  ...portraitRefusals,
  ...questionnaireRefusals,
  ...rankingRefusals,
  ...fixRefusals,
  ...signOnRefusals,
  ...watchRefusals,
  'rating.unknown-hall': {
    status: 404,
    detail: { zh: '没有这个服务大厅：{hall}', en: 'There is no service hall {hall}' },
    rule: null,
    remedy: { zh: '请核对大厅编号', en: 'Check the id of the hall' },
  },
  'rating.not-your-hall': {
    status: 403,
    detail: { zh: '您不是 {unit} 的负责人', en: 'You are not the head of {unit}' },
    rule: null,
    remedy: { zh: '由该大厅负责人办理', en: 'The head of that hall does it' },
  },
  'rating.matter-there': {
    status: 409,
    detail: { zh: '事项编号 {matter} 已经用过', en: 'The id {matter} is taken by a matter' },
    rule: null,
    remedy: { zh: '请另取一个编号', en: 'Choose another id' },
  },
  'rating.unknown-counter': {
    status: 404,
    detail: { zh: '没有这个服务窗口：{counter}', en: 'There is no service counter {counter}' },
    rule: null,
    remedy: { zh: '请核对窗口编号', en: 'Check the id of the counter' },
  },
  'rating.not-a-clerk': {
    status: 403,
    detail: { zh: '您不是 {unit} 的窗口人员', en: 'You are no clerk of {unit}' },
    rule: null,
    remedy: { zh: '由该大厅窗口人员上岗', en: 'A clerk of that hall signs on' },
  },
  'rating.signed-on-elsewhere': {
    status: 409,
    detail: { zh: '您正在另一个大厅的 {counter} 上岗', en: 'You are signed on at {counter} of another hall' },
    rule: null,
    remedy: { zh: '请先在该窗口离岗', en: 'Sign off there first' },
  },
  'rating.not-yours': {
    status: 403,
    detail: { zh: '{counter} 现在不是您在岗', en: 'It is not you who is signed on at {counter}' },
    rule: null,
    remedy: {
      zh: '请先在该窗口上岗，或由在岗人员办理',
      en: 'Sign on there first, or have the clerk who is there do it',
    },
  },
  'rating.nobody-there': {
    status: 409,
    detail: { zh: '{counter} 无人在岗，不能办理', en: 'Nobody is signed on at {counter}' },
    rule: { zh: '安徽税务（窗口显示人员姓名、工号）', en: 'Anhui Tax (the counter shows who serves)' },
    remedy: { zh: '窗口人员刷工牌上岗后再办', en: 'A clerk signs on there by badge first' },
  },
  'rating.unknown-matter': {
    status: 404,
    detail: { zh: '本大厅没有事项 {matter}', en: 'This hall has no matter {matter}' },
    rule: null,
    remedy: { zh: '请从事项清单中选择', en: 'Choose from the list of matters' },
  },
  'rating.number-taken': {
    status: 409,
    detail: { zh: '办件编号 {number} 已有一次服务', en: 'The number {number} has a service already' },
    rule: ONE_RATING,
    remedy: {
      zh: '一次服务只评价一次；另一次服务请用新的编号',
      en: 'A service is rated once; another one has a number of its own',
    },
  },
  'rating.unknown-service': {
    status: 404,
    detail: { zh: '没有这次服务', en: 'There is no such service' },
    rule: null,
    remedy: { zh: '请核对服务编号', en: 'Check the id of the service' },
  },
  'rating.service-over': {
    status: 409,
    detail: { zh: '这次服务已请过评价，或已结束', en: 'This service was offered its vote, or is over' },
    rule: ONE_RATING,
    remedy: { zh: '下一次服务再请评价', en: 'Ask at the next service' },
  },
  'rating.nothing-to-join': {
    status: 409,
    detail: {
      zh: '窗口没有正在为此人办理的服务，不能并入',
      en: 'Nobody is being served here whose business this could be part of',
    },
    rule: ONE_RATING_A_BATCH,
    remedy: { zh: '请按“下一位”开始新的服务', en: 'Begin a new service' },
  },
  'rating.batch-full': {
    status: 409,
    detail: { zh: '一次评价最多合并 {most} 件', en: 'One rating is for {most} services at most' },
    rule: ONE_RATING_A_BATCH,
    remedy: { zh: '请先请评价，再开始新的服务', en: 'Ask for the rating first, then begin a new service' },
  },
  'rating.no-key': {
    status: 409,
    detail: { zh: '计票密钥尚未公布，选票无法密封', en: 'The tally has published no key: no ballot can be sealed' },
    rule: {
      zh: '选票在按下的地方密封，只有计票一方能打开',
      en: 'A ballot is sealed where it is cast, for the tally alone',
    },
    remedy: { zh: '由监督部门运行 npm run tally 一次', en: 'The supervising body runs npm run tally once' },
  },
  'rating.wrong-token': {
    status: 403,
    detail: { zh: '这张选票的凭证不对', en: 'This is no valid voting right' },
    rule: ONE_RATING,
    remedy: {
      zh: '请回到评价页面重新开始，或请窗口人员重新请评价',
      en: 'Go back to the rating page, or let the clerk ask again',
    },
  },
  'rating.vote-over': {
    status: 409,
    detail: { zh: '评价时间已过', en: 'The time for this rating is over' },
    rule: {
      zh: '超过时限未评的，记为“未评价”，不计为好评',
      en: 'Who did not rate in time counts as not rated, never as satisfied',
    },
    remedy: CALL_MANAGER,
  },
  'rating.vote-used': {
    status: 409,
    detail: { zh: '这次服务已经评价过', en: 'This service was rated already' },
    rule: ONE_RATING,
    remedy: { zh: '谢谢，不需要再评', en: 'Thank you; nothing more is needed' },
  },
  'rating.wrong-key': {
    status: 409,
    detail: { zh: '选票用的计票密钥已停用', en: 'The key that this ballot is sealed to is no longer in use' },
    rule: null,
    remedy: { zh: '请刷新评价页面后再评', en: 'Load the rating page again and rate' },
  },
  'rating.answer-asked': {
    status: 409,
    detail: { zh: '这次服务已经留过联系方式', en: 'An answer was asked for already for this service' },
    rule: ONE_RATING,
    remedy: { zh: '请等候答复', en: 'Wait to be called' },
  },
  'rating.unknown-follow-up': {
    status: 404,
    detail: { zh: '没有这件答复事项', en: 'There is no such follow-up' },
    rule: null,
    remedy: { zh: '请从列表中选择', en: 'Choose from the list' },
  },
  'rating.follow-up-excluded': {
    status: 409,
    detail: { zh: '申诉已复核成立，不再退回重办', en: 'The appeal was upheld: it is not sent back' },
    rule: { zh: '申诉复核结论（不予采纳的保留记录）', en: 'What was decided of an appeal stands' },
    remedy: { zh: '可以直接办结', en: 'It can be closed' },
  },
  'rating.follow-up-elsewhere': {
    status: 409,
    detail: { zh: '这一步现在不能办（当前状态：{status}）', en: 'This step is not next (it stands at {status})' },
    rule: {
      zh: '差评处置流程：派单、回访、整改或说明、反馈、办结',
      en: 'Named, called back, settled, fed back, closed',
    },
    remedy: { zh: '请按流程办理', en: 'Take the steps in their order' },
  },
  'rating.handler-rated': {
    status: 403,
    detail: {
      zh: '被评价人及其下属不得处理、派单',
      en: 'The rated clerk, or who reports to him, neither handles nor assigns it',
    },
    rule: { zh: '差评由他人核实（处理人不得为被评价人或其下属）', en: 'A rating is looked into by somebody else' },
    remedy: { zh: '请另选处理人', en: 'Choose somebody else' },
  },
  'rating.handler-unfit': {
    status: 422,
    detail: { zh: '{person} 没有在任岗位，不能处理', en: '{person} holds no post and cannot handle it' },
    rule: null,
    remedy: { zh: '请另选在任人员', en: 'Choose somebody with a post' },
  },
  'rating.not-handler': {
    status: 403,
    detail: { zh: '只有处理人可以办这一步', en: 'Only who handles it takes this step' },
    rule: null,
    remedy: { zh: '由处理人办理，或重新派单', en: 'The handler does it, or somebody else is named' },
  },
  'rating.not-called-back': {
    status: 409,
    detail: { zh: '还没有回访评价人', en: 'The rater was not called back yet' },
    rule: {
      zh: '差评回访率 100%，未回访不得反馈、办结',
      en: 'Every one is called back before it is fed back and closed',
    },
    remedy: { zh: '由处理人先回访并记录', en: 'The handler calls first, and writes it down' },
  },
  'rating.nobody-to-call': {
    status: 409,
    detail: {
      zh: '匿名评价按窗口核查，没有可以回访、反馈的评价人',
      en: 'Votes were anonymous: the counter is looked into, and there is no rater to reach',
    },
    rule: { zh: 'GB/T 39734-2020 4.3（保护评价人信息）', en: 'GB/T 39734-2020 4.3 (protecting raters)' },
    remedy: { zh: '由处理人到窗口核实并记录', en: 'The handler looks into the counter, and writes down what he found' },
  },
  'rating.nothing-to-follow': {
    status: 409,
    detail: {
      zh: '这一批计票没有需要核查的差评，或已经开办',
      en: 'This batch holds no bad votes to look into, or is being looked into',
    },
    rule: BAD_BATCH.why,
    remedy: { zh: '请查看评价答复列表', en: 'See the list of follow-ups' },
  },
  'rating.not-rated-clerk': {
    status: 403,
    detail: { zh: '只有被评价人可以申诉', en: 'Only the rated clerk may appeal' },
    rule: { zh: '国办发〔2019〕51号（申诉复核）', en: 'General Office of the State Council [2019] No. 51 (appeal)' },
    remedy: { zh: '由被评价人提出', en: 'The rated clerk does it' },
  },
  'rating.not-reviewer': {
    status: 403,
    detail: {
      zh: '申诉由监督人员复核，处理人不得复核',
      en: 'A supervisor who does not handle it decides over an appeal',
    },
    rule: { zh: '国办发〔2019〕51号（申诉复核）', en: 'General Office of the State Council [2019] No. 51 (appeal)' },
    remedy: { zh: '由其他监督人员复核', en: 'Another supervisor does it' },
  },
  'rating.closer-handled': {
    status: 403,
    detail: {
      zh: '办结须由处理人、被评价人以外的负责人或监督人员办理',
      en: 'It is closed by the head of the hall or a supervisor, other than who handled it or was rated',
    },
    rule: { zh: '办结人与处理人分开', en: 'Who closes it is not who handled it' },
    remedy: { zh: '由另一人办结', en: 'Somebody else closes it' },
  },
  'rating.cannot-draw': {
    status: 422,
    detail: { zh: '无法印制：{zh}', en: 'Cannot be printed: {en}' },
    rule: null,
    remedy: { zh: '请改正所指的内容', en: 'Correct what is named' },
  },
  'rating.wrong-days': {
    status: 400,
    detail: {
      zh: '起止日期不对：起日不晚于止日，最多 {most} 天',
      en: 'These days cannot be looked at: the first is not after the last, and {most} days at most',
    },
    rule: null,
    remedy: { zh: '请重选起止日期', en: 'Choose other days' },
  },
  'rating.not-for-you': {
    status: 403,
    detail: {
      zh: '评价结果只给本大厅负责人和监督部门看',
      en: 'Results are for the head of the hall and for supervisors',
    },
    rule: { zh: 'GB/T 39734-2020 4.3（保护评价人信息）', en: 'GB/T 39734-2020 4.3 (protecting raters)' },
    remedy: CALL_MANAGER,
  },
} as const satisfies Record<string, RefusalText>
