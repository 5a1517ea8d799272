import type { ApprovalLevel } from '../approvals/approvals.ts'
import type { Words } from '../refusal.ts'
import type { Counting } from './calendar.ts'

/** Who is told. `responsible`: who the clock names, while they still hold a post there; the rest by their posts today. */
export const AUDIENCES = ['responsible', 'unit-head', 'keeping-head', 'supervision', 'leader'] as const
export type Audience = (typeof AUDIENCES)[number]

export const COLOURS = ['yellow', 'orange', 'red'] as const
export type Colour = (typeof COLOURS)[number]

/** One step of a warning ladder: so many days of 24 hours before (negative) or after the due moment. */
export type Tier = {
  readonly offset_days: number
  readonly colour: Colour
  readonly tell: readonly Audience[]
}

/** How far a grade of evidence goes: V1 statute read, V2 excerpt read, V3 secondary, M to be confirmed, P the house's own. */
export const GRADES = ['V1', 'V2', 'V3', 'M', 'P'] as const
export type Grade = (typeof GRADES)[number]

/** Who above the organ alone may grant more time; its document is named with the request. */
export const AUTHORITIES = {
  'state-taxation': { zh: '国家税务总局', en: 'the State Taxation Administration' },
} as const satisfies Readonly<Record<string, Words>>
export type Authority = keyof typeof AUTHORITIES

/** Why goods lie with the case department for the time being: what ends when they can be handed over (监察法实施条例(2021) 130). */
export const INTERIM_CAUSES = {
  unsuitable: { zh: '体积、性质不宜由保管部门保管', en: 'Too large or of a kind that the store cannot keep' },
  needed: { zh: '仍须用于讯问、辨认、检验', en: 'Still needed for questioning, recognition or tests' },
  'no-place': { zh: '保管部门暂无保管条件', en: 'The store has no place for it yet' },
  obstructed: { zh: '不可抗力或者其他客观障碍', en: 'Force majeure, or something else in the way' },
} as const satisfies Readonly<Record<string, Words>>
export type InterimCause = keyof typeof INTERIM_CAUSES

/** By how much one extension moves the due day, how often, and by whose leave. */
export type Extension = {
  /** Where `times` is null, the furthest day that may be reviewed next. */
  readonly by: string
  /** Null: as often as the cause lasts, each time with the cause and the day on which it is reviewed next. */
  readonly times: number | null
  /** The levels that agree, one after the other; absent where any approver above the department is enough. */
  readonly levels?: readonly ApprovalLevel[]
  /** Absent where the organ decides by itself. */
  readonly authority?: Authority
}

/** Everything a deadline is decided by. A clock takes its copy when it starts and keeps it. */
export type DeadlineTerms = {
  /** How long, `30d`; null where the event itself brings the moment. */
  readonly due: string | null
  readonly counting: Counting
  /** Whether anybody may put it off at all. */
  readonly deferrable: boolean
  /** Null where no extension is foreseen. */
  readonly extend: Extension | null
  /** Whether time that an appraisal takes is not counted. */
  readonly pausable: boolean
  /** Whether an approver may set an earlier day; absent where none may. */
  readonly shorten?: true
  readonly enabled: boolean
  readonly basis: string
  readonly grade: Grade
  readonly ladder: readonly Tier[]
}

export interface DeadlineRule {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  /** The event that starts it, as modules call it. */
  readonly event: string
  readonly terms: DeadlineTerms
  /** What the program has come with since, the oldest first; an organ's own change stands over it. */
  readonly later?: readonly Edition[]
}

/** Terms that hold for clocks that start from this moment on; those that run keep theirs. */
export type Edition = { readonly from: string; readonly terms: DeadlineTerms }

/** The version of the terms that the program first came with; each later edition counts one up. */
export const SHIPPED_VERSION = 0

