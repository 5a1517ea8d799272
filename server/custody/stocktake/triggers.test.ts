import { expect, it } from 'vitest'
import type { ClockEvent } from '../../clock/triggers.ts'
import { deadlineRules } from '../../clock/deadline-rules.ts'
import type { Fact } from '../../module.ts'
import { stocktakeTriggers } from './triggers.ts'

const AT = '2026-03-02T01:00:00.000Z'
const SUBJECT = 'stocktake/D04260000001VC'

function told(type: string, body: object, subject = SUBJECT): readonly ClockEvent[] {
  const fact = { register: 'store.store-1', seq: 9, at: AT, type, body: { v: 1, n: 1, subject, ...body } }
  expect(stocktakeTriggers.types).toContain(type)
  return stocktakeTriggers.events(fact as unknown as Fact)
}
const ordered = { unit: 'keeping', store: 'store-1', dueAt: '2026-03-09T01:00:00.000Z', counters: ['chen-jing'] }
const starts = (events: readonly ClockEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'start' ? [event.event] : []))

it('a count has the term that its order gives, until it is closed or given up', () => {
  const [started] = told('custody.stocktake-ordered', ordered)
  expect(started).toMatchObject({ event: 'stocktakeOrdered', dueAt: ordered.dueAt, matter: SUBJECT, store: 'store-1' })
  for (const type of ['custody.stocktake-closed', 'custody.stocktake-cancelled'])
    expect(told(type, { unit: 'keeping', full: true, counted: false })).toContainEqual({
      ...{ kind: 'end', events: ['stocktakeOrdered'], subjects: [SUBJECT] },
    })
})

it('a store is due again after each count, as a whole only after a whole one', () => {
  expect(told('custody.stocktake-counted', { full: false })).toEqual([
    { kind: 'end', events: ['stocktakeDue'], subjects: ['store/store-1'] },
  ])
  expect(told('custody.stocktake-counted', { full: true })).toMatchObject([
    { events: ['stocktakeDue', 'fullStocktakeDue'] },
  ])
  expect(starts(told('custody.stocktake-closed', { unit: 'keeping', full: false }))).toEqual(['stocktakeDue'])
  expect(starts(told('custody.stocktake-closed', { unit: 'keeping', full: true }))).toEqual([
    'stocktakeDue',
    'fullStocktakeDue',
  ])
})

it('a store that nobody has counted yet is due from its first shelf on, and from no other', () => {
  const shelf = { store: 'store-1', name: '一号架', storageClass: 'ordinary', capacity: 9, year: 2026, serial: 1 }
  const location = 'location/L012600001AB'
  const opened = told('custody.location-added', { ...shelf, opens: { unit: 'keeping' } }, location)
  expect(starts(opened)).toEqual(['stocktakeDue', 'fullStocktakeDue'])
  expect(opened[0]).toMatchObject({ from: AT, subjects: ['store/store-1'], unit: 'keeping', store: 'store-1' })
  expect(told('custody.location-added', shelf, location)).toEqual([])
})

it('what a given-up count had settled is due again', () => {
  const cancelled = { unit: 'keeping', full: true }
  expect(starts(told('custody.stocktake-cancelled', { ...cancelled, counted: false }))).toEqual([])
  expect(starts(told('custody.stocktake-cancelled', { ...cancelled, counted: true }))).toHaveLength(2)
})

it('an item that nobody found is to be found in its time', () => {
  const search = 'search/00000000-0000-7000-8000-000000000001'
  expect(starts(told('custody.unlocated', { unit: 'keeping', case: '一案' }, search))).toEqual(['itemUnlocated'])
  expect(told('custody.search-ended', {}, search)).toEqual([
    { kind: 'end', events: ['itemUnlocated'], subjects: [search] },
  ])
})

it('every clock of a store has a rule that somebody can look up, and whose warnings reach who keeps it', () => {
  for (const event of stocktakeTriggers.endedByFacts) {
    const rule = deadlineRules.find((one) => one.event === event)
    expect(rule?.terms.basis).not.toBe('')
    expect(rule?.terms.ladder.find(({ offset_days }) => offset_days === 0)?.tell).toEqual(['keeping-head'])
  }
})
