import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { expect, it } from 'vitest'
import { isDatabaseAway } from './database-away.ts'

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

it('a socket that is not there is a database that is away; a file that is not there is not', async () => {
  const client = new pg.Client({ host: '/nowhere', user: 'nobody', database: 'none' })
  expect(isDatabaseAway(await errorOf(client.connect()))).toBe(true)
  expect(isDatabaseAway(await errorOf(readFile('/nowhere/photo.jpg')))).toBe(false)
  expect(isDatabaseAway('gone')).toBe(false)
})
