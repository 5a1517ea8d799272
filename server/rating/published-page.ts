const STYLE =
  'body{max-width:52em;margin:2em auto;padding:0 1em;font-family:sans-serif;line-height:1.6}table{width:100%;border-collapse:collapse}' +
  'th,td{padding:.4em .6em;border-bottom:1px solid #999;text-align:left}td:nth-child(n+3),th:nth-child(n+3){text-align:right}' +
  '.replaced{padding:.6em 1em;border:2px solid #a8201a}'

export interface PublishedPage {
  readonly title: string
  /** Stands out above all else; null where there is nothing to be warned of. */
  readonly warning: string | null
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Below the table, a paragraph each. */
  readonly lines: readonly string[]
}

/** What was published, as a page of its own to be put on a site: no script, nothing that is loaded from elsewhere. */
export function publishedPage({ title, warning, heads, rows, lines }: PublishedPage): string {
  const cells = (tag: 'th' | 'td', texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${plain(text)}</${tag}>`).join('')}</tr>`
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width"><title>${plain(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${plain(title)}</h1>`,
    ...(warning === null ? [] : [`<p class="replaced">${plain(warning)}</p>`]),
    `<table><thead>${cells('th', heads)}</thead><tbody>`,
    ...rows.map((row) => cells('td', row)),
    '</tbody></table>',
    ...lines.map((line) => `<p>${plain(line)}</p>`),
    '</body></html>',
  ].join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function plain(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
