import { formPdf } from '../../../labels/documents/form-pdf.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { localMinute } from '../../local-time.ts'
import { Refusal } from '../../refusal.ts'
import type { Correction, ShownRanking } from './protocol.ts'

/** A rate between 0 and 1 with one place. */
export function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)}%`
}

const WHY: Readonly<Record<Correction, string>> = {
  'wrong-days': '时段有误',
  'votes-excluded': '申诉成立，剔除部分评价',
  'other-error': '其他错误',
}

/** Which ranking this one takes the place of and why, as it stands on every copy; null for one that corrects none. */
export function correctionOf({ corrects }: ShownRanking): string | null {
  if (corrects === null) return null
  return `替代 ${corrects.from} 至 ${corrects.to} 的排名（${corrects.ranking}），原因：${WHY[corrects.why]}`
}

/** How the ranking is reckoned, in the words that stand on every copy. */
export function rulesOf({ rankedFrom, rule, means }: ShownRanking): string[] {
  return [
    means.zh,
    `按满意率 95% 区间（Wilson）的下限排序，下限相同的名次相同；已计票不足 ${rankedFrom} 份的不排名（人数不足）。规则第 ${rule} 版。`,
    '发布后不再变动；更正以新的一份替代，两份都保留。',
  ]
}

/** What each line of it says, in columns. */
export const RANKING_HEADS = ['名次', '窗口人员', '满意', '已计票', '满意率', '95% 区间'] as const

/** As {@link RANKING_HEADS}. Of a clerk with too few votes only that is said, and no figure. */
export function rowsOf({ lines }: ShownRanking): string[][] {
  return lines.map(({ clerk, good, n, low, high, place }) =>
    place === null
      ? ['人数不足', clerk.name, '', '', '', '']
      : [
          ...[String(place), clerk.name, String(good), String(n)],
          ...[percent(good / n), `${percent(low)} – ${percent(high)}`],
        ],
  )
}

/** The ranking as an A4 PDF. @throws Refusal `rating.cannot-draw` for a name that the font does not have */
export async function rankingPdf(ranking: ShownRanking): Promise<Buffer> {
  const { hall, from, to, frozen, decided, replacedBy } = ranking
  const correction = correctionOf(ranking)
  try {
    return await formPdf(
      {
        ...{ formNumber: 'R-01', organisation: hall.name, title: '窗口服务满意率排名', code: null },
        copy: { number: 1, of: 1, recipient: '发布' },
        facts: [
          { name: '时段', value: `${from} 至 ${to}` },
          { name: '编号', value: ranking.id },
          { name: '制作', value: `${frozen.by.name} ${localMinute(frozen.at)}` },
          ...(decided === null ? [] : [{ name: '审批', value: `${decided.by.name} ${localMinute(decided.at)}` }]),
          ...(correction === null ? [] : [{ name: '更正', value: correction }]),
          ...(replacedBy === null ? [] : [{ name: '已更正', value: `由 ${replacedBy} 替代` }]),
        ],
        columns: [
          { title: RANKING_HEADS[0], width_mm: 22, align: 'middle' },
          { title: RANKING_HEADS[1], width_mm: 48, align: 'start' },
          { title: RANKING_HEADS[2], width_mm: 20, align: 'end' },
          { title: RANKING_HEADS[3], width_mm: 22, align: 'end' },
          { title: RANKING_HEADS[4], width_mm: 23, align: 'end' },
          { title: RANKING_HEADS[5], width_mm: 40, align: 'end' },
        ],
        rows: rowsOf(ranking),
        statement: rulesOf(ranking).join(' '),
        signatures: [
          { role: '制作人', name: frozen.by.name, absence: null },
          { role: '审批人', name: decided?.by.name ?? null, absence: null },
        ],
        initials: ['审批人'],
      },
      // The same bytes whenever it is drawn.
      new Date(decided?.at ?? frozen.at),
    )
  } catch (error) {
    if (error instanceof LabelRefused)
      throw new Refusal('rating.cannot-draw', { zh: error.words.zh, en: error.words.en })
    throw error
  }
}
