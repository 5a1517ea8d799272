import { describe, expect, it } from 'vitest'
import type { Placement, Sight } from './facts.ts'
import { type Counted, reconcile, type Sheet, unwalked } from './reconcile.ts'
import { type Stay, stayAt } from './stays.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 1, minute)).toISOString()
const placed = (item: string, location: string, container?: string): Placement =>
  container === undefined ? { item, location } : { item, location, container }
const item = (code: string, minute: number, how: 'scanned' | 'seen' | 'strong' | 'weak' = 'scanned'): Sight => ({
  ...{ kind: 'item', item: code, how, at: at(minute) },
})
const box = (container: string, minute: number, sealed = true): Sight => ({
  ...{ kind: 'box', container, sealed, at: at(minute) },
})
const walk = (location: string, from: number, to: number, sights: readonly Sight[], swept = false): Sheet => ({
  ...{ location, by: 'li', from: at(from), to: at(to), done: true, swept, sights },
})
const stay = (location: string | null, minute: number | null, container: string | null = null): Stay => ({
  ...{ from: minute === null ? '' : at(minute), store: 'store-1', location, container },
  why: minute === null ? null : { item: 'A', type: 'custody.moved', register: 'store.store-1', seq: 9, at: at(minute) },
})

function verdicts(of: Partial<Counted> & Pick<Counted, 'expected' | 'sheets'>): Record<string, string> {
  const lines = reconcile({
    ...{ known: of.expected, stays: new Map<string, Stay[]>(), store: 'store-1' },
    ...{ belongs: () => true, readable: () => true, ...of },
  })
  return Object.fromEntries(
    lines.map((line) => [line.item ?? line.unknown ?? '', `${line.verdict} ${line.seenAt ?? '-'}`]),
  )
}

describe('what is expected on a shelf', () => {
  it('is found where it lies, missing where nobody saw it, misplaced where it lies elsewhere', () => {
    const expected = [placed('A', 'L1'), placed('B', 'L1'), placed('C', 'L1')]
    const sheets = [walk('L1', 1, 5, [item('A', 2)]), walk('L2', 6, 7, [item('C', 6)])]
    expect(verdicts({ expected, sheets })).toEqual({ A: 'FOUND L1', B: 'MISSING -', C: 'MISPLACED L2' })
  })

  it('is judged by the last label that a hand has read', () => {
    const expected = [placed('A', 'L1')]
    const sheets = [walk('L2', 1, 2, [item('A', 1)]), walk('L1', 3, 4, [item('A', 3)])]
    expect(verdicts({ expected, sheets })).toEqual({ A: 'FOUND L1' })
    expect(verdicts({ expected, sheets: sheets.toReversed() })).toEqual({ A: 'FOUND L1' })
  })

  it('is carried by the seal of its box; an open box says nothing of what is in it', () => {
    const expected = [placed('A', 'L1', 'C1'), placed('B', 'L1', 'C2')]
    const sheets = [walk('L1', 1, 5, [box('C1', 2), box('C2', 3, false)])]
    expect(verdicts({ expected, sheets })).toEqual({ A: 'FOUND L1', B: 'MISSING -' })
  })

  it('goes with its box to where that was seen', () => {
    const expected = [placed('A', 'L1', 'C1')]
    expect(verdicts({ expected, sheets: [walk('L1', 1, 2, []), walk('L2', 3, 4, [box('C1', 3)])] })).toEqual({
      A: 'MISPLACED L2',
    })
  })

  it('is not yet walked where its shelf has no last sheet', () => {
    const [whole, begun] = [walk('L1', 1, 2, []), { ...walk('L2', 1, 2, []), done: false }]
    expect(unwalked(['L1', 'L2', 'L3'], [whole, begun])).toEqual(['L2', 'L3'])
  })
})

