import { expect, it } from 'vitest'
import { toBitmap, toPdf } from '../render.ts'
import { LabelRefused } from '../refused.ts'
import { readPdf } from '../testing/read-pdf.ts'
import { pictureOf, readSymbols } from '../testing/read-symbols.ts'
import { sealStrip } from './seal-strip.ts'

const STRIP = {
  organisation: '云州市纪委监委',
  caseNumber: '云纪立〔2026〕21号',
  number: 'FT-2026/0091',
  day: '2026-11-22',
}

it.each([203, 300] as const)(
  'says whose seal it is, of which case and day, and its number reads back at %d dpi',
  async (dpi) => {
    const layout = sealStrip(STRIP)
    expect((await readSymbols(pictureOf(await toBitmap(layout, dpi)))).map(({ text }) => text)).toEqual([STRIP.number])
    const text = readPdf(await toPdf([layout], new Date(0))).pages[0]?.text ?? ''
    for (const part of [
      '封　条',
      STRIP.organisation,
      STRIP.caseNumber,
      STRIP.number,
      '2026 年 11 月 22 日',
      '加盖印章',
      '签封人',
    ])
      expect(text).toContain(part)
  },
)

it('a number that no scanner types is printed alone; the longest that a seal may have still stands', async () => {
  const chinese = sealStrip({ ...STRIP, number: '封〔2026〕12号' })
  expect(await readSymbols(pictureOf(await toBitmap(chinese, 203)))).toEqual([])
  const long = sealStrip({ ...STRIP, number: 'F'.repeat(30) })
  expect((await readSymbols(pictureOf(await toBitmap(long, 203)))).map(({ text }) => text)).toEqual(['F'.repeat(30)])
  expect(() => sealStrip({ ...STRIP, organisation: '机'.repeat(60) })).toThrow(LabelRefused)
  expect(() => sealStrip({ ...STRIP, day: '2026-13-01' })).toThrow(LabelRefused)
})
