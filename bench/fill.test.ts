import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoor } from '../server/act.ts'
import { testDatabase, type TestDatabase } from '../server/database/testing.ts'
import { type Keys, loadKeys } from '../server/keys.ts'
import { checkpointFolderOf } from '../server/ledger/places.ts'
import { verifyStore } from '../server/ledger/verify.ts'
import { modules } from '../server/modules.ts'
import { fill, type Filled, ITEMS_A_CASE, startOf } from './fill.ts'
import { places, settle } from './organisation.ts'

const PRESENT_MS = Date.parse('2026-06-01T08:00:00.000Z')
const MOVES = 2
const CASES = 5

let database: TestDatabase
let folder: string
let keys: Keys
let filled: Filled
const now = () => new Date(PRESENT_MS).toISOString()

beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'clearhold-fill-'))
  keys = await loadKeys(folder, { hasRegisters: false })
  const { db } = database
  const door = openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now })
  await settle({ db, ...door, pepper: keys.pepper }, startOf(PRESENT_MS))
  const plan = { places, casesInStore: CASES, movesAnItem: MOVES, waiting: [1, 2], photos: ['0'.repeat(64)] }
  filled = await fill(db, plan, PRESENT_MS, keys.pepper)
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

async function verify() {
  const { key, installation } = keys
  return verifyStore({ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation })
}

test('what is filled verifies, and every entry is there', async () => {
  const { registers, subjects, faults } = await verify()
  expect(faults).toEqual([])
  const ours = registers.filter(({ register }) => register !== 'org')
  expect(ours.map(({ register }) => register)).toEqual(
    [
      ...places.map(({ store }) => store).map((store) => `store.${store}`),
      ...places.map(({ unit }) => `unit.${unit}`),
    ].sort(),
  )
  expect(ours.reduce((sum, { entries }) => sum + entries, 0)).toBe(filled.entries)
  expect(subjects).toBeGreaterThan(filled.inStore.length)
})

test('items lie in store under names of their own', async () => {
  expect(filled.inStore).toHaveLength(CASES * ITEMS_A_CASE)
  expect(new Set(filled.inStore.map(({ name }) => name)).size).toBe(filled.inStore.length)
  const found = await sql<{ code: string; name: string; store: string }>`
    select id as code, name, store from items where custody_status = 'IN_STORE' order by id
  `.execute(database.db)
  const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1)
  expect(found.rows).toEqual([...filled.inStore].sort(byCode))
})

test('a waiting list is checked in through the one door, and the store still verifies', async () => {
  const { act } = openDoor({ db: database.db, modules, causeKey: keys.pepper, hash: 'sha256', now })
  expect(filled.waiting.map(({ lines }) => lines.length)).toEqual([...Array(4).fill(20), ...Array(4).fill(40)])
  for (const [index, { place, lines }] of filled.waiting.entries()) {
    const answer = await act(
      { person: place.custodian.id, with: [place.giver.id] },
      { type: 'custody.check-in', items: lines },
      { cause: `test ${index}` },
    )
    expect(answer.result['items']).toHaveLength(lines.length)
  }
  expect((await verify()).faults).toEqual([])
})
