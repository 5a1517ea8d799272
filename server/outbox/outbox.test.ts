import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { quietLog } from '../database/testing.ts'
import { sealedIn } from '../ledger/personal.ts'
import { personalWith } from '../ledger/testing.ts'
import type { Json } from '../module.ts'
import { callSources, deeds } from '../modules.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import { custodyRoutes } from '../custody/routes.ts'
import { ClockOffice } from '../clock/testing.ts'
import { testServer } from '../testing.ts'
import { announcing } from './calls.ts'
import { turnOutbox } from './keeper.ts'
import { CLAIM_MS, GATHER_MS, KEEP_DAYS, PAUSES_MS, shownWords, standingAfter, type Tried, type Way } from './outbox.ts'
import type { OwnAddresses, ShownMessage, ShownOutbox } from './protocol.ts'
import { outboxRoutes } from './routes.ts'
import { type Gateway, startGateway } from './testing-gateway.ts'
import { webhookWay } from './webhook.ts'

const START = '2026-03-02T01:00:00.000Z'
const SECRET = 'a secret of thirty-two characters'
const TEST_MS = 120_000
const DAY_MS = 86_400_000

let office: ClockOffice
let gateway: Gateway
/** What came of the next try by mail. */
let next: Tried
const mailed: { readonly id: string; readonly to: string; readonly count: number }[] = []

/** Stands in for no server: how a mail server answers is mail.test.ts's matter, what is made of it is this one's. */
const mail: Way = {
  channel: 'mail',
  through: 'mail.test',
  send: async ({ id, to, count }) => {
    mailed.push({ id, to, count })
    return next
  },
}
const ways = [mail]

beforeAll(async () => {
  gateway = await startGateway()
  const server = await testServer({
    at: START,
    announce: announcing(callSources),
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds })
      await app.register(outboxRoutes, { ...deps, ways })
    },
  })
  office = new ClockOffice(server, START)
  await office.turn()
})
afterAll(async () => {
  await office.server.close()
  await gateway.close()
})

const turn = (of: readonly Way[] = ways) =>
  turnOutbox({ db: office.server.deps.db, ways: of, site: null, now: () => office.now, log: quietLog })
const later = (ms: number): void => {
  office.now = new Date(Date.parse(office.now) + ms).toISOString()
}
const as = (person: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, key?: string) =>
  office.server.as(person, {
    method,
    url,
    ...(payload === undefined ? {} : { payload }),
    ...(key === undefined ? {} : { key }),
  })
const own = (person: string, mailTo: string | null, webhook: string | null = null) =>
  as(person, 'PUT', '/api/session/addresses', { mail: mailTo, webhook })
const messages = async (): Promise<readonly ShownMessage[]> =>
  (await office.get<{ messages: readonly ShownMessage[] }>('xu-system', '/api/outbox')).messages
const callsOf = async () =>
  (
    await sql<{ person: string; heard: boolean; gathered: boolean }>`
      select person, heard, gathered_at is not null as gathered from outbox_calls order by person, at
    `.execute(office.server.deps.db)
  ).rows

let cases = 0
/** A request of an officer, which calls the approver of the department. */
async function ask(): Promise<string> {
  cases += 1
  const items = await office.take(`第${cases}案`, 1, office.now)
  await office.checkIn(items)
  const dueAt = new Date(Date.parse(office.now) + 5 * DAY_MS).toISOString()
  const deed = { command: 'borrow', items, dueAt, purpose: 'APPRAISAL' }
  const { result } = await office.act('zhang-wei', { type: 'approvals.ask', deed, reason: '送鉴定' })
  return String(result['id'])
}

it('words of strangers are one short line', () => {
  expect(shownWords(' 550\r\n no\u0000 such\u202e user ')).toBe('550 no such user')
  expect(shownWords('长'.repeat(1_000))).toHaveLength(300)
})

it('a try that fails is made again after each pause and then given up; a refusal for good at once', () => {
  const at = START
  for (const [index, pause_ms] of PAUSES_MS.entries())
    expect(standingAfter({ outcome: 'failed' }, index + 1, at)).toEqual({
      state: 'failed',
      nextAt: new Date(Date.parse(at) + pause_ms).toISOString(),
    })
  expect(standingAfter({ outcome: 'failed' }, PAUSES_MS.length + 1, at)).toEqual({ state: 'given-up', nextAt: null })
  expect(standingAfter({ outcome: 'refused' }, 1, at)).toEqual({ state: 'given-up', nextAt: null })
})

