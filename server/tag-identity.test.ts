import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseGiai96 } from '../devices/rfid/giai.ts'
import { itemOfReference } from '../devices/rfid/item-reference.ts'
import { mayBeOurs, newTagIdentity } from './tag-identity.ts'

const ITEM = { unit: 'ZK', year: 2026, serial: 42 }
const prefixes = fc
  .integer({ min: 6, max: 12 })
  .chain((digits) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: digits, maxLength: digits }))
  .map((digits) => digits.join(''))
const items = fc.record({
  unit: fc.constantFrom('00', '01', '9Z', 'ZK', 'ZZ'),
  year: fc.integer({ min: 2000, max: 2099 }),
  serial: fc.integer({ min: 1, max: 9_999_999 }),
})

describe('the identity of a tag', () => {
  test('is random under our own header where GS1 has lent no prefix', () => {
    const [one, other] = [newTagIdentity(ITEM, null), newTagIdentity(ITEM, null)]
    expect(one).toMatch(/^D4[0-9A-F]{22}$/)
    expect(one).not.toBe(other)
    expect(mayBeOurs(one.toLowerCase())).toBe(true)
  })

  test('is the item’s own number beside any prefix, and tells it back', () => {
    fc.assert(
      fc.property(prefixes, items, (companyPrefix, item) => {
        const epc = newTagIdentity(item, companyPrefix)
        const giai = parseGiai96(epc)
        expect(epc).toMatch(/^34[0-9A-F]{22}$/)
        expect(giai?.companyPrefix).toBe(companyPrefix)
        expect(itemOfReference(giai?.reference ?? '')).toEqual(item)
        expect(mayBeOurs(epc)).toBe(true)
      }),
    )
  })

  test.each(['E28011606000020000000001', '3034257BF400000000BC6038', '', 'ZZ'])('%s is none of ours', (epc) =>
    expect(mayBeOurs(epc)).toBe(false),
  )
})
