import type { RefusalText } from '../../refusal.ts'

const ONLY_RELEVANT = {
  zh: '监察法(2024) 28(1)、行政强制法 23(1)：只能调取、查封、扣押与案件有关的财物',
  en: 'Supervision Law (2024) 28(1), Administrative Compulsion Law 23(1): only what has to do with the case may be taken',
}

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
  'custody.relevance-missing': {
    status: 422,
    detail: { zh: '没有说明与案件的关联', en: 'Nobody said what it has to do with the case' },
    rule: ONLY_RELEVANT,
    remedy: {
      zh: '承办人员说明它证明哪些案件事实；税收保全写明所保全的税款',
      en: 'A case officer says which facts it proves; where tax is secured, which sum',
    },
  },
  'custody.relevance-unsaid': {
    status: 409,
    detail: { zh: '{item} 尚未说明与案件的关联', en: 'Of {item} nobody said yet what it has to do with the case' },
    rule: ONLY_RELEVANT,
    remedy: {
      zh: '承办人员先说明它与案件的关联，再申请转为正式措施；无关的退还',
      en: 'A case officer says what it has to do with the case before a measure is asked for; what has nothing to do with it is given back',
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
  'custody.tare-unfit': {
    status: 422,
    detail: {
      zh: '{item}：皮重 {tare} 克不能采用。须是封在袋内、已称毛重的物品，且皮重小于毛重',
      en: '{item}: a bag of {tare} g cannot be. It is for what is weighed in its sealed bag, and less than the whole',
    },
    rule: {
      zh: '净重 = 毛重 − 皮重；交接仍以毛重比对毛重',
      en: 'Net is gross less tare; hand-overs compare gross with gross',
    },
    remedy: { zh: '请核对物证袋的规格和毛重', en: 'Check the size of the bag and the gross weight' },
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
      zh: '请再称一次；仍不符的，入库时退回补正，出库、返还时登记异常',
      en: 'Weigh it once more; what still differs is sent back on its way in, and is an incident on its way out',
    },
  },
  'custody.photo-differs': {
    status: 409,
    detail: { zh: '{item} 与照片不符', en: '{item} does not look like its photo' },
    rule: { zh: '监察法 28(1)', en: 'Supervision Law 28(1)' },
    remedy: { zh: '不予入库：退回补正或登记异常', en: 'It is not taken in: send it back, or open an incident' },
  },
} as const satisfies Record<string, RefusalText>
