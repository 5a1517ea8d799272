import type { RefusalText } from '../../refusal.ts'
import { closingRefusals } from './refusals-closing.ts'
import { complaintRefusals } from './refusals-complaints.ts'
import { receivingRefusals } from './refusals-receiving.ts'

const OFFICER_PROPOSES = { zh: '由本案承办人员重新提出处置', en: 'An officer of the case proposes it anew' }
const SUPERVISION_28 = { zh: '监察法(2024) 28', en: 'Supervision Law (2024) 28' }
const SUPERVISION_53 = { zh: '监察法(2024) 53', en: 'Supervision Law (2024) 53' }
const REVIEW = { zh: '监察法(2024) 51；监督执纪工作规则 55', en: 'Supervision Law (2024) 51; Discipline Work Rules 55' }
const EARLY_SALE = {
  zh: '监察法实施条例(2021) 128(三)；行政强制法 49、60',
  en: 'Supervision Law Regulations (2021) 128(3); Administrative Compulsion Law 49, 60',
}
const FORFEITED = {
  zh: '罚没财物管理办法(财税〔2020〕54号) 3–4',
  en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 3–4',
}

/** How items leave custody, and how a case is closed. */
export const disposalRefusals = {
  ...complaintRefusals,
  ...closingRefusals,
  ...receivingRefusals,
  'custody.unknown-disposal': {
    status: 404,
    detail: {
      zh: '没有此处置审批单，或不在您的知情范围内：{disposal}',
      en: 'There is no such paper of disposal, or it is not for you to know of: {disposal}',
    },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'custody.disposal-track': {
    status: 422,
    detail: { zh: '“{way}”不适用于{track}案件', en: '“{wayEn}” is no way of the track “{trackEn}”' },
    rule: { zh: '监察法(2024) 53；监督执纪工作规则 58', en: 'Supervision Law (2024) 53; Discipline Work Rules 58' },
    remedy: { zh: '请按本案类别选择处置方式', en: 'Choose a way that this track has' },
  },
  'custody.disposal-destination': {
    status: 422,
    detail: { zh: '“{way}”的财物不能交往{destination}', en: '“{wayEn}” does not lead to: {destinationEn}' },
    rule: SUPERVISION_53,
    remedy: { zh: '请另选去向', en: 'Choose another destination' },
  },
  'custody.disposal-one-case': {
    status: 422,
    detail: {
      zh: '一份处置审批单只列一案财物：{case}、{other}',
      en: 'One paper, one case: {case} and {other} are two',
    },
    rule: { zh: '一案一账', en: 'One case, one account' },
    remedy: { zh: '请分案提出', en: 'Propose them case by case' },
  },
  'custody.crime-goes-with-case': {
    status: 409,
    detail: {
      zh: '{item} 涉嫌犯罪，只能随案移送，不得{way}',
      en: '{item} is of a suspected crime: it goes with the case and cannot be disposed of by “{wayEn}”',
    },
    rule: SUPERVISION_53,
    remedy: { zh: '请选择随案移送', en: 'Choose transfer with the case' },
  },
  'custody.ground-missing': {
    status: 422,
    detail: {
      zh: '解除须写明事由；查明与案件无关的须写明查明时间',
      en: 'A release says why; what was found unrelated, also when that was found',
    },
    rule: {
      zh: '监察法(2024) 28(3)；行政强制法 28',
      en: 'Supervision Law (2024) 28(3); Administrative Compulsion Law 28',
    },
    remedy: { zh: '请补全事由和查明时间', en: 'Give the ground, and the time of the finding' },
  },
  'custody.ground-of-return': {
    status: 422,
    detail: {
      zh: '解除事由和查明时间只用于解除并返还，“{way}”不填',
      en: 'A ground of release and the time of a finding belong to a return, not to “{wayEn}”',
    },
    rule: SUPERVISION_28,
    remedy: { zh: '请删去，或改选解除并返还', en: 'Leave them out, or choose release and return' },
  },
  'custody.found-time': {
    status: 422,
    detail: {
      zh: '查明时间 {foundAt} 晚于现在，或早于对 {item} 采取措施的时间',
      en: 'The finding at {foundAt} is in the future, or before {item} was taken',
    },
    rule: SUPERVISION_28,
    remedy: { zh: '请核对查明时间', en: 'Check the time of the finding' },
  },
  'custody.no-review-office': {
    status: 422,
    detail: {
      zh: '须指定承办部门 {department} 以外、有审批人的审理部门：{unit}',
      en: 'The reviewing office is another than {department} and has an approver; this is neither or unknown: {unit}',
    },
    rule: REVIEW,
    remedy: { zh: '请选择案件审理室等审理部门', en: 'Choose the office that reviews cases' },
  },
  'custody.reviewer-inside': {
    status: 403,
    detail: {
      zh: '您属于承办部门 {department}，不得审理其财物处置',
      en: 'You belong to {department}, which handles the case, and may not review its disposals',
    },
    rule: REVIEW,
    remedy: { zh: '由审理部门其他审批人办理', en: 'Another approver of the reviewing office does it' },
  },
  'custody.disposal-changed': {
    status: 409,
    detail: {
      zh: '处置审批单 {disposal} 已变更、已决定或被新的处置意见取代',
      en: 'The paper {disposal} was changed, decided or replaced by a later proposal',
    },
    rule: REVIEW,
    remedy: { zh: '请按现行的处置审批单办理', en: 'Decide the paper that stands now' },
  },
  'custody.disposal-order': {
    status: 409,
    detail: { zh: '{item} 的处置状态为“{is}”，{why}', en: 'The disposal of {item} is at “{isEn}”: {whyEn}' },
    rule: REVIEW,
    remedy: { zh: '{next}', en: '{nextEn}' },
  },
  'custody.no-disposal': {
    status: 409,
    detail: { zh: '{item} 还没有处置审批单', en: 'No disposal of {item} was proposed' },
    rule: REVIEW,
    remedy: OFFICER_PROPOSES,
  },
  'custody.disposal-command': {
    status: 422,
    detail: {
      zh: '已批准的处置方式是“{way}”，请按该方式办理',
      en: 'What was approved is “{wayEn}”: it is carried out by its own act',
    },
    rule: SUPERVISION_53,
    remedy: { zh: '返还用“解除返还”，其他用“执行处置”', en: 'A return is a release, the others are disposals' },
  },
  'custody.staff-needed': {
    status: 403,
    detail: {
      zh: '{item} 的处置须 {needed} 名工作人员签名',
      en: 'The disposal of {item} is signed by {needed} of the staff',
    },
    rule: { zh: '监察法(2024) 44(1)', en: 'Supervision Law (2024) 44(1)' },
    remedy: {
      zh: '请本案承办人员或另一名保管人员刷工牌并输入 PIN',
      en: 'An officer of the case or another custodian scans a badge and gives the PIN',
    },
  },
  'custody.destroyers-needed': {
    status: 403,
    detail: {
      zh: '销毁 {item} 须由 {needed} 名不办理本案的保管人员执行，监销人另计',
      en: '{item} is destroyed by {needed} custodians who do not handle the case; who watches counts beside them',
    },
    rule: { zh: '监察法(2024) 44(1)', en: 'Supervision Law (2024) 44(1)' },
    remedy: {
      zh: '请本库另一名保管人员刷工牌并输入 PIN',
      en: 'Another custodian of the store scans a badge and gives the PIN',
    },
  },
  'custody.transfer-missing': {
    status: 422,
    detail: {
      zh: '随案移送须写明接收机关、回执和接收人',
      en: 'A transfer names the other organ, its receipt and its receiver',
    },
    rule: SUPERVISION_53,
    remedy: { zh: '请补全移送信息', en: 'Give what the transfer list asks for' },
  },
  'custody.attachments-missing': {
    status: 422,
    detail: { zh: '实物不移送时须随附：{missing}', en: 'Where the thing stays, these go along: {missing}' },
    rule: { zh: '不宜移送财物的随案材料规定', en: 'Papers in place of what cannot be transferred' },
    remedy: {
      zh: '请备齐清单、照片、查封手续和存放地点说明',
      en: 'List, photos, sealing papers and where it is kept go along',
    },
  },
  'custody.not-transferred': {
    status: 409,
    detail: {
      zh: '{item} 不是“只移送清单和材料、实物未移”的财物',
      en: '{item} was not transferred on paper with the thing left in place',
    },
    rule: SUPERVISION_53,
    remedy: { zh: '请按其处置状态办理', en: 'It is dealt with as its disposal stands' },
  },
  'custody.payment-missing': {
    status: 422,
    detail: { zh: '没有上缴或支付凭证号', en: 'The number of the payment voucher is missing' },
    rule: FORFEITED,
    remedy: { zh: '请填写缴款书或支付凭证号', en: 'Give the number of the voucher' },
  },
  'custody.finance-missing': {
    status: 403,
    detail: { zh: '须由承办部门以外的财务人员签名', en: 'Somebody of finance, outside the case department, signs' },
    rule: FORFEITED,
    remedy: { zh: '请财务人员刷工牌并输入 PIN', en: 'Somebody of finance scans a badge and gives the PIN' },
  },
  'custody.sale-missing': {
    status: 422,
    detail: {
      zh: '先行变卖（拍卖）须写明事由、方式、估价、鉴定（价格认定）文书和持有人意见',
      en: 'An early sale says why, how, its appraisal and value, and what the holder says to it',
    },
    rule: EARLY_SALE,
    remedy: { zh: '请补全先行处置审批表', en: 'Give what the form of an early sale asks for' },
  },
  'custody.sale-of-sale': {
    status: 422,
    detail: {
      zh: '只有先行变卖（拍卖）才写估价和持有人意见',
      en: 'A value and the holder’s opinion are given for a sale only',
    },
    rule: EARLY_SALE,
    remedy: { zh: '请去掉这些内容，或改选处置方式', en: 'Leave them out, or choose the sale' },
  },
  'custody.sold-missing': {
    status: 422,
    detail: {
      zh: '须写明合同号、成交价、买受人、缴入专用账户的凭证和账户',
      en: 'A sale names its contract, price and buyer, and the voucher and account of the deposit',
    },
    rule: EARLY_SALE,
    remedy: {
      zh: '价款存入专用账户后，凭证齐全再办理',
      en: 'Pay the price into the special account first, then give the voucher',
    },
  },
  'custody.price-below': {
    status: 422,
    detail: {
      zh: '成交价 {price} 元低于估价 {estimate} 元，须写明原因',
      en: 'The price of {price} yuan is below the value of {estimate} yuan: the reason is to be given',
    },
    rule: {
      zh: '行政强制法 28（明显偏低的，应当补偿）',
      en: 'Administrative Compulsion Law 28 (a clearly low price is made good)',
    },
    remedy: { zh: '请核对成交价，或写明低于估价的原因', en: 'Check the price, or say why it is below' },
  },
  'custody.destruction-missing': {
    status: 422,
    detail: { zh: '没有销毁记录', en: 'The record of the destruction is missing' },
    rule: { zh: '行政强制法 27', en: 'Administrative Compulsion Law 27' },
    remedy: { zh: '请写明记录编号、方式和销毁前后照片', en: 'Give the record, the way, and photos before and after' },
  },
  'custody.media-missing': {
    status: 422,
    detail: {
      zh: '销毁前、后须各有该物品的照片，且不得相同',
      en: 'There are photos of the item before and after, and they differ',
    },
    rule: { zh: '行政强制法 27', en: 'Administrative Compulsion Law 27' },
    remedy: { zh: '请先上传物品照片，再选择', en: 'Upload photos of the item first, then name them' },
  },
  'custody.media-old': {
    status: 422,
    detail: {
      zh: '销毁后的照片须在批准销毁（{since}）之后拍摄',
      en: 'The photos after are taken after the destruction was approved ({since})',
    },
    rule: { zh: '行政强制法 27', en: 'Administrative Compulsion Law 27' },
    remedy: { zh: '请拍摄并上传销毁后的照片', en: 'Take and upload photos of what is left' },
  },
  'custody.supervisor-missing': {
    status: 403,
    detail: {
      zh: '销毁须有承办部门以外、不办理本案的监销人签名',
      en: 'A supervisor outside the case department, who does not handle the case, watches a destruction and signs',
    },
    rule: { zh: '行政强制法 27；本系统内部规则', en: 'Administrative Compulsion Law 27; house rule' },
    remedy: { zh: '请监督人员刷工牌并输入 PIN', en: 'A supervisor scans a badge and gives the PIN' },
  },
} as const satisfies Record<string, RefusalText>