/** The house's ladder: before expiry to who answers for it, then upwards. */
const LADDER: readonly Tier[] = [
  { offset_days: -5, colour: 'yellow', tell: ['responsible'] },
  { offset_days: -3, colour: 'yellow', tell: ['responsible'] },
  { offset_days: -1, colour: 'orange', tell: ['responsible', 'unit-head'] },
  { offset_days: 0, colour: 'red', tell: ['responsible', 'unit-head'] },
  { offset_days: 1, colour: 'red', tell: ['unit-head'] },
  { offset_days: 3, colour: 'red', tell: ['supervision'] },
  { offset_days: 7, colour: 'red', tell: ['leader'] },
]

/** A loan is reported to both heads when it is due (公安规定 11). */
const LOAN_LADDER: readonly Tier[] = LADDER.map((tier) =>
  tier.offset_days === 0 ? { ...tier, tell: ['responsible', 'unit-head', 'keeping-head'] } : tier,
)

/** Days after expiry on which what may not wait is told again, each day to no fewer than the day before (rules X-01). */
const DAILY = [1, 2, 3, 4, 5, 6, 7] as const

/** What was found unrelated goes back within days that nobody puts off: it is urged every day, and goes upwards as the others do. */
const DAILY_LADDER: readonly Tier[] = [
  ...LADDER.filter(({ offset_days }) => offset_days <= 0),
  ...DAILY.map((offset_days): Tier => ({
    ...{ offset_days, colour: 'red' },
    tell: [
      ...(['responsible', 'unit-head'] as const),
      ...LADDER.filter((tier) => tier.offset_days > 1 && tier.offset_days <= offset_days).flatMap(({ tell }) => tell),
    ],
  })),
]

/** What a store owes is told to who heads the department that keeps it, and then upwards. */
const STORE_LADDER: readonly Tier[] = LADDER.map((tier) => ({
  ...tier,
  tell: [...new Set(tier.tell.map((one) => (one === 'responsible' || one === 'unit-head' ? 'keeping-head' : one)))],
}))

/** A statement is made by those who supervise. */
const STATEMENT_LADDER: readonly Tier[] = LADDER.map((tier) =>
  tier.offset_days < 3 ? { ...tier, tell: ['supervision'] } : tier,
)

const NATURAL: DeadlineTerms = {
  due: null,
  counting: 'natural',
  deferrable: true,
  extend: null,
  pausable: false,
  enabled: true,
  basis: '',
  grade: 'P',
  ladder: LADDER,
}

type Changes = Partial<DeadlineTerms> & Pick<DeadlineTerms, 'due' | 'basis' | 'grade'>

function rule(id: string, event: string, zh: string, en: string, terms: Changes): DeadlineRule {
  return { id, event, title: { zh, en }, terms: { ...NATURAL, ...terms } }
}

/** 00:00 in Shanghai of 23 November 2026. */
const FROM_2026_11_23 = '2026-11-22T16:00:00.000Z'

/** The rule with other terms from a moment on. */
function since(from: string, old: DeadlineRule, changed: Partial<DeadlineTerms>): DeadlineRule {
  const last = old.later?.at(-1)?.terms ?? old.terms
  return { ...old, later: [...(old.later ?? []), { from, terms: { ...last, ...changed } }] }
}

/** Put off once, by the head of the organ and nobody below (行政强制法 25(1), 32; rules T-04, T-05). */
function byHead(by: string): Extension {
  return { by, times: 1, levels: ['organ'] }
}

/**
 * The starting values. A rule whose event no module tells of yet waits for that module. Where the source is graded M its basis is to be
 * confirmed; where an organ of another kind is meant (police, procuratorate) it is not enabled.
 */
