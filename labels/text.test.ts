import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { glyphOf } from './fonts.ts'
import { LabelRefused } from './refused.ts'
import { MAX_TEXT_CHARACTERS, breakLines, checkText, fitText, setGlyphs, widthOf } from './text.ts'

const refusal = (text: string): LabelRefused => {
  try {
    checkText(text, '名称')
  } catch (error) {
    if (error instanceof LabelRefused) return error
    throw error
  }
  throw new Error(`was let through: ${JSON.stringify(text)}`)
}

describe('glyphs', () => {
  test.each(['涉', '龑', '龢', '黧', '①', 'A', '0', '〔', '℃', '—', '㎡', 'é', 'µ'])(
    '%s is drawn in both weights',
    (character) => {
      for (const weight of [400, 700] as const) {
        const glyph = glyphOf(character.codePointAt(0) ?? 0, weight)
        expect(glyph?.path).toMatch(/^M/)
        expect(glyph?.advance).toBeGreaterThan(0)
      }
    },
  )

  test('bold is another outline than regular, and a glyph is looked up once', () => {
    const code = '财'.codePointAt(0) ?? 0
    expect(glyphOf(code, 400)?.path).not.toBe(glyphOf(code, 700)?.path)
    expect(glyphOf(code, 400)).toBe(glyphOf(code, 400))
  })

  test('Chinese characters are one em wide, so lines of them align', () => {
    expect(widthOf('查封扣押财物', 3, 400)).toBe(18)
    expect(setGlyphs('查封', 700).map(({ at }) => at)).toEqual([0, 1])
  })
})

describe('text that cannot be shown is refused and the characters are named', () => {
  test.each([
    ['手机𠀀', ['𠀀', 'U+20000']],
    ['手机😀', ['😀', 'U+1F600']],
    ['𠀀与😀', ['U+20000', 'U+1F600']],
    ['שלום', ['U+05E9']],
    ['مرحبا', ['U+0645']],
    ['ไทย', ['U+0E44']],
  ])('%s: no glyph', (text, names) => {
    const error = refusal(text)
    expect(error.code).toBe('missing-glyph')
    expect(error.field).toBe('名称')
    for (const name of names) expect(error.message).toContain(name)
  })

  test.each([
    'a\u0000b',
    'a\nb',
    'a\tb',
    '\u001B!?',
    'a\u202Eb',
    'a\u200Bb',
    'a\uFEFFb',
    'a\u2028b',
    'a\uE000b',
    'a\uD800b',
    'a\u0085b',
  ])('%j: control character', (text) => {
    const error = refusal(text)
    expect(error.code).toBe('control-character')
    expect(error.message).toMatch(/U\+[0-9A-F]{4}/)
  })

  test.each(['', '   ', '\u3000'])('%j: empty', (text) => {
    expect(refusal(text).code).toBe('text-empty')
  })

  test('too long to look at', () => {
    expect(refusal('长'.repeat(MAX_TEXT_CHARACTERS + 1)).code).toBe('text-too-long')
  })

  test('any text at all is either let through with all its glyphs or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        try {
          checkText(text, '名称')
        } catch (error) {
          expect(error).toBeInstanceOf(LabelRefused)
          return
        }
        expect(setGlyphs(text, 400)).toHaveLength([...text].length)
      }),
      { numRuns: 500, seed: 20261121 },
    )
  })
})

describe('lines', () => {
  test('no text is lost, every line fits', () => {
    const unit = fc.constantFrom(...'黄金首饰，（）、一二三 iPhone15Pro-Max/512GB《》。')
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 80 }), fc.integer({ min: 8, max: 40 }), (text, width) => {
        const lines = breakLines(text, width, 3, 400)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines) expect(widthOf(line, 3, 400)).toBeLessThanOrEqual(width + 1e-9)
      }),
      { seed: 20261121 },
    )
  })

  test('closing marks do not begin a line, opening marks do not end one, words stay whole', () => {
    expect(breakLines('金手镯两只，戒指', 15, 3, 400)).toEqual(['金手镯两', '只，戒指'])
    expect(breakLines('金手镯（两只）', 12, 3, 400)).toEqual(['金手镯', '（两只）'])
    expect(breakLines('苹果 iPhone 手机', 12, 3, 400)).toEqual(['苹果', 'iPhone', '手机'])
  })

  test('a word wider than a line breaks inside', () => {
    expect(breakLines('ABCDEFGHIJ', 6, 3, 400).length).toBeGreaterThan(1)
  })
})

describe('fitting', () => {
  const sizes = [
    { size: 4, lines: 1 },
    { size: 3, lines: 2 },
  ]

  test('takes the largest size at which all of the text fits', () => {
    expect(fitText('五个汉字啊', '名称', 20, 700, sizes)).toEqual({ size: 4, lines: ['五个汉字啊'] })
    expect(fitText('一共有七个汉字', '名称', 20, 700, sizes)).toEqual({ size: 3, lines: ['一共有七个汉', '字'] })
  })

  test('refuses what does not fit at the smallest, cutting nothing', () => {
    expect(() => fitText('一共有十三个汉字放不下了吧', '名称', 20, 700, sizes)).toThrow(
      expect.objectContaining({ code: 'text-too-long', field: '名称' }),
    )
  })
})
