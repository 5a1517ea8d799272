import { expect, test } from 'vitest'
import { groupOf } from '../rating.ts'
import { isRemainder, remaindersOf, type WaitingGroup } from './remainder.ts'

const BEFORE = '2026-03-10T00:00:00.000Z'
const asked = [{ hall: 'hall-1', questionnaire: 'hall-1@2', since: '2026-03-05T00:00:00.000Z' }]
const rule = { least: 10, before: BEFORE }
const of = (clerk: string, version: string, n: number, form: WaitingGroup['form'] = 'full'): WaitingGroup => ({
  ...{ grp: `hall-1/counter-1/${clerk}/general/${version}`, form, n },
})

test('what is left of a version goes together once ten of the hall are left, and else with what is left of others', () => {
  const enough = [of('a', 'hall-1@1', 6), of('b', 'hall-1@1', 4), of('a', 'hall-1@2', 3)]
  expect(remaindersOf(enough, asked, rule)).toEqual(
    enough.slice(0, 2).map(({ grp, form }) => ({ grp, form, into: 'hall-1/-/-/-/hall-1@1' })),
  )
  const few = [of('a', 'hall-1@1', 6), of('b', 'hall-1@1', 3)]
  expect(remaindersOf(few, asked, rule).map(({ into }) => into)).toEqual(few.map(() => 'hall-1/-/-/-/several@1'))
  expect(isRemainder(groupOf('hall-1/-/-/-/several@1'))).toBe(true)
  expect(isRemainder(groupOf(few[0]?.grp ?? ''))).toBe(false)
})

test('nothing goes anywhere while ballots may be on their way, of a version that is asked, or of a hall that asks what every hall does', () => {
  const left = [of('a', 'hall-1@1', 9), of('b', 'hall-1@1', 9)]
  expect(remaindersOf(left, [{ ...asked[0]!, since: '2026-03-10T00:00:01.000Z' }], rule)).toEqual([])
  expect(remaindersOf(left, [], rule)).toEqual([])
  expect(remaindersOf([of('a', 'hall-1@2', 9)], asked, rule)).toEqual([])
})

test('forms stay apart, and what lies together already lies still', () => {
  const mixed = [of('a', 'hall-1@1', 6), of('b', 'hall-1@1', 6, 'paper')]
  expect(remaindersOf(mixed, asked, rule).map(({ into }) => into)).toEqual(mixed.map(() => 'hall-1/-/-/-/several@1'))
  const lying = { grp: 'hall-1/-/-/-/several@1', form: 'full', n: 6 } as const
  expect(remaindersOf([lying], asked, rule)).toEqual([])
  expect(remaindersOf([{ ...lying, grp: 'hall-1/-/-/-/hall-1@1', n: 12 }], asked, rule)).toEqual([])
})
