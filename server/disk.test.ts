import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diskDays, diskWarning, type DiskDay, forecast, noteDisk } from './disk.ts'
import { testServer, type TestServer } from './testing.ts'

const GIB = 1024 ** 3
const day = (of: string, free: number): DiskDay => ({ day: of, free_bytes: free * GIB, size_bytes: 500 * GIB })

it('a disk lasts as long as the days that were looked at say; too few say nothing, and what does not shrink lasts', () => {
  expect(forecast([])).toBeNull()
  expect(forecast([day('2026-03-01', 90), day('2026-03-02', 80)])).toMatchObject({ days_left: null })
  const shrinking = forecast([day('2026-03-01', 120), day('2026-03-04', 100), day('2026-03-11', 100)])
  expect(shrinking).toMatchObject({ takes_a_day_bytes: 2 * GIB, days_left: 50 })
  expect(diskWarning(shrinking)).toContain('50')
  const steady = forecast([day('2026-03-01', 100), day('2026-03-11', 110)])
  expect(steady).toMatchObject({ takes_a_day_bytes: 0, days_left: null })
  expect(diskWarning(steady)).toBeNull()
  expect(diskWarning(forecast([day('2026-03-01', 40)]))).toContain('40.0 GiB')
})

let server: TestServer
beforeAll(async () => {
  server = await testServer({
    disk: async () => forecast([day('2026-03-01', 120), day('2026-03-11', 100)]),
  })
}, 240_000)
afterAll(() => server.close())

it('one look a day is kept, the last', async () => {
  const { db } = server.database
  for (const at of ['2026-03-01T01:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-02T01:00:00.000Z'])
    await noteDisk(db, tmpdir(), at)
  const days = await diskDays(db, tmpdir(), '2026-03-02T01:00:00.000Z')
  expect(days.map((one) => one.day)).toEqual(['2026-03-01', '2026-03-02'])
  expect(days.every(({ free_bytes, size_bytes }) => free_bytes > 0 && free_bytes <= size_bytes)).toBe(true)
  expect(await diskDays(db, tmpdir(), '2026-05-02T01:00:00.000Z')).toEqual([])
})

it('everybody is warned before the disk is full; how full it is, administrators and supervisors are told', async () => {
  type Ready = { readonly warnings: string[]; readonly disk: { readonly days_left: number } | null }
  const ready = async (person: string) => (await server.as(person, { method: 'GET', url: '/api/ready' })).json<Ready>()
  expect((await ready('xu-system')).disk).toMatchObject({ days_left: 50 })
  const officer = await ready('zhang-wei')
  expect(officer.disk).toBeNull()
  expect(officer.warnings.join('')).toContain('50 days')
})
