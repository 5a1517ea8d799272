import { expect, test } from 'vitest'
import { desksOf } from './desks.ts'
import type { ListedStation } from './printers.ts'

const stations: readonly ListedStation[] = [
  { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'dept-1', devices: [] },
  { id: 'desk-1', name: '一室登记台', kind: 'desk', place: 'dept-1', devices: [] },
  { id: 'desk-2', name: '二室登记台', kind: 'desk', place: 'dept-2', devices: [] },
]

test('a person stands at the desks of the places where he holds a post', () => {
  const ids = (...places: string[]) =>
    desksOf(stations, { posts: places.map((place) => ({ post: 'officer', place })) }).map(({ id }) => id)
  expect(ids('dept-1')).toEqual(['desk-1'])
  expect(ids('dept-2', 'dept-1')).toEqual(['desk-1', 'desk-2'])
  expect(ids('store-1')).toEqual([])
})
