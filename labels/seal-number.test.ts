import { describe, expect, it } from 'vitest'
import { sealNumberIn, sealPayload } from './seal-number.ts'

/** What Punycode itself writes, by the samples of RFC 3492 7.1 (its figures 18 and 19, and Chinese). */
const RFC: readonly (readonly [string, string])[] = [
  ['他们为什么不说中文', 'IHQWCRB4CV8A8DQG056PQJYE'],
  ['安室奈美恵-with-SUPER-MONKEYS', '-with-SUPER-MONKEYS-PC58AG80A8QAI00G7N9N'],
  ['パフィーdeルンバ', 'de-JG4AVHBY1NOC0D'],
]

describe('the payload of a seal', () => {
  it.each(RFC)('writes %s as the RFC does', (number, punycode) => {
    expect(sealPayload(number)?.slice('XF-'.length, -2)).toBe(punycode)
  })

  it.each(['FT-2026/0091', 'S 1', 'w01260000123k7', 'xf-1'])(
    'is the number itself where every scanner types it: %s',
    (number) => {
      expect(sealPayload(number)).toBe(number)
      expect(sealNumberIn(number)).toBe(number)
    },
  )

  it.each([
    ...['封〔2026〕12号', '封', '号号号号', '𠮷〔1〕', 'ft封12', ' 封 1', 'a封'.repeat(12), '封１２'],
    ...RFC.map(([number]) => number),
    // Numbers that look like payloads are written out, so that none is read as another.
    ...['XF-ABC12', sealPayload('封〔2026〕12号') ?? ''],
  ])('reads back: %s', (number) => {
    const payload = sealPayload(number) ?? ''
    expect(payload).toMatch(/^XF-[\x20-\x7e]{3,97}$/)
    expect(sealNumberIn(payload)).toBe(number)
    expect(sealNumberIn(` ${payload}\r`)).toBe(number)
  })

  it('survives a scanner that types small letters, where the number has none of its own', () => {
    expect(sealNumberIn((sealPayload('封〔2026〕12号') ?? '').toLowerCase())).toBe('封〔2026〕12号')
  })

  it('catches every single wrong character, and a payload that was cut off', () => {
    const number = '云税稽封字〔2026〕0091号'
    const payload = sealPayload(number) ?? ''
    for (let at = 'XF-'.length; at < payload.length; at += 1)
      for (const wrong of 'AZ059-') {
        if (payload[at] === wrong) continue
        const damaged = payload.slice(0, at) + wrong + payload.slice(at + 1)
        expect(sealNumberIn(damaged)).toBe(damaged)
      }
    for (let length = 1; length < payload.length; length += 1)
      expect(sealNumberIn(payload.slice(0, length))).toBe(payload.slice(0, length))
  })

  it('is none where a strip has no room for it, or the number is none', () => {
    expect(sealPayload('x甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄')).toBeNull()
    expect(sealPayload('F'.repeat(41))).toBeNull()
    expect(sealPayload('')).toBeNull()
  })

  it.each([
    ['half a character, which no register and no table takes', 'XF-IB9B2W'],
    ['one that turns the text around it', 'XF-12-F4T4F'],
    ['one that nobody sees', 'XF-1-PGN412YJB'],
  ])('is turned back into no number with %s, however right its check is', (_what, payload) => {
    expect(sealNumberIn(payload)).toBe(payload)
  })
})
