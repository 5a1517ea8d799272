import { localMinute } from '../../local-time.ts'
import { RANKING_HEADS, rowsOf, rulesOf } from './paper.ts'
import type { ShownRanking } from './protocol.ts'

const STYLE =
  'body{max-width:52em;margin:2em auto;padding:0 1em;font-family:sans-serif;line-height:1.6}table{width:100%;border-collapse:collapse}' +
  'th,td{padding:.4em .6em;border-bottom:1px solid #999;text-align:left}td:nth-child(n+3),th:nth-child(n+3){text-align:right}' +
  '.replaced{padding:.6em 1em;border:2px solid #a8201a}'

/** The ranking as a page of its own, to be put on a site: no script, nothing that is loaded from elsewhere. */
export function rankingPage(ranking: ShownRanking): string {
  const { hall, from, to, frozen, decided, replacedBy } = ranking
  const title = `${hall.name} 窗口服务满意率排名（${from} 至 ${to}）`
  const cells = (tag: 'th' | 'td', texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${plain(text)}</${tag}>`).join('')}</tr>`
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width"><title>${plain(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${plain(title)}</h1>`,
    ...(replacedBy === null ? [] : [`<p class="replaced">本排名已由 ${plain(replacedBy)} 更正。</p>`]),
    `<table><thead>${cells('th', RANKING_HEADS)}</thead><tbody>`,
    ...rowsOf(ranking).map((row) => cells('td', row)),
    '</tbody></table>',
    ...rulesOf(ranking).map((rule) => `<p>${plain(rule)}</p>`),
    `<p>编号 ${plain(ranking.id)} · 制作 ${plain(frozen.by.name)} ${localMinute(frozen.at)}${
      decided === null ? '' : ` · 审批 ${plain(decided.by.name)} ${localMinute(decided.at)}`
    }</p></body></html>`,
  ].join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function plain(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
