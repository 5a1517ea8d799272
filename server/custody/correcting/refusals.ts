import type { RefusalText } from '../../refusal.ts'

/** Why something is not put right so. */
export const correctingRefusals = {
  'custody.not-registrar': {
    status: 403,
    detail: {
      zh: '此件由 {person} 登记，由登记人更正',
      en: '{person} registered it: who registered an item corrects it',
    },
    rule: { zh: '红字更正：谁登记、谁更正，另一人签名', en: 'Corrections: by who registered it, signed by another' },
    remedy: { zh: '请由 {person} 办理，您可以签名', en: 'Ask {person} to do it; you may sign' },
  },
  'custody.nothing-corrected': {
    status: 422,
    detail: { zh: '{item} 没有写明更正什么', en: 'Nothing is named that was wrong of {item}' },
    rule: null,
    remedy: { zh: '请改动登记有误的一项', en: 'Change what was typed wrongly' },
  },
  'custody.nothing-to-correct': {
    status: 409,
    detail: { zh: '{item} 没有登记{what}，无可更正', en: '{item} has no {whatEn} that could be corrected' },
    rule: null,
    remedy: { zh: '请去掉此项；加封、称重另行办理', en: 'Leave it out; sealing and weighing are acts of their own' },
  },
  'custody.corrected-to-same': {
    status: 422,
    detail: { zh: '{item} 的{what}与现有记载相同', en: 'The {whatEn} of {item} is what the record says already' },
    rule: null,
    remedy: { zh: '请核对后填写正确的内容', en: 'Check it, and give what is right' },
  },
  'custody.weighed-since': {
    status: 409,
    detail: { zh: '{item} 登记后已经称重，不得更正重量', en: '{item} was weighed since: its weight is not corrected' },
    rule: {
      zh: '红字更正只限登记时写错的重量',
      en: 'Only a weight that was typed wrongly at registration is corrected',
    },
    remedy: { zh: '重量不符的，请登记异常', en: 'If the weight differs, open an incident' },
  },
  'custody.seal-corrected-together': {
    status: 409,
    detail: {
      zh: '封条 {number} 下还封有 {items}，须一并更正为同一编号',
      en: 'Under the seal {number} lie also {items}: all are corrected together, to one number',
    },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '请把同一封条下的物品一并列入', en: 'Name everything under the same seal' },
  },
  'custody.correction-signers': {
    status: 422,
    detail: {
      zh: '更正须由本案承办人员 {signers} 人签名',
      en: 'A correction is signed by {signers} officers of the case',
    },
    rule: { zh: '红字更正：谁登记、谁更正，另一人签名', en: 'Corrections: by who registered it, signed by another' },
    remedy: { zh: '请本案另一承办人员用工牌和 PIN 签名', en: 'A second officer of the case signs with badge and PIN' },
  },
} as const satisfies Record<string, RefusalText>
