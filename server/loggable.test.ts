import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import { loggable } from './loggable.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function failing(statement: ReturnType<typeof sql>): Promise<unknown> {
  return statement.execute(database.db).then(
    () => undefined,
    (error: unknown) => error,
  )
}

it('what was written is in none of what PostgreSQL says about it', async () => {
  const row = (name: string) =>
    sql`insert into stores (id, n, state, name, unit) values ('somewhere', 1, '{}', ${name}, 'unit')`
  await failing(row('张三的保险柜'))
  const twice = await failing(row('张三的保险柜'))
  const missing = await failing(
    sql`insert into stores (id, n, state, name) values ('elsewhere', 1, '{}', '张三的保险柜')`,
  )
  const malformed = await failing(sql`select ${'张三的保险柜'}::int`)
  expect(JSON.stringify(missing)).toContain('张三')
  expect(String(malformed)).toContain('张三')
  for (const error of [twice, missing, malformed]) {
    const shown = loggable(error)
    expect(JSON.stringify(shown)).not.toMatch(/张三|somewhere|elsewhere/)
    expect(shown).toMatchObject({ code: expect.stringMatching(/^2/) as string })
  }
  expect(loggable(twice)).toMatchObject({ code: '23505', table: 'stores', constraint: 'stores_pkey' })
})

it('nor in what is said of an error that it caused', async () => {
  const cause = await failing(sql`select ${'张三的保险柜'}::int`)
  const shown = JSON.stringify(loggable(new Error('the item could not be read', { cause })))
  expect(shown).toContain('the item could not be read')
  expect(shown).toContain('22P02')
  expect(shown).not.toContain('张三')
})

it('a wrong statement is named, and any other error is left as it is', async () => {
  expect(loggable(await failing(sql`select nothing_of_the_kind`))).toMatchObject({
    code: '42703',
    message: expect.stringContaining('nothing_of_the_kind') as string,
  })
  const error = new Error('a bug')
  expect(loggable(error)).toBe(error)
})
