/** Reads pages and text out of a PDF as pdfkit writes it: enough to see what a reader would find. */

import { inflateSync } from 'node:zlib'

export interface ReadPdf {
  /** Size of each page in points. */
  readonly pages: readonly {
    readonly width: number
    readonly height: number
    /** One line a text-showing operator. */
    readonly text: string
    readonly lines: readonly ReadLine[]
    /** Filled rectangles: the modules of symbols, and nothing else that a form has. */
    readonly filled: readonly ReadRectangle[]
  }[]
}

export interface ReadLine {
  readonly text: string
  /** Where it begins, from the left. */
  readonly x: number
  /** Baseline from the top of the page, in the unit that the page was drawn in. */
  readonly y: number
}

export interface ReadRectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function readPdf(pdf: Buffer): ReadPdf {
  const raw = pdf.toString('latin1')
  if (!raw.startsWith('%PDF-') || !raw.trimEnd().endsWith('%%EOF')) throw new Error('not a whole PDF')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body)
  const object = (id: string | undefined): string => objects.get(id ?? '') ?? ''

  const fontsIn = (resources: string): Map<string, Map<string, string>> => {
    const fonts = new Map<string, Map<string, string>>()
    const [, fontList = ''] = /\/Font <<([\s\S]*?)>>/.exec(resources) ?? []
    for (const [, name = '', id] of fontList.matchAll(/\/(F\d+) (\d+) 0 R/g))
      fonts.set(name, characterMap(stream(object(/\/ToUnicode (\d+) 0 R/.exec(object(id))?.[1]))))
    return fonts
  }
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body))
  return {
    pages: pages.map((page) => {
      const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? []
      const resources = object(/\/Resources (\d+) 0 R/.exec(page)?.[1])
      const fonts = fontsIn(resources)
      const [, contents = ''] = /\/Contents (\[[^\]]*\]|\d+ 0 R)/.exec(page) ?? []
      const content = [...contents.matchAll(/(\d+) 0 R/g)].map(([, id]) => stream(object(id))).join('\n')
      const folio = object(/\/Folio (\d+) 0 R/.exec(resources)?.[1])
      const number =
        folio === ''
          ? []
          : shownLines(stream(folio), fontsIn(object(/\/Resources (\d+) 0 R/.exec(folio)?.[1])), Number(height))
      const lines = [...shownLines(content, fonts, Number(height)), ...number]
      const text = lines.map((line) => `${line.text}\n`).join('')
      return { width: Number(width), height: Number(height), text, lines, filled: filledIn(content) }
    }),
  }
}

function stream(body: string): string {
  const start = body.indexOf('stream\n') + 'stream\n'.length
  const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
  return /\/FlateDecode/.test(body.slice(0, start)) ? inflateSync(bytes).toString('latin1') : bytes.toString('latin1')
}

/** Glyph code (four hex digits) to text. */
function characterMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const [, from = '0', , list = ''] of cmap.matchAll(/<([0-9a-fA-F]+)> <([0-9a-fA-F]+)> \[([^\]]*)\]/g))
    for (const [i, [, hex = '']] of [...list.matchAll(/<([0-9a-fA-F ]+)>/g)].entries())
      map.set(
        (parseInt(from, 16) + i).toString(16).padStart(4, '0'),
        Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      )
  return map
}

function shownLines(content: string, fonts: Map<string, Map<string, string>>, height: number): ReadLine[] {
  let map = new Map<string, string>()
  let [x, y] = [NaN, NaN]
  const lines: ReadLine[] = []
  for (const match of content.matchAll(/\/(F\d+) [\d.]+ Tf|1 0 0 1 ([-\d.]+) ([-\d.]+) Tm|\[([^\]]*)\] TJ/g)) {
    const [, font, start, baseline, shown] = match
    if (font !== undefined) map = fonts.get(font) ?? new Map<string, string>()
    if (baseline !== undefined) [x, y] = [Number(start), height - Number(baseline)]
    if (shown === undefined) continue
    let text = ''
    for (const [, hex = ''] of shown.matchAll(/<([0-9a-f]+)>/g))
      for (const code of hex.match(/.{4}/g) ?? []) text += map.get(code) ?? '\uFFFD'
    lines.push({ text, x, y })
  }
  return lines
}

/** Rectangles of each path that ends in a fill. */
function filledIn(content: string): ReadRectangle[] {
  let path: ReadRectangle[] = []
  const filled: ReadRectangle[] = []
  for (const match of content.matchAll(/([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re$|^(f|S)$/gm)) {
    const [, x, y, width, height, paint] = match
    if (paint === undefined) path.push({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) })
    else {
      if (paint === 'f') filled.push(...path)
      path = []
    }
  }
  return filled
}