it('everybody sets his own addresses; the register holds commitments to them and not a word of them', async () => {
  expect((await own('qian-lei', 'qian@mail.test')).statusCode).toBe(200)
  expect((await as('qian-lei', 'GET', '/api/session/addresses')).json<OwnAddresses>()).toEqual({
    ...{ mail: 'qian@mail.test', webhook: null, on: ['mail'] },
  })
  for (const wrong of [
    'qian@mail.test\r\nBcc: a@b.test',
    'a@b.test, c@d.test',
    'nobody',
    `${'x'.repeat(65)}@mail.test`,
  ])
    expect((await own('qian-lei', wrong)).statusCode, wrong).toBe(400)
  const { rows } = await sql<{ text: string }>`select text from entries where type = 'outbox.addresses-set'`.execute(
    office.server.deps.db,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.text).not.toContain('mail.test')
  expect(sealedIn((JSON.parse(rows[0]?.text ?? '{}') as { body: Json }).body)).toHaveLength(1)
})

it('a call stands where the act stands, or nowhere; who acts does not call himself', async () => {
  const before = (await callsOf()).length
  await expect(
    office.act('zhang-wei', {
      type: 'approvals.ask',
      deed: { command: 'borrow', items: ['W0126999999900'], dueAt: '2026-04-01T01:00:00.000Z', purpose: 'APPRAISAL' },
      reason: '没有这件物品',
    }),
  ).rejects.toThrow()
  expect(await callsOf()).toHaveLength(before)
  await ask()
  expect((await callsOf()).slice(before)).toEqual([{ person: 'qian-lei', heard: false, gathered: false }])
})

it('what somebody is called for within a minute is one message, delivered once', async () => {
  next = { outcome: 'delivered', words: '250 ok' }
  await ask()
  await turn()
  expect(mailed).toEqual([])
  later(GATHER_MS)
  await Promise.all([turn(), turn(), turn()])
  await turn()
  expect(mailed).toEqual([{ id: expect.any(String), to: 'qian@mail.test', count: 2 }])
  expect(await messages()).toMatchObject([
    {
      id: mailed[0]?.id,
      to: { name: '钱磊' },
      channel: 'mail',
      count: 2,
      state: 'delivered',
      attempts: 1,
      words: '250 ok',
    },
  ])
})

it('who gave no address is called by nobody, which the administrator is told', async () => {
  await own('qian-lei', null)
  await ask()
  later(GATHER_MS)
  await turn()
  expect((await messages()).length).toBe(1)
  const shown = await office.get<ShownOutbox>('xu-system', '/api/outbox/channels')
  expect(shown).toMatchObject({
    unheard: 1,
    channels: [
      { channel: 'mail', on: true, through: 'mail.test', delivered: 1, waiting: 0 },
      { channel: 'webhook', on: false, through: null },
    ],
  })
  await own('qian-lei', 'qian@mail.test')
})

it('tries again under the same id until it is given up; an administrator sends it again', async () => {
  next = { outcome: 'failed', words: '451 try later' }
  await ask()
  later(GATHER_MS)
  const begun = mailed.length
  await turn()
  for (const pause_ms of PAUSES_MS) {
    await turn()
    later(pause_ms)
    await turn()
  }
  const tries = mailed.slice(begun)
  expect(tries).toHaveLength(PAUSES_MS.length + 1)
  expect(new Set(tries.map(({ id }) => id)).size).toBe(1)
  const id = tries[0]?.id ?? ''
  // Claimed by somebody who has not marked it: on its way, and sent by nobody else.
  const { db } = office.server.deps
  const claimed = new Date(Date.parse(office.now) + CLAIM_MS).toISOString()
  await sql`
    update outbox_messages set state = 'failed', tried_at = ${office.now}, next_at = ${claimed} where id = ${id}
  `.execute(db)
  expect((await messages())[0]).toMatchObject({ id, state: 'failed' })
  expect((await as('xu-system', 'POST', `/api/outbox/${id}/resend`)).json()).toMatchObject({
    code: 'outbox.not-settled',
  })
  await sql`update outbox_messages set state = 'given-up', next_at = null where id = ${id}`.execute(db)
  later(30 * DAY_MS)
  await turn()
  expect((await messages())[0]).toMatchObject({ id, state: 'given-up', nextAt: null, words: '451 try later' })
  expect((await as('zhou-ping', 'POST', `/api/outbox/${id}/resend`)).statusCode).toBe(403)
  next = { outcome: 'delivered', words: '250 ok' }
  const sent = await as('xu-system', 'POST', `/api/outbox/${id}/resend`, undefined, 'once')
  expect(sent.statusCode).toBe(200)
  expect((await as('xu-system', 'POST', `/api/outbox/${id}/resend`)).json()).toMatchObject({
    code: 'outbox.not-settled',
  })
  await turn()
  expect((await as('xu-system', 'POST', `/api/outbox/${id}/resend`, undefined, 'once')).json()).toEqual(sent.json())
  await turn()
  expect(mailed.slice(begun + tries.length)).toEqual([{ id, to: 'qian@mail.test', count: 1 }])
})

