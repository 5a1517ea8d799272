import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect, type ConnectionConfig } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { RegisterForked } from './checkpoint.ts'
import { fault } from './fault.ts'
import { signAll } from './keep-checkpoints.ts'
import { AT, ENTRIES, signedStore, type SignedStore } from './testing.ts'
import { type BackgroundCheck, keepVerified, unsound } from './verify-background.ts'

const DONE = { timeout: 60_000 }

let store: SignedStore
let check: BackgroundCheck
beforeEach(async () => {
  store = await signedStore()
  await store.note(['a', 'b', 'c'])
  await signAll(store.signing)
  check = keepVerified({ ...store.verifying, db: store.database.db, now: () => AT, log: quietLog })
})
afterEach(async () => {
  await check.close()
  await store.close()
})

async function done(): Promise<void> {
  check.begin()
  await expect.poll(() => check.latest().state, DONE).toBe('done')
}

it('looks at everything as the running role, and finds nothing', async () => {
  expect(check.latest()).toEqual({ state: 'waiting', begunAt: null, endedAt: null, entries: 0, faults: [] })
  await done()
  expect(check.latest()).toEqual({ state: 'done', begunAt: AT, endedAt: AT, entries: ENTRIES + 3, faults: [] })
})

it('raises no false alarm while people write and registers are signed', async () => {
  check.begin()
  for (let index = 0; check.latest().state === 'running'; index += 1) {
    await store.addUnit(`x${index}`)
    await store.note([`${index}`])
    expect(await signAll(store.signing)).toEqual([])
  }
  expect(check.latest()).toMatchObject({ state: 'done', faults: [] })
})

it.each([
  [
    'an entry before the last checkpoint',
    `update entries set text = replace(text, '第 7 室', '第 8 室') where seq = 8`,
    'org',
    8,
  ],
  ['a read table', `update people set unit = 'u1' where id = 'p12'`, 'org', 13],
  ['the activity log', 'delete from activity where seq > 2', 'activity', 3],
])('finds a change of %s and says so in words', async (_, statement, register, seq) => {
  await store.tamper(statement)
  await done()
  const { faults } = check.latest()
  expect(faults).toMatchObject([{ register, seq }])
  expect(unsound(faults, [])).toEqual([expect.stringContaining(`校验不通过：${register} seq ${seq}`)])
})

it('ends in the middle when it is closed', async () => {
  check.begin()
  await check.close()
  expect(check.latest()).toMatchObject({ state: 'running', endedAt: null, faults: [] })
})

it('says that it could not run when the database does not answer', async () => {
  const gone = connect({ ...store.database.appConfig, database: 'nowhere' } as ConnectionConfig, { log: quietLog })
  const alone = keepVerified({ ...store.verifying, db: gone.db, now: () => AT, log: quietLog })
  alone.begin()
  await expect.poll(() => alone.latest().state, DONE).toBe('could-not-run')
  await alone.close()
  await gone.close()
})

it('gives a few reasons and counts the rest', () => {
  const faults = Array.from({ length: 7 }, (_, index) => fault('org', index + 1, '坏', 'bad'))
  const reasons = unsound(faults, [new RegisterForked('unit.a', { zh: '分叉', en: 'forked' })])
  expect(reasons).toHaveLength(6)
  expect(reasons[0]).toContain('unit.a')
  expect(reasons[5]).toContain('3')
  expect(unsound([], [])).toEqual([])
})
