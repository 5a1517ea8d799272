import { expect, it } from 'vitest'
import { newId } from './id.ts'

const AT = Date.parse('2026-03-02T02:00:00.000Z')

it('an id is a UUID of version 7 that begins with its millisecond', () => {
  expect(newId(AT)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(newId(AT).replaceAll('-', '').slice(0, 12), 16)).toBe(AT)
})

it('what is made in one millisecond sorts as it was made, and before what a later one makes', () => {
  const made = [...Array.from({ length: 5_000 }, () => newId(AT)), newId(AT + 1)]
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
})
