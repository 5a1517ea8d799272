import { describe, expect, test } from 'vitest'
import type { BallotContent, Level } from '../../../devices/ballot/ballot.ts'
import { MARKS, openMarks, sealMarks } from '../../../devices/ballot/marks.ts'
import { newTallyKeyPair, sealing } from '../../../devices/ballot/seal.ts'
import { apartOf } from '../counts.ts'
import {
  BURST_FROM,
  BURST_MS,
  type Came,
  type CountedFlag,
  type FlagKind,
  marksOf,
  NUMBERED_OF,
  raisedOf,
} from './flags.ts'

const OPEN = Array.from({ length: 5 }, () => [{ from: '09:00', to: '17:00' }])
/** A Monday, by the clock of the hall. */
const at = (time: string): string => new Date(`2026-03-02T${time}:00+08:00`).toISOString()
const usual: Came = {
  ...{ openedAt: at('10:00'), offeredAt: at('10:06'), number: 'A001', rush: 1, badge: false, moved: false },
  ...{ numbered: NUMBERED_OF, week: [...OPEN, [], []] },
}

describe('marks', () => {
  test.each([
    ['a usual vote', {}, []],
    ['three in two minutes', { rush: BURST_FROM - 1 }, []],
    ['four in two minutes', { rush: BURST_FROM }, ['burst']],
    ['served to the end', { openedAt: at('16:50'), offeredAt: at('17:29') }, []],
    ['asked long after closing', { openedAt: at('16:50'), offeredAt: at('17:31') }, ['closed']],
    ['asked after midnight', { openedAt: at('16:50'), offeredAt: '2026-03-02T17:00:00.000Z' }, ['closed']],
    ['a hall that gave no hours', { week: null, offeredAt: at('23:00') }, []],
    ['a weekend that is worked', { openedAt: '2026-03-07T08:00:00.000Z', offeredAt: '2026-03-07T08:10:00.000Z' }, []],
    ['a badge beside it', { badge: true }, ['badge-near']],
    ['a pad that was moved', { moved: true }, ['moved']],
    ['nobody’s number, where all have one', { number: null }, ['no-number']],
    ['nobody’s number, where many have none', { number: null, numbered: NUMBERED_OF - 2 }, []],
    ['several at once', { rush: 9, badge: true, number: null }, ['burst', 'badge-near', 'no-number']],
  ])('of %s', (_name, odd, marks) => expect(marksOf({ ...usual, ...odd })).toEqual(marks))

  test('are sealed to one length, and opened by the tally as they were', async () => {
    await sealing
    const pair = newTallyKeyPair()
    const sealed = [[], ['moved'], MARKS].map((marks) => sealMarks(marks as typeof MARKS, pair.publicKey))
    expect(new Set(sealed.map(({ length }) => length))).toEqual(new Set([64]))
    expect(sealed.map((one) => openMarks(one, pair))).toEqual([[], ['moved'], MARKS])
    expect(() => openMarks(sealed[0] ?? new Uint8Array(), newTallyKeyPair())).toThrow('incorrect key pair')
  })
})

function ballot(level: Level | null, answers: BallotContent['answers'] = {}): BallotContent {
  return { v: 1, questionnaire: 'hall-service@1', level, answers, reasons: [], words: null, key: null }
}
const many = (n: number, content: BallotContent | null, flagged: boolean) =>
  Array.from({ length: n }, () => ({ content, flagged }))

describe('flagged votes apart', () => {
  test.each([
    ['nine flagged', [...many(9, ballot(5), true), ...many(30, ballot(4), false)]],
    ['nine others', [...many(30, ballot(5), true), ...many(9, ballot(4), false)]],
    ['nine that can be read', [...many(9, ballot(5), true), ...many(5, null, true), ...many(30, ballot(4), false)]],
    ['none flagged', many(40, ballot(4), false)],
  ])('%s: only the whole is told', (_name, of) => expect(apartOf(of, 10)).toBeNull())

  test('ten and ten are told, with how many said the very same', () => {
    const twelve = [...many(12, ballot(5, { attitude: 5 }), true), ...many(10, ballot(1), false)]
    expect(apartOf(twelve, 10)).toEqual({
      ...{ flagged: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 12 }, plain: { 1: 10, 2: 0, 3: 0, 4: 0, 5: 0 }, alike: 12 },
    })
    // What else the flagged said would be known of nine.
    const differs = [...twelve, ...many(9, ballot(2), true)]
    expect(apartOf(differs, 10)).not.toHaveProperty('alike')
    expect(apartOf([...differs, ...many(1, ballot(2), true)], 10)).toMatchObject({ alike: 12 })
  })
})

/** Ten working hours, about 250 days a year. */
const DAY_S = 8 * 3_600
const DAYS = 250
const YEARS = 400
/** What befalls an honest counter on a day: once in so many days, and how often then. The house's own guesses, on the high side. */
const MISHAPS: Readonly<Partial<Record<FlagKind, { readonly everyDays: number; readonly atMost: number }>>> = {
  'badge-near': { everyDays: 10, atMost: 1 }, // shifts change while the last one votes
  'no-number': { everyDays: 3, atMost: 1 },
  again: { everyDays: 20, atMost: 1 }, // an answer was lost, and the page sends again
  late: { everyDays: 3, atMost: 1 },
  guessed: { everyDays: 250, atMost: 1 }, // a code was copied by hand
  forged: { everyDays: 120, atMost: 1 }, // a phone that was open over the turn of the month
  unasked: { everyDays: 8, atMost: 2 }, // children
  held: { everyDays: 1_000, atMost: 1 },
  moved: { everyDays: 1_000, atMost: 30 }, // a pad is replaced in the middle of a day: all that follow
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** How many votes of one day of one counter are marked as a burst: one served after the other, some in a minute, many rating. */
function burstsOn(random: () => number, shortest_s: number): number {
  const lately: number[] = []
  let marked = 0
  for (let now_s = 0; now_s < DAY_S;) {
    now_s += shortest_s - Math.log(1 - random()) * 240
    if (random() > 0.7) continue
    lately.push(now_s)
    while ((lately[0] ?? now_s) <= now_s - BURST_MS / 1_000) lately.shift()
    const rush = lately.length
    if (rush >= BURST_FROM && marksOf({ ...usual, rush }).includes('burst')) marked += 1
  }
  return marked
}

test('an honest counter is accused at most once a year, over hundreds of simulated years', { timeout: 120_000 }, () => {
  const random = seeded(20)
  let raised = 0
  let marked = 0
  for (let nth = 0; nth < YEARS * DAYS; nth += 1) {
    const counted: CountedFlag[] = Object.entries(MISHAPS).flatMap(([kind, { everyDays, atMost }]) => {
      // Poisson, by the product of uniform draws.
      let n = 0
      for (let left = random(); left > Math.exp(-1 / everyDays); left *= random())
        n += 1 + Math.floor(random() * atMost)
      return n === 0 ? [] : [{ counter: 'c', day: 'd', kind: kind as FlagKind, n }]
    })
    const bursts = burstsOn(random, 20)
    marked += bursts
    if (bursts > 0) counted.push({ counter: 'c', day: 'd', kind: 'burst', n: bursts })
    raised += raisedOf(counted).length
  }
  expect(marked).toBeGreaterThan(0)
  expect(raised / YEARS).toBeLessThanOrEqual(1)
})
