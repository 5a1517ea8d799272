import { expect, it } from 'vitest'
import { toBitmap, toPdf } from '../render.ts'
import { LabelRefused } from '../refused.ts'
import { readPdf } from '../testing/read-pdf.ts'
import { pictureOf, readSymbols } from '../testing/read-symbols.ts'
import { sealNumberIn } from '../seal-number.ts'
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

/** Numbers as organs write them, with Chinese characters that no scanner types. */
const CHINESE = [
  '封〔2026〕12号',
  '云税稽封字〔2026〕0091号',
  '云州市纪委监委封条〔2026〕第0012号',
  '封条２０２６－１２',
  'ft-封12',
]

it.each(CHINESE.flatMap((number) => ([203, 300] as const).map((dpi) => [number, dpi] as const)))(
  '%s reads back at %d dpi as what any scanner types, and that is turned back into the number',
  async (number, dpi) => {
    const strip = sealStrip({ ...STRIP, number })
    const [read, ...more] = await readSymbols(pictureOf(await toBitmap(strip, dpi)))
    expect(more).toEqual([])
    expect(read?.text).toMatch(/^XF-[\x21-\x7e]+$/)
    expect(sealNumberIn(read?.text ?? '')).toBe(number)
  },
)

it('prints a number alone that no symbol has room for; the longest that a seal may have still stands', async () => {
  const chinese = sealStrip({ ...STRIP, number: 'x甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄' })
  expect(await readSymbols(pictureOf(await toBitmap(chinese, 203)))).toEqual([])
  const long = sealStrip({ ...STRIP, number: 'F'.repeat(30) })
  expect((await readSymbols(pictureOf(await toBitmap(long, 203)))).map(({ text }) => text)).toEqual(['F'.repeat(30)])
  expect(() => sealStrip({ ...STRIP, organisation: '机'.repeat(60) })).toThrow(LabelRefused)
  expect(() => sealStrip({ ...STRIP, day: '2026-13-01' })).toThrow(LabelRefused)
})
