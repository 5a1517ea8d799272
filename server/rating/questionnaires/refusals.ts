import type { RefusalText } from '../../refusal.ts'

/** What is refused of questionnaires, and of who asks for what a version does not ask. */
export const questionnaireRefusals = {
  'rating.unknown-questionnaire': {
    status: 404,
    detail: { zh: '没有这份问卷：{questionnaire}', en: 'There is no questionnaire {questionnaire}' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.questionnaire-fixed': {
    status: 409,
    detail: {
      zh: '问卷 {questionnaire} 已启用、停用或作废，内容和匿名方式不再变动',
      en: 'The questionnaire {questionnaire} was opened, closed or dropped: neither its questions nor its anonymity change any more',
    },
    rule: { zh: '评价内容按版本管理，不得擅自变更', en: 'What is asked goes by versions, and none is changed' },
    remedy: { zh: '请另拟一版', en: 'Draft another version' },
  },
  'rating.questionnaire-changed': {
    status: 409,
    detail: {
      zh: '问卷 {questionnaire} 已被改写，与您看到的不同',
      en: 'The questionnaire {questionnaire} was written anew: it is not what you have seen',
    },
    rule: { zh: '启用的须是看过的内容', en: 'What is opened was seen by who opens it' },
    remedy: { zh: '请刷新，看过现在的内容再决定', en: 'Look at it as it stands, then decide' },
  },
  'rating.questionnaire-own': {
    status: 403,
    detail: { zh: '拟过这份问卷的人不能启用它', en: 'Who wrote on a questionnaire does not open it' },
    rule: { zh: '不相容岗位分离', en: 'Separation of duties' },
    remedy: { zh: '请由另一名大厅负责人或监督人员启用', en: 'Another head of the hall or a supervisor opens it' },
  },
  'rating.unknown-question': {
    status: 404,
    detail: { zh: '该大厅没有问过：{question}', en: 'This hall never asked {question}' },
    rule: null,
    remedy: { zh: '请从清单中选择', en: 'Choose from the list' },
  },
  'rating.hall-named-ours': {
    status: 409,
    detail: {
      zh: '大厅编号 {hall} 与内置问卷同名，不能有自己的问卷',
      en: 'The id {hall} is the name of a questionnaire of the program: such a hall cannot have its own',
    },
    rule: { zh: '每张选票的问卷编号只指一份问卷', en: 'What a ballot names is one questionnaire alone' },
    remedy: {
      zh: '请系统管理员以另一编号设立大厅；在此之前仍使用通用问卷',
      en: 'Have the system administrator set the hall up under another id; until then it asks what every hall asks',
    },
  },
  'rating.asked-twice': {
    status: 422,
    detail: { zh: '“{zh}”写了两次', en: '“{en}” stands there twice' },
    rule: null,
    remedy: { zh: '请删去其中一个', en: 'Take one of them away' },
  },
  'rating.too-many-reasons': {
    status: 422,
    detail: { zh: '“{level}”的原因超过 {most} 个', en: 'More than {most} reasons are offered after “{en}”' },
    rule: null,
    remedy: { zh: '请减少该档次的原因', en: 'Offer fewer after that level' },
  },
  'rating.no-contact-asked': {
    status: 409,
    detail: {
      zh: '这一版问卷完全匿名，不收联系方式',
      en: 'This version of the questions asks nobody how to reach him',
    },
    rule: { zh: '匿名方式在问卷启用时固定', en: 'Anonymity is fixed when a version opens' },
    remedy: { zh: '需要答复的，请到信访窗口反映', en: 'Who wants an answer turns to the petition counter' },
  },
  'rating.organ-asks': {
    status: 422,
    detail: {
      zh: '行风评议的问卷只有题目：不留联系方式、不写意见、不选原因',
      en: 'A questionnaire for campaigns has questions alone: no contact, no words, no reasons',
    },
    rule: { zh: '行风评议选票不记名、只作勾选', en: 'A paper of a campaign has no name, and marks alone' },
    remedy: { zh: '请去掉原因、意见和联系方式', en: 'Take out reasons, words and contact' },
  },
} as const satisfies Record<string, RefusalText>
