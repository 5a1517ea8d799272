/** The forms that are one table under a head and nothing else: what each is called and the columns it has. */

import type { Column, Form } from './form.ts'

interface Sheet {
  readonly formNumber: string
  readonly title: string
  readonly columns: readonly Column[]
}

const ordinal: Column = { title: '序号', width_mm: 9, align: 'middle' }
const code: Column = { title: '编号', width_mm: 31, align: 'start' }
const quantity: Column = { title: '数量', width_mm: 14, align: 'end' }
const unit: Column = { title: '单位', width_mm: 10, align: 'middle' }
const wide = (title: string, width_mm: number): Column => ({ title, width_mm, align: 'start' })
const figure = (title: string, width_mm: number): Column => ({ title, width_mm, align: 'end' })

/** Widths add up to the width between the margins. */
export const SHEETS = {
  'measure-approval': {
    formNumber: 'F-00',
    title: '采取措施审批表',
    columns: [wide('事项', 38), wide('内容、意见（签名、日期）', 137)],
  },
  /** The title is the measure's own. */
  notice: {
    formNumber: 'F-01',
    title: '措施通知书',
    columns: [ordinal, code, wide('名称', 46), quantity, unit, wide('特征', 65)],
  },
  'cash-annex': {
    formNumber: 'F-02m',
    title: '现金、票证清点附表',
    columns: [ordinal, wide('币种', 36), figure('面值', 32), figure('整捆外合计张（枚）数', 46), figure('金额', 52)],
  },
  'security-annex': {
    formNumber: 'F-02m',
    title: '存折、银行卡、有价证券附表',
    columns: [
      ordinal,
      wide('种类', 30),
      wide('发行、开户机构', 34),
      wide('卡号、账号、券号', 38),
      figure('面值、金额', 22),
      figure('张数', 12),
      unit,
      wide('有效期', 20),
    ],
  },
  'media-annex': {
    formNumber: 'F-02d',
    title: '电子数据、视听资料附表',
    columns: [ordinal, wide('项目', 42), wide('内容', 124)],
  },
  loan: {
    formNumber: 'F-06',
    title: '涉案财物调用审批（出库）单',
    columns: [ordinal, code, wide('名称', 42), quantity, unit, wide('出库时状况', 69)],
  },
  return: {
    formNumber: 'F-07',
    title: '涉案财物归还单',
    columns: [ordinal, code, wide('名称', 34), quantity, unit, wide('归还', 32), wide('检验情况', 45)],
  },
  /** To whom things belonged that went with their case to another organ. */
  'transfer-notice': {
    formNumber: 'X-12',
    title: '涉案财物移送告知书',
    columns: [ordinal, code, wide('名称', 46), quantity, unit, wide('采取措施的文书', 65)],
  },
  /** Goods of another organ, line by line. */
  'inbound-check': {
    formNumber: 'C-35',
    title: '接收核对清单',
    columns: [
      ordinal,
      wide('名称', 30),
      wide('清单所列', 40),
      wide('核对', 12),
      wide('实收', 34),
      wide('处理、双方签认', 50),
    ],
  },
  'money-ledger': {
    formNumber: 'F-10',
    title: '涉案款明细账',
    columns: [
      wide('日期', 21),
      wide('凭证', 23),
      wide('摘要', 30),
      wide('账户', 21),
      figure('收入（元）', 22),
      figure('支出（元）', 22),
      figure('结存（元）', 24),
      wide('经办', 12),
    ],
  },
  /** What the money of a sale paid, step by step. */
  settlement: {
    formNumber: 'X-17',
    title: '变价款抵缴及余款退还通知书',
    columns: [
      ordinal,
      wide('项目', 46),
      figure('应缴（元）', 40),
      figure('抵缴（元）', 40),
      figure('抵缴后余额（元）', 40),
    ],
  },
  incident: {
    formNumber: 'F-16',
    title: '涉案财物异常情况登记表',
    columns: [wide('核对项目', 35), wide('应为', 50), wide('实为', 50), wide('结论', 40)],
  },
  sealing: {
    formNumber: 'F-17',
    title: '启封、重封记录',
    columns: [ordinal, code, wide('名称', 45), wide('原封条号', 45), wide('新封条号', 45)],
  },
  /** A move within the store. */
  move: {
    formNumber: 'M-17',
    title: '涉案财物移位单',
    columns: [ordinal, code, wide('名称', 43), quantity, unit, wide('原库位', 34), wide('现库位', 34)],
  },
  urging: {
    formNumber: 'F-19',
    title: '督办通知单',
    columns: [wide('事项', 38), wide('内容', 137)],
  },
  approach: {
    formNumber: 'F-20',
    title: '打听案情、干预登记表',
    columns: [wide('事项', 38), wide('内容', 137)],
  },
  books: {
    formNumber: 'F-22',
    title: '调取账簿、资料清单（收据）',
    columns: [
      ordinal,
      code,
      wide('名称', 40),
      quantity,
      unit,
      wide('所属年度', 17),
      figure('页数', 14),
      wide('应还日期', 40),
    ],
  },
  /** A year of a department or an organ, by class. */
  annual: {
    formNumber: 'C-39',
    title: '涉案财物年度报告',
    columns: [
      ordinal,
      wide('类别', 26),
      wide('年初结存', 32),
      wide('本年增加', 38),
      wide('本年减少', 38),
      wide('年末结存', 32),
    ],
  },
  'follow-up': {
    formNumber: 'F-23',
    title: '差评核查处理单',
    columns: [wide('环节', 30), wide('时间', 32), wide('办理人', 24), wide('内容', 89)],
  },
  /** 送达回证. */
  'service-receipt': {
    formNumber: 'T-20',
    title: '送达回证',
    columns: [wide('项目', 45), wide('内容', 130)],
  },
  /** 卷宗封面 with what lies in the file. */
  cover: {
    formNumber: '卷宗封面',
    title: '涉案财物卷宗',
    columns: [ordinal, wide('文号', 45), wide('文书', 61), wide('日期', 30), figure('页数', 14), wide('备注', 16)],
  },
  /** 案卷: the cover of a whole file, and what lies in it. */
  'file-cover': {
    formNumber: '案卷',
    title: '涉案财物案卷',
    columns: [ordinal, wide('卷内部分', 90), figure('份（件）数', 38), figure('起始页', 38)],
  },
  'file-contents': {
    formNumber: '案卷',
    title: '案卷目录',
    columns: [
      ordinal,
      wide('文书', 50),
      wide('文号、编号', 36),
      wide('日期', 22),
      figure('页号', 12),
      wide('备注', 46),
    ],
  },
  'item-page': {
    formNumber: 'F-09',
    title: '物品卡',
    columns: [wide('项目', 38), wide('内容', 137)],
  },
  checkpoint: {
    formNumber: '案卷',
    title: '台账检查点',
    columns: [wide('台账', 34), figure('行', 9), wide('检查点', 132)],
  },
  /** The pages of a case's account, by item. */
  account: {
    formNumber: '一案一账',
    title: '涉案财物台账',
    columns: [
      ordinal,
      code,
      wide('名称', 38),
      quantity,
      unit,
      wide('保管状态', 24),
      wide('现由', 26),
      wide('库位', 23),
    ],
  },
  /** The life of an item, entry by entry. */
  chain: {
    formNumber: '一物一卡',
    title: '涉案财物流转记录',
    columns: [
      ordinal,
      wide('时间', 32),
      wide('事项', 32),
      wide('经办', 20),
      wide('共同签名', 22),
      wide('台账及序号', 28),
      wide('哈希（前 16 位）', 32),
    ],
  },
  /** How long a thing is away at an appraisal, which is not counted in the term of its measure. */
  'appraisal-term': {
    formNumber: 'X-21',
    title: '检测、检验、检疫、技术鉴定期间告知书',
    columns: [ordinal, code, wide('名称', 61), quantity, unit, wide('采取措施的文书', 50)],
  },
  extension: {
    formNumber: 'F-21',
    title: '延长期限通知书',
    columns: [ordinal, code, wide('名称', 61), quantity, unit, wide('采取措施的文书', 50)],
  },
} as const satisfies Record<string, Sheet>

export type SheetKind = keyof typeof SHEETS

/** What is filled in; `title` where it is not the sheet's own. */
export interface FilledSheet extends Pick<
  Form,
  'organisation' | 'code' | 'copy' | 'facts' | 'rows' | 'writing_mm' | 'statement' | 'signatures'
> {
  readonly kind: SheetKind
  readonly title?: string
}

/** The form as it is set: a line for what there is to say, and none for the rest. */
export function sheet({ kind, facts, signatures, title, ...filled }: FilledSheet): Form {
  const { formNumber, title: own, columns } = SHEETS[kind]
  return {
    ...{ ...filled, formNumber, title: title ?? own, columns, signatures },
    facts: facts.filter(({ value }) => value !== ''),
    initials: [...new Set(signatures.map(({ role }) => role))].slice(0, 3),
  }
}
