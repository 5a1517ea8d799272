import { describe, expect, test } from 'vitest'
import { readPdf, type ReadPdf } from '../testing/read-pdf.ts'
import { readSymbols } from '../testing/read-symbols.ts'
import { makeCode } from '../item-code.ts'
import { widthOf } from '../text.ts'
import { CONTENT_MM, type Form } from './form.ts'
import { copiesPdf } from './form-pdf.ts'
import { type FilledSheet, sheet, type SheetKind, SHEETS } from './sheets.ts'

const AT = new Date('2026-11-21T08:00:00Z')
const KINDS = Object.keys(SHEETS) as SheetKind[]
const ISSUED = {
  number: '调〔2026〕01-0003号',
  check: '9F3A112233445566',
  payload: 'F-06.2026.01.0003.9F3A112233445566',
  layout: 1,
} as const

/** What people type when nobody stops them: no space anywhere, no Chinese anywhere, every kind of bracket, rare characters. */
const HOSTILE = [
  'Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3),
  '龑喆堃（《「〔括号套括号〕」》）'.repeat(12),
  '=HYPERLINK("http://x","点我")，'.repeat(8),
  '1234567890'.repeat(20),
] as const

const WIDE_MM = 30

const filled = (kind: SheetKind, rows: number): FilledSheet => ({
  ...{ kind, organisation: '示范市纪律检查委员会监察委员会', code: null },
  copy: { number: 1, of: 3, recipient: '附卷' },
  facts: [
    { name: '案号', value: '清纪监〔2026〕0012 号' },
    { name: '情况说明', value: HOSTILE[1] },
    { name: '没有的', value: '' },
  ],
  rows: Array.from({ length: rows }, (_, row) =>
    SHEETS[kind].columns.map(({ width_mm }, index) => {
      // A unit or a quantity has its own limits long before it is printed.
      if (width_mm < WIDE_MM) return String(row + 1)
      return HOSTILE[(row + index) % HOSTILE.length] ?? ''
    }),
  ),
  statement: HOSTILE[1],
  signatures: [
    { role: '调用人', name: '龑某', absence: null },
    { role: '保管人', name: null, absence: null },
    { role: '见证人', name: null, absence: '拒绝签名：不说明理由' },
  ],
})

async function pagesOf(copies: readonly Form[]): Promise<ReadPdf['pages']> {
  return readPdf(await copiesPdf(copies, AT, 'mark')).pages
}

describe.each(KINDS)('%s', (kind) => {
  test('has columns as wide as the page, each with room for its head', () => {
    const { columns } = SHEETS[kind]
    expect(columns.reduce((sum, { width_mm }) => sum + width_mm, 0)).toBeCloseTo(CONTENT_MM, 5)
    expect(new Set(columns.map(({ title }) => title)).size).toBe(columns.length)
  })

  test('takes whatever people type over many pages; nothing runs out of the page or into its foot, and no line is lost', async () => {
    const form = { ...sheet(filled(kind, 6)), issued: ISSUED }
    const pages = await pagesOf([form])
    expect(pages.length).toBeGreaterThan(1)
    const firsts: string[] = []
    for (const [index, { lines, text }] of pages.entries()) {
      expect(text).not.toContain('\uFFFD')
      expect(text).toContain(`第 ${index + 1} 页 共 ${pages.length} 页`)
      expect(text).toContain('校验码 9F3A 1122 3344 5566 · 版式 1')
      expect(text).toContain(ISSUED.number)
      expect(text).not.toContain('没有的')
      for (const line of lines) {
        expect(line.x).toBeGreaterThanOrEqual(19.9)
        expect(line.y).toBeLessThan(292)
      }
      const foot = lines.filter(({ y }) => y > 281)
      expect(foot).toHaveLength(4)
      const body = lines.filter(({ y }) => y <= 281)
      expect(Math.max(...body.map(({ y }) => y))).toBeLessThan(280)
      firsts.push(text.replaceAll('\n', ''))
    }
    const whole = firsts.join('')
    for (const hostile of HOSTILE) expect(whole).toContain(hostile.slice(0, 10))
    expect(whole.match(/以下空白/g)).toHaveLength(1)
  })
})

/** The symbols of a page, read by a decoder that shares nothing with what drew them. */
async function symbolsOn({ filled: dark }: ReadPdf['pages'][number]): Promise<readonly string[]> {
  const dots = 12
  const [width, height] = [210 * dots, 60 * dots]
  const grey = new Uint8Array(width * height).fill(255)
  for (const { x, y, width: wide, height: high } of dark)
    for (let row = Math.round(y * dots); row < Math.round((y + high) * dots); row += 1)
      grey.fill(0, row * width + Math.round(x * dots), row * width + Math.round((x + wide) * dots))
  const found = await readSymbols({ width, height, grey })
  return found.map(({ format, text }) => `${format} ${text}`)
}

