import type { RefusalText } from '../../refusal.ts'

const EFFECTS = {
  zh: '监察法实施条例(2021) 125；公安机关涉案财物返还方式代码',
  en: 'Supervision Law Regulations (2021) 125; codes of returning used by the police',
}

const RELEASED_TO = { zh: '监察法实施条例(2021) 134', en: 'Supervision Law Regulations (2021) 134' }

/** Who receives what goes back, by which notice, and in which way. */
export const receivingRefusals = {
  'custody.handing-way': {
    status: 422,
    detail: {
      zh: '返还随身物品须写明返还方式；涉案财物不适用',
      en: 'It is said how personal effects go back; evidence has no such ways',
    },
    rule: EFFECTS,
    remedy: { zh: '请选择返还方式', en: 'Choose a way' },
  },
  'custody.handing-receiver': {
    status: 422,
    detail: { zh: '接收人身份与“{way}”不符', en: 'Nobody receives “{wayEn}” in that name' },
    rule: EFFECTS,
    remedy: { zh: '请核对接收人身份及委托手续', en: 'Check in whose name he receives, and what empowers him' },
  },
  'custody.handing-becomes': {
    status: 422,
    detail: {
      zh: '“{way}”须逐件写明新登记的涉案财物，另有文书、同属本案；其他方式不填',
      en: '“{wayEn}” names the evidence that the thing is since, taken in the same case by another notice; other ways name none',
    },
    rule: EFFECTS,
    remedy: { zh: '请先凭新的文书登记该物品', en: 'Register the thing by a new notice first' },
  },
  'custody.receiver-missing': {
    status: 422,
    detail: { zh: '没有写明接收人', en: 'Nobody is named who receives it' },
    rule: RELEASED_TO,
    remedy: { zh: '请登记接收人身份并由其签字', en: 'Take down who receives it, and have the paper signed' },
  },
  'custody.others-things': {
    status: 409,
    detail: {
      zh: '{x} 与 {item} 不是同一持有人的财物，不能由原持有人本人一并领取',
      en: '{xEn} were taken from somebody else than {item}: a holder receives his own things alone',
    },
    rule: RELEASED_TO,
    remedy: {
      zh: '只选领取人本人的财物，按持有人分次执行；一并代领的，登记为受委托人并注明授权',
      en: 'Choose his own things and return those of each holder by themselves; who fetches for others is their agent and shows what empowers him',
    },
  },
  'custody.notice-of-others': {
    status: 409,
    detail: {
      zh: '解除通知书 {number} 未列 {x}',
      en: 'Notice of release {number} does not name {xEn}',
    },
    rule: RELEASED_TO,
    remedy: {
      zh: '请填写列有该物品的通知书文号（{expected}）；尚未出具的，由承办人员先在案件或物品页出具 F-11',
      en: 'Give the number of the notice that names it ({expectedEn}); where none was, an officer issues F-11 on the page of the case or the item first',
    },
  },
  'custody.not-the-holder': {
    status: 409,
    detail: {
      zh: '{x} 登记的持有人与所写接收人姓名不同，不能按原持有人本人领取',
      en: 'The registered holder of {xEn} bears another name than the receiver: it is not fetched as by the holder himself',
    },
    rule: RELEASED_TO,
    remedy: {
      zh: '请核对接收人证件；由他人代领的，登记为受委托人或近亲属并注明授权；持有人姓名登记有误的，由本案承办人员出具说明，登记为权利人本人，并在授权一栏写明该说明',
      en: "Look at the receiver's document; who fetches for the holder is his agent or relative and shows what empowers him; where the name was registered wrongly an officer of the case says so in writing, and he receives as the owner himself by that paper",
    },
  },
  'custody.authorisation-missing': {
    status: 422,
    detail: {
      zh: '代为领取须有授权或关系证明；未经批准返还权利人的，以权利人身份领取须有权属证明',
      en: 'Who receives it for another shows what empowers him; who comes as the owner, where the approval does not name the owner, shows that it is his',
    },
    rule: RELEASED_TO,
    remedy: {
      zh: '请登记授权委托书、关系证明或者权属证明',
      en: 'Take down the authorisation, the proof of kinship or the proof of title',
    },
  },
} as const satisfies Record<string, RefusalText>
