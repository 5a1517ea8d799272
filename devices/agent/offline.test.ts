import { describe, expect, test } from 'vitest'
import type { HeldList, OfflineDeed } from './held-list.ts'
import {
  badgeDigest,
  benchWith,
  panSeen,
  OFFLINE_READINGS_MAX,
  type OfflineBench,
  type OfflineInput,
  type OfflineMoment,
  stepOffline,
  wantsWeight,
} from './offline.ts'

const SALT = 'abcd'
const MOMENT: OfflineMoment = { shiftLeft_ms: 1_000, waiting: 0 }

const held: HeldList = {
  ...{ station: 'bench-1', list: 'D1', pass: 'PASS', shiftLeft_ms: 1_000 },
  custodian: { name: '李', salt: SALT, badge: badgeDigest(SALT, 'B-1') },
  lines: [
    {
      ...{ item: 'W1', label: 'W1-2QQ', name: '金条', weighed: { expected_mg: 10_000, tolerance_mg: 100 } },
      ...{ sealNumber: 'S-1', storage: ['safe'] },
    },
    { item: 'W2', label: 'W2', name: '手机', weighed: null, sealNumber: null, storage: ['safe', 'shelf'] },
    { item: 'W3', label: 'W3', name: '电脑', weighed: null, sealNumber: null, storage: ['shelf'] },
    {
      ...{ item: 'W4', label: 'W4', name: '金条', weighed: { expected_mg: null, tolerance_mg: 100 } },
      ...{ sealNumber: null, storage: ['safe'] },
    },
  ],
  shelves: [
    { location: 'L1', label: 'L1', name: '保险柜', storage: 'safe', room: 2 },
    { location: 'L2', label: 'L2', name: '货架', storage: 'shelf', room: 1 },
    { location: 'C1', label: 'C1', name: '小盒', storage: 'safe', room: 1, box: { on: 'L1', sealed: false } },
    { location: 'C2', label: 'C2', name: '封盒', storage: 'safe', room: 9, box: { on: 'L1', sealed: true } },
  ],
  cards: { confirm: 'X-CONFIRM4Z', cancel: 'X-CANCEL00', weigh: 'X-WEIGH00', lock: 'X-LOCK00' },
}
const ALL = ['W1', 'W2', 'W3', 'W4']
const open: OfflineBench = benchWith(held, { waiting: ALL, locked: false, load: null }, [])

const scan = (text: string): OfflineInput => ({ kind: 'scan', text })
const weight = (weight_mg: number): OfflineInput => ({ kind: 'weight', weight_mg, reading: 'r-9' })
const CONFIRM = scan(held.cards.confirm)
const BADGE: OfflineInput = { kind: 'badge', badge: 'B-1' }

const ONE = [scan('W1-2QQ'), weight(10_000), scan('L1'), CONFIRM]

const FULL = ['item-in-hand', 'shelf-chosen', 'recorded', 'item-in-hand', 'weighed', 'shelf-full']

/** What each input in turn is answered with, and where it ends. */
function walk(from: OfflineBench, inputs: readonly OfflineInput[], moment: OfflineMoment = MOMENT) {
  let bench = from
  const deeds: OfflineDeed[] = []
  const codes = inputs.map((input) => {
    const { next, mark } = stepOffline(held, bench, input, moment)
    if (mark.deed !== null) deeds.push(mark.deed)
    bench = next
    return mark.code
  })
  return { bench, deeds, codes }
}

