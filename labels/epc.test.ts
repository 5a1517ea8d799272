import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeEpc, parseEpc } from './epc.ts'

test('a tag identity is 24 hex digits and reads back in either case', () => {
  const epc = makeEpc(randomBytes(11))
  expect(epc).toMatch(/^D4[0-9A-F]{22}$/)
  expect(parseEpc(epc)).toEqual({ ok: true, epc })
  expect(parseEpc(epc.toLowerCase())).toEqual({ ok: true, epc })
})

test('the random bytes are carried whole', () => {
  expect(makeEpc(Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255]))).toBe('D400010203040506070809FF')
})

test('another length of randomness is refused', () => {
  for (const length of [0, 10, 12]) expect(() => makeEpc(randomBytes(length))).toThrow(RangeError)
})

test.each([
  ['3074257BF7194E4000001A85', 'foreign'],
  ['3474257BF400000000BC6038', 'foreign'],
  ['E28011052000712345678901', 'foreign'],
  ['D40001020304050607080900FF', 'foreign'],
  ['D4', 'foreign'],
  ['', 'characters'],
  ['D4000102030405060708090', 'characters'],
  ['D400010203040506070809ＦＦ', 'characters'],
  [' D400010203040506070809FF', 'characters'],
] as const)('%j is not ours: %s', (text, reason) => {
  expect(parseEpc(text)).toEqual({ ok: false, reason })
})
