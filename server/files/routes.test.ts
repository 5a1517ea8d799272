import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPerson } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'
import { filesFolder, openFiles } from './files.ts'
import { mayKeepAnother, UNNAMED_A_DAY } from './allowance.ts'
import { fileRoutes } from './routes.ts'
import { jpeg, picture, pngHeader, pngOf } from './testing-pictures.ts'
import { PHOTOS_A_REQUEST_MAX } from './upload.ts'

const OFFICER = 'zhang-wei'
const STRANGER = 'li-na'

let server: TestServer
const shownTo = new Map<string, string>()
let seed = 100

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(fileRoutes, {
        ...deps,
        files: await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now }),
        maySee: async (person, sha256) => shownTo.get(sha256) === person,
      })
    },
  })
})
afterAll(() => server.close())

const BOUNDARY = 'clearhold-boundary'
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`

function form(parts: readonly { name?: string; filename?: string; type?: string; content: Buffer | string }[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name = 'photo', filename, type = 'image/jpeg', content }) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\nContent-Type: ${type}\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])
}

const photosForm = (...contents: readonly Buffer[]) =>
  form(contents.map((content, index) => ({ filename: `${index}.jpg`, content })))

const post = (payload: Buffer, { key, type = TYPE }: { key?: string; type?: string } = {}) =>
  server.as(OFFICER, {
    method: 'POST',
    url: '/api/files',
    payload,
    headers: { 'content-type': type },
    ...(key === undefined ? {} : { key }),
  })

const fresh = () => jpeg(200, 100, (seed += 1))
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const filesIn = async (shelf: string) =>
  (await readdir(join(filesFolder(server.dataDir), shelf), { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => one.name)
const readsOf = async (sha256: string) =>
  (
    await sql<{ person: string; outcome: string }>`
      select text::jsonb ->> 'person' as person, text::jsonb ->> 'outcome' as outcome
      from activity where text::jsonb ->> 'about' = ${`files/${sha256}`} and text::jsonb ->> 'kind' = 'read' order by seq
    `.execute(server.database.db)
  ).rows

async function kept(content?: Buffer): Promise<string> {
  const answer = await post(photosForm(content ?? (await fresh())))
  const sha256 = answer.json<{ files: { sha256: string }[] }>().files[0]?.sha256 ?? ''
  shownTo.set(sha256, OFFICER)
  return sha256
}

describe('sending photos', () => {
  it('answers with hash and size of each, in order', async () => {
    const [first, second] = [
      await fresh(),
      await picture(90, 60, (seed += 1))
        .png()
        .toBuffer(),
    ]
    const answer = await post(photosForm(first, second))
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toEqual({
      files: [
        { sha256: hashOf(first), width: 200, height: 100, bytes: first.length },
        { sha256: hashOf(second), width: 90, height: 60, bytes: second.length },
      ],
    })
  })

  it('is for whose post takes photos, and ends at so many a day that no item’s account names', async () => {
    const send = async (by: string) =>
      (
        await server.as(by, {
          ...{ method: 'POST', url: '/api/files', payload: photosForm(await fresh(), await fresh()) },
          headers: { 'content-type': TYPE },
        })
      ).json<{ code?: string; files?: object[] }>()
    const before = (await filesIn('originals')).length
    for (const person of ['xu-system', 'zhou-ping', 'wu-xia'])
      expect(await send(person), person).toMatchObject({ status: 403, code: 'access.no-post' })
    expect((await filesIn('originals')).length).toBe(before)

    const db = server.database.ownerDb
    const row = (index: number) => ({
      ...{ sha256: hashOf(Buffer.from(`kept ${index}`)), bytes: 1, mime: 'image/jpeg', width: 1, height: 1 },
      ...{ kept_at: server.deps.now(), kept_by: 'liu-yang' },
    })
    await db
      .insertInto('files')
      .values(Array.from({ length: UNNAMED_A_DAY - 1 }, (_, index) => row(index)))
      .execute()
    expect(await send('liu-yang'), 'the second one is too many').toMatchObject({ status: 429, code: 'file.enough' })
    expect((await filesIn('originals')).length).toBe(before + 1)
    expect((await send('chen-jing')).files, 'each has an allowance of his own').toHaveLength(2)
    const tomorrow = new Date(Date.parse(server.deps.now()) + 24 * 3_600_000).toISOString()
    expect(await mayKeepAnother(server.deps.db, 'liu-yang', tomorrow)).toBeUndefined()
  })

  it('needs somebody signed in and an Idempotency-Key', async () => {
    const payload = photosForm(await fresh())
    const headers = { 'content-type': TYPE }
    const nobody = await server.app.inject({ method: 'POST', url: '/api/files', payload, headers })
    expect(nobody.json()).toMatchObject({ status: 401, code: 'access.not-signed-in' })
    const { token } = await server.deps.signIn.open({ login: OFFICER, password: demoPerson(OFFICER).password })
    const keyless = await server.app.inject({
      method: 'POST',
      url: '/api/files',
      payload,
      headers: { ...headers, authorization: `Bearer ${token}` },
    })
    expect(keyless.json()).toMatchObject({ status: 400, code: 'request.key-missing' })
  })

  it('gives the same answer to the same key and content, and 422 to other content', async () => {
    const payload = photosForm(await fresh())
    const first = await post(payload, { key: 'photo-once' })
    const again = await post(payload, { key: 'photo-once' })
    expect([again.statusCode, again.body]).toEqual([first.statusCode, first.body])
    expect((await post(photosForm(await fresh()), { key: 'photo-once' })).json()).toMatchObject({
      status: 422,
      code: 'request.key-reused',
    })
  })

  it('takes names for nothing: a path, a device, emoji of 255 bytes, turned writing', async () => {
    const outside = await readdir(join(filesFolder(server.dataDir), '..'))
    for (const filename of [
      '../../a',
      '..\\..\\a',
      'CON',
      '📷'.repeat(63) + 'jpg',
      '\u202egpj.exe',
      'a\u0000b.jpg',
      '',
    ]) {
      const original = await fresh()
      const answer = await post(form([{ filename, content: original }]))
      expect(answer.json(), filename).toMatchObject({ files: [{ sha256: hashOf(original) }] })
      expect(await filesIn('originals')).toContain(hashOf(original).slice(2))
    }
    expect(await readdir(join(filesFolder(server.dataDir), '..'))).toEqual(outside)
    expect((await readdir(filesFolder(server.dataDir))).sort()).toEqual(['cleaned', 'incoming', 'originals', 'thumbs'])
  })

  it('refuses in words which of several it was, and with a remedy', async () => {
    const bomb = pngOf(pngHeader(14_000, 14_000))
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    const whole = await fresh()
    for (const [content, status, code] of [
      [svg, 415, 'file.not-a-picture'],
      [bomb, 413, 'file.too-many-pixels'],
      [whole.subarray(0, whole.length / 2), 422, 'file.broken'],
      [Buffer.alloc(21 * 1024 * 1024, whole), 413, 'file.too-large'],
    ] as const) {
      const answer = await post(photosForm(await fresh(), content))
      expect(answer.json(), code).toMatchObject({
        status,
        code,
        detail: expect.stringMatching(/^第 2 [张个][^{]*$/) as string,
        remedy: expect.stringMatching(/^[^{]+$/) as string,
        words: { detail: { en: expect.stringMatching(/(Photo|File) 2 [^{]*$/) as string } },
      })
    }
    expect(await filesIn('incoming')).toEqual([])
  })

  it('refuses requests without photos, with too many, with other fields, cut off, or of another type', async () => {
    expect((await post(form([]))).json()).toMatchObject({ code: 'file.none' })
    expect((await post(Buffer.from('{}'), { type: 'application/json' })).json()).toMatchObject({ code: 'file.none' })
    const photo = await fresh()
    const many = Array.from({ length: PHOTOS_A_REQUEST_MAX + 1 }, () => photo)
    expect((await post(photosForm(...many))).json()).toMatchObject({ status: 413, code: 'file.too-many' })
    expect((await post(photosForm(...many.slice(1)))).statusCode).toBe(201)
    const field = form([{ name: 'admin', content: 'true', type: 'text/plain' }])
    expect((await post(field)).json()).toMatchObject({ status: 400, code: 'request.invalid' })
    const cut = photosForm(photo)
    expect((await post(cut.subarray(0, cut.length / 2))).json()).toMatchObject({ status: 400, code: 'file.cut-off' })
    expect(await filesIn('incoming')).toEqual([])
  })

  it('lets a sender who is still sending read the refusal', async () => {
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
    const { token } = await server.deps.signIn.open({ login: OFFICER, password: demoPerson(OFFICER).password })
    const length = 24 * 1024 * 1024
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    await once(socket, 'connect')
    let answer = ''
    socket.on('data', (data) => (answer += data.toString('utf8')))
    const body = photosForm(Buffer.alloc(length, await fresh()))
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: still-sending\r\nContent-Type: ${TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    socket.write(body)
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('"code":"file.too-large"')
  })
})

describe('seeing photos', () => {
  const get = (person: string, url: string, headers: Record<string, string> = {}) => server.as(person, { url, headers })

  it('serves a cleaned copy and a thumbnail, as a JPEG and nothing else, and records each reader', async () => {
    const original = await picture(3_000, 1_000, (seed += 1))
      .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '24/1 52/1 0/1' } })
      .jpeg()
      .toBuffer()
    const sha256 = await kept(original)
    for (const [query, width] of [
      ['', 2_560],
      ['?size=thumb', 320],
    ] as const) {
      const answer = await get(OFFICER, `/api/files/${sha256}${query}`)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'content-disposition': `inline; filename=${sha256}.jpg`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
      })
      const shown = await sharp(answer.rawPayload).metadata()
      expect(shown).toMatchObject({ format: 'jpeg', width })
      expect(shown.exif).toBeUndefined()
      expect(answer.rawPayload.includes('Camera')).toBe(false)
    }
    expect(await readsOf(sha256)).toEqual([
      { person: OFFICER, outcome: 'ok' },
      { person: OFFICER, outcome: 'ok' },
    ])
  })

  it('asks and records again what a browser has kept, and spares it the bytes', async () => {
    const sha256 = await kept()
    const { headers } = await get(OFFICER, `/api/files/${sha256}`)
    const again = await get(OFFICER, `/api/files/${sha256}`, { 'if-none-match': String(headers['etag']) })
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0])
    expect(await readsOf(sha256)).toHaveLength(2)
    const other = await get(STRANGER, `/api/files/${sha256}`, { 'if-none-match': String(headers['etag']) })
    expect(other.statusCode).toBe(404)
  })

  it('tells who may not see it what it tells of a photo that is not there', async () => {
    const sha256 = await kept()
    const [hidden, absent] = [
      await get(STRANGER, `/api/files/${sha256}`),
      await get(OFFICER, `/api/files/${'0'.repeat(64)}`),
    ]
    expect(hidden.json()).toMatchObject({ status: 404, code: 'file.not-found' })
    expect(hidden.body).toBe(absent.body)
    expect(await readsOf(sha256)).toEqual([])
    expect((await server.app.inject({ url: `/api/files/${sha256}` })).json()).toMatchObject({
      code: 'access.not-signed-in',
    })
  })

  it('has no way to an original, and none out of its folder', async () => {
    const sha256 = await kept()
    for (const url of [
      `/api/files/${sha256}?size=original`,
      `/api/files/${sha256}?size=cleaned&raw=1`,
      `/api/files/..%2F..%2Finstallation.json`,
      `/api/files/${sha256.toUpperCase()}`,
      `/api/files/${sha256}0`,
    ]) {
      expect((await get(OFFICER, url)).statusCode, url).toBe(400)
    }
  })
})
