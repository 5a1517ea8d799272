import { expect, test } from 'vitest'
import { begun, followed, type Further, opened } from './further.ts'

const rows = (...ids: readonly string[]) => ids.map((id) => ({ id }))
const NOTHING: Further<{ readonly id: string }> = { turn: 0, rows: [], after: null }

test('pages follow the first one until the list is read anew', () => {
  const first = opened(begun(NOTHING), 1, 'b')
  expect(first).toEqual({ turn: 1, rows: [], after: 'b' })
  const second = followed(first, 1, { rows: rows('c'), after: 'c' })
  expect(followed(second, 1, { rows: rows('d'), after: null })).toEqual({ turn: 1, rows: rows('c', 'd'), after: null })
  expect(begun(second)).toEqual({ turn: 2, rows: [], after: null })
})

test('a page that comes after the list was read anew says nothing, nor does an older first page', () => {
  const again = begun(opened(begun(NOTHING), 1, 'b'))
  expect(followed(again, 1, { rows: rows('c'), after: 'c' })).toEqual(again)
  expect(opened(again, 1, 'b')).toEqual(again)
})