it('an administrator tries a channel on himself; one that is off, or without an address, says so', async () => {
  const attempt = async (channel: string) => (await as('xu-system', 'POST', '/api/outbox/try', { channel })).json()
  expect(await attempt('webhook')).toMatchObject({ code: 'outbox.off' })
  expect(await attempt('mail')).toMatchObject({ code: 'outbox.no-address' })
  await own('xu-system', 'xu@mail.test')
  await attempt('mail')
  await turn()
  expect(mailed.at(-1)).toMatchObject({ to: 'xu@mail.test', count: 0 })
  expect((await messages())[0]).toMatchObject({ trial: true, state: 'delivered' })
})

it('only the system administrator sees the outbox', async () => {
  for (const person of ['zhou-ping', 'an-security', 'ji-audit', 'zhang-wei'])
    for (const url of ['/api/outbox', '/api/outbox/channels'])
      expect((await as(person, 'GET', url)).json(), `${person} ${url}`).toMatchObject({ code: 'access.no-post' })
})

it(
  'whoever is killed between sending and marking leaves a message that goes out again, under its id',
  async () => {
    await own('qian-lei', null, '13800000000')
    await ask()
    later(GATHER_MS)
    const given = JSON.stringify({
      config: office.server.database.appConfig,
      at: office.now,
      url: gateway.url,
      secret: SECRET,
      pepper: office.server.keys.pepper.toString('base64'),
    })
    const sender = spawn(process.execPath, [join(import.meta.dirname, 'testing-sender.ts'), given], { stdio: 'ignore' })
    // It has the message in its hands, and never hears that it arrived.
    gateway.answer = () => void sender.kill('SIGKILL')
    await once(sender, 'exit')
    expect(sender.signalCode).toBe('SIGKILL')
    expect((await messages())[0]).toMatchObject({ channel: 'webhook', state: 'waiting', attempts: 1 })
    gateway.answer = (response) => response.end('taken')
    const both = [mail, webhookWay({ url: gateway.url, secret: SECRET }, () => office.now)]
    await turn(both)
    expect(gateway.posted, 'it may still be at it').toHaveLength(1)
    later(CLAIM_MS)
    await turn(both)
    await turn(both)
    expect(gateway.posted).toHaveLength(2)
    expect(new Set(gateway.posted.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect((await messages())[0]).toMatchObject({ state: 'delivered', attempts: 2, words: '200 taken' })
  },
  TEST_MS,
)

it('says nothing of what waits, whose it is or about whom', async () => {
  const { rows } = await sql<{ all: string }>`select json_agg(m)::text as all from outbox_messages m`.execute(
    office.server.deps.db,
  )
  const left = `${rows[0]?.all} ${gateway.posted.map(({ body }) => body).join(' ')}`
  expect(left).not.toMatch(/第\d案|某某|送鉴定|钱磊|张伟|W01|手机/)
})

it('an erased name takes every address with it', async () => {
  await own('luo-jia', 'luo@mail.test')
  await own('luo-jia', 'luo-2@mail.test', '13900000000')
  const personal = () => personalWith(office.server.deps.db, 'luo@mail.test', 'luo-2@mail.test', '13900000000')
  expect(await personal()).toBe(3)
  await office.act('xu-system', { type: 'org.deactivate', person: 'luo-jia' })
  const change = {
    command: 'org.erase-name',
    person: 'luo-jia',
    ground: 'purpose-over',
    document: '云纪办〔2026〕12号',
  }
  const { result } = await office.act('an-security', { type: 'org.propose', change })
  await office.act('xu-system', { type: 'org.confirm', proposal: result['id'] })
  expect(await personal()).toBe(0)
})

it('what was settled long ago is taken away', async () => {
  later((KEEP_DAYS + 60) * DAY_MS)
  await turn()
  expect(await messages()).toEqual([])
  expect(await callsOf()).toEqual([])
})
