import { localMinute } from '../../local-time.ts'
import { publishedPage } from '../published-page.ts'
import { correctionOf, RANKING_HEADS, rowsOf, rulesOf } from './paper.ts'
import type { ShownRanking } from './protocol.ts'

/** The ranking as a page to be put on a site. */
export function rankingPage(ranking: ShownRanking): string {
  const { hall, from, to, frozen, decided, replacedBy } = ranking
  const correction = correctionOf(ranking)
  const made = `编号 ${ranking.id} · 制作 ${frozen.by.name} ${localMinute(frozen.at)}`
  return publishedPage({
    title: `${hall.name} 窗口服务满意率排名（${from} 至 ${to}）`,
    warning: replacedBy === null ? null : `本排名已由 ${replacedBy} 更正。`,
    heads: RANKING_HEADS,
    rows: rowsOf(ranking),
    lines: [
      ...(correction === null ? [] : [`更正：${correction}。`]),
      ...rulesOf(ranking),
      decided === null ? made : `${made} · 审批 ${decided.by.name} ${localMinute(decided.at)}`,
    ],
  })
}
