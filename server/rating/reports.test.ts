import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SEALED_REPORT_BYTES, sealReport } from '../../devices/ballot/report.ts'
import type { ShownKey } from './protocol.ts'
import { fetchReports, publishReportKey } from './reports.ts'
import { TestHall } from './testing.ts'

let hall: TestHall
let target: string

beforeAll(async () => {
  hall = await TestHall.open()
  target = await mkdtemp(join(tmpdir(), 'clearhold-reports-'))
})
afterAll(async () => {
  await hall.close()
  await rm(target, { recursive: true })
})

const SAID = '张某在窗口索要好处费'

async function send(payload: object, headers: Record<string, string> = {}) {
  return hall.server.app.inject({
    ...{ method: 'POST', url: '/api/reports', payload, remoteAddress: '10.9.8.7' },
    headers: { 'idempotency-key': crypto.randomUUID(), ...headers },
  })
}

it('waits for the supervising body to publish its key', async () => {
  expect((await hall.server.app.inject({ url: '/api/reports/key' })).json()).toMatchObject({ code: 'rating.no-key' })
  await publishReportKey(hall.tallyDb, hall.folder)
  await publishReportKey(hall.tallyDb, hall.folder)
  expect((await hall.server.app.inject({ url: '/api/reports/key' })).statusCode).toBe(200)
})

it('is kept sealed, with nothing beside it, and no log knows of it or of its refusal', async () => {
  const { id, publicKey } = (await hall.server.app.inject({ url: '/api/reports/key' })).json<ShownKey>()
  const report = Buffer.from(sealReport(SAID, Buffer.from(publicKey, 'base64'))).toString('base64')
  const count = async () =>
    (
      await hall.server.database.ownerDb
        .selectFrom('activity' as 'rating_used')
        .selectAll()
        .execute()
    ).length
  const before = await count()
  expect((await send({ key: id, report })).statusCode).toBe(201)
  expect((await send({ key: id, report: 'AAAA' })).statusCode).toBe(400)
  expect((await send({ key: 'another', report })).json()).toMatchObject({ code: 'rating.wrong-key' })
  // Who is signed in in this browser is not looked at either.
  const signedIn = await hall.server.as('wu-xia', {
    ...{ method: 'POST', url: '/api/reports', payload: { key: id, report: 'AAAA' } },
  })
  expect(signedIn.statusCode).toBe(400)
  expect(await count()).toBe(before)
  const { rows } = await sql<Record<string, unknown>>`select * from reports`.execute(hall.server.database.ownerDb)
  expect(rows.map((row) => Object.keys(row))).toEqual([['id', 'key', 'sealed']])
  expect((rows[0]?.['sealed'] as Buffer).length).toBe(SEALED_REPORT_BYTES)
})

it('is neither read nor counted by the server', async () => {
  for (const statement of ['select count(*) from reports', 'select id from reports', 'delete from reports'])
    await expect(sql.raw(statement).execute(hall.server.deps.db), statement).rejects.toThrow(/permission denied/)
})

it('is taken out by who holds the key, into a file that is his alone', async () => {
  expect(await fetchReports(hall.tallyDb, hall.folder, target)).toBe(1)
  const [file = '', ...more] = await readdir(target)
  expect(more).toEqual([])
  expect((await readFile(join(target, file), 'utf8')).trim()).toBe(SAID)
  expect((await stat(join(target, file))).mode & 0o077).toBe(0)
  expect(await fetchReports(hall.tallyDb, hall.folder, target)).toBe(0)
})
