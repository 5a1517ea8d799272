import { expect, test } from 'vitest'
import { readPdf } from '../testing/read-pdf.ts'
import { type BoundPart, bindPdf } from './bind-pdf.ts'
import { formPdf } from './form-pdf.ts'
import { PdfObjects } from './pdf-objects.ts'
import { sheet } from './sheets.ts'

const MADE = new Date('2026-11-22T01:00:00Z')
const formOf = (title: string, rows: number) =>
  formPdf(
    sheet({
      ...{ kind: 'urging', organisation: '云州市纪委监委', code: null, title },
      copy: { number: 1, of: 1, recipient: '附卷' },
      facts: [{ name: '案号', value: '云纪立〔2026〕1号' }],
      rows: Array.from({ length: rows }, (_, i) => [`事项${i + 1}`, '内容']),
      statement: '说明',
      signatures: [{ role: '制表人', name: null, absence: null }],
    }),
    MADE,
  )
async function* given(parts: readonly BoundPart[]): AsyncGenerator<BoundPart> {
  yield* parts
}
async function bound(parts: readonly BoundPart[], pages: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of bindPdf(given(parts), { title: '案卷', madeAt: MADE, pages })) pieces.push(piece)
  return Buffer.concat(pieces)
}

test('pages come in the order of the parts, each with its own content and the number of all', async () => {
  const [long, short] = [await formOf('甲', 60), await formOf('乙', 1)]
  const all = readPdf(long).pages.length
  expect(all).toBeGreaterThan(1)
  const pdf = await bound(
    [
      { pdf: short, from: 0, to: 1 },
      { pdf: long, from: 1, to: all },
      { pdf: short, from: 0, to: 1 },
    ],
    all + 1,
  )
  const { pages } = readPdf(pdf)
  expect(pages).toHaveLength(all + 1)
  const shortPage = readPdf(short).pages[0]
  for (const [i, page] of pages.entries()) {
    expect(page.lines.at(-1)?.text).toBe(`案卷第 ${i + 1} 页 共 ${all + 1} 页`)
    expect(page.lines.at(-1)?.y ?? 0).toBeLessThan(Math.min(...page.lines.slice(0, -1).map(({ y }) => y)))
  }
  for (const page of [pages[0], pages.at(-1)]) {
    expect(page?.lines.slice(0, -1)).toEqual(shortPage?.lines)
    expect(page?.filled).toEqual(shortPage?.filled)
  }
  expect(pages[1]?.lines.slice(0, -1)).toEqual(readPdf(long).pages[1]?.lines)
  // It is of the kind that can be bound itself: every offset of its table is that of its object.
  const again = new PdfObjects(pdf)
  expect(again.needed(again.pages()).length).toBeGreaterThan(all)
})

test('what was promised and is not bound, and what is no PDF of ours, is an error', async () => {
  const short = await formOf('乙', 1)
  await expect(bound([{ pdf: short, from: 0, to: 1 }], 2)).rejects.toThrow('1 pages')
  await expect(bound([{ pdf: Buffer.from('%PDF-1.7\n'), from: 0, to: 1 }], 1)).rejects.toThrow('offsets')
})
