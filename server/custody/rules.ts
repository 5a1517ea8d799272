import type { ApprovalLevel } from '../approvals/approvals.ts'
import type { Track } from './axes.ts'
import { accountNumberRules } from './account-number/rules.ts'
import type { ByTrack, Rule } from './rule.ts'
import { recourseRules } from './recourse/rules.ts'
import { servingRules } from './service/rules.ts'
import { taxRoleRules } from './tax-roles/rules.ts'
import type { CheckPoint } from './checklist/points.ts'
import type { Claim } from './worth/waterfall.ts'

/** Which loans more than one level must agree to. */
interface LoanLevels {
  readonly categories: readonly string[]
  /** Fen, by the last appraisal. */
  readonly appraisedFrom_fen: number
  readonly levels: readonly ApprovalLevel[]
}

/** Which measures more than one level must agree to. */
interface MeasureLevels {
  readonly kinds: readonly string[]
  readonly levels: readonly ApprovalLevel[]
}

/**
 * `grant`: not registered without one. `before`: approved before it is taken; registered on its notice alone it is an open point of the case
 * until it is approved. `notice`: its notice is enough.
 */
export type MeasureLeave = 'grant' | 'before' | 'notice'
/** By track and kind of measure; a kind that is not named is none of that track. */
type MeasureLeaves = Readonly<Record<string, Readonly<Record<string, MeasureLeave>>>>

/** The ten points of 行政强制法 18. */
const OF_COMPULSION = [
  ...['approved', 'two-officers', 'credentials', 'party-called', 'told'],
  ...['heard', 'record', 'signed', 'witnessed', 'other-procedure'],
] as readonly CheckPoint[]

const HOUSE = { instrument: '本系统内部规则', version: '2026-11', standing: 'house' } as const

