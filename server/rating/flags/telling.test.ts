import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { type EmulatedBadgeReader, startBadgeReader } from '../../../devices/emulators/badge.ts'
import { castBallot } from '../cast.ts'
import type { Level, Summary } from '../protocol.ts'
import type { Dashboard } from '../seeing/protocol.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'

/** Flags from the counter to the screen of who looks at a hall: real ballots, a badge held to a real reader, the tally, and the turn of a month. */

const PATIENCE = { timeout: 60_000 }
const APART_MS = 3 * 60_000
let hall: TestHall
let reader: EmulatedBadgeReader

beforeAll(async () => {
  hall = await TestHall.open()
  reader = await startBadgeReader({ protocol: 'line', listen: 'tcp:0' })
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(async () => {
  await hall.close()
  await reader.close()
})

async function cast(service: string, level: Level): Promise<void> {
  const { id, publicKey } = await hall.key()
  const sealed = sealBallot(ballotOf(level), Buffer.from(publicKey, 'base64'))
  await castBallot(hall.server.deps.db, { service, form: 'full', key: id, sealed }, hall.now())
}

const signals = async (): Promise<readonly [string, string, number][]> => {
  const { body } = await hall.get<Dashboard>(
    MANAGER,
    `/api/rating/dashboard?hall=${HALL}&from=2026-03-01&to=2026-04-30`,
  )
  return body.signals.filter(({ about }) => about === 'counter').map(({ kind, id, count }) => [kind, id, count])
}

it(
  'a burst is told of and tallied apart, over the turn of a month; none is deleted',
  { timeout: 180_000 },
  async () => {
    for (let nth = 0; nth < 11; nth += 1) {
      const [service = ''] = await hall.servedMany('counter-1', 1)
      await cast(service, nth === 0 ? 1 : 4)
      hall.pass(APART_MS)
    }
    expect(await signals()).toEqual([])
    const burst = await hall.servedMany('counter-1', 14)
    for (const service of burst) await cast(service, 5)
    // The first three of a run are no run yet.
    expect(await signals()).toEqual([['burst', 'counter-1', 11]])
    const { rows } = await sql<{ lengths: number }>`
    select count(distinct octet_length(marks))::int as lengths from rating_ballots
  `.execute(hall.server.database.ownerDb)
    expect(rows).toEqual([{ lengths: 1 }])

    // A tally that wants more of them leaves them; what waited is sealed anew to the key of the next month, marks and all.
    hall.setDay('2026-04-01')
    expect(await hall.tally(26)).toMatchObject({ ballots: 0, carried: 25 })
    await hall.tally()
    const { body } = await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}&by=counter`)
    expect(body.total).toMatchObject({
      counted: 25,
      satisfied: { good: 24, n: 25 },
      apart: { flagged: { good: 11, n: 11 }, plain: { good: 13, n: 14 }, alike: 11 },
    })
  },
)

it('a badge beside the rater and a counter whose devices were changed are told of', { timeout: 180_000 }, async () => {
  hall.pass(APART_MS)
  const station = (await hall.get<{ stations: { id: string; devices: object[] }[] }>('xu-system', '/api/stations')).body
  const counter = station.stations.find(({ id }) => id === 'counter-1')
  const badge = { id: 'badge-1', kind: 'badge', protocol: 'line', port: reader.address }
  const body = { name: '1号窗口', kind: 'counter', place: HALL, devices: [...(counter?.devices ?? []), badge] }
  const put = await hall.server.as('xu-system', { method: 'PUT', url: '/api/stations/counter-1', payload: body })
  expect(put.statusCode).toBe(200)
  const seen = async (): Promise<number> =>
    (
      await sql<{ n: number }>`
        select count(*)::int as n from station_readings where station = 'counter-1' and kind = 'badge'
      `.execute(hall.server.database.ownerDb)
    ).rows[0]?.n ?? 0
  await expect
    .poll(async () => {
      const answer = await hall.server.as('xu-system', { url: '/api/devices' })
      return answer.json<{ devices: { id: string; state: string }[] }>().devices.find(({ id }) => id === 'badge-1')
        ?.state
    }, PATIENCE)
    .toBe('ready')
  for (let nth = 0; nth < 5; nth += 1) {
    const [service = ''] = await hall.servedMany('counter-1', 1)
    if (nth < 3) {
      const before = await seen()
      await reader.present(`10000${nth}`)
      await expect.poll(seen, PATIENCE).toBeGreaterThan(before)
    }
    await cast(service, 5)
    hall.pass(2 * APART_MS)
  }
  expect(await signals()).toEqual([
    ['burst', 'counter-1', 11],
    ['badge-near', 'counter-1', 3],
    ['moved', 'counter-1', 5],
  ])
})
