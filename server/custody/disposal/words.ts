import type { Words } from '../../refusal.ts'

/** What a complaint about a measure may say (rules X-18). */
export const complaintWords = {
  'not-released': { zh: '应解除而不解除', en: 'Not released though it should be' },
  unrelated: { zh: '对无关财物采取措施', en: 'Taken though unrelated to the case' },
  misused: { zh: '贪污、挪用、私分、调换或违规使用', en: 'Taken for oneself, exchanged or used against the rules' },
} as const satisfies Record<string, Words>
export type ComplaintGround = keyof typeof complaintWords

/** Why an item may lawfully stay open when its case is closed (rules X-19). */
export const keptOpenWords = {
  'at-large': {
    zh: '被调查人逃匿，通缉满一年，申请没收程序',
    en: 'At large, wanted for a year: confiscation applied for',
  },
  dead: { zh: '被调查人死亡，申请没收程序', en: 'Dead: confiscation applied for' },
  'other-procedure': { zh: '另案或其他程序正在使用', en: 'In use in another procedure' },
} as const satisfies Record<string, Words>
export type KeptOpenGround = keyof typeof keptOpenWords

/** In whose name somebody takes an item over. */
export const relationWords = {
  holder: { zh: '原持有人本人', en: 'Who it was taken from, himself' },
  owner: { zh: '权利人本人', en: 'The owner, himself' },
  relative: { zh: '近亲属', en: 'A close relative' },
  agent: { zh: '受委托人', en: 'An agent' },
  organ: { zh: '接收机关经办人', en: 'For the receiving organ' },
  buyer: { zh: '买受人', en: 'The buyer' },
} as const satisfies Record<string, Words>
/** In whose name an item is received back or taken over; a buyer is named by a sale alone. */
export const RECEIVING = [
  'holder',
  'owner',
  'relative',
  'agent',
  'organ',
] as const satisfies readonly (keyof typeof relationWords)[]

/** What goes along where the thing itself does not (rules X-10). */
export const attachmentWords = {
  list: { zh: '清单', en: 'List' },
  photos: { zh: '照片', en: 'Photos' },
  sealing: { zh: '查封、封存手续', en: 'Sealing papers' },
  place: { zh: '存放地点说明', en: 'Where it is kept' },
  vouchers: { zh: '变价处理凭证', en: 'Sale vouchers' },
  appraisal: { zh: '鉴定、估价意见', en: 'Appraisal' },
} as const satisfies Record<string, Words>
export type Attachment = keyof typeof attachmentWords
