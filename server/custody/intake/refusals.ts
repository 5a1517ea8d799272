import type { RefusalText } from '../../refusal.ts'

/** What a registration or a comparison of a thing lacks or finds. */
export const registeringRefusals = {
  'custody.quantity': {
    status: 422,
    detail: { zh: '数量“{quantity}”无效', en: 'The quantity “{quantity}” is not possible' },
    rule: { zh: '监察法 28(1)（逐一登记）', en: 'Supervision Law 28(1) (each one registered)' },
    remedy: {
      zh: '请填写大于零、不超过 {max} 的数，小数不超过 {decimals} 位',
      en: 'Give a number above zero, at most {max}, with at most {decimals} decimals',
    },
  },
  'custody.names-person': {
    status: 422,
    detail: { zh: '“{what}”中写有{whose}', en: 'The {whatEn} contains {whoseEn}' },
    rule: {
      zh: '监察法 18(2)（保密）：标签和台账明文不得写明人员姓名、案件名称',
      en: 'Supervision Law 18(2) (secrecy): labels and registers name no person and no case title in clear',
    },
    remedy: {
      zh: '请只写物品本身，如“手机”；姓名填写在持有人、见证人、保管人栏内，其他识别情况写在特征中',
      en: 'Say what the thing is, such as “mobile phone”; names belong in the fields of holder, witness and keeper, other marks in the features',
    },
  },
  'custody.quantity-whole': {
    status: 422,
    detail: {
      zh: '“{unit}”按件计数，数量须为整数，不能是 {quantity}',
      en: 'What is counted in “{unit}” comes in whole numbers, not {quantity}',
    },
    rule: { zh: '监察法 28(1)（逐一登记）', en: 'Supervision Law 28(1) (each one registered)' },
    remedy: {
      zh: '请填写整数；按重量、长度、面积、体积计量的，单位请填克、米、平方米、升等',
      en: 'Give a whole number; what is measured takes a unit of weight, length, area or volume, such as 克, 米, 平方米, 升',
    },
  },
  'custody.field-missing': {
    status: 422,
    detail: { zh: '“{category}”必须填写：{what}', en: 'Class “{categoryEn}” needs: {whatEn}' },
    rule: { zh: '监察法实施条例(2021) 128', en: 'Supervision Law Regulations (2021) 128' },
    remedy: { zh: '请补充后重新登记', en: 'Add it and register again' },
  },
  'custody.field-not-asked': {
    status: 422,
    detail: { zh: '“{category}”不填写：{what}', en: 'Class “{categoryEn}” has no field {whatEn}' },
    rule: null,
    remedy: { zh: '请清除此项，或选择其他类别', en: 'Clear it, or choose another class' },
  },
  'custody.field-value': {
    status: 422,
    detail: { zh: '“{what}”须为：{allowed}', en: '{whatEn} has to be: {allowedEn}' },
    rule: { zh: '监察法实施条例(2021) 128', en: 'Supervision Law Regulations (2021) 128' },
    remedy: { zh: '请改正后重新登记', en: 'Correct it and register again' },
  },
  'custody.effects-apart': {
    status: 422,
    detail: {
      zh: '随身物品与涉案财物不得列入同一份清单',
      en: 'Personal effects and evidence do not stand on one list',
    },
    rule: { zh: '监察法实施条例(2021) 125', en: 'Supervision Law Regulations (2021) 125' },
    remedy: { zh: '请分开办理', en: 'Do it in separate acts' },
  },
  'custody.measure-missing': {
    status: 422,
    detail: {
      zh: '第 {line} 件没有写明措施、持有人或见证人',
      en: 'Line {line} lacks the measure, the holder or the witness',
    },
    rule: { zh: '监察法 28(1)、44(1)', en: 'Supervision Law 28(1), 44(1)' },
    remedy: {
      zh: '请填写通知书文号、时间、地点，以及持有人和见证人到场情况',
      en: 'Give notice number, time and place, and how holder and witness were present',
    },
  },
  'custody.measure-officers': {
    status: 422,
    detail: {
      zh: '采取措施须有本案承办人员 {needed} 人以上',
      en: 'A measure needs {needed} officers of this case or more',
    },
    rule: { zh: '监察法 44(1)', en: 'Supervision Law 44(1)' },
    remedy: { zh: '请填写在场承办人员', en: 'Name the officers who were there' },
  },
  'custody.measure-kind': {
    status: 422,
    detail: { zh: '此类案件不得采取“{kind}”', en: 'Cases of this track have no measure “{kindEn}”' },
    rule: { zh: '监察法 28；行政强制法 9', en: 'Supervision Law 28; Administrative Compulsion Law 9' },
    remedy: { zh: '请按案件性质选择措施', en: 'Choose a measure of this track' },
  },
  'custody.measure-time': {
    status: 422,
    detail: { zh: '措施时间 {takenAt} 晚于登记时间', en: 'The measure at {takenAt} is later than its registration' },
    rule: { zh: '监察法 28(1)（当面登记）', en: 'Supervision Law 28(1) (registered in presence)' },
    remedy: { zh: '请核对时间', en: 'Check the time' },
  },
  'custody.measure-too-early': {
    status: 422,
    detail: {
      zh: '措施时间 {takenAt} 过早：本案的措施不早于 {earliest}',
      en: 'The measure at {takenAt} is too early: none of this case is before {earliest}',
    },
    rule: {
      zh: '监察措施不早于监察法施行（2018-03-20）；措施不早于案件台账建立前 {days} 日（本系统内部规则）',
      en: 'No supervisory measure before the Supervision Law was in force (2018-03-20); none more than {days} days before the account of the case (house rule)',
    },
    remedy: { zh: '请核对措施的年、月、日', en: 'Check year, month and day of the measure' },
  },
  'custody.witness-is-holder': {
    status: 422,
    detail: {
      zh: '见证人与持有人同名：持有人不得自己见证',
      en: 'Witness and holder have one name: no holder is his own witness',
    },
    rule: { zh: '监察法 28(1)；行政强制法 18(九)', en: 'Supervision Law 28(1); Administrative Compulsion Law 18(9)' },
    remedy: {
      zh: '请填写另一名见证人；没有见证人的，写明原因',
      en: 'Name another witness, or say why there is none',
    },
  },
  'custody.witness-is-officer': {
    status: 422,
    detail: {
      zh: '见证人与在场承办人员 {person} 同名：承办人员不得作见证人',
      en: 'The witness has the name of {person}, an officer who was there: officers are no witnesses',
    },
    rule: { zh: '监察法 28(1)；行政强制法 18(九)', en: 'Supervision Law 28(1); Administrative Compulsion Law 18(9)' },
    remedy: {
      zh: '请填写与办案无关的见证人；没有见证人的，写明原因',
      en: 'Name a witness who does not handle the case, or say why there is none',
    },
  },
  'custody.presence-reason': {
    status: 422,
    detail: {
      zh: '持有人或见证人未签名的，须写明原因；到场的须写明姓名',
      en: 'A holder or witness who did not sign needs a reason; who was there needs a name',
    },
    rule: { zh: '行政强制法 18(八)(九)', en: 'Administrative Compulsion Law 18(8)(9)' },
    remedy: { zh: '请补充姓名或原因', en: 'Add the name or the reason' },
  },
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
  'custody.keeper-signature': {
    status: 422,
    detail: {
      zh: '{item} 由库房保管，更正须保管人员会签',
      en: '{item} is kept by a store: its custodian signs a correction too',
    },
    rule: {
      zh: '中办发〔2015〕7号 三（办管分离）',
      en: 'Office Document (2015) No. 7, III (handling apart from keeping)',
    },
    remedy: { zh: '请该库房的保管人员用工牌和 PIN 签名', en: 'A custodian of that store signs with badge and PIN' },
  },
  'custody.photo-missing': {
    status: 409,
    detail: { zh: '{item} 还没有照片（至少 {needed} 张）', en: '{item} has no photo yet ({needed} at least)' },
    rule: { zh: '监察法 28(1)（逐一拍照）', en: 'Supervision Law 28(1) (each one photographed)' },
    remedy: { zh: '请先拍照', en: 'Take the photo first' },
  },
  'custody.photo-known': {
    status: 409,
    detail: { zh: '{item} 已有这张照片', en: '{item} has this very photo already' },
    rule: null,
    remedy: { zh: '请重新拍照', en: 'Take a new photo' },
  },
  'custody.weight-missing': {
    status: 422,
    detail: { zh: '{item} 每次交接都须称重', en: '{item} is weighed whenever it changes hands' },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: { zh: '请放上电子秤，等待稳定读数', en: 'Put it on the scale and wait for a stable reading' },
  },
  'custody.weight-absurd': {
    status: 422,
    detail: { zh: '重量 {weight} 克无效', en: 'A weight of {weight} g is not possible' },
    rule: { zh: '重量须大于零，且为库房能称的重量', en: 'A weight is above zero and one that a store can weigh' },
    remedy: { zh: '请清零后重新称重', en: 'Zero the scale and weigh again' },
  },
  'custody.weighing-unknown': {
    status: 422,
    detail: {
      zh: '{item} 的重量所指的称重读数不在本工位',
      en: 'The weight of {item} names a reading of the scale that this station does not have',
    },
    rule: null,
    remedy: { zh: '请在本工位的电子秤上重新称重', en: 'Weigh it again on the scale of this station' },
  },
  'custody.weighing-differs': {
    status: 422,
    detail: {
      zh: '{item} 报称 {given} 克，与所指称重读数的原始字节不符',
      en: '{item} is given as {given} g, which is not what the scale said in that reading',
    },
    rule: null,
    remedy: { zh: '请在本工位的电子秤上重新称重', en: 'Weigh it again on the scale of this station' },
  },
  'custody.weight-differs': {
    status: 409,
    detail: {
      zh: '{item} 登记 {expected} 克，现为 {found} 克，超出允差 {tolerance} 克',
      en: '{item} was {expected} g and is {found} g, beyond the tolerance of {tolerance} g',
    },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: {
      zh: '请再称一次；仍不符的不予入库，退回补正',
      en: 'Weigh it once more; what still differs is not taken in: send it back',
    },
  },
  'custody.not-cash': {
    status: 422,
    detail: { zh: '{item} 不是现金，不须清点', en: '{item} is no cash: it is not counted' },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请核对编号', en: 'Check the code' },
  },
  'custody.cash-counted-already': {
    status: 409,
    detail: { zh: '{item} 已由两人清点一致', en: 'Two people have counted {item} and found the same' },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请继续办理移交或入库', en: 'Go on with the hand-over or check-in' },
  },
  'custody.cash-same-counter': {
    status: 409,
    detail: {
      zh: '{person} 已清点过本次现金，须由另一人清点',
      en: '{person} has counted this already: another person counts',
    },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: { zh: '请换另一人独立清点', en: 'Let another person count, without being told' },
  },
  'custody.cash-other-side': {
    status: 409,
    detail: {
      zh: '{item} 移交时须由承办人员和保管人员各清点一次',
      en: '{item} is counted by an officer and by a custodian when it is handed over',
    },
    rule: { zh: '监察法 28(2)', en: 'Supervision Law 28(2)' },
    remedy: { zh: '请由另一方清点', en: 'The other side counts' },
  },
  'custody.cash-face': {
    status: 422,
    detail: {
      zh: '{currency}没有这种面额，或同一面额填了两次',
      en: '{currencyEn} has no such denomination, or one is given twice',
    },
    rule: null,
    remedy: { zh: '请按面额逐行填写', en: 'Give each denomination once' },
  },
  'custody.cash-serials': {
    status: 422,
    detail: {
      zh: '冠字号有重复，或比清点的张数还多',
      en: 'A serial number stands twice, or there are more of them than pieces',
    },
    rule: null,
    remedy: { zh: '请核对冠字号', en: 'Check the serial numbers' },
  },
  'custody.cash-too-much': {
    status: 422,
    detail: { zh: '一件最多清点 {most} 张（枚）', en: 'One item holds {most} pieces at most' },
    rule: null,
    remedy: { zh: '请核对张数，或分件登记', en: 'Check the number, or register it as several items' },
  },
  'custody.cash-not-counted': {
    status: 409,
    detail: { zh: '{item} 尚未由两人清点一致', en: 'Two people have not yet counted {item} and found the same' },
    rule: { zh: '监察法实施条例(2021) 128(二)', en: 'Supervision Law Regulations (2021) 128(2)' },
    remedy: {
      zh: '请两人各自在物品页“清点现金”中独立清点',
      en: 'Two people count it, each on his own, on “Count the cash” of its page',
    },
  },
  'custody.seal-not-checked': {
    status: 422,
    detail: { zh: '{item} 已密封，须核对封条编号', en: '{item} is sealed: the seal number has to be compared' },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '请扫描或输入封条编号', en: 'Scan or type the number of the seal' },
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
  'custody.photo-differs': {
    status: 409,
    detail: { zh: '{item} 与照片不符', en: '{item} does not look like its photo' },
    rule: { zh: '监察法 28(1)', en: 'Supervision Law 28(1)' },
    remedy: { zh: '不予入库：退回补正或登记异常', en: 'It is not taken in: send it back, or open an incident' },
  },
} as const satisfies Record<string, RefusalText>
