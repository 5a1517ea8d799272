import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../database/testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
it('tables are there', async () => {
  expect(await database.db.selectFrom('items').select('id').execute()).toEqual([])
})
