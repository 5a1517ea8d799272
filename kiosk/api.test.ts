import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Api } from './api.ts'
import { Deed } from './deed.ts'

interface Heard {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let heard: Heard[]
let answers: ((request: IncomingMessage, response: ServerResponse) => void)[]
let signedOut: number
let close: () => void
let api: Api

beforeEach(async () => {
  heard = []
  answers = []
  signedOut = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      heard.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      answers.shift()?.(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  api = new Api({ base, language: () => 'zh-CN', onsignedout: () => (signedOut += 1), retry_ms: [1, 1] })
})

afterEach(() => close())

const reply =
  (status: number, body: unknown, type = 'application/json') =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))
  }
const hangUp = (request: IncomingMessage): void => void request.socket.destroy()
const keys = (): unknown[] => heard.map((one) => one.headers['idempotency-key'])

const inProgress = reply(409, { code: 'request.in-progress', detail: { zh: '正在处理', en: 'in progress' } })

test('a read leaves out what is not asked, names the language and carries no key', async () => {
  answers = [reply(200, { items: [1] })]
  const answer = await api.get('/api/search', { q: '金条 100g', limit: 5, after: undefined })
  expect(answer).toEqual({ kind: 'done', status: 200, body: { items: [1] } })
  expect(heard[0]).toMatchObject({ method: 'GET', url: '/api/search?q=%E9%87%91%E6%9D%A1+100g&limit=5' })
  expect(heard[0]?.headers).toMatchObject({ 'accept-language': 'zh-CN' })
  expect(keys()).toEqual([undefined])
})

test('an address that asks something already asks the rest beside it', async () => {
  answers = [reply(200, { items: [] })]
  await api.get('/api/counts?store=store-1', { limit: 5 })
  expect(heard[0]?.url).toBe('/api/counts?store=store-1&limit=5')
})

test('a list is read to its end, and what fails on the way is the answer', async () => {
  answers = [
    reply(200, { people: ['a', 'b'], more: 1, after: 'b' }),
    reply(200, { people: ['c'], more: 2, after: null }),
  ]
  const whole = await api.all<{ people: string[]; more: number }>('/api/people', 'people')
  expect(whole).toMatchObject({ kind: 'done', body: { people: ['a', 'b', 'c'], more: 1, after: null } })
  expect(heard.map(({ url }) => url)).toEqual(['/api/people?limit=500', '/api/people?limit=500&after=b'])
  answers = [reply(200, { people: ['a'], after: 'a' }), hangUp]
  expect(await api.all<{ people: string[] }>('/api/people', 'people')).toEqual({ kind: 'offline' })
})

test('a refusal is an answer in both languages', async () => {
  const problem = {
    code: 'custody.same-person',
    detail: { zh: '交接双方是同一人', en: 'Both sides are the same person' },
    rule: { zh: '扣管分离', en: 'Kept apart' },
    remedy: { zh: '请换一位保管人员', en: 'Call another custodian' },
  }
  answers = [reply(409, { type: 'about:blank', status: 409, ...problem }, 'application/problem+json')]
  expect(await api.write('POST', '/api/custody/check-in', { items: [] })).toEqual({
    kind: 'refused',
    status: 409,
    notice: problem,
  })
})

test('a refusal whose words are one string is shown as it is', async () => {
  answers = [reply(422, { code: 'x.y', detail: '不行' })]
  expect(await api.get('/api/cases/1')).toEqual({
    kind: 'refused',
    status: 422,
    notice: { code: 'x.y', detail: { zh: '不行', en: '不行' }, rule: null, remedy: null },
  })
})

test.each([
  ['a page instead of JSON', reply(502, '<h1>Bad gateway</h1>', 'text/html')],
  ['an error without a code', reply(500, { statusCode: 500, message: 'Internal Server Error' })],
  ['an empty error', reply(500, '')],
  ['a success that is no JSON', reply(200, '<html>', 'text/html')],
])('%s is a failure of the server, not a refusal', async (_name, answer) => {
  answers = [answer]
  expect(await api.get('/api/cases/1')).toMatchObject({ kind: 'failed' })
})

