import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EPC_BYTES_MAX, giaiEpc, parseEpc } from './epc.ts'
import { itemOfReference, itemReference } from './item-reference.ts'

const VECTORS = [
  ['giai-96', 0, '0614141', '5678', '3414257BF40000000000162E'],
  ['giai-96', 3, '0614141', '12345400', '3474257BF400000000BC6038'],
  ['giai-96', 0, '690123456', '1234567', '340E92272C0000000012D687'],
  ['giai-202', 3, '0614141', '32a/b', '3874257BF59B2C2BF10000000000000000000000000000000000'],
  ['giai-202', 3, '0614141', '32a%2Fb', '3874257BF59B2C295946C4000000000000000000000000000000'],
  ['giai-202', 0, '690123456', 'ABC123', '380E92272C0830A1B164CC000000000000000000000000000000'],
  ['giai-202', 0, '690123456', 'A-2024/0001', '380E92272C082B593064D17B060C188000000000000000000000'],
] as const

test.each(VECTORS)('%s, filter %i, %s.%s is %s', (scheme, filter, companyPrefix, reference, hex) => {
  const giai = { companyPrefix, reference, filter }
  expect(giaiEpc(giai)).toBe(hex)
  expect(parseEpc(hex.toLowerCase())).toEqual({ scheme, hex, giai })
})

test.each([
  ['3074257BF7194E4000001A85', 'sgtin-96'],
  ['3374257BF40C0E4000000190', 'grai-96'],
  ['3274257BF460720000000190', 'sgln-96'],
  ['E28011606000020000000000', 'not programmed, a chip number'],
  ['000000000000000000000000', 'not programmed'],
  ['D400112233445566778899AA', 'unassigned'],
  ['341C257BF40000000000162E', 'giai-96'],
  ['3400257BF40000000000162E', 'giai-96'],
])('%s is told by its header: %s', (hex, header) => {
  const read = parseEpc(hex)
  if (header === 'giai-96' && read?.scheme === 'giai-96') expect(giaiEpc(read.giai)).toBe(hex)
  else expect(read).toEqual({ scheme: 'other', hex, header })
})

test.each(['', '3', '34', '3414257BF40000000000162', 'ZZ14257BF40000000000162E', ' 3414', '零件', '34'.repeat(64)])(
  '%j is no EPC',
  (text) => {
    expect(parseEpc(text)).toBeNull()
  },
)

describe('a reference', () => {
  const prefix = fc
    .integer({ min: 6, max: 12 })
    .chain((digits) => fc.integer({ min: 0, max: 10 ** digits - 1 }).map((n) => String(n).padStart(digits, '0')))

  test('of any kind comes back whole, as GIAI-96 exactly when it is a number that fits', () => {
    const character = fc.constantFrom(...`!"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz`)
    const reference = fc.oneof(
      fc.array(character, { minLength: 1, maxLength: 18 }).map((all) => all.join('')),
      fc.bigInt({ min: 0n, max: 2n ** 42n - 1n }).map(String),
    )
    fc.assert(
      fc.property(prefix, reference, fc.nat(7), (companyPrefix, ref, filter) => {
        const giai = { companyPrefix, reference: ref, filter }
        const fits = /^(0|[1-9]\d*)$/.test(ref) && BigInt(ref) < 2n ** BigInt(82 - bitsOf(companyPrefix.length))
        expect(parseEpc(giaiEpc(giai))).toMatchObject({ scheme: fits ? 'giai-96' : 'giai-202', giai })
      }),
      { numRuns: 2000, seed: 20_261_121 },
    )
  })

  test.each(['0001', '01', '4398046511104'])('%s beside twelve digits needs GIAI-202', (reference) => {
    expect(giaiEpc({ companyPrefix: '690123456789', reference, filter: 0 })).toMatch(/^38[0-9A-F]{50}$/)
  })

  test('at the limit of twelve digits is GIAI-96', () => {
    const giai = { companyPrefix: '690123456789', reference: '4398046511103', filter: 0 }
    expect(parseEpc(giaiEpc(giai))).toMatchObject({ scheme: 'giai-96', giai })
  })

  test.each(['零件', '', 'A#1', 'A 1', 'A'.repeat(19), 'A\u0000'])('%j is refused, not mangled', (reference) => {
    expect(() => giaiEpc({ companyPrefix: '690123456789', reference, filter: 0 })).toThrow(RangeError)
  })

  test.each(['12345', '1234567890123', '61414a', ''])('beside the prefix %j is refused', (companyPrefix) => {
    expect(() => giaiEpc({ companyPrefix, reference: '1', filter: 0 })).toThrow(RangeError)
    expect(() => giaiEpc({ companyPrefix: '0614141', reference: '1', filter: 8 })).toThrow(RangeError)
  })
})

test('random hex never throws, and a GIAI is made again as it was', () => {
  const hex = fc
    .tuple(fc.constantFrom('', '34', '38'), fc.uint8Array({ maxLength: EPC_BYTES_MAX + 4 }))
    .map(([head, bytes]) => head + Buffer.from(bytes).toString('hex'))
  fc.assert(
    fc.property(hex, (text) => {
      const read = parseEpc(text)
      if (read !== null && read.scheme !== 'other')
        expect(read.scheme === 'giai-96' || !/^\d+$/.test(read.giai.reference) ? giaiEpc(read.giai) : read.hex).toBe(
          read.hex,
        )
    }),
    { numRuns: 10_000, seed: 20_261_121 },
  )
})

describe('an item number', () => {
  test('is a number that fits GIAI-96 beside any prefix, and comes back', () => {
    const number = fc.record({
      unit: fc.tuple(digit(), digit()).map((two) => two.join('')),
      year: fc.integer({ min: 2000, max: 2099 }),
      serial: fc.integer({ min: 1, max: 9_999_999 }),
    })
    fc.assert(
      fc.property(number, (item) => {
        const reference = itemReference(item)
        expect(itemOfReference(reference)).toEqual(item)
        const epc = giaiEpc({ companyPrefix: '690123456789', reference, filter: 0 })
        expect(parseEpc(epc)).toMatchObject({ scheme: 'giai-96', giai: { reference } })
      }),
      { numRuns: 2000, seed: 20_261_121 },
    )
  })

  test.each(['', '0', '01', '10000000', 'W01', '12960000000001', '9999999999999'])('is not in %j', (reference) => {
    expect(itemOfReference(reference)).toBeNull()
  })

  test.each([
    { unit: '0', year: 2026, serial: 1 },
    { unit: 'a1', year: 2026, serial: 1 },
    { unit: '01', year: 1999, serial: 1 },
    { unit: '01', year: 2026, serial: 0 },
    { unit: '01', year: 2026, serial: 10_000_000 },
  ])('with a part out of its range is refused: %o', (item) => {
    expect(() => itemReference(item)).toThrow(RangeError)
  })

  function digit() {
    return fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  }
})

function bitsOf(digits: number): number {
  return [20, 24, 27, 30, 34, 37, 40][digits - 6] ?? 0
}
