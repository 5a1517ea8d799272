import type { RefusalText } from '../../refusal.ts'

/** Loans, labels, and what a bench recorded without its server. */
export const paperRefusals = {
  'custody.unknown-conflict': {
    status: 404,
    detail: {
      zh: '没有这条断网记录，或不在您的知情范围内：{conflict}',
      en: 'There is no such record of a bench, or it is not for you to know of: {conflict}',
    },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'custody.conflict-settled': {
    status: 409,
    detail: { zh: '这条断网记录已由 {person} 处理', en: 'This record of a bench was dealt with by {person}' },
    rule: null,
    remedy: { zh: '无须再处理', en: 'Nothing is left to do' },
  },
  'custody.unknown-alarm': {
    status: 404,
    detail: {
      zh: '没有这条门禁报警，或不在您的知情范围内：{alarm}',
      en: 'There is no such alarm of a door, or it is not for you to know of: {alarm}',
    },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'custody.alarm-acknowledged': {
    status: 409,
    detail: { zh: '这条门禁报警已由 {person} 确认', en: 'This alarm of a door was acknowledged by {person}' },
    rule: null,
    remedy: { zh: '无须再处理', en: 'Nothing is left to do' },
  },
  'custody.list-not-open': {
    status: 409,
    detail: {
      zh: '{item} 不在断网前打开的清单 {list} 上',
      en: '{item} is not on list {list}, which was open when the line dropped',
    },
    rule: { zh: '断网时只办理已打开的清单', en: 'Without the line only an open list goes on' },
    remedy: { zh: '请核对实物，按现在的清单办理', en: 'Look at the thing, and use the list it is on now' },
  },
  'custody.due-in-past': {
    status: 422,
    detail: { zh: '归还时间 {dueAt} 已过', en: 'The due time {dueAt} has passed' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '请填写以后的时间，或重新申请', en: 'Give a later time, or ask again' },
  },
  'custody.loan-not-out': {
    status: 404,
    detail: { zh: '调用单 {loan} 在外的物品与申请所列不符', en: 'What is out on loan {loan} is not what was named' },
    rule: null,
    remedy: { zh: '请核对调用单', en: 'Check the loan' },
  },
  'custody.extension-asked': {
    status: 409,
    detail: {
      zh: '调用单 {loan} 的延期已由 {person} 于 {askedAt} 申请，正待审批',
      en: '{person} asked for more time for loan {loan} at {askedAt}, and it waits for a decision',
    },
    rule: { zh: '同一事项一次只有一份待审批的申请', en: 'One open request for one thing' },
    remedy: {
      zh: '请等审批结果；内容有误的，由申请人撤回后重新申请',
      en: 'Wait for the decision; if it was wrong, who asked withdraws it and asks again',
    },
  },
  'custody.due-not-later': {
    status: 422,
    detail: {
      zh: '延期后的时间应晚于现在的到期时间 {dueAt}',
      en: 'An extension ends after the present due time, {dueAt}',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '请另选时间，或按期归还', en: 'Choose another time, or return it in time' },
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
  'custody.appraisal-officer': {
    status: 403,
    detail: {
      zh: '{item} 送鉴定、返回须有案件 {case} 的承办人员签名',
      en: 'An officer of case {case} signs when {item} goes to appraisal and comes back',
    },
    rule: { zh: '监察法(2024) 28(2)、44(1)', en: 'Supervision Law (2024) 28(2), 44(1)' },
    remedy: {
      zh: '请委托鉴定的承办人员刷工牌并输入 PIN',
      en: 'The officer who commissions it scans a badge and gives the PIN',
    },
  },
  'custody.appraisal-too-long': {
    status: 422,
    detail: { zh: '送鉴定不得超过 {days} 天', en: 'An appraisal lasts {days} days at most' },
    rule: { zh: '监察法(2024) 28(2)（及时鉴定）', en: 'Supervision Law (2024) 28(2) (appraised in time)' },
    remedy: {
      zh: '请缩短期限；届时未完成的，先返回再送',
      en: 'Shorten it; what takes longer comes back first and goes again',
    },
  },
  'custody.reserved': {
    status: 409,
    detail: {
      zh: '{item} 已批准由 {person} 调用',
      en: '{item} is granted to {person} already',
    },
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
  'custody.no-difference': {
    status: 422,
    detail: { zh: '{item} 与借出时相符，没有不符可记', en: '{item} is as it went out: there is no difference to note' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '请办理归还入库', en: 'Take it back' },
  },
  'custody.hand-out-differs': {
    status: 409,
    detail: {
      zh: '{item} 出库称重不符，不能取消或撤销',
      en: 'The weight of {item} differs on its way out: it is not cancelled or taken back',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: {
      zh: '请扫“称重”卡重新称重；仍不符的，扫“退回”卡登记异常',
      en: 'Scan the WEIGH card to weigh again; if it still differs, scan the REFUSE card and open an incident',
    },
  },
  'custody.difference-open': {
    status: 409,
    detail: {
      zh: '{item} 归还时发现不符，已记入台账，不能取消或撤销',
      en: 'A difference was found on the return of {item} and is in the register: it is not cancelled or taken back',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: {
      zh: '请核对完各项，再扫“退回”卡登记异常，或选“返回，重新核对”',
      en: 'Compare every point, then scan the REFUSE card for an incident, or choose to compare again',
    },
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
  'custody.returner': {
    status: 403,
    detail: {
      zh: '{person} 既不是调用人，也不是案件 {case} 的现任承办人员，不得代为归还',
      en: '{person} neither borrowed it nor is an officer of case {case} now, and may not bring it back',
    },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: {
      zh: '由调用人或本案其他承办人员归还并签名',
      en: 'The borrower or another officer of the case brings it and signs',
    },
  },
  'custody.label-exists': {
    status: 409,
    detail: { zh: '{code} 已有标签（第 {issue} 版）', en: '{code} has a label already (issue {issue})' },
    rule: { zh: '一物一码', en: 'One thing, one code' },
    remedy: {
      zh: '如需重打，请办理“重新打印”，新标签打出后原标签即作废',
      en: 'Ask for a reprint: once it is on paper the label that is there is void',
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
  'custody.label-other-case': {
    status: 409,
    detail: { zh: '{code} 是案件 {case} 的物品卡，不是本案的', en: '{code} is a card of case {case}, not of this one' },
    rule: { zh: '一案一账、一物一卡', en: 'One case, one account; one thing, one card' },
    remedy: {
      zh: '请把此卡放回它的物品上，到该案的物品卡页面核对',
      en: 'Put it back on its item and check it in its own case',
    },
  },
  'custody.label-not-of-case': {
    status: 409,
    detail: { zh: '{code} 不是本案的物品卡', en: '{code} is no card of this case' },
    rule: { zh: '一案一账、一物一卡', en: 'One case, one account; one thing, one card' },
    remedy: {
      zh: '请核对手中的卡；不知属于哪一案时，交监督人员查明',
      en: 'Look at the card; when nobody knows its case, give it to a supervisor',
    },
  },
  'custody.file-not-yours': {
    status: 403,
    detail: {
      zh: '案卷由本案承办人员、承办部门负责人或监督人员调取',
      en: 'The file is taken by officers of the case, the head of their department or a supervisor',
    },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '请承办人员调取', en: 'Ask an officer of the case' },
  },
  'custody.paper-not-yours': {
    status: 403,
    detail: {
      zh: '这份文书须由承办、保管或签发该事项的人员出具',
      en: 'This paper is issued by who handles, keeps or issued what it tells of',
    },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '请承办人员、保管人员或签发人员出具', en: 'Ask the officer, the custodian or who issued it' },
  },
  'custody.no-office-printer': {
    status: 409,
    detail: { zh: '工位 {station} 没有文书打印机', en: 'Station {station} has no office printer' },
    rule: null,
    remedy: { zh: '请选择有文书打印机的工位，或由浏览器打印', en: 'Choose another station, or print from the browser' },
  },
  'custody.paper-printing': {
    status: 409,
    detail: {
      zh: '{number} 上一次打印的结果还不清楚',
      en: 'It is not known yet what became of the last print of {number}',
    },
    rule: { zh: '结果不明的不自动重打', en: 'What nobody knows the end of is not printed again by itself' },
    remedy: { zh: '请到打印机旁查看，登记已打出或没有打出', en: 'Look at the printer and say whether it came out' },
  },
  'custody.print-order': {
    status: 409,
    detail: { zh: '{number} 的这次打印已有结果', en: 'What became of this print of {number} is known already' },
    rule: null,
    remedy: { zh: '请刷新后查看', en: 'Look again' },
  },
  'custody.paper-field': {
    status: 422,
    detail: {
      zh: '此文书的栏目未填或不对：{field}',
      en: 'A field of this paper is wanting or is none of its own: {fieldEn}',
    },
    rule: { zh: '如实、完整登记（监察法 28(1)、66）', en: 'Registered truly and in full (Supervision Law 28(1), 66)' },
    remedy: { zh: '请补全后再出具', en: 'Fill it in and issue the paper again' },
  },
  'custody.nothing-for-paper': {
    status: 409,
    detail: { zh: '还没有可以填入这份文书的内容', en: 'There is nothing yet to fill this paper with' },
    rule: null,
    remedy: { zh: '请先办理该文书所载的事项', en: 'Do first what the paper tells of' },
  },
  'custody.paper-unknown': {
    status: 404,
    detail: {
      zh: '没有以此文号和校验码出具的文书，或不在您的知情范围内',
      en: 'No paper was issued with this number and check, or it is not for you to know of',
    },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: {
      zh: '请重新扫描首页左上角的码；仍然不符的，交监督人员查明',
      en: 'Scan the symbol at the top left of the first page again; if it still is unknown, give it to a supervisor',
    },
  },
  'custody.paper-altered': {
    status: 409,
    detail: {
      zh: '手中的文书与存档不符：{number} 的校验码应为 {check}，可能是伪造或改动',
      en: 'The paper in hand is not the one that was archived: the check of {number} is {check}. It may be forged or altered',
    },
    rule: { zh: '监察法 28(2)（妥善保管）', en: 'Supervision Law 28(2) (kept with care)' },
    remedy: { zh: '请留下这份文书，交监督人员查明', en: 'Keep the sheet and give it to a supervisor' },
  },
  'custody.paper-replaced': {
    status: 409,
    detail: { zh: '{paper}：已被 {later} 替代，不再有效', en: '{paperEn}: {later} took its place; it stands no more' },
    rule: {
      zh: '重新出具的替代前一份，两份都保留',
      en: 'A paper issued anew takes the place of the one before; both stay',
    },
    remedy: { zh: '请使用 {later}', en: 'Use {later}' },
  },
  'custody.paper-erased': {
    status: 409,
    detail: { zh: '文书 {number} 的存档已依法删除', en: 'The archived file of {number} was lawfully erased' },
    rule: { zh: '个人信息保护法 47', en: 'Personal Information Protection Law 47' },
    remedy: { zh: '可以重新出具；被删除的姓名不再出现', en: 'Issue it anew; erased names no longer appear' },
  },
  'custody.paper-damaged': {
    status: 409,
    detail: { zh: '文书 {number} 的存档与登记的哈希不符', en: 'The archived file of {number} does not have its hash' },
    rule: { zh: '监察法 28(2)（妥善保管）', en: 'Supervision Law 28(2) (kept with care)' },
    remedy: { zh: '请监督人员运行校验，查明原因', en: 'A supervisor runs the verification and finds out why' },
  },
  'custody.label-order': {
    status: 409,
    detail: { zh: '标签目前“{is}”，不能改为“{to}”', en: 'The label is “{isEn}” and cannot become “{toEn}”' },
    rule: null,
    remedy: { zh: '请查看打印记录', en: 'Look at the print record' },
  },
} as const satisfies Record<string, RefusalText>
