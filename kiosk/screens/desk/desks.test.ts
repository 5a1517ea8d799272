import { expect, test } from 'vitest'
import type { DeviceRow } from '../../../server/stations/protocol.ts'
import { desksOf, readersAt } from './desks.ts'
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

test('tags are written at readers of one’s own desks, as far as these are ready', () => {
  const reader = (station: string, state = 'ready', kind = 'rfid') =>
    ({ id: 'rfid-1', station, state, kind }) as DeviceRow
  const all = [reader('bench-1'), reader('desk-2'), reader('desk-1')]
  expect(readersAt([{ id: 'desk-1' }], all)).toEqual([all[2]])
  expect(readersAt([], all)).toEqual([])
  expect(readersAt([{ id: 'desk-1' }], [reader('desk-1', 'gone'), reader('desk-1', 'ready', 'scale')])).toEqual([])
})
