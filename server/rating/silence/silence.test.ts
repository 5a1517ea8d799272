import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { WorkPage } from '../../inbox/protocol.ts'
import type { OpenSpan } from '../hours/protocol.ts'
import { VOTE_LIFE_MS } from '../services.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import { lookForSilence } from './keeper.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SYSTEM_ADMIN = 'xu-system'
const PADS = ['评价器没有信号 1号窗口', '评价器没有信号 2号窗口']
const patience = { timeout: 60_000, interval: 50 }

let hall: TestHall
const look = () => lookForSilence({ ...hall.server.deps, now: () => hall.now() })
const put = async (person: string, path: string, payload: object) => {
  const answer = await hall.server.as(person, { method: 'PUT', url: `/api/rating/halls/${HALL}/${path}`, payload })
  return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
}
const workOf = async (person: string): Promise<string[]> => {
  const { body } = await hall.get<WorkPage>(person, '/api/work')
  return body.work.filter(({ kind }) => kind === 'silence').map(({ what, about }) => `${what.zh} ${about}`)
}
const padsAre = (ready: boolean) =>
  vi.waitFor(async () => {
    const { body } = await hall.get<{ devices: { state: string }[] }>(SYSTEM_ADMIN, '/api/devices')
    expect(body.devices.map((one) => one.state === 'ready')).toEqual([ready, ready])
  }, patience)
/** To this minute, as the hall's clock shows it (UTC+8), of the next day. */
const toTomorrow = (minute: string): void => {
  const day = new Date(Date.parse(hall.now()) + 8 * 60 * MINUTE_MS + DAY_MS).toISOString().slice(0, 10)
  hall.pass(Date.parse(`${day}T${minute}:00+08:00`) - Date.parse(hall.now()))
}

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
}, 120_000)
afterAll(() => hall.close())

it('a pad without a sign is told once, to the head and the system administrator, and no more once it speaks', async () => {
  expect(await look()).toEqual([])
  await hall.pads.unplug()
  await padsAre(false)
  hall.pass(9 * MINUTE_MS)
  expect(await look()).toEqual([])
  hall.pass(2 * MINUTE_MS)
  expect(await look()).toHaveLength(2)
  expect(await look()).toEqual([])
  for (const person of [MANAGER, SYSTEM_ADMIN]) expect((await workOf(person)).toSorted(), person).toEqual(PADS)
  expect(await workOf(CLERK)).toEqual([])
  await hall.pads.replug()
  await padsAre(true)
  expect(await look()).toHaveLength(2)
  for (const person of [MANAGER, SYSTEM_ADMIN]) expect(await workOf(person), person).toEqual([])
}, 120_000)

it('outside the hours nothing is told, and then only after as many open minutes as the hall ruled', async () => {
  const week = Array.from({ length: 7 }, (): OpenSpan[] => [{ from: '09:00', to: '12:00' }])
  expect(await put(MANAGER, 'hours', { week })).toMatchObject({ status: 200 })
  expect(await put(MANAGER, 'silence', { minutes: 30, services: LEAST_BALLOTS })).toMatchObject({ status: 200 })
  expect(await put(CLERK, 'silence', { minutes: 30, services: 30 })).toMatchObject({ code: 'access.no-post' })
  const { body } = await hall.get<{ silence: object }>(MANAGER, `/api/rating/halls/${HALL}`)
  expect(body.silence).toEqual({ minutes: 30, services: LEAST_BALLOTS })
  await hall.pads.unplug()
  await padsAre(false)
  toTomorrow('08:59')
  expect(await look()).toEqual([])
  hall.pass(30 * MINUTE_MS)
  expect(await look(), 'open for 29 minutes').toEqual([])
  hall.pass(MINUTE_MS)
  expect(await look()).toHaveLength(2)
  await hall.pads.replug()
  await padsAre(true)
  expect(await look()).toHaveLength(2)
}, 120_000)

it('a screen that raters touch is told like a pad, from when it was there last', async () => {
  const { app } = hall.server
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const url = '/api/stations/counter-2'
  const { body } = await hall.post<{ code: string }>(SYSTEM_ADMIN, `${url}/code`)
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const opened = await app.inject({ method: 'POST', url: `${url}/screen`, payload: { code: body.code }, headers })
  const cookie = opened.cookies.map(({ name, value }) => `${name}=${value}`).join()
  const socket = new WebSocket(`${address.replace('http', 'ws')}${url}/live`, { headers: { cookie } })
  await new Promise((resolve) => socket.once('message', resolve))
  expect(await look()).toEqual([])
  socket.terminate()
  await vi.waitFor(() => expect(socket.readyState).toBe(WebSocket.CLOSED), patience)
  hall.pass(31 * MINUTE_MS)
  // The clock has jumped: the pads are heard again with the next heartbeat.
  await padsAre(true)
  expect(await look()).toEqual(['counter-2.screen'])
  expect(await workOf(SYSTEM_ADMIN)).toEqual(['评价屏没有信号 2号窗口'])
  const again = new WebSocket(`${address.replace('http', 'ws')}${url}/live`, { headers: { cookie } })
  await new Promise((resolve) => again.once('message', resolve))
  expect(await look()).toEqual(['counter-2.screen'])
  expect(await workOf(SYSTEM_ADMIN)).toEqual([])
  again.terminate()
}, 120_000)

it('that nobody voted is told of blocks of services alone, never of fewer than a batch has votes', async () => {
  expect(await put(MANAGER, 'silence', { minutes: 240, services: LEAST_BALLOTS - 1 })).toMatchObject({ status: 400 })
  // Longer than the hall is open on a day: what follows is about votes alone.
  expect(await put(MANAGER, 'silence', { minutes: 240, services: LEAST_BALLOTS })).toMatchObject({ status: 200 })
  const served = async (count: number): Promise<void> => {
    await hall.servedMany('counter-1', count)
    hall.pass(VOTE_LIFE_MS + 1)
  }
  const line = `连续 ${LEAST_BALLOTS} 次服务无人评价，请检查评价器 1号窗口`
  await served(LEAST_BALLOTS - 1)
  expect(await look(), 'one service less than a block').toEqual([])
  await served(1)
  expect(await look()).toEqual(['counter-1.votes'])
  expect(await workOf(MANAGER)).toEqual([line])
  expect(await workOf(SYSTEM_ADMIN), 'it is no device that gives no sign').toEqual([])

  // Somebody votes: nobody is told before the whole block is over.
  const { token } = await hall.served('counter-1')
  expect(await hall.vote(token, ballotOf(4))).toMatchObject({ status: 201 })
  hall.pass(VOTE_LIFE_MS + 1)
  expect(await look()).toEqual([])
  await served(LEAST_BALLOTS - 2)
  expect(await look()).toEqual([])
  expect(await workOf(MANAGER)).toEqual([line])
  await served(1)
  expect(await look()).toEqual(['counter-1.votes'])
  expect(await workOf(MANAGER)).toEqual([])

  // Another rule begins a block of its own: the services before are in none of it.
  await served(LEAST_BALLOTS - 1)
  expect(await put(MANAGER, 'silence', { minutes: 240, services: LEAST_BALLOTS })).toMatchObject({ status: 200 })
  await served(LEAST_BALLOTS - 1)
  expect(await look()).toEqual([])
  await served(1)
  expect(await look()).toEqual(['counter-1.votes'])
}, 120_000)

it('the registers replay to what is shown', async () => {
  expect(await hall.faults()).toEqual([])
}, 120_000)
