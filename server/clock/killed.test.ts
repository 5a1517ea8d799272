import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clientConfig } from '../database/connect.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import type { Clock } from './clock.ts'
import { type ClockOffice, clockOffice } from './testing.ts'
import { causeOfWarning, warningsDue } from './warn.ts'

/** Keepers of the clocks are processes, and are killed where it hurts most: with a fact written and its transaction not yet over. */

const START = '2026-03-02T01:00:00.000Z'
/** Four days after the goods should have been in store. */
const LATE = '2026-04-05T01:00:00.000Z'
const CASES = 6
const WAIT_MS = 60_000
const TEST_MS = 240_000
const KEEPER = join(import.meta.dirname, 'testing-keeper.ts')

let office: ClockOffice
/** Holds what a keeper needs next, so that it stands still there. */
let holder: pg.Client
/** Beside it: within a transaction the activity of others stands still. */
let watcher: pg.Client
const keepers: ChildProcess[] = []
let heard = ''

beforeAll(async () => {
  office = await clockOffice(START)
  ;[holder, watcher] = [await superuser(), await superuser()]
  await office.take('第一案', 1, START)
  await office.turn()
  for (let nth = 2; nth <= CASES; nth += 1) await office.take(`第${nth}案`, 1, START)
})

afterAll(async () => {
  for (const keeper of keepers) await kill(keeper)
  for (const client of [holder, watcher]) await client.end()
  await office.server.close()
})

async function superuser(): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(office.server.database.superConfig, true))
  await client.connect()
  return client
}

function startKeeper(at: string): ChildProcess {
  const pepper = Buffer.from(office.server.keys.pepper).toString('base64')
  const given = JSON.stringify({ config: office.server.database.appConfig, at, pepper })
  const keeper = spawn(process.execPath, [KEEPER, given], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [keeper.stdout, keeper.stderr])
    stream.on('data', (bytes: Buffer) => (heard += bytes.toString('utf8')))
  keepers.push(keeper)
  return keeper
}

async function kill(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return
  const ended = once(keeper, 'exit')
  keeper.kill('SIGKILL')
  await ended
}

/** Kills a keeper when it stands still at these rows, and lets them go when nothing of it is left. */
async function killAt(rows: string, values: readonly string[], at: string): Promise<void> {
  await holder.query('begin')
  await holder.query(`${rows} for update`, [...values])
  const keeper = startKeeper(at)
  await until('the keeper stands still', async () => (await backends(`and wait_event_type = 'Lock'`)) > 0)
  await kill(keeper)
  await holder.query('rollback')
  await until('nothing of it is left', async () => (await backends(`and state <> 'idle'`)) === 0)
}

/** Connections to this database of other processes than this one. */
async function backends(which: string): Promise<number> {
  const { rows } = await watcher.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() ${which}`,
  )
  return rows[0]?.n ?? 0
}

function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await holds())) throw new Error(`${what} does not hold; the keepers said: ${heard}`)
    },
    { timeout: WAIT_MS, interval: 20 },
  )
}

async function causesOf(type: string): Promise<string[]> {
  const found = await sql<{ cause: string }>`
    select cause from entries
    where type = ${type} and subject not in (select 'clock/' || id from clocks where rule = 'DL-60')
  `.execute(office.server.database.db)
  return found.rows.map(({ cause }) => cause).toSorted()
}

async function clocks(): Promise<Clock[]> {
  const found = await sql<{ state: Clock }>`select state from clocks where rule <> 'DL-60' order by id`.execute(
    office.server.database.db,
  )
  return found.rows.map(({ state }) => state)
}

/** Clocks that have something to raise. A keeper that was killed at one of them has not raised it. */
async function stillDue(): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from clocks where next_at <= ${LATE} order by id`.execute(
    office.server.database.db,
  )
  return found.rows.map(({ id }) => id)
}

it(
  'a keeper that is killed between a fact and its cursor has begun nothing, and the next begins each clock once',
  async () => {
    await killAt(`select from clock_cursors where register = $1`, ['unit.dept-1'], office.now)
    expect(await clocks()).toHaveLength(1)
    const next = startKeeper(office.now)
    await until('a clock of each case', async () => (await clocks()).length === CASES)
    await kill(next)
    expect(await causesOf('clock.started')).toHaveLength(CASES)
  },
  TEST_MS,
)

it(
  'a keeper that is killed in the middle of a round: each warning is raised once all the same',
  async () => {
    const before = await clocks()
    const due = before.flatMap((clock) => warningsDue(clock, LATE).map((tier) => causeOfWarning(clock, tier)))
    expect(due.length).toBeGreaterThan(CASES)
    for (const nth of [2, 0]) {
      const left = await stillDue()
      await killAt(`select from clocks where id = $1`, [left[nth] ?? left[0] ?? ''], LATE)
    }
    expect((await causesOf('clock.warned')).length).toBeLessThan(due.length)
    const last = startKeeper(LATE)
    await until('every warning', async () => (await causesOf('clock.warned')).length >= due.length)
    await kill(last)
    expect(await causesOf('clock.warned')).toEqual(due.toSorted())
    const { server } = office
    const { key, installation } = server.keys
    const report = await verifyStore({
      ...{ db: server.database.ownerDb, modules: server.modules },
      ...{ folder: checkpointFolderOf(server.keys), key, installation },
    })
    expect(report.faults).toEqual([])
  },
  TEST_MS,
)
