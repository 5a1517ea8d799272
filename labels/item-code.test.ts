import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CODE_ALPHABET, checkCharacters, hasSoundCheck } from './check-characters.ts'
import type { PlainCodeKind } from './item-code.ts'
import { MAX_LABEL_ISSUE, MAX_SERIAL, makeCode, makeCommandCode, makeLabelCode, parseCode } from './item-code.ts'

const BARE = [
  makeCode({ kind: 'item', unit: '01', year: 2026, serial: 1 }),
  makeCode({ kind: 'item', unit: 'ZZ', year: 2099, serial: MAX_SERIAL }),
  makeCode({ kind: 'location', unit: 'A0', year: 2000, serial: 1234567 }),
  makeCode({ kind: 'document', unit: '7K', year: 2027, serial: 9090909 }),
  makeCode({ kind: 'container', unit: 'O0', year: 2026, serial: 1010101 }),
]
const REPRINTS = BARE.flatMap((code) => [2, 10, 35, 36, MAX_LABEL_ISSUE].map((issue) => makeLabelCode(code, issue)))
const COMMANDS = ['CONFIRM', 'CANCEL', 'OK', 'ABCDEFGHIJKL'].map(makeCommandCode)
const ALL = [...BARE, ...REPRINTS, ...COMMANDS]
const ANY_CHARACTER = `${CODE_ALPHABET}-`

describe('check characters', () => {
  test('agree with the pure-system definition: the weighted sum is 1 modulo 1271', () => {
    for (const body of ['0', 'ISO79', 'W01260000001', 'ZZZZZZZZZZZZ']) {
      const text = [...(body + checkCharacters(body))].reverse()
      const sum = text.reduce((total, c, i) => total + BigInt(CODE_ALPHABET.indexOf(c)) * 36n ** BigInt(i), 0n)
      expect(sum % 1271n).toBe(1n)
    }
  })

  test('reproduce the example of the standard: ISO79 is followed by 3W', () => {
    expect(checkCharacters('ISO79')).toBe('3W')
  })

  test('refuse the other pair that is congruent to the canonical one', () => {
    const values = (body: string) => [...checkCharacters(body)].map((c) => CODE_ALPHABET.indexOf(c))
    const body = Array.from({ length: 2000 }, (_, i) => `T${i}`).find(
      (b) => values(b)[0] === 0 && Number(values(b)[1]) <= 24,
    )
    expect.assert(body !== undefined)
    const congruent = 1271 + Number(values(body)[1])
    const pair = CODE_ALPHABET.charAt(Math.floor(congruent / 36)) + CODE_ALPHABET.charAt(congruent % 36)
    expect(hasSoundCheck(body + checkCharacters(body))).toBe(true)
    expect(hasSoundCheck(body + pair)).toBe(false)
  })

  test('refuse characters outside the alphabet', () => {
    expect(() => checkCharacters('a')).toThrow(RangeError)
    expect(() => checkCharacters('')).toThrow(RangeError)
  })
})

describe('every single error is caught', () => {
  test.each(ALL)('%s: each position replaced by each other character', (code) => {
    for (let at = 0; at < code.length; at += 1)
      for (const other of ANY_CHARACTER) {
        if (other === code[at]) continue
        expect(parseCode(code.slice(0, at) + other + code.slice(at + 1)).ok).toBe(false)
      }
  })

  test.each(ALL)('%s: each pair of neighbours swapped', (code) => {
    for (let at = 0; at + 1 < code.length; at += 1) {
      if (code[at] === code[at + 1]) continue
      const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
      expect(parseCode(swapped).ok).toBe(false)
    }
  })

  test.each([...BARE, ...COMMANDS])('%s: one character lost or doubled', (code) => {
    for (let at = 0; at < code.length; at += 1) {
      expect(parseCode(code.slice(0, at) + code.slice(at + 1)).ok).toBe(false)
      expect(parseCode(code.slice(0, at + 1) + code.slice(at)).ok).toBe(false)
    }
  })
})

