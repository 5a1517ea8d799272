import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import { fileRoutes } from '../../files/routes.ts'
import { jpeg } from '../../files/testing-pictures.ts'
import { signatureOf, testServer, type TestServer, TEST_START } from '../../testing.ts'
import { maySeePhoto } from '../papers/paper-routes.ts'
import type { ShownStocktake } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { stocktakeRoutes } from './routes.ts'

const [COUNTER, OTHER, HEAD, SUPERVISOR, OFFICER] = [
  'chen-jing',
  'liu-yang',
  'guo-tao',
  'zhou-ping',
  'zhang-wei',
] as const
const BOUNDARY = 'clearhold-boundary'

let server: TestServer
let clock = Date.parse(TEST_START)
let shelf = ''

const post = (person: string, url: string, payload: object = {}) => {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}
const shown = async (person: string, code: string): Promise<ShownStocktake> =>
  (await server.as(person, { url: `/api/counts/${code}` })).json<ShownStocktake>()
const report = async (person: string, code: string): Promise<string> => {
  const { rawPayload } = await server.as(person, { url: `/api/counts/${code}/report.pdf` })
  return readPdf(rawPayload)
    .pages.map(({ text }) => text.replaceAll('\n', ''))
    .join('')
}

async function upload(person: string, seed: number): Promise<string> {
  const content = await jpeg(64, 48, seed)
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
  const answer = await server.as(person, { method: 'POST', url: '/api/files', payload, headers })
  expect(answer.statusCode, answer.body).toBe(201)
  const hash = createHash('sha256').update(content).digest('hex')
  expect(answer.json<{ files: { sha256: string }[] }>().files).toMatchObject([{ sha256: hash }])
  return hash
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(stocktakeRoutes, deps)
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      const maySee = (person: string, sha256: string) => maySeePhoto(deps, person, sha256)
      await app.register(fileRoutes, { ...deps, files, maySee })
    },
  })
  const place = { name: '一号架', storageClass: 'ordinary', capacity: 9 }
  shelf = (await post(COUNTER, '/api/stores/store-1/locations', place)).json<{ code: string }>().code
})
afterAll(() => server.close())

it('what a counter photographs stands by its hash in the register, and shows with the result to who may see that', async () => {
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const order = { store: 'store-1', scope: { kind: 'store' }, counters: [COUNTER], dueAt }
  const { code } = (await post(HEAD, '/api/counts', order)).json<{ code: string }>()
  const mine = await upload(COUNTER, 7)
  const strange = await upload(OTHER, 8)
  const seen = `/api/counts/${code}/seen`
  const sheet = { location: shelf, sights: [{ text: 'ABC-99' }] }
  for (const photo of [strange, 'ab'.repeat(32)])
    expect((await post(COUNTER, seen, { ...sheet, photos: [photo] })).json<{ code: string }>().code).toBe(
      'file.not-found',
    )
  expect((await post(COUNTER, seen, { ...sheet, photos: [mine] })).statusCode).toBe(200)
  const { text } = await server.database.db
    .selectFrom('entries')
    .select('text')
    .where('type', '=', 'custody.shelf-counted')
    .executeTakeFirstOrThrow()
  expect(text).toContain(mine)
  // Whoever is to count again must not learn what the first one found.
  const sees = async (person: string): Promise<[unknown, number]> => [
    (await shown(person, code)).photos,
    (await server.as(person, { url: `/api/files/${mine}` })).statusCode,
  ]
  for (const blind of [COUNTER, OTHER]) expect(await sees(blind)).toEqual([null, 404])
  expect((await server.as(OFFICER, { url: `/api/files/${mine}` })).statusCode).toBe(404)
  const [photos, status] = await sees(SUPERVISOR)
  expect(status).toBe(200)
  expect(photos).toMatchObject([{ location: shelf, name: '一号架', round: 1, by: { name: '陈静' }, photos: [mine] }])
  await post(COUNTER, `/api/counts/${code}/conclude`)
  expect(await report(HEAD, code)).toMatch(/照片\s*1 张/)
  expect(await report(OTHER, code)).not.toContain('1 张，存于系统')
  const signed = await post(OTHER, `/api/counts/${code}/recount`, { location: shelf, sights: [] })
  expect(signed.statusCode).toBe(200)
  await post(OTHER, `/api/counts/${code}/conclude`)
  const closing = await post(HEAD, `/api/counts/${code}/conclude`, { signatures: [signatureOf(COUNTER)] })
  expect(closing.statusCode, closing.body).toBe(200)
  expect(await sees(COUNTER)).toMatchObject([[{ photos: [mine] }], 200])
})
