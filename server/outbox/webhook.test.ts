import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { letterOf, type Message, TRY_MS, WORDS_MOST } from './outbox.ts'
import { type Gateway, startGateway } from './testing-gateway.ts'
import { webhookWay } from './webhook.ts'

const SECRET = 'a secret of thirty-two characters'
const MESSAGE: Message = {
  id: '0198a000-0000-7000-8000-000000000001',
  at: '2026-03-02T01:00:00.000Z',
  count: 3,
  trial: false,
  to: '13800000000',
}

let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

const send = (signal = AbortSignal.timeout(TRY_MS)) =>
  webhookWay({ url: gateway.url, secret: SECRET }, () => '2026-03-02T01:02:03.456Z').send(
    MESSAGE,
    letterOf(MESSAGE, null),
    signal,
  )

it('posts the message, signed over its time and body, under its id', async () => {
  expect(await send()).toEqual({ outcome: 'delivered', words: '200 {"ok":true}' })
  const [post] = gateway.posted.slice(-1)
  const { id, at, to } = MESSAGE
  expect(JSON.parse(post?.body ?? '')).toEqual({
    ...{ id, at, to, count: 3, trial: false },
    text: letterOf(MESSAGE, null).text,
  })
  expect(post?.headers['idempotency-key']).toBe(id)
  const [, t = '', v1 = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(post?.headers['x-clearhold-signature'])) ?? []
  expect(Number(t)).toBe(Date.parse('2026-03-02T01:02:03.000Z') / 1_000)
  expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${post?.body}`).digest('hex'))
  expect(JSON.stringify(post)).not.toContain(SECRET)
})

it.each([
  [500, 'failed'],
  [503, 'failed'],
  [429, 'failed'],
  [408, 'failed'],
  [400, 'refused'],
  [410, 'refused'],
  [302, 'refused'],
] as const)('an answer %s is %s', async (status, outcome) => {
  gateway.answer = (response) => response.writeHead(status, { location: gateway.url }).end('not now\u202e\n\n please')
  const before = gateway.posted.length
  expect(await send()).toEqual({ outcome, words: `${status} not now please` })
  expect(gateway.posted.length, 'is not followed elsewhere').toBe(before + 1)
})

it('an answer that is slow, dribbles or never ends is left; of a long one the beginning is kept', async () => {
  const timers: NodeJS.Timeout[] = []
  gateway.answer = () => undefined
  expect(await send(AbortSignal.timeout(200))).toMatchObject({
    outcome: 'failed',
    words: expect.stringContaining('限定时间'),
  })
  gateway.answer = (response) => {
    response.writeHead(200)
    timers.push(setInterval(() => response.write('.'), 20))
  }
  expect(await send(AbortSignal.timeout(200))).toMatchObject({ outcome: 'failed' })
  gateway.answer = (response) => {
    response.writeHead(200)
    timers.push(setInterval(() => response.write('x'.repeat(10_000)), 1))
  }
  const long = await send()
  for (const timer of timers) clearInterval(timer)
  expect(long.outcome).toBe('delivered')
  expect(long.words).toHaveLength(WORDS_MOST)
})

it('a gateway that is not there fails', async () => {
  const gone = await startGateway()
  await gone.close()
  const tried = await webhookWay({ url: gone.url, secret: SECRET }, () => MESSAGE.at).send(
    MESSAGE,
    letterOf(MESSAGE, null),
    AbortSignal.timeout(TRY_MS),
  )
  expect(tried).toEqual({ outcome: 'failed', words: '没有收到答复 / no answer (ECONNREFUSED)' })
})
