import type { RefusalText } from '../../refusal.ts'

/** What a seal lacks, and what does not agree with it. */
export const sealRefusals = {
  'custody.seal-missing': {
    status: 422,
    detail: {
      zh: '“{category}”须当场密封并由 {signers} 人签名；不能密封的须写明原因',
      en: 'Class “{categoryEn}” is sealed on the spot with {signers} signatures, or a reason is given',
    },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: {
      zh: '请填写封条编号、签名人，或不能密封的原因',
      en: 'Give the seal number and signers, or why it cannot be sealed',
    },
  },
  'custody.seal-signers': {
    status: 422,
    detail: {
      zh: '封条须由本案承办人员 {signers} 人以上签名',
      en: 'A seal is signed by {signers} officers of this case or more',
    },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: { zh: '请补充签名人', en: 'Add the signers' },
  },
  'custody.seal-taken': {
    status: 409,
    detail: {
      zh: '封条编号 {number} 已用于另一次封装',
      en: 'The seal number {number} stands for another sealing already',
    },
    rule: { zh: '监察法实施条例(2021) 128(一)、129', en: 'Supervision Law Regulations (2021) 128(1), 129' },
    remedy: {
      zh: '请核对编号；编号无误的，将本次登记的物品另行封装，填写新封条的编号。本次登记的几件物品同装一袋的，封条、签名人和封装时间须相同',
      en: 'Check the number. If it is right, seal what is registered now by itself, and give the new seal’s number. Items of this registration in one bag take the same seal, signers and time',
    },
  },
  'custody.strip-exists': {
    status: 409,
    detail: {
      zh: '封条 {number} 已打印或待打印 {count} 张',
      en: '{count} strips with the number {number} were printed or wait for the printer',
    },
    rule: {
      zh: '一号一封（监察法实施条例(2021) 129）',
      en: 'A number is for one sealing (Supervision Law Regulations (2021) 129)',
    },
    remedy: {
      zh: '如需再打，请写明原因；同号各张须贴在同一件上',
      en: 'To print more, say why; all strips of a number go on the same thing',
    },
  },
  'custody.seal-number-missing': {
    status: 422,
    detail: { zh: '{item} 没有填写新封条的编号', en: 'No number of a new seal is given for {item}' },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '请扫描或输入新封条的编号', en: 'Scan or type the number of the new seal' },
  },
  'custody.seal-needed': {
    status: 409,
    detail: {
      zh: '{item} 封装状态为“{is}”，未重封不能移交、入库或上架',
      en: '{item} is “{isEn}”: before it is sealed again it goes to no store and no shelf',
    },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: {
      zh: '请由本案承办人员二人用新封条重封并签名',
      en: 'Two officers of the case seal it again with a new seal and sign',
    },
  },
  'custody.seal-shared': {
    status: 409,
    detail: {
      zh: '封条 {number} 下还封有 {items}，须一并启封',
      en: 'Under the seal {number} lie also {items}: all are opened together',
    },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '请把同一封条下的物品一并列入', en: 'Name everything under the same seal' },
  },
  'custody.not-sealed': {
    status: 422,
    detail: { zh: '{item} 没有加封，不存在封条破损', en: '{item} wears no seal that could be broken' },
    rule: null,
    remedy: { zh: '请去掉“封条破损”后重新登记', en: 'Open the incident without a broken seal' },
  },
  'custody.seal-not-checked': {
    status: 422,
    detail: { zh: '{item} 已密封，须核对封条编号', en: '{item} is sealed: the seal number has to be compared' },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: {
      zh: '请核对封条：扫描或输入编号，出库、返还时写明是否完好',
      en: 'Look at the seal: scan or type its number; on its way out, say whether it is intact',
    },
  },
  'custody.seal-unlike': {
    status: 409,
    detail: {
      zh: '{item} 封条编号不符：登记 {expected}，扫到 {found}',
      en: 'The seal of {item} is another one: {expected} is registered, {found} was scanned',
    },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: {
      zh: '请扫描这一件上的封条；确实不符的，退回此件',
      en: 'Scan the seal that is on this item; if it is another one, send the item back',
    },
  },
  'custody.returned-seal-unlike': {
    status: 409,
    detail: {
      zh: '{item} 封条编号不符：借出时 {expected}，扫到 {found}',
      en: 'The seal of {item} is another one: it went out with {expected}, {found} was scanned',
    },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: {
      zh: '请扫描这一件上的封条；确实不符的，扫“退回”卡记为不符',
      en: 'Scan the seal that is on this item; if it is another one, scan the REFUSE card: it is noted as different',
    },
  },
  'custody.seal-differs': {
    status: 409,
    detail: { zh: '{item} 的封条编号与登记不符', en: 'The seal on {item} is not the one in the register' },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '不予入库：退回补正或登记异常', en: 'It is not taken in: send it back, or open an incident' },
  },
  'custody.seal-found-differs': {
    status: 409,
    detail: {
      zh: '{item} 现为{found}，与登记的封条状态不符',
      en: '{item} was found with {foundEn}, which is not what the register says of its seal',
    },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: {
      zh: '请再看一次；仍不符的不予交出，请保管人员登记异常，由保管部门和承办部门负责人处理',
      en: 'Look once more; what still differs is not handed out: its custodian opens an incident, which goes to the heads of the store and of the case',
    },
  },
} as const satisfies Record<string, RefusalText>