export const deadlineRules: readonly DeadlineRule[] = [
  rule('DL-01', 'unrelatedFound', '查明无关，解除并退还', 'Found unrelated: release and return', {
    ...{ due: '3d', deferrable: false, basis: '监察法(2024) 28(3)', grade: 'V1', ladder: DAILY_LADDER },
  }),
  rule('DL-02', 'unrelatedFrozenFound', '查明无关，解除冻结', 'Found unrelated: unfreeze', {
    ...{ due: '3d', deferrable: false, basis: '监察法(2024) 26(2)', grade: 'V1', ladder: DAILY_LADDER },
  }),
  rule('DL-03', 'moneyTaken', '款项存入专用账户', 'Money into the special account', {
    ...{ due: '15d', extend: { by: '15d', times: 1 }, basis: '监察法实施条例(2021) 130', grade: 'M' },
  }),
  since(
    FROM_2026_11_23,
    rule('DL-04', 'goodsTaken', '物品移交保管部门', 'Goods to the keeping department', {
      ...{ due: '30d', extend: { by: '30d', times: 1 }, basis: '监察法实施条例(2021) 130', grade: 'M' },
    }),
    { extend: { by: '30d', times: null } },
  ),
  rule('DL-05', 'unrelatedExtractedFound', '调取原物查明无关，退还', 'Extracted original found unrelated: return', {
    ...{ due: '3d', deferrable: false, basis: '监察法实施条例(2021) 124', grade: 'M', ladder: DAILY_LADDER },
  }),
  rule('DL-06', 'seizureDecision', '查封、扣押期限', 'Term of a seizure', {
    ...{ due: '30d', extend: byHead('30d'), pausable: true, basis: '行政强制法 25', grade: 'V1' },
  }),
  rule('DL-07', 'emergencyMeasure', '当场强制措施补办批准', 'Emergency measure: approval afterwards', {
    ...{ due: '24h', basis: '行政强制法 19', grade: 'V1' },
  }),
  // Clocks that began before there was a record of service go by the event of DL-09, and end by a document as they did.
  rule('DL-08', 'freezeToServe', '冻结决定书送达', 'Deliver the freezing decision', {
    ...{ due: '3wd', counting: 'working', basis: '行政强制法 31、69', grade: 'V1' },
  }),
  rule('DL-09', 'freezeDecision', '冻结期限', 'Term of a freezing', {
    ...{ due: '30d', extend: byHead('30d'), basis: '行政强制法 32', grade: 'V1' },
  }),
  rule('DL-10', 'taxPreservation', '税收保全期限', 'Term of a tax preservation', {
    ...{ due: '6M', counting: 'tax', extend: { ...byHead('6M'), authority: 'state-taxation' } },
    ...{ basis: '税收征管法实施细则 88', grade: 'V1' },
  }),
  rule('DL-11', 'taxPaid', '缴清税款，解除保全', 'Tax paid: release', {
    ...{ due: '1d', counting: 'tax', deferrable: false, basis: '税收征管法实施细则 68', grade: 'V1' },
  }),
  rule('DL-12', 'saleSettled', '退还变价款余额', 'Return the surplus of a sale', {
    ...{ due: '3d', counting: 'tax', basis: '税收征管法实施细则 69', grade: 'V1' },
  }),
  rule('DL-13', 'priorYearBooksTaken', '退还以前年度账簿', 'Return books of earlier years', {
    ...{ due: '3M', counting: 'tax', basis: '税收征管法实施细则 86', grade: 'V1' },
  }),
  rule('DL-13a', 'currentYearBooksTaken', '退还当年账簿', 'Return books of the current year', {
    ...{ due: '30d', counting: 'tax', basis: '税收征管法实施细则 86', grade: 'V1' },
  }),
  rule('DL-14', 'unregisteredSeize', '未办登记纳税人缴纳税款', 'Unregistered trader pays', {
    ...{ due: '15d', counting: 'tax', basis: '税收征管法实施细则 58', grade: 'V1' },
  }),
  rule(
    'DL-14a',
    'unregisteredPerishableSeize',
    '未办登记纳税人缴纳税款（鲜活、易腐）',
    'Unregistered trader pays: perishables',
    {
      ...{ due: '15d', counting: 'tax', deferrable: false, shorten: true, basis: '税收征管法实施细则 58', grade: 'V1' },
    },
  ),
  rule('DL-15', 'offsiteMeasure', '异地措施报保管人员', 'Measure elsewhere reported to the custodian', {
    ...{ due: '24h', enabled: false, basis: '公安机关涉案财物管理若干规定 12、13', grade: 'V2' },
  }),
  rule('DL-16', 'measureTaken', '检察机关移交保管', 'Procuratorate: hand over for keeping', {
    ...{ due: '3d', enabled: false, basis: '检察院涉案财物管理规定(2015) 10', grade: 'M' },
  }),
  rule('DL-18', 'borrowDue', '调用物品归还', 'Return what was lent', {
    ...{ due: null, basis: '公安机关涉案财物管理若干规定 11', grade: 'V2', ladder: LOAN_LADDER },
  }),
  rule('DL-17', 'earlyDisposalReview', '易腐物品先行处置复核', 'Perishables: review for early disposal', {
    ...{ due: null, basis: '监察法实施条例(2021) 128(三)', grade: 'V2' },
  }),
  since(
    FROM_2026_11_23,
    rule('DL-19', 'registeredPreserve', '先行登记保存作出处理', 'Decide after registered preservation', {
      ...{ due: '7d', basis: '行政处罚法 56', grade: 'M' },
    }),
    // 该法所称二日、三日、五日、七日为工作日.
    { due: '7wd', counting: 'working', basis: '行政处罚法 56、85' },
  ),
  rule('DL-20', 'complaintAccepted', '申诉作出处理', 'Decide a complaint', {
    ...{ due: '1M', basis: '监察法(2024) 69', grade: 'V1' },
  }),
  rule('DL-20a', 'reviewAccepted', '复查作出决定', 'Decide a review', {
    ...{ due: '2M', basis: '监察法(2024) 69', grade: 'V1' },
  }),
  // To who complained; a review is the superior organ's to tell.
  rule('DL-20b', 'complaintDecided', '申诉处理决定书送达申诉人', 'Serve the decision on a complaint', {
    ...{ due: '7d', deferrable: false, basis: '监察法实施条例(2025) 310', grade: 'V2' },
  }),
  rule('DL-21', 'urged', '督办通知回复', 'Answer a notice of urging', {
    ...{ due: null, deferrable: false, basis: '检举控告规则 22', grade: 'V3' },
  }),
  rule('DL-22', 'taxInspectionFiled', '税务稽查作出处理决定', 'Decide a tax inspection', {
    ...{ due: '90d', counting: 'tax', extend: byHead('90d') },
    ...{ basis: '税务稽查案件办理程序规定(52号令) 47', grade: 'M' },
  }),
  rule('DL-23', 'documentsIssued', '法律文书副本报内部监督部门', 'Copies of documents to internal supervision', {
    ...{ due: '24h', enabled: false, basis: '公安机关涉案财物管理若干规定 13', grade: 'V2' },
  }),
  rule('DL-30', 'clueReceived', '线索提出处置意见', 'Opinion on a clue', {
    ...{ due: '1M', basis: '监督执纪工作规则 第四章', grade: 'V2' },
  }),
  rule('DL-31', 'inquiryDelivered', '函询回复', 'Reply to an inquiry', {
    ...{ due: '15wd', counting: 'working', basis: '监督执纪工作规则 第五章', grade: 'V2' },
  }),
  rule('DL-32', 'talkOrReply', '谈话函询处置建议', 'Proposal after talk or reply', {
    ...{ due: '1M', basis: '监督执纪工作规则 第五章', grade: 'M' },
  }),
  rule('DL-33', 'trialAccepted', '审理期限', 'Term of the review', {
    ...{ due: '1M', extend: { by: '1M', times: 1 }, basis: '监督执纪工作规则 55', grade: 'V2' },
  }),
  rule('DL-34', 'decisionMade', '处分决定执行', 'Carry out the decision', {
    ...{ due: '1M', basis: '监督执纪工作规则 56', grade: 'V2' },
  }),
  rule('DL-35', 'reportReceivedOther', '移送有管辖权机关', 'Pass on a report', {
    ...{ due: '5wd', counting: 'working', basis: '监察法实施条例(2021) 169', grade: 'V2' },
  }),
  rule('DL-36', 'realNameReport', '实名举报告知受理', 'Tell the named reporter of acceptance', {
    ...{ due: '15wd', counting: 'working', basis: '检举控告规则 26', grade: 'V3' },
  }),
  rule('DL-37', 'realNameClosed', '实名举报反馈结果', 'Tell the named reporter of the outcome', {
    ...{ due: '15wd', counting: 'working', basis: '检举控告规则 27', grade: 'V3' },
  }),
  rule('DL-38', 'reportAssigned', '交办件报告结果', 'Report on what was assigned', {
    ...{ due: '3M', basis: '检举控告规则 21', grade: 'V3' },
  }),
  rule('DL-39', 'petitionAccepted', '信访事项办结', 'Settle a petition', {
    ...{ due: '60d', extend: { by: '30d', times: 1 }, basis: '信访工作条例 34', grade: 'V3' },
  }),
  rule('DL-40', 'badRating', '差评核查处理', 'Deal with a bad rating', {
    // Put off once to the longest that a place is known to give.
    ...{ due: '5wd', counting: 'working', extend: { by: '10wd', times: 1 }, grade: 'V2' },
    basis: '地方规定（德州 5 个工作日；延长后为四川某市的 15 个工作日）',
  }),
  rule('DL-41', 'actionAdopted', '处置建议落实', 'Carry out what a threshold proposed', {
    ...{ due: '5wd', counting: 'working', basis: '本系统内部规则（处置建议期限）', grade: 'P' },
  }),
  rule('DL-50', 'stocktakeOrdered', '盘点办结', 'Finish a stock-take', {
    ...{ due: null, basis: '本系统内部规则（盘点期限）', grade: 'P', ladder: STORE_LADDER },
  }),
  rule('DL-51', 'stocktakeDue', '库房定期盘点', 'Count a store again', {
    ...{ due: '1M', basis: '监察法(2024) 28(2)；间隔为内部规则', grade: 'P', ladder: STORE_LADDER },
  }),
  rule('DL-52', 'fullStocktakeDue', '库房年度全面盘点', 'Count the whole of a store again', {
    ...{ due: '12M', basis: '监察法(2024) 28(2)；间隔为内部规则', grade: 'P', ladder: STORE_LADDER },
  }),
  rule('DL-57', 'retentionReview', '保管复核', 'Review whether it is still needed', {
    ...{ due: null, basis: '监察法(2024) 28(2)；间隔为内部规则', grade: 'P' },
  }),
  rule('DL-58', 'retentionAsked', '答复保管复核', 'Answer whether it is still needed', {
    ...{
      due: '10wd',
      counting: 'working',
      basis: '监察法(2024) 28(2)；期限为内部规则',
      grade: 'P',
    },
  }),
  rule('DL-59', 'releaseDue', '可以处置，提出处置意见', 'It may go: propose what becomes of it', {
    ...{ due: '10wd', counting: 'working', basis: '监察法(2024) 28(2)；期限为内部规则', grade: 'P' },
  }),
  // From the end of the year that it tells of: the end of January.
  rule('DL-60', 'yearEnded', '作出涉案财物年度报告', 'Make the annual statement of property', {
    ...{ due: '1M', deferrable: false, grade: 'V2', ladder: STATEMENT_LADDER },
    basis: '驻最高人民检察院纪检监察组涉案财物管理规定（每年一月底前）',
  }),
  rule('DL-61', 'filmOwed', '登记全过程录音录像', 'Note the recording of the whole course', {
    ...{ due: '15d', deferrable: false, basis: '监察法(2024) 44(2)；期限为内部规则', grade: 'P' },
  }),
  rule('DL-54', 'inTransit', '库间移交到库', 'Arrive at the other store', {
    ...{ due: null, basis: '本系统内部规则（库间移交期限）', grade: 'P' },
  }),
  rule('DL-53', 'itemUnlocated', '查找未找到物品', 'Find what nobody could find', {
    ...{ due: '3d', deferrable: false, basis: '本系统内部规则（未找到物品）', grade: 'P', ladder: STORE_LADDER },
  }),
]