test.each<[string, readonly OfflineInput[], readonly string[]]>([
  ['an item that is not weighed', [scan('W2'), scan('L2'), CONFIRM], ['item-in-hand', 'shelf-chosen', 'recorded']],
  [
    'an item that is weighed',
    [scan('W1-2QQ'), weight(10_100), scan('L1'), CONFIRM],
    ['item-in-hand', 'weighed', 'shelf-chosen', 'recorded'],
  ],
  ['lower case and white space', [scan(' w2\r'), scan('l2'), CONFIRM], ['item-in-hand', 'shelf-chosen', 'recorded']],
  [
    'another shelf before it is confirmed',
    [scan('W2'), scan('L1'), scan('L2')],
    ['item-in-hand', 'shelf-chosen', 'shelf-chosen'],
  ],
  ['a box', [scan('W2'), scan('C1'), CONFIRM], ['item-in-hand', 'shelf-chosen', 'recorded']],
  ['a box that is full', [scan('W2'), scan('C1'), CONFIRM, ...ONE.slice(0, 2), scan('C1')], FULL],
  [
    'a shelf that its boxes have filled',
    [scan('W2'), scan('C1'), CONFIRM, ...ONE, scan('W4'), weight(20_000), scan('L1')],
    [...FULL.slice(0, 5), 'shelf-chosen', 'recorded', 'item-in-hand', 'weighed', 'shelf-full'],
  ],
  [
    'a box on a shelf that is full',
    [...ONE, scan('W2'), scan('L1'), CONFIRM, scan('W4'), weight(20_000), scan('C1')],
    [
      ...['item-in-hand', 'weighed', 'shelf-chosen', 'recorded', 'item-in-hand', 'shelf-chosen', 'recorded'],
      ...['item-in-hand', 'weighed', 'shelf-full'],
    ],
  ],
  ['a sealed box', [scan('W2'), scan('C2')], ['item-in-hand', 'box-sealed']],
  ['a box for another class', [scan('W3'), scan('C1')], ['item-in-hand', 'shelf-unfit']],
  ['a label that a reprint has voided', [scan('W1')], ['not-on-list']],
  ['an item of another list', [scan('W9')], ['not-on-list']],
  ['a badge of somebody else', [{ kind: 'badge', badge: 'B-2' }], ['not-on-list']],
  ['his own badge', [BADGE, scan('B-1')], ['go-on', 'go-on']],
  ['a shelf first', [scan('L1')], ['item-wanted']],
  ['CONFIRM first', [CONFIRM], ['item-wanted']],
  ['a shelf before the weight', [scan('W1-2QQ'), scan('L1')], ['item-in-hand', 'weight-wanted']],
  ['CONFIRM before the weight', [scan('W1-2QQ'), CONFIRM], ['item-in-hand', 'weight-wanted']],
  ['CONFIRM before the shelf', [scan('W2'), CONFIRM], ['item-in-hand', 'shelf-wanted']],
  ['too heavy', [scan('W1-2QQ'), weight(10_101), scan('L1')], ['item-in-hand', 'weight-differs', 'weight-wanted']],
  [
    'the item before, still on the scale',
    [...ONE, scan('W4'), weight(10_000), weight(10_600), scan(held.cards.weigh), weight(10_000)],
    [
      'item-in-hand',
      'weighed',
      'shelf-chosen',
      'recorded',
      'item-in-hand',
      'pan-occupied',
      'pan-occupied',
      'weigh-again',
      'weighed',
    ],
  ],
  ['no weight', [scan('W1-2QQ'), weight(0)], ['item-in-hand', 'weight-absurd']],
  ['a weight that nobody asked for', [weight(1), scan('W2'), weight(1)], ['not-asked', 'item-in-hand', 'not-asked']],
  ['the same item again', [scan('W2'), scan('W2')], ['item-in-hand', 'go-on']],
  ['another item in between', [scan('W2'), scan('W3')], ['item-in-hand', 'finish-first']],
  ['a shelf of another class', [scan('W3'), scan('L1')], ['item-in-hand', 'shelf-unfit']],
  [
    'a shelf that is full now',
    [scan('W2'), scan('L2'), CONFIRM, scan('W3'), scan('L2')],
    ['item-in-hand', 'shelf-chosen', 'recorded', 'item-in-hand', 'shelf-full'],
  ],
  [
    'an item twice',
    [scan('W2'), scan('L2'), CONFIRM, scan('W2'), CONFIRM],
    ['item-in-hand', 'shelf-chosen', 'recorded', 'done-already', 'item-wanted'],
  ],
  [
    'put back, then another',
    [scan('W2'), scan(held.cards.cancel), scan('W3'), scan('L2'), CONFIRM],
    ['item-in-hand', 'put-back', 'item-in-hand', 'shelf-chosen', 'recorded'],
  ],
  ['nothing to put back', [scan(held.cards.cancel)], ['not-asked']],
  [
    'weighed again',
    [scan('W1-2QQ'), weight(10_000), scan('L1'), scan(held.cards.weigh), CONFIRM],
    ['item-in-hand', 'weighed', 'shelf-chosen', 'weigh-again', 'weight-wanted'],
  ],
  [
    'locked and resumed in the middle of an item',
    [scan('W2'), scan(held.cards.lock), scan('L2'), { kind: 'badge', badge: 'B-2' }, scan('B-1'), scan('L2'), CONFIRM],
    ['item-in-hand', 'locked', 'is-locked', 'is-locked', 'resumed', 'shelf-chosen', 'recorded'],
  ],
  ['what the device could not read', [{ kind: 'fault' }], ['device-fault']],
])('%s', (_what, inputs, codes) => {
  expect(walk(open, inputs).codes).toEqual(codes)
})

