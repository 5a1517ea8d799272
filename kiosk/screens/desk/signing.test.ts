import { expect, it } from 'vitest'
import { fenOf, milligramsOf, signaturesOf } from './signing.ts'

it('an empty line is no signature', () => {
  const given = { badge: 'B1', pin: '1' }
  expect(signaturesOf([given, { badge: ' ', pin: '1' }, { badge: 'B2', pin: '' }])).toEqual([given])
})

it('grams are milligrams exactly, or nothing', () => {
  expect(['100', '100.25', '0.001', '99.9'].map(milligramsOf)).toEqual([100_000, 100_250, 1, 99_900])
  expect(['', '1.2345', '-1', '1,5', '1e3'].map(milligramsOf)).toEqual([null, null, null, null, null])
})

it('yuan are fen exactly, or nothing', () => {
  expect(['80000', '0.5', '12.34', '999999999999.99'].map(fenOf)).toEqual([8_000_000, 50, 1_234, 99_999_999_999_999])
  expect(['', '1.234', '-1', '1,5', '万'].map(fenOf)).toEqual([null, null, null, null, null])
})

it('what an input method typed in full width is read as what it shows', () => {
  expect(signaturesOf([{ badge: ' Ｂ１００１０１ ', pin: '８３０２７４' }])).toEqual([
    { badge: 'B100101', pin: '830274' },
  ])
  expect(milligramsOf('１２．５')).toBe(12_500)
  expect(fenOf('１２．３')).toBe(1_230)
})
