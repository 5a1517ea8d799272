import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientConfig } from '../database/connect.ts'
import { testServer, type TestServer } from '../testing.ts'
import { consistencyHolds, inclusionHolds, leafHash } from './merkle.ts'
import { parseCheckpoint } from './note.ts'
import { readEntries } from './read.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function get<T>(url: string): Promise<T> {
  const answer = await server.as('zhou-ping', { url: `/api/registers/org/${url}` })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<T>()
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64')

it('proves every entry in the tree of the signed checkpoint', async () => {
  const note = (await server.as('zhou-ping', { url: '/api/registers/org/checkpoint' })).body
  const { size, root } = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))
  const entries = await readEntries(server.deps.db, 'org', 0, size)
  expect(entries).toHaveLength(size)
  for (const { seq, text } of entries) {
    const proof = await get<{ index: number; leaf: string; root: string; proof: string[] }>(
      `proof?seq=${seq}&size=${size}`,
    )
    expect(bytes(proof.root)).toEqual(root)
    expect(bytes(proof.leaf)).toEqual(leafHash('sha256', text))
    const of = { index: proof.index, size, leaf: bytes(proof.leaf), root }
    expect(inclusionHolds('sha256', proof.proof.map(bytes), of), `${seq}`).toBe(true)
  }
})

it('proves that an earlier tree is a beginning of a later one', async () => {
  for (const [from, to] of [
    [1, 1],
    [1, 20],
    [7, 16],
    [16, 33],
    [20, 20],
  ] as const) {
    type End = { size: number; root: string }
    const answer = await get<{ from: End; to: End; proof: string[] }>(`consistency?from=${from}&to=${to}`)
    const [earlier, later] = [answer.from, answer.to].map(({ size, root }) => ({ size, root: bytes(root) }))
    expect(consistencyHolds('sha256', answer.proof.map(bytes), earlier!, later!), `${from} ${to}`).toBe(true)
  }
})

it('refuses places and sizes beyond the register', async () => {
  for (const url of [
    'proof?seq=5&size=4',
    'proof?seq=1&size=100000',
    'consistency?from=9&to=8',
    'consistency?from=1&to=100000',
  ]) {
    const answer = await server.as('zhou-ping', { url: `/api/registers/org/${url}` })
    expect(answer.json(), url).toMatchObject({ status: 400, code: 'request.invalid' })
  }
})

it('signs the activity log under its own name', async () => {
  await server.as('zhou-ping', { url: '/api/registers' })
  const answer = await server.as('zhou-ping', { url: '/api/registers/activity/checkpoint' })
  expect(answer.statusCode).toBe(200)
  const { origin, size } = parseCheckpoint(answer.body.slice(0, answer.body.lastIndexOf('\n\n') + 1))
  expect(origin).toBe(`${server.keys.installation}/activity`)
  expect(size).toBeGreaterThan(0)
})

it('tells how the check of everything went, to everybody whether and to supervisors what', async () => {
  expect((await server.app.inject('/api/ready')).json()).toMatchObject({
    ready: true,
    check: { state: 'waiting', endedAt: null },
  })
  server.fullCheck.begin()
  await expect.poll(() => server.fullCheck.latest().state, { timeout: 60_000 }).toBe('done')
  const ready = await server.app.inject('/api/ready')
  expect(ready.statusCode).toBe(200)
  expect(ready.json()).toMatchObject({ ready: true, reasons: [], check: { state: 'done', faults: 0 } })
  const { check } = (await server.as('zhou-ping', { url: '/api/registers' })).json<{ check: { entries: number } }>()
  expect(check).toMatchObject({ state: 'done', faults: [] })
  expect(check.entries).toBeGreaterThan(20)
})

it('refuses to sign a register that is not what was signed before, in words, and serves the others', async () => {
  const superuser = new pg.Client(clientConfig(server.database.superConfig, true))
  await superuser.connect()
  await superuser.query('set session_replication_role = replica')
  await superuser.query(`delete from entries where register = 'org' and seq > 20`)
  await superuser.end()
  const answer = await server.as('zhou-ping', { url: '/api/registers/org/checkpoint' })
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({
    status: 409,
    code: 'ledger.forked',
    detail: expect.stringMatching(/org.*另存的检查点载明 \d+ 条，现有 20 条/),
    remedy: expect.stringContaining('npm run verify'),
  })
  expect((await server.as('zhou-ping', { url: '/api/registers/activity/checkpoint' })).statusCode).toBe(200)
  expect((await server.as('zhou-ping', { url: '/api/registers' })).statusCode).toBe(200)
})