/** Every number that custody decides by. A deadline takes its value from here once, when it starts, and keeps it. */
export const rules = {
  /** So long is somebody wanted before what is his may be confiscated, and lawfully stays open when the case is closed. */
  wanted_months: { value: 12, instrument: '监察法', version: '2024', article: '55', standing: 'statute' },
  /** Custodians who sign when a box of the store is sealed or opened. */
  container_seal_signers: { ...HOUSE, value: 2, article: '容器封签签名人数' },
  /** Who opens a door, safe or cabinet of a store together, who keeps it among them (W-10). */
  lock_openers: {
    value: 2,
    instrument: '海关仓库管理做法（沈阳海关）',
    version: '公开资料',
    article: '双人双锁，保管、财务分持',
    standing: 'practice',
  },
  /** A store with a shelf of one of these classes is opened with finance's key beside its custodian's (W-10). */
  finance_key_classes: {
    value: ['precious'],
    instrument: '海关仓库管理做法（沈阳海关）',
    version: '公开资料',
    article: '双人双锁，保管、财务分持',
    standing: 'practice',
  },
  /** All of them show badge and PIN within so many seconds of the first. */
  lock_openers_seconds: { ...HOUSE, value: 60, article: '开锁人验证的最长间隔' },
  /** What an empty evidence bag weighs, by its size. */
  bag_tare_mg: { ...HOUSE, value: { S: 6_000, M: 11_000, L: 19_000 }, article: '物证袋空袋重量' },
  /** Between two checks of a scale with its test weight. */
  scale_check_days: { ...HOUSE, value: 30, article: '电子秤核查间隔' },
  /** What a scale may be off at its check where the station says nothing else, in millionths of the test weight. */
  scale_off_ppm: { ...HOUSE, value: 500, article: '电子秤核查允许误差' },
  /** Items in one stock-take; a larger store is counted in parts. */
  stocktake_items_max: { ...HOUSE, value: 5_000, article: '一次盘点件数上限' },
  /** Who agrees to taking account books of the current year: the head of an organ of a city or above (T-12). */
  current_year_books_levels: {
    value: ['department', 'city'] satisfies readonly ApprovalLevel[],
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '86',
    standing: 'statute',
  },
  /** What may be taken before its case is filed (C-32); what is taken on the spot may too (`emergency_tracks`). */
  measures_before_filing: {
    value: ['VOLUNTARY_RECEIVED', 'EXTRACTED'],
    instrument: '中办发〔2015〕7号',
    version: '2015',
    article: '二；监察法实施条例(2021) 135',
    standing: 'practice',
  },
  /** Deadline rules after whose day the things are released: the term of a measure, or the approval of one taken on the spot (X-13, T-02). */
  release_when_over: {
    value: ['DL-06', 'DL-07', 'DL-09', 'DL-10'],
    instrument: '行政强制法',
    version: '2011',
    article: '19、28；税收征管法实施细则 88',
    standing: 'statute',
  },
  /** What is seen to when a measure is taken, by track (T-01, C-21); each point has its own article (checklist/points.ts). */
  measure_checklist: {
    value: {
      DISCIPLINE: ['two-investigators', 'face-to-face-party', 'living-costs'],
      SUPERVISION: ['credentials-notice', 'two-investigators', 'face-to-face', 'record-signed', 'living-costs'],
      ADMIN: [...OF_COMPULSION, 'living-goods'],
      TAX: [...OF_COMPULSION, 'living-goods-tax'],
    } satisfies Readonly<Record<Track, readonly CheckPoint[]>>,
    instrument: '行政强制法',
    version: '2011',
    article: '18、23；监察法(2024) 28(1)、44(1)；监督执纪工作规则 47；中办发〔2015〕7号 二；税收征管法 42',
    standing: 'statute',
  },
  /** Measures that have such a checklist: those that are taken against somebody's will. */
  checklist_measures: {
    ...HOUSE,
    value: ['SEIZED', 'SEALED_UP', 'WITHHELD', 'FROZEN', 'REGISTERED_PRESERVED'],
    article: '办理要点核对的适用范围',
  },
  ...{ ...servingRules, ...taxRoleRules, ...recourseRules, ...accountNumberRules },
  /** Measures whose whole course is filmed, by track (C-08). */
  filmed_measures: {
    value: { DISCIPLINE: [], SUPERVISION: ['SEIZED', 'SEALED_UP'], ADMIN: [], TAX: [] } satisfies ByTrack,
    instrument: '监察法',
    version: '2024',
    article: '44(2)',
    standing: 'statute',
  },
  /** Measures that take no more than the sum they are for, by track (T-08). */
  measured_worth: {
    value: {
      DISCIPLINE: [],
      SUPERVISION: [],
      ADMIN: ['FROZEN'],
      TAX: ['SEIZED', 'SEALED_UP', 'FROZEN'],
    } satisfies ByTrack,
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '64、65；行政强制法 29(2)',
    standing: 'statute',
  },
  /** What the money of a sale pays, one after the other, by track; what is left goes back (X-17, DL-12). */
  proceeds_order: {
    value: {
      ...{ DISCIPLINE: [], SUPERVISION: [], ADMIN: [] },
      TAX: ['tax', 'lateFee', 'fine', 'costs'],
    } satisfies Readonly<Record<Track, readonly Claim[]>>,
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '69',
    standing: 'statute',
  },
  /** Measures that spare what somebody and his dependants need to live, by track (T-09). */
  living_needs_spared: {
    value: {
      DISCIPLINE: [],
      SUPERVISION: [],
      ADMIN: ['SEIZED', 'SEALED_UP'],
      TAX: ['SEIZED', 'SEALED_UP'],
    } satisfies ByTrack,
    instrument: '税收征管法',
    version: '2015',
    article: '38、40；行政强制法 23(1)',
    standing: 'statute',
  },
  /** Measures that spare other things of daily life too, where one costs no more than `living_item_fen` (T-09). */
  living_items_spared: {
    value: { DISCIPLINE: [], SUPERVISION: [], ADMIN: [], TAX: ['SEIZED', 'SEALED_UP'] } satisfies ByTrack,
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '59',
    standing: 'statute',
  },
  living_item_fen: {
    value: 500_000,
    instrument: '税收征管法实施细则',
    version: '2016',
    article: '59',
    standing: 'statute',
  },
  /** Between two recordings of one taking: longer than that, and something of it is not on film (C-08). */
  video_gap_seconds: { ...HOUSE, value: 60, article: '录音录像中断的提示界限' },
  /** One recording, from its start to its end. */
  video_hours_max: { ...HOUSE, value: 24, article: '一段录像时长上限' },
  stocktake_days_max: { ...HOUSE, value: 60, article: '盘点期限上限' },
  /** Who closes a stock-take, all in all, each with his own hand. */
  stocktake_signers: { ...HOUSE, value: 2, article: '盘点表签名人数' },
  /** What was found so is not counted again by who put it there last. */
  recount_not_by_placer: { ...HOUSE, value: ['MISSING', 'MISPLACED'], article: '复盘回避' },
  /** What is taken against somebody's will is agreed to by the department and by the organ (行政强制法 18(一), 监察法(2024) 42(2)). */
  measure_levels: {
    ...HOUSE,
    value: {
      kinds: ['SEIZED', 'SEALED_UP', 'WITHHELD', 'FROZEN'],
      levels: ['department', 'organ'] satisfies readonly ApprovalLevel[],
    },
    article: '采取措施审批层级',
  },
  /** By whose leave a measure is taken, by track and kind; what is taken on the spot is approved afterwards (`emergency_tracks`). */
  measure_leave: {
    value: {
      DISCIPLINE: { WITHHELD: 'before', SEALED_UP: 'before', EXTRACTED: 'before', VOLUNTARY_RECEIVED: 'grant' },
      SUPERVISION: {
        ...{ SEIZED: 'before', SEALED_UP: 'before', EXTRACTED: 'before' },
        ...{ FROZEN: 'grant', VOLUNTARY_RECEIVED: 'grant' },
      },
      ADMIN: { SEIZED: 'before', SEALED_UP: 'before', REGISTERED_PRESERVED: 'before', FROZEN: 'grant' },
      TAX: {
        ...{ SEIZED: 'before', SEALED_UP: 'before', EXTRACTED: 'before' },
        ...{ REGISTERED_PRESERVED: 'before', FROZEN: 'grant' },
      },
    } satisfies MeasureLeaves,
    instrument: '行政强制法',
    version: '2011',
    article: '18(一)、30；监察法(2024) 42(2)；监察法实施条例(2021) 135；行政处罚法 56；税收细则 86',
    standing: 'to-be-confirmed',
  },
  /** Who gets the list of what was taken, in the order the copies are numbered, by track (C-05). */
  list_copies: {
    value: {
      DISCIPLINE: ['持有人', '附卷', '保管部门'],
      SUPERVISION: ['持有人', '附卷', '保管部门'],
      ADMIN: ['当事人', '附卷'],
      TAX: ['当事人', '附卷'],
    } satisfies ByTrack,
    instrument: '行政强制法',
    version: '2011',
    article: '24(3)；监察法(2024) 28（监察、纪律审查的份数为本系统内部规则）',
    standing: 'statute',
  },
  /** How long a granted measure may wait to be taken. */
  measure_approval_days: { ...HOUSE, value: 30, article: '采取措施批准有效期' },
  /** Tracks on which a measure may be taken on the spot and approved afterwards. */
  emergency_tracks: {
    value: ['ADMIN', 'TAX'],
    instrument: '行政强制法',
    version: '2011',
    article: '19',
    standing: 'statute',
  },
  officers_per_measure: {
    value: 2,
    instrument: '监察法',
    version: '2024-12-25',
    article: '44(1)',
    standing: 'statute',
  },
  photos_per_item: {
    value: 1,
    instrument: '监察法',
    version: '2024-12-25',
    article: '28(1)',
    standing: 'statute',
  },
  seal_signers: {
    value: 2,
    instrument: '监察法实施条例',
    version: '2021',
    article: '128(一)',
    standing: 'practice',
  },
  loan_days_max: { ...HOUSE, value: 30, article: '调用期限' },
  /** What is lent only when the department and the organ agree: by category, or from an appraised value on. */
  loan_levels: {
    ...HOUSE,
    value: {
      ...{ categories: ['hazard', 'contraband', 'firearms'], appraisedFrom_fen: 50_000_000 },
      levels: ['department', 'organ'] satisfies readonly ApprovalLevel[],
    },
    article: '调用审批层级',
  },
  /** How long a granted loan may wait to be fetched. */
  grant_days: { ...HOUSE, value: 3, article: '批准有效期' },
  appraisal_days_max: { ...HOUSE, value: 90, article: '送鉴定期限' },
  /** A difference found on return that nobody settles becomes an incident after this. */
  difference_minutes: { ...HOUSE, value: 30, article: '归还核对不符的办结时限' },
  /** A measure is not taken longer than this before the account of its case is opened. */
  measure_days_before_case: { ...HOUSE, value: 365, article: '措施时间下限' },
  /** 监察法 is in force since then: nothing was taken under it before. In the organ's zone. */
  supervision_law_from: {
    value: '2018-03-19T16:00:00.000Z',
    instrument: '监察法',
    version: '2018-03-20',
    article: '69（施行日期）',
    standing: 'statute',
  },
  /** After a complaint was decided, a review of it may be asked for. */
  review_asked_months: { value: 1, instrument: '监察法', version: '2024-12-25', article: '69', standing: 'statute' },
  quantity_max: { ...HOUSE, value: 1_000_000_000, article: '登记数量上限' },
  quantity_decimals: { ...HOUSE, value: 6, article: '登记数量小数位' },
  /** How many days a receipt of the bank and its line on the statement may stand apart. */
  statement_days_apart: { ...HOUSE, value: 3, article: '专户对账日期差' },
  /** How long ago an act may be that was done on paper without power, to be entered still; longer, and it is an incident. */
  paper_entry_hours: { ...HOUSE, value: 72, article: '断电期间纸质记录的补录期限' },
  /** Between two reviews of whether an item is still needed. */
  retention_days_max: { ...HOUSE, value: 366, article: '保管复核间隔上限' },
  /** A post changes hands on a stock-take that was closed no longer ago. */
  post_count_days: { ...HOUSE, value: 3, article: '岗位交接前盘点的有效期' },
  /** Items that one item may be split into in one act. */
  parts_per_split: { ...HOUSE, value: 100, article: '一次拆分件数上限' },
  /** 100 t. */
  weight_mg_max: { ...HOUSE, value: 100_000_000_000, article: '登记重量上限' },
  items_per_act: { ...HOUSE, value: 500, article: '单次办理件数' },
  /** What one notice took is registered in several acts, and signed as the one list that it is. */
  items_per_list: { ...HOUSE, value: 2_000, article: '一份清单签名件数' },
  /** Staff who sign an act of disposal with their own badge, who acts included. */
  staff_per_disposal: {
    value: 2,
    instrument: '监察法',
    version: '2024-12-25',
    article: '44(1)',
    standing: 'statute',
  },
  /** Income and property apart: who signs for finance when money or goods go to the treasury. */
  finance_posts: {
    value: ['manager'],
    instrument: '罚没财物管理办法(财税〔2020〕54号)',
    version: '2020',
    article: '3–4',
    standing: 'practice',
  },
  /** What goes to the other organ where the thing itself cannot. */
  list_only_attachments: {
    value: ['list', 'photos', 'sealing', 'place'],
    instrument: '随案移送清单规定（法院规则所引）',
    version: '2015',
    article: '不宜移送的财物',
    standing: 'practice',
  },
  /** A bundle whose band is not broken counts as so many pieces. */
  notes_per_bundle: { ...HOUSE, value: 100, article: '整捆张数' },
  cash_pieces_max: { ...HOUSE, value: 1_000_000, article: '一件现金张数上限' },
  cash_serials_max: { ...HOUSE, value: 2_000, article: '一次登记冠字号上限' },
  /** Whose notice board gets an incident: the heads of the case department and of the keeping department. */
  head_posts: {
    value: ['approver', 'manager'],
    instrument: '公安机关涉案财物管理若干规定',
    version: '2015',
    article: '11',
    standing: 'practice',
  },
} as const satisfies Record<
  string,
  Rule<
    | number
    | string
    | readonly string[]
    | Readonly<Record<string, number>>
    | ByTrack
    | LoanLevels
    | MeasureLevels
    | MeasureLeaves
  >
>
