import bwip from 'bwip-js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captures, values } from '../testing.ts'
import { isGs1Symbology, parseGs1 } from './gs1.ts'
import { lineFramer } from './line.ts'

const capture = captures(import.meta.url, 'line.hex')

/** The elements as people write them, or null. */
function read(text: string): string | null {
  const message = parseGs1(text)
  return message.sound ? message.elements.map(({ ai, value }) => `(${ai})${value}`).join('') : null
}

function wrong(text: string): string | null {
  const message = parseGs1(text)
  return message.sound ? null : message.wrong
}

describe('a GS1 element string', () => {
  test.each([
    ['giai with AIM id, GS inside', '(8004)0614141A-0001(21)X9'],
    ['gtin with serial and batch', '(01)06901234567892(21)A1(10)B2'],
  ])('decoded from a printed symbol: %s', (name, elements) => {
    const [scan] = values(lineFramer().push(capture(name)))
    expect(isGs1Symbology(scan?.symbology ?? null)).toBe(true)
    expect(read(scan?.text ?? '')).toBe(elements)
  })

  test.each([
    ['00' + '106141412345678908', '(00)106141412345678908'],
    ['0106901234567892' + '17261231' + '10ABC', '(01)06901234567892(17)261231(10)ABC'],
    ['3103001250' + '99internal', '(3103)001250(99)internal'],
    ['414' + '9501101530003' + '254' + 'B2', '(414)9501101530003(254)B2'],
    ['8003' + '06901234567892' + 'S1\x1d' + '10B', '(8003)06901234567892S1(10)B'],
    ['7003' + '2612312359\x1d' + '10B', '(7003)2612312359(10)B'],
    ['3922' + '1250\x1d' + '21A', '(3922)1250(21)A'],
  ])('%j', (text, elements) => {
    expect(read(text)).toBe(elements)
  })

  test('passes over separators that say nothing', () => {
    expect(read('\x1d0106901234567892\x1d21A1\x1d\x1d10B2\x1d')).toBe('(01)06901234567892(21)A1(10)B2')
  })

  test.each([
    ['', 'empty'],
    ['\x1d', 'empty'],
    ['0106901234567890', 'at character 1: (01) has a wrong check digit'],
    ['01069', 'at character 1: (01) is too short'],
    ['0106901234567892' + '99', 'at character 17: (99) is too short'],
    ['010690123456789A', 'at character 1: (01) is not of digits'],
    ['17261301', 'at character 1: (17) is no date'],
    ['17260230', 'at character 1: (17) is no date'],
    ['8004' + 'A'.repeat(31), 'at character 1: (8004) is too long, or no separator stands after it'],
    ['10A B', 'at character 1: (10) has a character that GS1 does not know'],
    ['10清', 'at character 1: (10) has a character that GS1 does not know'],
    ['W01260000123K7', 'at character 1: no application identifier that is known'],
    ['10A\x1d21B\x1d10C', '(10) stands twice and differs'],
    ['0106901234567892' + '88X', 'at character 17: no application identifier that is known'],
  ])('%j is refused: %s', (text, why) => {
    expect(wrong(text)).toBe(why)
  })

  test('the same said twice is said once; day 00 is the month; a leap day is a day', () => {
    expect(read('10A\x1d10A')).toBe('(10)A')
    expect(read('17261100')).toBe('(17)261100')
    expect(read('17280229')).toBe('(17)280229')
    expect(wrong('17270229')).toContain('no date')
  })

  test('of anything never throws, and its elements say what the text said', () => {
    const characters = fc.constantFrom(...'0123456789', '\x1d', 'A', '-', ']', '清')
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 60 }), (chosen) => {
        const text = chosen.join('')
        const message = parseGs1(text)
        if (!message.sound) return
        const said = message.elements.map(({ ai, value }) => ai + value).join('')
        expect(said.length).toBeLessThanOrEqual(text.replaceAll('\x1d', '').length)
        for (const { ai, value } of message.elements) expect(text).toContain(ai + value)
      }),
      { numRuns: 10_000 },
    )
  })
})

test('check digits and lengths are judged as an independent encoder judges them', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
  const element = fc.oneof(
    digits(14).map((value) => ['01', value] as const),
    digits(18).map((value) => ['00', value] as const),
    digits(13).map((value) => ['414', value] as const),
    fc
      .integer({ min: 12, max: 15 })
      .chain(digits)
      .map((value) => ['01', value] as const),
    fc.stringMatching(/^[0-9A-Z-]{1,24}$/).map((value) => ['10', value] as const),
  )
  fc.assert(
    fc.property(element, fc.boolean(), ([ai, value], right) => {
      const said = right && /^[0-9]+$/.test(value) && ai !== '10' ? withCheckDigit(value) : value
      expect(read(`${ai}${said}`) !== null).toBe(encodes(`(${ai})${said}`))
    }),
    { numRuns: 200, seed: 20_261_121 },
  )
})

function withCheckDigit(digits: string): string {
  const body = digits.slice(0, -1)
  const check = Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).find((one) =>
    encodes(one.length === 18 ? `(00)${one}` : one.length === 13 ? `(414)${one}` : `(01)${one}`),
  )
  return check ?? digits
}

function encodes(bracketed: string): boolean {
  try {
    return (
      (bwip as unknown as { raw(options: object): unknown }).raw({ bcid: 'gs1-128', text: bracketed }) !== undefined
    )
  } catch {
    return false
  }
}

test('an identifier that the scanner sends decides whether a code is GS1', () => {
  for (const symbology of ['C1', 'd2', 'Q3', 'J1', 'e0']) expect(isGs1Symbology(symbology)).toBe(true)
  for (const symbology of ['C0', 'C2', 'd1', 'd', 'Q1', 'Q', 'E0', null]) expect(isGs1Symbology(symbology)).toBe(false)
})