describe('round trips', () => {
  const kinds: PlainCodeKind[] = ['item', 'location', 'document', 'container']
  test('any code and any issue read back as made', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.stringMatching(/^[0-9A-Z]{2}$/),
        fc.integer({ min: 2000, max: 2099 }),
        fc.integer({ min: 1, max: MAX_SERIAL }),
        fc.integer({ min: 1, max: MAX_LABEL_ISSUE }),
        (kind, unit, year, serial, issue) => {
          const code = makeCode({ kind, unit, year, serial })
          expect(code).toHaveLength(14)
          expect(parseCode(makeLabelCode(code, issue))).toEqual({ ok: true, kind, code, issue, unit, year, serial })
        },
      ),
      { seed: 20261121 },
    )
  })

  test('a command card reads back as its word', () => {
    const code = makeCommandCode('CONFIRM')
    expect(code).toMatch(/^X-CONFIRM[0-9A-Z]{2}$/)
    expect(parseCode(code)).toEqual({ ok: true, kind: 'command', code, word: 'CONFIRM' })
  })

  test('the first label carries the bare code, a reprint another payload', () => {
    const code = makeCode({ kind: 'item', unit: '01', year: 2026, serial: 142 })
    expect(makeLabelCode(code, 1)).toBe(code)
    expect(makeLabelCode(code, 2)).toMatch(new RegExp(`^${code}-2[0-9A-Z]{2}$`))
  })
})

describe('what a scanner adds is forgiven, nothing else', () => {
  const code = makeCode({ kind: 'item', unit: '0K', year: 2026, serial: 142 })

  test.each([`${code}\r\n`, `\t ${code} `, code.toLowerCase()])('%j is read', (text) => {
    expect(parseCode(text)).toMatchObject({ ok: true, code })
  })

  test.each([
    ['', 'empty'],
    [' \r\n', 'empty'],
    ['W'.repeat(65), 'too-long'],
    [code.replace('W', 'Ｗ'), 'full-width'],
    [code.replace('K', 'К'), 'characters'],
    [code.replace('K', '\u212A'), 'characters'],
    [code.replace('0', '０'), 'full-width'],
    [code.replaceAll(/[^]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)), 'full-width'],
    [`${code.slice(0, 13)}＊`, 'characters'],
    ['手机１', 'characters'],
    [`${code}\u3000`, 'characters'],
    [`\uFEFF${code}`, 'characters'],
    [`${code}\u0000`, 'characters'],
    [`${code.slice(0, 7)} ${code.slice(7)}`, 'characters'],
    [`]C0${code}`, 'characters'],
    ['6901234567892', 'shape'],
    [`V${code.slice(1)}`, 'shape'],
    [`${code}-`, 'shape'],
    [`${code}-0AB`, 'shape'],
    [`${code}-1${checkCharacters(`${code}1`)}`, 'shape'],
    [`W0126${'0'.repeat(7)}${checkCharacters(`W0126${'0'.repeat(7)}`)}`, 'shape'],
    ['X-CONFIRM', 'check'],
    ['X-1', 'shape'],
    [`${code.slice(0, 12)}00`, 'check'],
    [`${makeLabelCode(code, 2).slice(0, -2)}00`, 'check'],
  ] as const)('%j is refused: %s', (text, reason) => {
    expect(parseCode(text)).toEqual({ ok: false, reason })
  })

  test('10,000 arbitrary inputs never throw, and what is accepted is sound', () => {
    const near = fc.tuple(fc.constantFrom(...ALL), fc.nat(20), fc.string({ maxLength: 3, unit: 'binary' }))
    const input = fc.oneof(
      fc.string({ maxLength: 80, unit: 'binary' }),
      fc.string({ maxLength: 24, unit: 'grapheme-ascii' }),
      near.map(([base, at, noise]) => base.slice(0, at) + noise + base.slice(at + 1)),
    )
    fc.assert(
      fc.property(input, (text) => {
        const parsed = parseCode(text)
        if (!parsed.ok) return
        const again =
          parsed.kind === 'command' ? makeCommandCode(parsed.word) : makeLabelCode(parsed.code, parsed.issue)
        expect(text.trim().toUpperCase()).toBe(again)
      }),
      { numRuns: 10_000, seed: 20261121 },
    )
  })
})

describe('parts out of range are refused', () => {
  const part = { kind: 'item', unit: '01', year: 2026, serial: 1 } as const
  test.each([
    { unit: '1' },
    { unit: 'a1' },
    { unit: '０1' },
    { year: 1999 },
    { year: 2100 },
    { serial: 0 },
    { serial: 1e7 },
    { serial: 1.5 },
  ])('%j', (change) => {
    expect(() => makeCode({ ...part, ...change })).toThrow(RangeError)
  })

  test('label issues and command words', () => {
    const code = makeCode(part)
    for (const issue of [0, -1, 1.5, MAX_LABEL_ISSUE + 1]) expect(() => makeLabelCode(code, issue)).toThrow(RangeError)
    expect(() => makeLabelCode(makeLabelCode(code, 2), 3)).toThrow(RangeError)
    expect(() => makeLabelCode(makeCommandCode('OK'), 2)).toThrow(RangeError)
    for (const word of ['A', 'confirm', 'ABCDEFGHIJKLM', 'OK1']) expect(() => makeCommandCode(word)).toThrow(RangeError)
  })
})
