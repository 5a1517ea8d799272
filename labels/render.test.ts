import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makeCode, makeCommandCode, makeLabelCode } from './item-code.ts'
import type { Layout } from './layout.ts'
import { LabelRefused } from './refused.ts'
import type { Dpi } from './render.ts'
import { DOTS_PER_MM, toBitmap, toPdf, toPng, toSvg } from './render.ts'
import { encodeSymbol } from './symbol.ts'
import type { SymbolKind } from './symbol.ts'
import { benchCard } from './templates/bench-card.ts'
import { documentCode } from './templates/document-code.ts'
import { entrySlipLabel } from './templates/entry-slip.ts'
import type { ItemCard } from './templates/item-card.ts'
import { itemCard } from './templates/item-card.ts'
import { locationLabel } from './templates/location.ts'
import { readPdf } from './testing/read-pdf.ts'
import type { Picture } from './testing/read-symbols.ts'
import { measureBars, measureModules, pictureOf, readSymbols } from './testing/read-symbols.ts'

const CARD: ItemCard = {
  code: makeCode({ kind: 'item', unit: 'ZK', year: 2026, serial: 9080706 }),
  issue: 1,
  name: '黄金首饰一批（含足金项链三条、手镯两只、戒指五枚、耳环四对，均附购买发票及鉴定证书，装于红色绒布首饰盒内）共计十四件套齐全未拆',
  quantity: '100.25',
  unit: '克',
  category: '贵重物品',
  storageClass: '贵重 · 双人双锁',
  caseNumber: '清纪监〔2026〕0012 号',
  seq: 12345,
  of: 99999,
  date: { kind: 'intake', day: '2026-11-21' },
  sealNumber: 'F-2026-000871',
}
const REPRINT = { ...CARD, issue: 1295 }
const PLACE = {
  code: makeCode({ kind: 'location', unit: '01', year: 2026, serial: 35 }),
  issue: 1,
  name: 'A-03-2-05',
  path: '一号库 · 贵重物品间 · 3 架 · 2 层',
}
const COMMAND = { code: makeCommandCode('ABCDEFGHIJKL'), words: { zh: '撤销上一次扫描', en: 'Cancel the last scan' } }
const LIST = { code: makeCode({ kind: 'document', unit: 'ZK', year: 2026, serial: 9080706 }), title: '移交清单' }
const SLIP = {
  ...{ code: LIST.code, issue: 1, store: '市纪委监委涉案财物第一保管库房', day: '2026-11-21' },
  ...{ entered: 200, refused: 12, pending: 188 },
}
const payload = (label: { code: string; issue: number }) => makeLabelCode(label.code, label.issue)

const BOTH: readonly SymbolKind[] = ['code128', 'qr']
const LABELS: readonly (readonly [string, Layout, string, readonly SymbolKind[]])[] = [
  ['item card 100x60', itemCard(CARD, '100x60'), payload(CARD), BOTH],
  [
    'item card 100x60, one character',
    itemCard({ ...CARD, name: '表', sealNumber: null }, '100x60'),
    payload(CARD),
    BOTH,
  ],
  ['item card 100x60, reprint', itemCard(REPRINT, '100x60'), payload(REPRINT), BOTH],
  ['item card 60x40', itemCard(CARD, '60x40'), payload(CARD), ['qr']],
  ['item card 60x40, reprint', itemCard(REPRINT, '60x40'), payload(REPRINT), ['qr']],
  ['item card 60x40 with DataMatrix', itemCard(CARD, '60x40', 'datamatrix'), payload(CARD), ['datamatrix']],
  ['the same, reprint', itemCard(REPRINT, '60x40', 'datamatrix'), payload(REPRINT), ['datamatrix']],
  ['location 100x60', locationLabel(PLACE, '100x60'), payload(PLACE), BOTH],
  ['location 100x60, reprint', locationLabel({ ...PLACE, issue: 2 }, '100x60'), payload({ ...PLACE, issue: 2 }), BOTH],
  ['location 60x40', locationLabel(PLACE, '60x40'), payload(PLACE), ['qr']],
  ['entry slip 100x60', entrySlipLabel(SLIP, '100x60'), payload(SLIP), BOTH],
  ['entry slip 100x60, later', entrySlipLabel({ ...SLIP, issue: 3 }, '100x60'), payload({ ...SLIP, issue: 3 }), BOTH],
  ['entry slip 60x40', entrySlipLabel(SLIP, '60x40'), payload(SLIP), ['qr']],
  ['command card 100x60', benchCard(COMMAND, '100x60'), COMMAND.code, BOTH],
  ['command card 60x40', benchCard(COMMAND, '60x40'), COMMAND.code, ['qr']],
  ['code of a document', documentCode(LIST), LIST.code, BOTH],
]
const FORMATS = { code128: 'Code128', qr: 'QRCode', datamatrix: 'DataMatrix' } as const
/** ISO/IEC 15417, 18004 and 16022 for the quiet zones; the modules are what 203 dpi heads print cleanly. */
const NEEDS = {
  code128: { module_mm: 0.25, quiet: 10 },
  qr: { module_mm: 0.33, quiet: 4 },
  datamatrix: { module_mm: 0.33, quiet: 1 },
} as const
const DPIS: readonly Dpi[] = [203, 300]
const PRINTS = LABELS.flatMap(([name, ...label]) => DPIS.map((dpi) => [name, dpi, ...label] as const))

