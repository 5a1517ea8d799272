import { expect, test } from 'vitest'
import { digitsOf, emptyPin, ended, erased, isSpoiled, keyed, PIN_MOST, type PinEntry } from './pin.ts'

function typed(text: string, gap_ms: number, from: PinEntry = emptyPin): PinEntry {
  return [...text].reduce((entry, character, index) => keyed(entry, character, 1_000 + index * gap_ms), from)
}

test.each([5, 40, 400])('digits are a PIN at any speed (%i ms apart)', (gap_ms) => {
  const entry = typed('400447', gap_ms)
  expect(digitsOf(entry)).toBe(6)
  expect(ended(entry)).toEqual({ kind: 'pin', pin: '400447' })
})

test('nothing is nothing', () => {
  expect(ended(emptyPin)).toEqual({ kind: 'nothing' })
})

test('a scanner that types into the pad is a scan, never a wrong PIN', () => {
  const entry = typed('X-CANCELRT', 8)
  expect(isSpoiled(entry)).toBe(true)
  expect(digitsOf(entry)).toBe(0)
  expect(ended(entry)).toEqual({ kind: 'scan', text: 'X-CANCELRT' })
})

test('a badge that begins with a letter is a scan, its digits are not taken for a PIN', () => {
  expect(ended(typed('B100105', 10))).toEqual({ kind: 'scan', text: 'B100105' })
})

test('letters at a hand’s speed are a mistake, and are not sent', () => {
  expect(ended(typed('40o447', 180))).toEqual({ kind: 'not-a-pin' })
  expect(ended(typed('a1', 10))).toEqual({ kind: 'not-a-pin' })
})

test('a digit is taken back; a line that is no PIN goes as a whole', () => {
  expect(digitsOf(erased(typed('4004', 100)))).toBe(3)
  expect(erased(typed('40o4', 100))).toEqual(emptyPin)
  expect(erased(emptyPin)).toEqual(emptyPin)
})

test('more digits than any PIN has are not kept', () => {
  expect(digitsOf(typed('1'.repeat(PIN_MOST + 5), 100))).toBe(PIN_MOST)
})

test('a line has an end', () => {
  expect(typed('X'.repeat(500), 1).line.length).toBeLessThanOrEqual(64)
})
