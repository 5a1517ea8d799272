import { expect, test } from 'vitest'
import type { KeypadEvent, KeypadValue } from '../../devices/keypad/counters.ts'
import { maskedFrame, RatingPress } from '../../devices/keypad/press.ts'
import { shownKeypad } from './shown-reading.ts'

const event = (value: KeypadValue): KeypadEvent => ({
  ...{ id: 'event-1', station: 'counter-1', device: 'keypad-1', at: '2026-11-21T01:00:00.000Z' },
  ...{ raw: maskedFrame(), value },
})
const press = new RatingPress({ key: '03', level: 5, reason: null, profile: 'ff68', profileVersion: 1 })

test('a press that nobody asked for is said not to count; of all others only that there was something', () => {
  const unasked = shownKeypad(event({ kind: 'not-counted', round: null, why: 'unasked' }))
  expect(unasked.words.zh).toContain('不计')
  const others: KeypadValue[] = [
    { kind: 'rated', round: 'round-1', press },
    { kind: 'not-counted', round: 'round-1', why: 'double' },
    { kind: 'not-counted', round: 'round-1', why: 'late' },
  ]
  const [first, ...more] = others.map((value) => shownKeypad(event(value)))
  expect(first?.words.zh).toBe('按键动作')
  for (const one of more) expect(one).toEqual(first)
  expect(unasked).toMatchObject({ kind: 'press', hex: first?.hex, text: first?.text })
})
