import { expect, test } from 'vitest'
import { type Cash, type CountForm, newCount, requestOf, sayMoney, serialsFit, totalOf } from './counting.ts'

const cash = { faces_minor: [10_000, 1_000, 10], minorDigits: 2, perBundle: 100 } as unknown as Cash

function count(more: Partial<CountForm> = {}): CountForm {
  const of = newCount(cash)
  Object.assign(of.faces[0] ?? {}, { bundles: '2', loose: '１３' })
  Object.assign(of.faces[2] ?? {}, { loose: '5' })
  return { ...of, ...more }
}

test('a count adds up what was typed, full-width figures too, and asks for what was found alone', () => {
  expect(totalOf(count(), cash)).toEqual({ pieces: 218, amount_minor: 2_130_050 })
  expect(requestOf(count())).toEqual({
    lines: [
      { face_minor: 10_000, bundles: 2, loose: 13 },
      { face_minor: 10, bundles: 0, loose: 5 },
    ],
  })
  expect(totalOf(newCount(cash), cash)).toEqual({ pieces: 0, amount_minor: 0 })
})

test.each(['-1', '1.5', '一', '1e3', '01', '1234567'])('%s is no number of pieces', (loose) => {
  const of = count()
  Object.assign(of.faces[1] ?? {}, { loose })
  expect(totalOf(of, cash)).toBeNull()
})

test('serial numbers are told apart by line or space, in capitals, each once and no more than pieces', () => {
  const noted = count({ serials: 'ab12345678\n CD87654321 ' })
  expect(serialsFit(noted, cash)).toBe(true)
  expect(requestOf(noted)).toMatchObject({ serials: ['AB12345678', 'CD87654321'] })
  expect(serialsFit(count({ serials: 'AB12345678 ab12345678' }), cash)).toBe(false)
  expect(serialsFit(count({ serials: '甲12345678' }), cash)).toBe(false)
  expect(serialsFit({ ...newCount(cash), serials: 'AB12345678' }, cash)).toBe(false)
})

test('money is read with its smaller unit, where the currency has one', () => {
  expect(sayMoney(2_130_050, cash)).toBe('21,300.50')
  expect(sayMoney(5, cash)).toBe('0.05')
  expect(sayMoney(120_000, { minorDigits: 0 })).toBe('120,000')
})