describe('what comes out of the print head', () => {
  test.each(PRINTS)(
    '%s at %i dpi: another program reads every symbol; modules are whole dots and large enough, quiet zones empty',
    async (_, dpi, layout, text, kinds) => {
      const picture = pictureOf(await toBitmap(layout, dpi))
      const found = await readSymbols(picture)
      expect(found.map((symbol) => [symbol.format, symbol.text])).toEqual(kinds.map((kind) => [FORMATS[kind], text]))
      for (const [i, kind] of kinds.entries()) {
        const symbol = found[i]
        const drawn = layout.nodes.find((node) => node.kind === 'symbol' && node.symbol.kind === kind)
        expect.assert(symbol !== undefined && drawn?.kind === 'symbol')
        const needs = NEEDS[kind]
        // A command card's frame crosses the line through the bars: it is taken for the edge, where the quiet zone must end.
        const frame_mm = layout.title.startsWith('指令卡') ? 2.5 : 0
        const measured =
          kind === 'code128'
            ? measureBars(withoutSides(picture, frame_mm * DOTS_PER_MM[dpi]), symbol)
            : measureModules(picture, symbol)
        expect(measured.columns).toBe(drawn.symbol.columns)
        expect(Number.isInteger(measured.module)).toBe(true)
        expect(measured.module).toBeGreaterThanOrEqual(needs.module_mm * DOTS_PER_MM[dpi])
        expect(measured.quiet).toBeGreaterThanOrEqual(needs.quiet)
      }
    },
  )

  test.each([
    [203, 800, 480],
    [300, 1200, 720],
  ] as const)('at %i dpi a 100x60 label has exactly %i x %i dots, one bit each', async (dpi, width, height) => {
    const bitmap = await toBitmap(itemCard(CARD, '100x60'), dpi)
    expect(bitmap).toMatchObject({ width, height, rowBytes: width / 8 })
    expect(bitmap.bits).toHaveLength((width / 8) * height)
  })

  test.each(PRINTS)(
    '%s at %i dpi: nothing stands nearer to the edge than 1.6 %% of stretch would cut',
    async (_, dpi, layout) => {
      const { width, height, grey } = pictureOf(await toBitmap(layout, dpi))
      const edge = Math.ceil(0.016 * width)
      const outside = grey.filter((value, i) => {
        const x = i % width
        const y = Math.floor(i / width)
        return value === 0 && (x < edge || x >= width - edge || y < edge || y >= height - edge)
      })
      expect(outside).toHaveLength(0)
    },
  )

  test('the same label gives the same dots, first and later, alone and beside others', async () => {
    const layout = itemCard({ ...CARD, name: '鎏金龑龢纹铜鼎' }, '100x60')
    const [a, , b] = await Promise.all([
      toBitmap(layout, 203),
      toBitmap(itemCard(CARD, '60x40'), 203),
      toBitmap(layout, 203),
    ])
    const c = await toBitmap(layout, 203)
    expect(Buffer.compare(a.bits, b.bits)).toBe(0)
    expect(Buffer.compare(a.bits, c.bits)).toBe(0)
  })
})

function withoutSides({ width, height, grey }: Picture, side: number): Picture {
  const inner = width - 2 * side
  const rows = Array.from({ length: height }, (_, y) => grey.subarray(y * width + side, y * width + side + inner))
  return { width: inner, height, grey: Buffer.concat(rows) }
}

