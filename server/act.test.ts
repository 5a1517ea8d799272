import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Door, openDoor } from './act.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import { readRegister } from './ledger/read.ts'
import { SYSTEM } from './module.ts'
import { organisationModule } from './org/store.ts'

const AT = '2026-03-02T01:00:00.000Z'
const who = { person: SYSTEM }

let database: TestDatabase
let door: Door

beforeAll(async () => {
  database = await testDatabase()
  door = openDoor({ db: database.db, modules: [organisationModule], hash: 'sha256', now: () => AT })
})
afterAll(() => database.close())

const addUnit = (unit: string, parent: string | null = null) => ({
  type: 'org.add-unit',
  ...{ unit, name: unit, kind: 'department', parent },
})
const size = async (): Promise<number> => (await readRegister(database.db, 'org'))?.size ?? 0

it('a cause that was seen before gives the same bytes and no second effect, another command under it is refused', async () => {
  const first = await door.act(who, addUnit('unit-1'), { cause: 'once' })
  const after = await size()
  const again = await door.act(who, addUnit('unit-1'), { cause: 'once' })
  expect(JSON.stringify(again)).toBe(JSON.stringify({ ...first, repeated: true }))
  await expect(door.act(who, addUnit('unit-2'), { cause: 'once' })).rejects.toMatchObject({
    code: 'request.key-reused',
  })
  expect(await size()).toBe(after)
})

it('acts together happen in their order, each under its own cause', async () => {
  const before = await size()
  const answers = await door.actTogether(who, [
    { command: addUnit('unit-3'), options: { cause: 'together 1' } },
    { command: addUnit('unit-4', 'unit-3'), options: { cause: 'together 2' } },
  ])
  expect(answers.flatMap(({ facts }) => facts.map(({ seq }) => seq))).toEqual([before + 1, before + 2])
  const [, second] = answers
  const again = await door.act(who, addUnit('unit-4', 'unit-3'), { cause: 'together 2' })
  expect(again).toEqual({ ...second, repeated: true })
})

it('acts together all fail when one is refused, and none is remembered as answered', async () => {
  const before = await size()
  const acts = [
    { command: addUnit('unit-5'), options: { cause: 'half 1' } },
    { command: addUnit('unit-1'), options: { cause: 'half 2' } },
  ]
  await expect(door.actTogether(who, acts)).rejects.toMatchObject({ code: 'org.already-there' })
  expect(await size()).toBe(before)
  expect((await door.act(who, addUnit('unit-5'), { cause: 'half 1' })).repeated).toBeUndefined()
})