describe('an issued paper', () => {
  const code = makeCode({ kind: 'document', unit: '01', year: 2026, serial: 7 })

  test('carries number and check for a scanner on the first page, beside the code of what it is about', async () => {
    const form: Form = { ...sheet({ ...filled('loan', 9), code }), issued: ISSUED }
    const [first, second] = await pagesOf([form])
    expect.assert(first !== undefined && second !== undefined)
    expect(await symbolsOn(first)).toEqual([`DataMatrix ${ISSUED.payload}`, `QRCode ${code}`])
    expect(await symbolsOn(second)).toEqual([])
  })

  test('has one without a code of its own, and nothing but the code as long as it is not issued', async () => {
    const [alone] = await pagesOf([{ ...sheet(filled('loan', 1)), issued: ISSUED }])
    const [draft] = await pagesOf([sheet({ ...filled('loan', 1), code })])
    expect.assert(alone !== undefined && draft !== undefined)
    expect(await symbolsOn(alone)).toEqual([`DataMatrix ${ISSUED.payload}`])
    expect(await symbolsOn(draft)).toEqual([`QRCode ${code}`])
    expect(draft.text).not.toMatch(/文号|校验码/)
  })

  test('holds each copy with pages of its own, in the order they are numbered', async () => {
    const of = ['调用人', '保管部门', '附卷']
    const forms = of.map((recipient, index) => ({
      ...sheet({ ...filled('return', 9), copy: { number: index + 1, of: of.length, recipient } }),
      issued: ISSUED,
    }))
    const pages = await pagesOf(forms)
    const each = pages.length / of.length
    for (const [index, recipient] of of.entries()) {
      expect(pages[index * each]?.text).toContain(
        `第 ${index + 1} 份，共 3 份 · ${recipient === '附卷' ? '' : '交'}${recipient}`,
      )
      expect(pages[index * each + each - 1]?.text).toContain(`第 ${each} 页 共 ${each} 页`)
    }
  })

  test('the mark stands in the properties of the file and on no page; no copy is no file', async () => {
    const pdf = await copiesPdf([sheet(filled('loan', 1))], AT, 'ab12cd34')
    expect(pdf.toString('latin1')).toContain('ab12cd34')
    expect(readPdf(pdf).pages.every(({ text }) => !text.includes('ab12cd34'))).toBe(true)
    await expect(copiesPdf([], AT, '')).rejects.toThrow(RangeError)
  })
})

describe('a place to sign', () => {
  const LONG = '欧阳某某（北京某某科技发展有限责任公司云州分公司法定代表人）'
  const signed = async (name: string) => {
    const signatures = [
      { role: '当事人', name, absence: null },
      { role: '调查人员', name: '龑某', absence: null },
    ]
    const [page] = await pagesOf([
      sheet({ ...filled('loan', 1), statement: '以上属实', rows: [SHEETS.loan.columns.map(() => '1')], signatures }),
    ])
    const days = page?.lines.filter(({ text }) => /^\s*年\s+月\s+日$/.test(text)) ?? []
    const [day] = days.filter(({ y }) => y === Math.min(...days.map((one) => one.y)))
    const statement = page?.lines.find(({ text }) => text === '以上属实')
    expect.assert(day !== undefined && statement !== undefined)
    // Of the first signer: what stands between the statement and the line that he signs on, in the left half.
    const own = page?.lines.filter(({ x, y }) => x < day.x && y > statement.y && y <= day.y + 0.01) ?? []
    return { own, day, statement }
  }

  test('leaves as much to write on whatever the signer is called', async () => {
    const { own, day, statement } = await signed(LONG)
    expect(own.length).toBeGreaterThan(1)
    expect(own.map(({ text }) => text).join('')).toBe(`当事人（${LONG}）：`)
    for (const { text, x, y } of own) {
      expect(x + widthOf(text, 2.25, 400)).toBeLessThan(day.x - 25)
      expect(y).toBeGreaterThan(statement.y + 2)
    }
    expect((await signed('张某')).own.map(({ text }) => text)).toEqual(['当事人（张某）：'])
  })

  test('cuts a name that no room could take, and says so', async () => {
    const { own, day, statement } = await signed(LONG.repeat(4))
    expect(own.at(-1)?.text).toMatch(/…：$/)
    for (const { text, x, y } of own) {
      expect(x + widthOf(text, 2.25, 400)).toBeLessThan(day.x - 25)
      expect(y).toBeGreaterThan(statement.y + 1)
    }
  })
})
