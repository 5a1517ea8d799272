import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseCsv } from '../../csv.ts'
import { quietLog } from '../../database/testing.ts'
import { CLAIM_MS, PAUSES_MS } from '../../outbox/outbox.ts'
import { type Gateway, type Posted, startGateway } from '../../outbox/testing-gateway.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import { turnUpload } from './keeper.ts'
import type { ShownUpload } from './protocol.ts'
import type { UploadBody } from './store.ts'

const [SYSTEM_ADMIN, SECURITY_ADMIN] = ['xu-system', 'an-security'] as const
const SECRET = 'a secret of thirty-two characters'
const LONG_MS = 120_000

let hall: TestHall
let gateway: Gateway

const turn = (secret: string | null = SECRET, ending?: AbortSignal): Promise<void> =>
  turnUpload({ db: hall.server.deps.db, secret, now: () => hall.now(), log: quietLog }, ending)
const shown = async (): Promise<ShownUpload> => (await hall.get<ShownUpload>(SYSTEM_ADMIN, '/api/upload')).body
const states = async (): Promise<string[]> => (await shown()).uploads.map(({ state }) => state)
const propose = (url: string, person: string = SYSTEM_ADMIN) =>
  hall.post<{ id: string }>(person, '/api/proposals', { change: { command: 'org.set-upload', url } })
const idOf = ({ headers }: Posted): unknown => headers['idempotency-key']
const bodyOf = (posted: Posted | undefined): UploadBody => JSON.parse(posted?.body ?? '') as UploadBody
/** So many vote, and the tally counts them. */
async function counted(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const { token } = await hall.served('counter-1')
    expect(await hall.vote(token, ballotOf(nth % 2 === 0 ? 5 : 4))).toMatchObject({ status: 201 })
  }
  await hall.tally()
}

beforeAll(async () => {
  ;[hall, gateway] = await Promise.all([TestHall.open(), startGateway()])
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await counted(LEAST_BALLOTS)
}, LONG_MS)
afterAll(async () => {
  await hall.close()
  await gateway.close()
})

it(
  'nothing leaves the house before two administrators have said where to, and never without a secret',
  async () => {
    await turn()
    expect(await shown()).toMatchObject({ url: null, uploads: [] })
    for (const url of ['http://province.test/', 'https://name:word@province.test/', 'ftp://province.test/', 'nowhere'])
      expect(await propose(url.padEnd(8, '/')), url).toMatchObject({ status: 422, code: 'org.upload-address' })
    expect(await propose(gateway.url, SECURITY_ADMIN)).toMatchObject({ code: 'access.no-post' })
    const { id } = (await propose(gateway.url)).body
    await turn()
    expect(await hall.post(SYSTEM_ADMIN, `/api/proposals/${id}/confirm`)).toMatchObject({ code: 'org.same-role' })
    await turn()
    expect(await shown()).toMatchObject({ url: null, uploads: [] })
    expect(await hall.post(SECURITY_ADMIN, `/api/proposals/${id}/confirm`)).toMatchObject({ status: 200 })
    await turn(null)
    expect(gateway.posted).toEqual([])
    expect(await hall.get(MANAGER, '/api/upload')).toMatchObject({ code: 'access.no-post' })
  },
  LONG_MS,
)

