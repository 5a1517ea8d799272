import type { Words } from '../../refusal.ts'
import { measureWords, trackWords } from '../axes.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { CHECK_POINTS, checkPoints } from '../checklist/points.ts'
import { attachmentWords } from '../disposal/words.ts'
import { DISPOSAL_TYPES, disposalTypes } from '../disposal/types.ts'
import { claimWords } from '../worth/waterfall.ts'
import { PAPER_KINDS, PAPERS } from '../papers/papers.ts'

const OTHERS: Readonly<Record<string, Words>> = {
  department: { zh: '部门', en: 'department' },
  organ: { zh: '机关', en: 'organ' },
  S: { zh: '小号', en: 'small' },
  M: { zh: '中号', en: 'medium' },
  L: { zh: '大号', en: 'large' },
  city: { zh: '设区的市级以上机关', en: 'organ of a city or above' },
  approver: { zh: '审批领导', en: 'approver' },
  manager: { zh: '部门负责人', en: 'head of department' },
  grant: { zh: '未经批准不得登记', en: 'not registered without a grant' },
  before: { zh: '事先批准', en: 'approved before' },
  notice: { zh: '查封、扣押通知书', en: 'notice' },
  kinds: { zh: '措施', en: 'measures' },
  levels: { zh: '层级', en: 'levels' },
  categories: { zh: '类别', en: 'categories' },
  appraisedFrom_fen: { zh: '估值（分）不低于', en: 'appraised at (fen) or more' },
  MISSING: { zh: '未找到', en: 'missing' },
  MISPLACED: { zh: '错放', en: 'misplaced' },
}

/** Every word that stands in a rule, by how people call it. */
export const valueWords: Readonly<Record<string, Words>> = {
  ...Object.fromEntries(PAPER_KINDS.map((kind) => [kind, PAPERS[kind].title])),
  ...Object.fromEntries(CHECK_POINTS.map((point) => [point, checkPoints[point].name])),
  ...Object.fromEntries(CATEGORIES.map((category) => [category, categories[category].name])),
  ...Object.fromEntries(DISPOSAL_TYPES.map((way) => [way, disposalTypes[way].name])),
  ...claimWords,
  ...attachmentWords,
  ...measureWords,
  ...trackWords,
  ...OTHERS,
}