test('what is recorded says item, shelf, weight, seal and the pass it was done under', () => {
  const { deeds, bench } = walk(open, [scan('W1-2QQ'), weight(9_950), scan('L1'), CONFIRM])
  expect(deeds).toEqual([
    {
      ...{ pass: 'PASS', list: 'D1', item: 'W1', location: 'L1', sealNumber: 'S-1' },
      weighed: { weight_mg: 9_950, reading: 'r-9' },
    },
  ])
  expect(bench).toMatchObject({ done: ['W1'], placed: { L1: 1 }, hand: null })
})

test('a refusal changes nothing', () => {
  const { bench } = walk(open, [scan('W1-2QQ')])
  for (const input of [scan('W9'), scan('L1'), CONFIRM, weight(99), { kind: 'fault' } as const])
    expect(stepOffline(held, bench, input, MOMENT).next).toBe(bench)
})

describe('limits', () => {
  test.each<[string, Partial<OfflineMoment>, string]>([
    ['the shift is over', { shiftLeft_ms: 0 }, 'shift-over'],
    ['the clock cannot be believed', { shiftLeft_ms: null }, 'clock-doubtful'],
    ['too much waits', { waiting: OFFLINE_READINGS_MAX }, 'too-many'],
  ])('%s: nothing is begun, and no badge resumes', (_what, moment, code) => {
    const all = { ...MOMENT, ...moment }
    expect(walk(open, [scan('W2'), BADGE, CONFIRM], all).codes).toEqual([code, code, code])
    expect(walk({ ...open, locked: true }, [BADGE], all).bench.locked).toBe(true)
  })

  test('one less waits: it goes on', () => {
    expect(walk(open, [scan('W2')], { ...MOMENT, waiting: OFFLINE_READINGS_MAX - 1 }).codes).toEqual(['item-in-hand'])
  })
})

describe('a bench whose line has dropped', () => {
  const deed: OfflineDeed = {
    ...{ pass: 'EARLIER', list: 'D1', item: 'W2', location: 'L2', weighed: null, sealNumber: null },
  }

  test('knows what was done on the server and what was recorded here before, under whichever pass', () => {
    const bench = benchWith(held, { waiting: ['W2', 'W3', 'W4'], locked: false, load: null }, [
      deed,
      { ...deed, list: 'D0', item: 'W3' },
    ])
    expect(walk(bench, [scan('W1-2QQ'), scan('W2'), scan('W3'), scan('L2')]).codes).toEqual([
      ...['done-already', 'done-already', 'item-in-hand', 'shelf-full'],
    ])
  })

  test('takes what was weighed last for still lying on the scale', () => {
    const weighed = { ...deed, item: 'W1', location: 'L1', weighed: { weight_mg: 10_000, reading: 'r-1' } }
    const bench = benchWith(held, { waiting: ALL, locked: false, load: null }, [weighed])
    expect(walk(bench, [scan('W4'), weight(10_000)]).codes).toEqual(['item-in-hand', 'pan-occupied'])
  })

  test('takes what was weighed on the server for still lying on the scale, until it was seen to leave', () => {
    for (const item of ['W1', null]) {
      const bench = benchWith(held, { waiting: ALL, locked: false, load: { item, weight_mg: 10_000 } }, [])
      expect(walk(bench, [scan('W4'), weight(10_000)]).codes).toEqual(['item-in-hand', 'pan-occupied'])
      expect(walk(panSeen(bench, 0), [scan('W4'), weight(10_000)]).codes).toEqual(['item-in-hand', 'weighed'])
    }
  })

  test('is locked when it was', () => {
    const bench = benchWith(held, { waiting: ALL, locked: true, load: null }, [])
    expect(walk(bench, [scan('W2'), BADGE, scan('W2')]).codes).toEqual(['is-locked', 'resumed', 'item-in-hand'])
  })
})

test('what was weighed and left the scale counts for the next', () => {
  const { bench } = walk(open, ONE)
  expect(walk(panSeen(bench, 10_000), [scan('W4'), weight(10_000)]).codes).toEqual(['item-in-hand', 'pan-occupied'])
  expect(walk(panSeen(bench, 0), [scan('W4'), weight(10_000)]).codes).toEqual(['item-in-hand', 'weighed'])
})

test('the scale is asked for what is weighed, and not twice', () => {
  const steps = [scan('W1-2QQ'), weight(10_000), scan(held.cards.weigh), scan(held.cards.lock)]
  expect(steps.map((_one, at) => wantsWeight(held, walk(open, steps.slice(0, at + 1)).bench))).toEqual([
    ...[true, false, true, false],
  ])
  expect(wantsWeight(held, walk(open, [scan('W2')]).bench)).toBe(false)
})
