import type { PaperSources } from '../../paper-source.ts'
import type { Words } from '../../refusal.ts'

/**
 * What a paper is about: by its notice (of a case), list, loan, disposal (of which act), item, case, running clock, stock-take, list of another
 * organ or year of a unit; or a thing of another module, which fills the paper in itself.
 */
export type PaperAbout =
  | 'notice'
  | 'list'
  | 'loan'
  | 'disposal'
  | 'item'
  | 'case'
  | 'clock'
  | 'stocktake'
  | 'inbound'
  | 'annual'
  | keyof PaperSources

/** One kind of paper (rules 8), with the act that it belongs to. */
export interface PaperKindOf {
  /** Number of the form; papers of one form are numbered in one row. */
  readonly form: string
  /** In front of the year in the number of each paper. */
  readonly mark: string
  /** Counted up whenever what the form shows or where it shows it changes; each paper keeps its own. */
  readonly layout: number
  readonly title: Words
  readonly about: PaperAbout
  /** The facts that it tells of. */
  readonly act: readonly string[]
  /** Who gets the copies, in the order they are numbered; each copy is a sheet of its own. */
  readonly copies: readonly string[]
}

/** Every form that the program fills in; the labels of F-09 have their own way (labels.ts). */
export const PAPERS = {
  'measure-approval': {
    ...{ form: 'F-00', mark: '呈', layout: 3, about: 'case', act: ['custody.case-opened'] },
    title: { zh: '采取措施审批表', en: 'Approval of a measure' },
    copies: ['附卷', '承办部门'],
  },
  notice: {
    ...{ form: 'F-01', mark: '通', layout: 5, about: 'notice', act: ['custody.registered'] },
    title: { zh: '查封、扣押通知书', en: 'Notice of seizure' },
    copies: ['当事人', '附卷', '存根'],
  },
  'seizure-list': {
    ...{ form: 'F-02', mark: '单', layout: 7, about: 'notice', act: ['custody.registered'] },
    title: { zh: '财物、文件清单', en: 'List of what was taken' },
    copies: ['持有人', '附卷', '保管部门'],
  },
  'surrender-list': {
    ...{ form: 'F-03', mark: '交', layout: 5, about: 'notice', act: ['custody.registered'] },
    title: { zh: '主动上交财物登记表', en: 'Record of what was handed in' },
    copies: ['上交人', '附卷', '保管部门'],
  },
  'effects-list': {
    ...{ form: 'F-02', mark: '单', layout: 6, about: 'notice', act: ['custody.registered'] },
    title: { zh: '随身物品登记清单', en: 'List of personal effects' },
    copies: ['持有人', '附卷', '保管部门'],
  },
  'cash-annex': {
    ...{ form: 'F-02m', mark: '钞', layout: 5, about: 'item', act: ['custody.cash-agreed', 'custody.registered'] },
    title: { zh: '现金、票证附表', en: 'Particulars of cash and securities' },
    copies: ['持有人', '附卷', '保管部门'],
  },
  'media-annex': {
    ...{ form: 'F-02d', mark: '媒', layout: 5, about: 'item', act: ['custody.registered'] },
    title: { zh: '电子数据、视听资料附表', en: 'Particulars of digital media' },
    copies: ['持有人', '附卷', '保管部门'],
  },
  /** No form of the list has it: numbered by the rule that asks for it. */
  'inbound-check': {
    ...{ form: 'C-35', mark: '收', layout: 3, about: 'inbound', act: ['custody.inbound-checked'] },
    title: { zh: '接收核对清单', en: 'Check of what another organ hands in' },
    copies: ['移交机关', '附卷', '保管部门'],
  },
  'hand-over': {
    ...{ form: 'F-04', mark: '移', layout: 4, about: 'list', act: ['custody.list-submitted'] },
    title: { zh: '移交清单', en: 'Hand-over list' },
    copies: ['承办部门', '保管部门', '附卷'],
  },
  entry: {
    ...{ form: 'F-05', mark: '入', layout: 6, about: 'list', act: ['custody.checked-in'] },
    title: { zh: '入库单', en: 'Entry slip' },
    copies: ['承办部门', '保管部门', '附卷'],
  },
  loan: {
    ...{ form: 'F-06', mark: '调', layout: 6, about: 'loan', act: ['custody.loan-opened'] },
    title: { zh: '调用审批（出库）单', en: 'Loan slip' },
    copies: ['调用人', '保管部门', '附卷'],
  },
  return: {
    ...{ form: 'F-07', mark: '还', layout: 6, about: 'loan', act: ['custody.loan-checked'] },
    title: { zh: '归还单', en: 'Return slip' },
    copies: ['归还人', '保管部门', '附卷'],
  },
  'transfer-list': {
    ...{ form: 'F-08', mark: '送', layout: 4, about: 'disposal', act: ['custody.disposal-carried-out'] },
    title: { zh: '移送清单', en: 'Transfer list' },
    copies: ['接收机关', '附卷', '保管部门'],
  },
  /** No form of the list has it: numbered by the rule that asks for it. */
  'transfer-notice': {
    ...{ form: 'X-12', mark: '告', layout: 3, about: 'disposal', act: ['custody.disposal-carried-out'] },
    title: { zh: '涉案财物移送告知书', en: 'Notice of a transfer with the case' },
    copies: ['当事人', '附卷', '存根'],
  },
  'money-ledger': {
    ...{ form: 'F-10', mark: '账', layout: 7, about: 'case', act: ['custody.cash-agreed', 'custody.disposed'] },
    title: { zh: '涉案款明细账', en: 'Account of money' },
    copies: ['附卷', '财务部门'],
  },
  /** No form of the list has it: numbered by the rule that asks for it. */
  settlement: {
    ...{ form: 'X-17', mark: '抵', layout: 3, about: 'case', act: ['custody.proceeds-deposited'] },
    title: { zh: '变价款抵缴及余款退还通知书', en: 'Notice of what a sale paid and what goes back' },
    copies: ['当事人', '附卷', '财务部门'],
  },
  'release-notice': {
    ...{
      form: 'F-11',
      mark: '解',
      layout: 5,
      about: 'disposal',
      act: ['custody.disposal-approved', 'custody.disposal-carried-out'],
    },
    title: { zh: '解除查封、扣押通知书', en: 'Notice of release' },
    copies: ['当事人', '附卷', '存根'],
  },
  'return-list': {
    ...{ form: 'F-12', mark: '返', layout: 4, about: 'disposal', act: ['custody.disposal-carried-out'] },
    title: { zh: '返还清单（领取单）', en: 'Receipt of what is returned' },
    copies: ['领取人', '附卷', '保管部门'],
  },
  'disposal-approval': {
    ...{ form: 'F-13', mark: '处', layout: 5, about: 'disposal', act: ['custody.disposal-agreed'] },
    title: { zh: '处置审批表', en: 'Approval of a disposal' },
    copies: ['附卷', '保管部门'],
  },
  'early-sale': {
    ...{ form: 'F-15', mark: '变', layout: 4, about: 'disposal', act: ['custody.disposal-agreed'] },
    title: { zh: '先行处置（变卖、拍卖）审批表', en: 'Approval of an early sale' },
    copies: ['附卷', '保管部门', '财务部门'],
  },
  destruction: {
    ...{ form: 'F-14', mark: '销', layout: 4, about: 'disposal', act: ['custody.disposal-carried-out'] },
    title: { zh: '销毁记录', en: 'Record of destruction' },
    copies: ['附卷', '保管部门'],
  },
  incident: {
    ...{ form: 'F-16', mark: '异', layout: 6, about: 'item', act: ['custody.incident-opened'] },
    title: { zh: '异常情况登记表', en: 'Record of an incident' },
    copies: ['承办部门', '保管部门', '附卷'],
  },
  sealing: {
    ...{ form: 'F-17', mark: '封', layout: 4, about: 'item', act: ['custody.unsealed', 'custody.sealed'] },
    title: { zh: '启封、重封记录', en: 'Record of a seal opened or put on' },
    copies: ['附卷', '保管部门'],
  },
  /** No form of the list has it: numbered by row 17 of the table of moves. */
  move: {
    ...{ form: 'M-17', mark: '位', layout: 3, about: 'item', act: ['custody.moved'] },
    title: { zh: '移位单', en: 'Move within the store' },
    copies: ['保管部门', '附卷'],
  },
  stocktake: {
    ...{ form: 'F-18', mark: '盘', layout: 3, about: 'stocktake', act: ['custody.stocktake-closed'] },
    title: { zh: '盘点表', en: 'Record of a stock-take' },
    copies: ['保管部门', '监督部门'],
  },
  urging: {
    ...{ form: 'F-19', mark: '办', layout: 2, about: 'urging', act: ['urging.issued'] },
    title: { zh: '督办通知单', en: 'Notice of urging' },
    copies: ['被督办部门', '监督部门', '附卷'],
  },
  approach: {
    ...{ form: 'F-20', mark: '问', layout: 3, about: 'case', act: ['custody.case-opened'] },
    title: { zh: '打听案情、干预登记表', en: 'Record of interference' },
    copies: ['监督部门', '附卷'],
  },
  extension: {
    ...{ form: 'F-21', mark: '延', layout: 3, about: 'clock', act: ['clock.moved'] },
    title: { zh: '延长期限通知书', en: 'Notice of an extension' },
    copies: ['当事人', '附卷', '存根'],
  },
  /** No form of the list has it: numbered by the rule that asks for it. */
  'appraisal-term': {
    ...{ form: 'X-21', mark: '鉴', layout: 2, about: 'clock', act: ['clock.paused'] },
    title: { zh: '检测、检验、检疫、技术鉴定期间告知书', en: 'Notice of the term of an appraisal' },
    copies: ['当事人', '附卷', '存根'],
  },
  books: {
    ...{ form: 'F-22', mark: '册', layout: 3, about: 'notice', act: ['custody.registered'] },
    title: { zh: '调取账簿资料清单（收据）', en: 'Receipt for books taken' },
    copies: ['被调取人', '附卷', '保管部门'],
  },
  /** No form of the list has it: numbered by the rule that asks for it. */
  annual: {
    ...{ form: 'C-39', mark: '年', layout: 2, about: 'annual', act: ['custody.registered', 'custody.disposed'] },
    title: { zh: '涉案财物年度报告', en: 'Annual statement of property' },
    copies: ['上级机关', '监督部门', '存档'],
  },
  'follow-up': {
    ...{ form: 'F-23', mark: '评', layout: 3, about: 'follow-up', act: ['rating.follow-up-assigned'] },
    title: { zh: '差评核查处理单', en: 'Handling of a bad rating' },
    copies: ['监督部门', '大厅'],
  },
} as const satisfies Record<string, PaperKindOf>

export type PaperKind = keyof typeof PAPERS
export const PAPER_KINDS = Object.keys(PAPERS) as PaperKind[]
