import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listen, type Listener } from './listen.ts'
import { quietLog, type TestDatabase, testDatabase } from './testing.ts'

const LISTENERS = 20
const NOTICES = Array.from({ length: 20 }, (_, index) => `custody ${index + 1}`)

let database: TestDatabase
let superuser: pg.Client

beforeAll(async () => {
  database = await testDatabase()
  superuser = new pg.Client(database.superConfig)
  await superuser.connect()
})

afterAll(async () => {
  await superuser.end()
  await database.close()
})

const notify = async (payload: string): Promise<void> => {
  await sql`select pg_notify('Facts', ${payload})`.execute(database.db)
}

describe('listen', () => {
  it('gives each notice to each listener once, in order, and reports a gap when a connection was lost', async () => {
    const heard: string[][] = []
    const gaps: number[] = []
    const listeners: Listener[] = []
    for (let index = 0; index < LISTENERS; index += 1) {
      const payloads: string[] = []
      heard.push(payloads)
      gaps.push(0)
      const onGap = (): void => {
        gaps[index] = (gaps[index] ?? 0) + 1
      }
      listeners.push(
        await listen(database.appConfig, 'Facts', { onPayload: (text) => payloads.push(text), onGap, log: quietLog }),
      )
    }

    for (const notice of NOTICES) await notify(notice)
    await vi.waitFor(() => expect(heard.every(({ length }) => length >= NOTICES.length)).toBe(true), 10_000)
    for (const payloads of heard) expect(payloads).toEqual(NOTICES)
    expect(gaps).toEqual(Array.from({ length: LISTENERS }, () => 0))

    const killed = await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
    )
    expect(killed.rowCount).toBe(LISTENERS)
    await vi.waitFor(() => expect(gaps).toEqual(Array.from({ length: LISTENERS }, () => 1)), 10_000)

    await notify('after the gap')
    await vi.waitFor(() => expect(heard.every((payloads) => payloads.at(-1) === 'after the gap')).toBe(true), 10_000)
    for (const payloads of heard) expect(payloads).toEqual([...NOTICES, 'after the gap'])

    await Promise.all(listeners.map((listener) => listener.close()))
    const left = await superuser.query(
      "select from pg_stat_activity where query ilike 'listen %' and datname = current_database()",
    )
    expect(left.rowCount).toBe(0)
    expect(gaps).toEqual(Array.from({ length: LISTENERS }, () => 1))
  })

  it('rejects when the first connection is refused', async () => {
    const wrong = { ...database.appConfig, password: 'wrong' }
    const handlers = { onPayload: () => undefined, onGap: () => undefined, log: quietLog }
    await expect(listen(wrong, 'Facts', handlers)).rejects.toMatchObject({ code: '28P01' })
  })
})