it(
  'what goes out is the export of released counts, signed; tried again until it arrives, always the same under one id',
  async () => {
    gateway.answer = (response) => response.writeHead(503).end('later')
    await turn()
    expect(await states()).toEqual(['failed'])
    await turn()
    expect(gateway.posted, 'not before its time').toHaveLength(1)

    // The other side takes it and never answers; our process is ended meanwhile.
    hall.pass(PAUSES_MS[0] ?? 0)
    const ending = new AbortController()
    gateway.answer = () => ending.abort()
    await turn(SECRET, ending.signal)
    expect(gateway.posted).toHaveLength(2)
    await turn()
    expect(gateway.posted, 'nobody knows how far it came').toHaveLength(2)
    hall.pass(CLAIM_MS)

    // It answers twice over on one line.
    gateway.answer = (response) =>
      response.socket?.write(
        'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 No\r\ncontent-length: 2\r\n\r\nno',
      )
    await turn()
    expect(await states()).toEqual(['delivered'])
    expect(gateway.posted).toHaveLength(3)
    expect(new Set(gateway.posted.map(idOf)).size).toBe(1)
    expect(new Set(gateway.posted.map(({ body }) => body)).size).toBe(1)

    const [post] = gateway.posted.slice(-1)
    const [, t = '', v1 = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(post?.headers['x-clearhold-signature'])) ?? []
    expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${post?.body}`).digest('hex'))
    const file = await hall.server.as(MANAGER, { url: `/api/rating/year.csv?hall=${HALL}&year=2026` })
    expect(file.statusCode, file.body).toBe(200)
    const [columns, ...rows] = parseCsv(file.body).rows
    expect(bodyOf(post)).toMatchObject({ v: 1, hall: HALL, year: 2026, columns, rows })
    expect(rows).toHaveLength(1)
    await turn()
    expect(gateway.posted, 'what was uploaded is not uploaded again').toHaveLength(3)
  },
  LONG_MS,
)

it(
  'votes that are not counted yet change nothing; counted ones are a new upload, in place of one that did not arrive',
  async () => {
    const { token } = await hall.served('counter-1')
    expect(await hall.vote(token, ballotOf(1))).toMatchObject({ status: 201 })
    await hall.tally()
    await turn()
    expect(gateway.posted).toHaveLength(3)
    gateway.answer = (response) => response.writeHead(500).end()
    await counted(LEAST_BALLOTS - 1)
    await turn()
    expect(await states()).toEqual(['failed', 'delivered'])
    await counted(LEAST_BALLOTS)
    gateway.answer = (response) => response.end('{"ok":true}')
    await turn()
    expect(await states()).toEqual(['delivered', 'given-up', 'delivered'])
    const ids = gateway.posted.map(idOf)
    expect(new Set(ids).size).toBe(3)
    // It arrived and was lost there: the last one goes out again; one that newer counts have replaced does not.
    const resend = (id: unknown) => hall.post(SYSTEM_ADMIN, `/api/upload/${String(id)}/resend`)
    expect(await hall.post(MANAGER, `/api/upload/${String(ids.at(-1))}/resend`)).toMatchObject({
      code: 'access.no-post',
    })
    expect(await resend(ids.at(0))).toMatchObject({ code: 'outbox.not-settled' })
    expect(await resend(ids.at(-1))).toMatchObject({ status: 200 })
    await turn()
    expect(gateway.posted.map(idOf)).toEqual([...ids, ids.at(-1)])
    expect(gateway.posted.at(-1)?.body).toBe(gateway.posted.at(-2)?.body)
    expect(await states()).toEqual(['delivered', 'given-up', 'delivered'])
  },
  LONG_MS,
)

it(
  'a new address is given all that was counted before, once; what still waited for the old one goes there no more',
  async () => {
    const other = await startGateway()
    try {
      const before = gateway.posted.length
      hall.pass(1_000)
      const { id } = (await propose(other.url)).body
      expect(await hall.post(SECURITY_ADMIN, `/api/proposals/${id}/confirm`)).toMatchObject({ status: 200 })
      hall.pass(1_000)
      await turn()
      await turn()
      expect(other.posted).toHaveLength(1)
      expect(bodyOf(other.posted[0]).rows).toEqual(bodyOf(gateway.posted.at(-1)).rows)
      expect(idOf(other.posted[0] as Posted)).not.toBe(idOf(gateway.posted.at(-1) as Posted))
      expect(gateway.posted).toHaveLength(before)
    } finally {
      await other.close()
    }
  },
  LONG_MS,
)

it(
  'one administrator stops it, and from then on nothing goes out; the registers replay',
  async () => {
    expect(await hall.post(MANAGER, '/api/upload/stop')).toMatchObject({ code: 'access.no-post' })
    expect(await hall.post(SECURITY_ADMIN, '/api/upload/stop')).toMatchObject({ status: 200 })
    expect(await hall.post(SECURITY_ADMIN, '/api/upload/stop')).toMatchObject({ code: 'org.upload-same' })
    const before = gateway.posted.length
    await counted(LEAST_BALLOTS)
    await turn()
    expect(gateway.posted).toHaveLength(before)
    expect(await shown()).toMatchObject({ url: null })
    expect(await hall.faults()).toEqual([])
  },
  LONG_MS,
)
