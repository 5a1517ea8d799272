import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dashboard } from '../rating/seeing/protocol.ts'
import { seedStations } from '../stations/registry.ts'
import type { TestServer } from '../testing.ts'
import { wholeServer } from '../testing-whole.ts'
import { tellVotes } from './votes.ts'

/** A week of five working days over the end of a month; seven services a day at each of two counters. */
const PRESENT = '2026-10-03T02:00:00.000Z'
const DAYS = 7
const SERVICES = 5 * 7 * 2

let server: TestServer

beforeAll(async () => {
  server = await wholeServer()
  const { db, act } = server.deps
  await seedStations(db, act, [
    { id: 'counter-1', name: '1号窗口', kind: 'counter', place: 'hall-1', devices: [] },
    { id: 'counter-2', name: '2号窗口', kind: 'counter', place: 'hall-1', devices: [] },
  ])
  server.setNow(PRESENT)
  const tally = server.database.tallyConfig
  await tellVotes({ db, act, tally, folder: join(server.dataDir, 'tally'), present: PRESENT }, DAYS)
})

afterAll(() => server.close())

test('every vote that is told is accounted for, counted by the key of its month, and seen by who heads the hall', async () => {
  const { db, ownerDb } = server.database
  const accounts = await ownerDb.selectFrom('rating_accounts').select('text').orderBy('seq').execute()
  const last = JSON.parse(accounts.at(-1)?.text ?? '{}') as Record<string, number>
  expect(last).toMatchObject({ issued: SERVICES, open: 0, balanced: true })
  expect(last['used']).toBeGreaterThan(SERVICES / 2)
  expect(last['used']).toBeLessThan(SERVICES)
  const counted = await db.selectFrom('rating_batches').select('day').distinct().execute()
  expect(new Set(counted.map(({ day }) => day.slice(0, 7)))).toEqual(new Set(['2026-09', '2026-10']))
  const keys = await db.selectFrom('rating_keys').select('id').orderBy('id').execute()
  expect(keys.map(({ id }) => id)).toEqual(['2026-09', '2026-10'])
  const answer = await server.as('feng-yan', { url: '/api/rating/dashboard?hall=hall-1' })
  expect(answer.statusCode, answer.body).toBe(200)
  const { satisfied, response } = answer.json<Dashboard>()
  expect(satisfied?.n).toBe(last['counted'])
  expect(response?.asked).toBe(SERVICES)
})
