import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RatingPress } from './press.ts'
import { openRounds, type RoundEvent } from './rounds.ts'

const LIMITS = { accept_ms: 10_000, silence_ms: 20_000 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function counter() {
  const told: string[] = []
  const presses: RatingPress[] = []
  let ends = 0
  let ids = 0
  const rounds = openRounds({
    newId: () => `round-${(ids += 1)}`,
    tell(device, event: RoundEvent) {
      if (event.kind === 'rated') presses.push(event.press)
      told.push(
        [event.kind, event.round, 'why' in event ? event.why : 'by' in event ? event.by : '', device ?? ''].join(' '),
      )
    },
    onEnd: () => (ends += 1),
  })
  const press = (device: string, level: 1 | 5 = 5): void =>
    rounds.pressed(device, new RatingPress({ key: '00', level, reason: null, profile: 'test', profileVersion: 1 }))
  return { rounds, told, presses, press, ends: () => ends }
}

describe('a round', () => {
  test('is ended by the first press; a second one is named and its content is nowhere', () => {
    const { rounds, told, presses, press, ends } = counter()
    rounds.ask('station', null, LIMITS)
    press('pad-1', 1)
    press('pad-1', 5)
    expect(told).toEqual(['asked round-1 station ', 'rated round-1  pad-1', 'not-counted round-1 double pad-1'])
    expect(presses.map((one) => one.sealWith(({ level }) => level))).toEqual([1])
    expect(ends()).toBe(1)
  })

  test('counts the first of two pads, in whatever order', () => {
    const { rounds, told, press } = counter()
    rounds.ask('clerk', 'pad-1', LIMITS)
    press('pad-2')
    press('pad-1')
    expect(told.slice(1)).toEqual(['rated round-1  pad-2', 'not-counted round-1 other-pad pad-1'])
  })

  test('counts a press in the last moment and names one a moment later', () => {
    const { rounds, told, press } = counter()
    rounds.ask('station', null, LIMITS)
    vi.advanceTimersByTime(10_001)
    press('pad-1')
    rounds.ask('station', null, LIMITS)
    vi.advanceTimersByTime(10_000)
    press('pad-1')
    expect(told.slice(1)).toEqual([
      'not-counted round-1 late pad-1',
      'not-rated round-1 asked-again ',
      'asked round-2 station ',
      'rated round-2  pad-1',
    ])
  })

  test('ends as not rated when nobody presses, once, and a press behind it is late', () => {
    const { rounds, told, press, ends } = counter()
    rounds.ask('station', null, LIMITS)
    vi.advanceTimersByTime(60_000)
    press('pad-1')
    vi.advanceTimersByTime(60_001)
    press('pad-1')
    expect(told.slice(1)).toEqual([
      'not-rated round-1 silence ',
      'not-counted round-1 late pad-1',
      'not-counted  unasked pad-1',
    ])
    expect(ends()).toBe(1)
  })

  test('in which a pad was away says so, unless somebody pressed', () => {
    const { rounds, told, press } = counter()
    rounds.ask('station', null, LIMITS)
    rounds.padGone()
    vi.advanceTimersByTime(20_000)
    vi.runAllTimers()
    rounds.ask('station', null, LIMITS)
    rounds.padGone()
    press('pad-1')
    expect(told).toEqual([
      'asked round-1 station ',
      'not-rated round-1 pad-gone ',
      'asked round-2 station ',
      'rated round-2  pad-1',
    ])
  })

  test('can be taken back, and the device itself may say that nobody pressed', () => {
    const { rounds, told } = counter()
    rounds.withdraw('withdrawn')
    rounds.saidNone('pad-1')
    rounds.ask('station', null, LIMITS)
    rounds.withdraw('withdrawn')
    rounds.ask('station', null, LIMITS)
    rounds.saidNone('pad-1')
    expect(told).toEqual([
      'asked round-1 station ',
      'not-rated round-1 withdrawn ',
      'asked round-2 station ',
      'not-rated round-2 device-says-none pad-1',
    ])
  })

  test('that was never asked for takes no press', () => {
    const { told, press } = counter()
    press('pad-1')
    expect(told).toEqual(['not-counted  unasked pad-1'])
  })
})