test('an answer without a body is done', async () => {
  answers = [(_request, response) => void response.writeHead(204).end()]
  expect(await api.write('DELETE', '/api/session', undefined)).toEqual({ kind: 'done', status: 204, body: undefined })
  expect(heard[0]?.headers['content-type']).toBeUndefined()
})

test('a lost answer is asked for again under the same key', async () => {
  answers = [hangUp, hangUp, reply(201, { code: 'A' })]
  expect(await api.write('POST', '/api/cases', { number: '1' })).toEqual({
    kind: 'done',
    status: 201,
    body: { code: 'A' },
  })
  expect(heard.map((one) => one.body)).toEqual(Array(3).fill('{"number":"1"}'))
  expect(new Set(keys()).size).toBe(1)
  expect(keys()[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('a scan whose answer was lost is not sent again', async () => {
  answers = [hangUp, reply(200, {})]
  const scan = { type: 'scan', text: 'CH-26-000184-K', age_ms: 4 }
  expect(await api.write('POST', '/api/stations/bench-1/input', scan, new Deed(), [])).toEqual({ kind: 'offline' })
  expect(heard).toHaveLength(1)
})

test('a write that still runs is asked for again, then said to run', async () => {
  answers = [inProgress, inProgress, inProgress]
  expect(await api.write('POST', '/api/cases', { number: '1' })).toMatchObject({
    kind: 'refused',
    notice: { code: 'request.in-progress' },
  })
  expect(new Set(keys()).size).toBe(1)
})

test('a person who presses again after a lost answer repeats nothing; the next deed has its own key', async () => {
  const deed = new Deed()
  answers = [hangUp, hangUp, hangUp, reply(201, {}), reply(201, {})]
  expect(await api.write('POST', '/api/cases', { number: '1' }, deed)).toEqual({ kind: 'offline' })
  await api.write('POST', '/api/cases', { number: '1' }, deed)
  await api.write('POST', '/api/cases', { number: '1' }, deed)
  const [first, , , again, next] = keys()
  expect(again).toBe(first)
  expect(next).not.toBe(first)
})

test('changed content is another deed, since the server refuses one key with two contents', async () => {
  const deed = new Deed()
  answers = [reply(500, ''), reply(201, {})]
  await api.write('POST', '/api/cases', { number: '1' }, deed)
  await api.write('POST', '/api/cases', { number: '2' }, deed)
  expect(new Set(keys()).size).toBe(2)
})

test('after a failure the same content keeps its key: it may have been done', async () => {
  const deed = new Deed()
  answers = [reply(500, ''), reply(201, {})]
  await api.write('POST', '/api/cases', { number: '1' }, deed)
  await api.write('POST', '/api/cases', { number: '1' }, deed)
  expect(new Set(keys()).size).toBe(1)
})

test('photos go up with their values before them', async () => {
  answers = [reply(201, { hash: 'ab' })]
  const photo = new File([new Uint8Array([0xff, 0xd8])], '金条.jpg', { type: 'image/jpeg' })
  expect(await api.upload('/api/items/X/photos', 'photo', [photo], { note: 'front' })).toMatchObject({ kind: 'done' })
  expect(heard[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(heard[0]?.body).toMatch(/name="note"[^]*front[^]*name="photo"; filename="金条.jpg"/)
  expect(keys()[0]).toBeDefined()
})

test('a 401 is told once for each request, but a wrong PIN is only an answer', async () => {
  const unknown = reply(401, { code: 'access.signed-out', detail: '未登录' })
  answers = [unknown, unknown]
  await api.get('/api/stations')
  expect(signedOut).toBe(1)
  await api.write('POST', '/api/session', { badge: 'B', pin: '1' })
  expect(signedOut).toBe(1)
})

test('a browser that is no screen of a station signs nobody out', async () => {
  answers = [reply(401, { code: 'stations.not-a-screen', detail: '本机不是该工位的屏幕' })]
  expect(await api.get('/api/stations/desk-1/session')).toMatchObject({ kind: 'refused', status: 401 })
  expect(signedOut).toBe(0)
})

test('a server that is not there is offline', async () => {
  close()
  expect(await api.get('/api/stations')).toEqual({ kind: 'offline' })
})