describe('a reader of tags', () => {
  const expected = [placed('A', 'L1')]

  it('confirms by a clear tag, and asks for a scan where it was faint', () => {
    const of = (how: 'strong' | 'weak') => verdicts({ expected, sheets: [walk('L1', 1, 2, [item('A', 1, how)], true)] })
    expect(of('strong')).toEqual({ A: 'FOUND L1' })
    expect(of('weak')).toEqual({ A: 'WEAK L1' })
  })

  it('never moves anything by a stray from the next shelf', () => {
    const sheets = [walk('L2', 1, 2, [item('A', 1, 'weak')], true), walk('L1', 3, 4, [item('A', 3, 'strong')], true)]
    expect(verdicts({ expected, sheets })).toEqual({ A: 'FOUND L1' })
    expect(verdicts({ expected, sheets: [sheets[0]!, walk('L1', 3, 4, [], true)] })).toEqual({ A: 'MISSING -' })
  })

  it('that hears a tag clearly at two shelves is believed for the one where the item lies', () => {
    const sheets = [walk('L1', 1, 2, [item('A', 1, 'strong')], true), walk('L2', 3, 4, [item('A', 3, 'strong')], true)]
    expect(verdicts({ expected, sheets })).toEqual({ A: 'FOUND L1' })
  })

  it('is outweighed by a hand', () => {
    const sheets = [walk('L1', 1, 2, [item('A', 1, 'strong')], true), walk('L2', 3, 4, [item('A', 3)])]
    expect(verdicts({ expected, sheets })).toEqual({ A: 'MISPLACED L2' })
  })

  it('cannot miss what it could never hear; a hand can', () => {
    const readable = (): boolean => false
    expect(verdicts({ expected, readable, sheets: [walk('L1', 1, 2, [], true)] })).toEqual({ A: 'UNREADABLE -' })
    expect(verdicts({ expected, readable, sheets: [walk('L1', 1, 2, [])] })).toEqual({ A: 'MISSING -' })
  })

  it('tells of a tag that nobody knows only when it is clear, and once', () => {
    const tag = (how: 'strong' | 'weak', minute: number): Sight => ({
      ...{ kind: 'unknown-tag', epc: 'E280', how, at: at(minute) },
    })
    const sheets = [
      walk('L1', 1, 2, [tag('weak', 1), tag('strong', 1)], true),
      walk('L2', 3, 4, [tag('strong', 3)], true),
    ]
    expect(verdicts({ expected: [], sheets })).toEqual({ E280: 'UNKNOWN L1' })
  })
})

describe('what moves while people walk', () => {
  const expected = [placed('A', 'L1')]

  it('is explained by the register, before its shelf is walked and in the middle of it', () => {
    for (const left of [2, 4]) {
      const stays = new Map([['A', [stay('L1', null), stay(null, left)]]])
      expect(verdicts({ expected, stays, sheets: [walk('L1', 3, 5, [])] })).toEqual({ A: 'MOVED -' })
    }
  })

  it('is missing when it lay there all the while and went afterwards', () => {
    const stays = new Map([['A', [stay('L1', null), stay(null, 9)]]])
    expect(verdicts({ expected, stays, sheets: [walk('L1', 3, 5, [])] })).toEqual({ A: 'MISSING -' })
  })

  it('is found where it lay at the moment when it was seen', () => {
    const stays = new Map([['A', [stay('L1', null), stay('L2', 4)]]])
    expect(verdicts({ expected, stays, sheets: [walk('L1', 3, 5, [item('A', 3)])] })).toEqual({ A: 'FOUND L1' })
    expect(verdicts({ expected, stays, sheets: [walk('L2', 3, 9, [item('A', 5)])] })).toEqual({ A: 'FOUND L2' })
    expect(verdicts({ expected, stays, sheets: [walk('L1', 3, 9, [item('A', 5)])] })).toEqual({ A: 'MISPLACED L1' })
  })

  it('is missing on the shelf that it was moved to, when that was walked later', () => {
    const stays = new Map([['A', [stay('L1', null), stay('L2', 4)]]])
    const sheets = [walk('L1', 5, 6, []), walk('L2', 7, 8, [])]
    expect(verdicts({ expected, stays, sheets })).toEqual({ A: 'MISSING -' })
  })

  it('came in meanwhile: found, or missing only on a shelf that was walked after it', () => {
    const stays = new Map([['A', [stay('L1', 4)]]])
    expect(verdicts({ expected: [], stays, sheets: [walk('L1', 5, 6, [item('A', 5)])] })).toEqual({ A: 'FOUND L1' })
    expect(verdicts({ expected: [], stays, sheets: [walk('L1', 5, 6, [])] })).toEqual({ A: 'MISSING -' })
    expect(verdicts({ expected: [], stays, sheets: [walk('L1', 1, 3, [])] })).toEqual({})
  })

  it('should not be there at all: lent by the register, and seen on a shelf', () => {
    const stays = new Map([['A', [stay(null, 1)]]])
    expect(verdicts({ expected: [], stays, sheets: [walk('L1', 5, 6, [item('A', 5)])] })).toEqual({
      A: 'UNEXPECTED L1',
    })
  })

  it('stayed where it was until the next moment', () => {
    const stays = [stay('L1', null), stay('L2', 4)]
    expect([3, 4, 5].map((minute) => stayAt(stays, at(minute))?.location)).toEqual(['L1', 'L2', 'L2'])
  })
})

it('a voided label is told of, on a thing that is where it should be', () => {
  const voided: Sight = { kind: 'item', item: 'A', how: 'scanned', voided: 1, at: at(2) }
  const counted = { known: [], stays: new Map(), store: 'store-1', belongs: () => true, readable: () => true }
  const lines = reconcile({
    ...counted,
    expected: [placed('A', 'L1')],
    known: [placed('A', 'L1')],
    sheets: [walk('L1', 1, 3, [voided])],
  })
  expect(lines).toMatchObject([{ verdict: 'FOUND', voided: 1 }])
})
