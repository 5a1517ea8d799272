import type { RefusalText } from '../refusal.ts'

const KEEPER = { zh: '由该库的其他保管人员办理', en: 'Another custodian of this store does it' }
const CASE_OFFICER = { zh: '由本案承办人员办理', en: 'An officer of this case does it' }

export const custodyRefusals = {
  'custody.unknown-item': {
    status: 404,
    detail: { zh: '台账中没有此物品：{item}', en: 'No register knows this item: {item}' },
    rule: null,
    remedy: {
      zh: '请核对标签；没有登记的物品由承办人员先行登记',
      en: 'Check the label; an officer registers what is not registered',
    },
  },
  'custody.unknown-case': {
    status: 404,
    detail: { zh: '没有此案件台账：{case}', en: 'There is no account of this case: {case}' },
    rule: { zh: '一案一账', en: 'One case, one account' },
    remedy: { zh: '请核对案号，或先建立案件台账', en: 'Check the case number, or open the account first' },
  },
  'custody.unknown-list': {
    status: 404,
    detail: { zh: '没有此移交清单：{list}', en: 'There is no such hand-over list: {list}' },
    rule: null,
    remedy: { zh: '请核对清单编码', en: 'Check the code of the list' },
  },
  'custody.unknown-location': {
    status: 404,
    detail: { zh: '没有此库位：{location}', en: 'There is no such location: {location}' },
    rule: null,
    remedy: { zh: '请扫描库位标签', en: 'Scan the label of the location' },
  },
  'custody.unknown-store': {
    status: 404,
    detail: { zh: '没有此库房：{store}', en: 'There is no such store: {store}' },
    rule: null,
    remedy: { zh: '请核对库房编号', en: 'Check the id of the store' },
  },
  'custody.unknown-unit': {
    status: 404,
    detail: { zh: '没有此部门：{unit}', en: 'There is no such unit: {unit}' },
    rule: null,
    remedy: { zh: '请核对部门编号', en: 'Check the id of the unit' },
  },
  'custody.unknown-label': {
    status: 404,
    detail: { zh: '没有此标签：{label}', en: 'There is no such label: {label}' },
    rule: null,
    remedy: { zh: '请重新打印标签', en: 'Print the label again' },
  },
  'custody.case-exists': {
    status: 409,
    detail: { zh: '案件 {case} 已有台账', en: 'Case {case} has its account already' },
    rule: { zh: '一案一账', en: 'One case, one account' },
    remedy: { zh: '请在原台账中登记', en: 'Register in the account that is there' },
  },
  'custody.officer-unknown': {
    status: 422,
    detail: { zh: '{person} 不是 {unit} 的在任承办人员', en: '{person} is no active officer of {unit}' },
    rule: { zh: '监察法 44(1)', en: 'Supervision Law 44(1)' },
    remedy: {
      zh: '请另选承办人员，或由安全管理员授予岗位',
      en: 'Choose another officer, or have the security administrator appoint this one',
    },
  },
  'custody.not-your-unit': {
    status: 403,
    detail: { zh: '您不是 {unit} 的承办人员', en: 'You are no officer of {unit}' },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '由该部门承办人员办理', en: 'An officer of that unit does it' },
  },
  'custody.not-case-officer': {
    status: 403,
    detail: { zh: '您不是案件 {case} 的承办人员', en: 'You are no officer of case {case}' },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: CASE_OFFICER,
  },
  'custody.not-your-store': {
    status: 403,
    detail: { zh: '您不是 {store} 的保管人员', en: 'You are no custodian of {store}' },
    rule: { zh: '监察法 28(2)（专人保管）', en: 'Supervision Law 28(2) (kept by appointed people)' },
    remedy: { zh: '由该库保管人员办理', en: 'A custodian of that store does it' },
  },
  'custody.not-approver': {
    status: 403,
    detail: { zh: '您不是 {unit} 的审批人', en: 'You are no approver for {unit}' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由该部门或其上级的审批人办理', en: 'An approver of that unit, or of the one above it, does it' },
  },
  'custody.officer-keeps': {
    status: 403,
    detail: {
      zh: '您是案件 {case} 的承办人员，不得保管本案财物',
      en: 'You are an officer of case {case} and may not keep its items',
    },
    rule: { zh: '中办发〔2015〕7号 三（办管分离）', en: 'General Office [2015] No. 7, 3 (handling and keeping apart)' },
    remedy: KEEPER,
  },
  'custody.officer-decides': {
    status: 403,
    detail: {
      zh: '您是案件 {case} 的承办人员，不得审批本案事项',
      en: 'You are an officer of case {case} and may not decide over its items',
    },
    rule: {
      zh: '罚没财物管理办法(财税〔2020〕54号) 4',
      en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 4',
    },
    remedy: {
      zh: '由不承办本案的审批人办理',
      en: 'An approver who does not handle the case decides it',
    },
  },
  'custody.same-department': {
    status: 403,
    detail: {
      zh: '您属于承办部门 {unit}，不得保管其案件财物',
      en: 'You belong to {unit}, which handles the case, and may not keep its items',
    },
    rule: { zh: '中办发〔2015〕7号 三（办管分离）', en: 'General Office [2015] No. 7, 3 (handling and keeping apart)' },
    remedy: { zh: '由保管部门人员办理', en: 'Somebody of the keeping department does it' },
  },
  'custody.same-person': {
    status: 403,
    detail: {
      zh: '{person} 已作为{role}参与此事，不得再经办',
      en: '{person} already takes part as {roleEn} and may not also do this',
    },
    rule: {
      zh: '罚没财物管理办法(财税〔2020〕54号) 4',
      en: 'Measures for Confiscated Property (Caishui [2020] No. 54) 4',
    },
    remedy: {
      zh: '由另一人办理：申请、审批、保管须为三人',
      en: 'Another person does it: requester, approver and custodian are three people',
    },
  },
  'custody.signature-missing': {
    status: 403,
    detail: {
      zh: '没有 {person} 本人的签名，不得交接',
      en: '{person} has not signed: nothing is handed out or taken back',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: {
      zh: '请调用人（归还时也可由本案其他承办人员）在同一次办理中刷工牌并输入 PIN',
      en: 'The borrower (on return also another officer of the case) gives badge and PIN in the same act',
    },
  },
  'custody.second-person-needed': {
    status: 403,
    detail: {
      zh: '{item} 属于“{category}”，须 {persons} 人共同办理',
      en: '{item} is of class “{categoryEn}”: {persons} people do this together',
    },
    rule: { zh: '双人办理', en: 'Two people act together' },
    remedy: { zh: '请另一名保管人员刷工牌并输入 PIN', en: 'A second custodian scans a badge and gives the PIN' },
  },
  'custody.wrong-station': {
    status: 409,
    detail: {
      zh: '此工位属于 {place}，不能办理 {store} 的业务',
      en: 'This bench belongs to {place} and cannot act for {store}',
    },
    rule: { zh: '监察法 28(2)（专门场所）', en: 'Supervision Law 28(2) (kept in a place of its own)' },
    remedy: { zh: '请到该库的工位办理', en: 'Go to a bench of that store' },
  },
  'custody.wrong-order': {
    status: 409,
    detail: { zh: '{item} 目前“{is}”，不能办理“{move}”', en: '{item} is now “{isEn}”: “{moveEn}” is not possible' },
    rule: { zh: '涉案财物流转规则', en: 'Rules on how seized property moves' },
    remedy: {
      zh: '请先查看该物品的流转记录，按顺序办理',
      en: 'Look at the chain of the item and take the steps in order',
    },
  },
  'custody.item-frozen': {
    status: 423,
    detail: {
      zh: '{item} 有未了结的异常（{kind}），已冻结',
      en: '{item} has an open incident ({kindEn}) and is frozen',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由审批人作出处理结论后再办理', en: 'An approver concludes the incident first' },
  },
  'custody.no-incident': {
    status: 409,
    detail: { zh: '{item} 没有未了结的异常', en: '{item} has no open incident' },
    rule: null,
    remedy: { zh: '请核对编码', en: 'Check the code' },
  },
  'custody.twice': {
    status: 422,
    detail: { zh: '{item} 在同一次办理中出现两次', en: '{item} is named twice in one act' },
    rule: null,
    remedy: { zh: '每件物品只列一次', en: 'Name each item once' },
  },
  'custody.mixed': {
    status: 422,
    detail: {
      zh: '一次办理的物品须属于同一部门和同一库房：{item}',
      en: 'Items of one act belong to one unit and one store: {item} does not',
    },
    rule: null,
    remedy: { zh: '请分开办理', en: 'Do it in separate acts' },
  },
  'custody.before-last-event': {
    status: 409,
    detail: {
      zh: '办理时间 {at} 早于 {item} 的上一次流转 {last}',
      en: 'The time {at} is before the last event of {item}, {last}',
    },
    rule: { zh: '台账时间顺序', en: 'Registers follow the order of time' },
    remedy: { zh: '请核对时间；补录须按发生顺序', en: 'Check the time; what is entered later is entered in its order' },
  },
  'custody.location-elsewhere': {
    status: 409,
    detail: { zh: '库位 {location} 属于另一库房 {store}', en: 'Location {location} belongs to another store, {store}' },
    rule: { zh: '监察法 28(2)（专门场所）', en: 'Supervision Law 28(2) (kept in a place of its own)' },
    remedy: { zh: '请扫描本库的库位', en: 'Scan a location of this store' },
  },
  'custody.class-not-allowed': {
    status: 409,
    detail: {
      zh: '{item} 不得存放于 {location}：库位类别不符',
      en: '{item} may not lie at {location}: the storage class does not fit',
    },
    rule: { zh: '监察法 28(2)（分类存放）', en: 'Supervision Law 28(2) (stored by class)' },
    remedy: { zh: '请选择类别相符的库位', en: 'Choose a location of a fitting class' },
  },
  'custody.location-full': {
    status: 409,
    detail: { zh: '库位 {location} 只能存放 {capacity} 件', en: 'Location {location} holds {capacity} items at most' },
    rule: null,
    remedy: { zh: '请选择其他库位', en: 'Choose another location' },
  },
  'custody.already-there': {
    status: 409,
    detail: { zh: '{item} 已在库位 {location}', en: '{item} lies at {location} already' },
    rule: null,
    remedy: { zh: '请扫描新的库位', en: 'Scan the new location' },
  },
  'custody.location-needed': {
    status: 422,
    detail: { zh: '{item} 没有指明库位', en: 'No location is given for {item}' },
    rule: { zh: '监察法 28(2)（专门场所）', en: 'Supervision Law 28(2) (kept in a place of its own)' },
    remedy: { zh: '请扫描库位标签', en: 'Scan the label of a location' },
  },
  'custody.reason-needed': {
    status: 422,
    detail: { zh: '退回 {item} 须写明原因', en: 'A reason is needed to send {item} back' },
    rule: { zh: '监察法 28(2)', en: 'Supervision Law 28(2)' },
    remedy: { zh: '请写明需要补正的内容', en: 'Say what has to be put right' },
  },
  'custody.quantity': {
    status: 422,
    detail: { zh: '数量“{quantity}”无效', en: 'The quantity “{quantity}” is not possible' },
    rule: { zh: '监察法 28(1)（逐一登记）', en: 'Supervision Law 28(1) (each one registered)' },
    remedy: {
      zh: '请填写大于零、不超过 {max} 的数，小数不超过 {decimals} 位',
      en: 'Give a number above zero, at most {max}, with at most {decimals} decimals',
    },
  },
  'custody.field-missing': {
    status: 422,
    detail: { zh: '“{category}”必须填写：{what}', en: 'Class “{categoryEn}” needs: {whatEn}' },
    rule: { zh: '监察法实施条例(2021) 128', en: 'Supervision Law Regulations (2021) 128' },
    remedy: { zh: '请补充后重新登记', en: 'Add it and register again' },
  },
  'custody.category-closed': {
    status: 422,
    detail: { zh: '类别“{category}”尚未开放登记', en: 'Class “{categoryEn}” is not open for registration yet' },
    rule: null,
    remedy: {
      zh: '请选择其他类别，或在后续版本中登记',
      en: 'Choose another class, or register it with a later version',
    },
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
  'custody.presence-reason': {
    status: 422,
    detail: {
      zh: '持有人或见证人未签名的，须写明原因；到场的须写明姓名',
      en: 'A holder or witness who did not sign needs a reason; who was there needs a name',
    },
    rule: { zh: '行政强制法 18(八)(九)', en: 'Administrative Compulsion Law 18(8)(9)' },
    remedy: { zh: '请补充姓名或原因', en: 'Add the name or the reason' },
  },
  'custody.weight-missing': {
    status: 422,
    detail: { zh: '{item} 每次交接都须称重', en: '{item} is weighed whenever it changes hands' },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: { zh: '请放上电子秤，等待稳定读数', en: 'Put it on the scale and wait for a stable reading' },
  },
  'custody.weight-absurd': {
    status: 422,
    detail: { zh: '重量 {weight} 无效', en: 'A weight of {weight} is not possible' },
    rule: null,
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
  'custody.weight-differs': {
    status: 409,
    detail: {
      zh: '{item} 登记 {expected}，现为 {found}，超出允差 {tolerance}',
      en: '{item} was {expected} and is {found}, beyond the tolerance of {tolerance}',
    },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: { zh: '不予入库：退回补正或登记异常', en: 'It is not taken in: send it back, or open an incident' },
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
  'custody.seal-not-checked': {
    status: 422,
    detail: { zh: '{item} 已密封，须核对封条编号', en: '{item} is sealed: the seal number has to be compared' },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '请扫描或输入封条编号', en: 'Scan or type the number of the seal' },
  },
  'custody.seal-differs': {
    status: 409,
    detail: { zh: '{item} 的封条编号与登记不符', en: 'The seal on {item} is not the one in the register' },
    rule: { zh: '监察法实施条例(2021) 129', en: 'Supervision Law Regulations (2021) 129' },
    remedy: { zh: '不予入库：退回补正或登记异常', en: 'It is not taken in: send it back, or open an incident' },
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
  'custody.photo-differs': {
    status: 409,
    detail: { zh: '{item} 与照片不符', en: '{item} does not look like its photo' },
    rule: { zh: '监察法 28(1)', en: 'Supervision Law 28(1)' },
    remedy: { zh: '不予入库：退回补正或登记异常', en: 'It is not taken in: send it back, or open an incident' },
  },
  'custody.due-in-past': {
    status: 422,
    detail: { zh: '归还时间 {dueAt} 已过', en: 'The due time {dueAt} has passed' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '请填写以后的时间，或重新申请', en: 'Give a later time, or ask again' },
  },
  'custody.due-too-far': {
    status: 422,
    detail: { zh: '调用期限不得超过 {days} 天', en: 'A loan lasts {days} days at most' },
    rule: {
      zh: '监察法实施条例(2021) 131（及时归还）',
      en: 'Supervision Law Regulations (2021) 131 (returned promptly)',
    },
    remedy: { zh: '请缩短期限；到期可申请延期', en: 'Shorten it; an extension can be asked for when it is due' },
  },
  'custody.reserved': {
    status: 409,
    detail: { zh: '{item} 已批准他人调用', en: '{item} is already granted to somebody' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '等待该次调用完成或批准失效', en: 'Wait until that loan is over or the grant lapses' },
  },
  'custody.not-approved': {
    status: 409,
    detail: { zh: '{item} 没有这份调用批准', en: '{item} has no such grant of a loan' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由承办人员申请、审批人批准后再出库', en: 'An officer asks and an approver grants it first' },
  },
  'custody.grant-lapsed': {
    status: 409,
    detail: { zh: '{item} 的调用批准已于 {validUntil} 失效', en: 'The grant for {item} lapsed at {validUntil}' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由承办人员重新申请', en: 'An officer asks again' },
  },
  'custody.borrower': {
    status: 403,
    detail: {
      zh: '{person} 不是案件 {case} 的承办人员，不得调用',
      en: '{person} is no officer of case {case} and may not borrow',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '由本案承办人员领取', en: 'An officer of this case fetches it' },
  },
  'custody.label-exists': {
    status: 409,
    detail: { zh: '{code} 已有标签（第 {issue} 版）', en: '{code} has a label already (issue {issue})' },
    rule: { zh: '一物一码', en: 'One thing, one code' },
    remedy: {
      zh: '如需重打，请办理“重新打印”，原标签随即作废',
      en: 'Ask for a reprint: it voids the label that is there',
    },
  },
  'custody.template-kind': {
    status: 422,
    detail: { zh: '标签样式 {template} 不适用于 {code}', en: 'The template {template} is not for {code}' },
    rule: null,
    remedy: { zh: '请使用样式 {fits}', en: 'Use the template {fits}' },
  },
  'custody.cannot-draw': {
    status: 422,
    detail: { zh: '标签或表格无法生成：{zh}', en: 'The label or form cannot be drawn: {en}' },
    rule: { zh: '一物一码', en: 'One thing, one code' },
    remedy: { zh: '改短或更换所指文字后重试', en: 'Shorten or replace the text that is named and try again' },
  },
  'custody.nothing-entered': {
    status: 409,
    detail: { zh: '清单 {list} 还没有入库的物品', en: 'No item of list {list} is in the store yet' },
    rule: null,
    remedy: { zh: '入库后再打印入库单', en: 'The entry slip is printed once something is in' },
  },
  'custody.label-missing': {
    status: 409,
    detail: { zh: '{code} 还没有标签', en: '{code} has no label yet' },
    rule: { zh: '一物一码', en: 'One thing, one code' },
    remedy: { zh: '请先打印标签', en: 'Print the label first' },
  },
  'custody.label-void': {
    status: 409,
    detail: { zh: '{code} 的第 {issue} 版标签已作废', en: 'Issue {issue} of the label of {code} is void' },
    rule: { zh: '一物一码', en: 'One thing, one code' },
    remedy: { zh: '请销毁此标签，使用现行标签', en: 'Destroy this label and use the current one' },
  },
  'custody.label-order': {
    status: 409,
    detail: { zh: '标签目前“{is}”，不能改为“{to}”', en: 'The label is “{isEn}” and cannot become “{toEn}”' },
    rule: null,
    remedy: { zh: '请查看打印记录', en: 'Look at the print record' },
  },
} as const satisfies Record<string, RefusalText>

export type CustodyRefusal = keyof typeof custodyRefusals