describe('the other outputs show the same label', () => {
  test('PNG has the dots of the printer and its physical density', async () => {
    const layout = itemCard(CARD, '60x40')
    const bitmap = await toBitmap(layout, 203)
    const png = await toPng(layout, 203)
    const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 480, height: 320, channels: 1 })
    expect(Buffer.compare(data, pictureOf(bitmap).grey)).toBe(0)
    expect((await sharp(png).metadata()).density).toBe(203)
  })

  test.each(LABELS)('SVG of %s is read back, too', async (_, layout, text, kinds) => {
    const svg = toSvg(layout).replace(
      /width="\d+mm" height="\d+mm"/,
      `width="${layout.width_mm * 12}" height="${layout.height_mm * 12}"`,
    )
    const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true })
    const found = await readSymbols({ width: info.width, height: info.height, grey: new Uint8Array(data) })
    expect(found.map((symbol) => [symbol.format, symbol.text])).toEqual(kinds.map((kind) => [FORMATS[kind], text]))
  })

  test('PDF has one page a label, each of its size', async () => {
    const pdf = readPdf(
      await toPdf([itemCard(CARD, '100x60'), itemCard(CARD, '60x40')], new Date('2026-11-21T08:00:00Z')),
    )
    const mm = pdf.pages.map(({ width, height }) => [Math.round((width * 25.4) / 72), Math.round((height * 25.4) / 72)])
    expect(mm).toEqual([
      [100, 60],
      [60, 40],
    ])
    for (const { text } of pdf.pages) expect(text).toContain(`\n${CARD.caseNumber}\n`)
    await expect(toPdf([], new Date())).rejects.toThrow(RangeError)
  })
})

describe('hostile text is drawn, never run', () => {
  const name = `^XZ~JA"><script>alert('1')</script>&lt;%00\\`

  test('SVG holds only shapes and a title, and the text only escaped', () => {
    const svg = toSvg(itemCard({ ...CARD, name }, '100x60'))
    const tags = new Set([...svg.matchAll(/<\/?([^\s>/]+)/g)].map((match) => match[1]))
    expect([...tags].sort()).toEqual(['g', 'path', 'svg', 'title'])
    const attributes = new Set(
      [...svg.replace(/<title>.*<\/title>/s, '').matchAll(/([\w:-]+)="/g)].map((match) => match[1]),
    )
    expect([...attributes].sort()).toEqual(
      ['d', 'fill', 'height', 'role', 'shape-rendering', 'transform', 'viewBox', 'width', 'xmlns'].sort(),
    )
    const [, title = ''] = /<title>(.*?)<\/title>/s.exec(svg) ?? []
    expect(title).not.toMatch(/[<>"']/)
    expect(title.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))).toContain(name)
  })

  test('the label still prints and scans', async () => {
    const found = await readSymbols(pictureOf(await toBitmap(itemCard({ ...CARD, name }, '100x60'), 203)))
    expect(found.map((symbol) => symbol.text)).toEqual([CARD.code, CARD.code])
  })
})

describe('a symbol that does not fit refuses before anything is drawn', () => {
  const layout = (kind: SymbolKind, width_mm: number, height_mm: number, margin_mm: number): Layout => ({
    width_mm: 60,
    height_mm: 40,
    title: 'test',
    nodes: [
      {
        kind: 'symbol',
        symbol: encodeSymbol(kind, CARD.code),
        ink: { x_mm: 10, y_mm: 10, width_mm, height_mm },
        clear: {
          x_mm: 10 - margin_mm,
          y_mm: 10 - margin_mm,
          width_mm: width_mm + 2 * margin_mm,
          height_mm: height_mm + 2 * margin_mm,
        },
        alignX: 'middle',
        alignY: 'middle',
      },
    ],
  })

  test.each([
    ['code128', 33, 8, 5],
    ['code128', 34, 8, 2],
    ['qr', 6.5, 6.5, 3],
    ['qr', 7.5, 7.5, 1],
    ['datamatrix', 4, 4, 2],
  ] as const)('%s in %d x %d mm with %d mm around', async (kind, width, height, margin) => {
    const tight = layout(kind, width, height, margin)
    for (const draw of [() => toBitmap(tight, 203), () => toBitmap(tight, 300), async () => toSvg(tight)])
      await expect(draw()).rejects.toMatchObject({ name: 'LabelRefused', code: 'symbol-too-large' })
    await expect(toPdf([tight], new Date())).rejects.toBeInstanceOf(LabelRefused)
  })

  test.each([
    ['code128', 42, 8, 5],
    ['qr', 8, 8, 2],
    ['datamatrix', 6, 6, 1],
  ] as const)('%s in %d x %d mm with %d mm around is drawn', async (kind, width, height, margin) => {
    const found = await readSymbols(pictureOf(await toBitmap(layout(kind, width, height, margin), 203)))
    expect(found.map((symbol) => symbol.text)).toEqual([CARD.code])
  })
})
