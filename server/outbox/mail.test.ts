import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { mailWay, type MailSettings } from './mail.ts'
import { letterOf, type Message, TRY_MS } from './outbox.ts'
import { type MailServer, startMailServer } from './testing-mail-server.ts'

const MESSAGE: Message = {
  id: '0198a000-0000-7000-8000-000000000001',
  at: '2026-03-02T01:00:00.000Z',
  count: 3,
  trial: false,
  to: 'zhang.wei@mail.test',
}

let server: MailServer
beforeAll(async () => {
  server = await startMailServer()
})
beforeEach(() => {
  server.manner = 'accepts'
})
afterAll(() => server.close())

const settings = (of: Partial<MailSettings> = {}): MailSettings => ({
  ...{ host: '127.0.0.1', port: server.port, tls: 'none', auth: null, from: '清管 <clearhold@mail.test>', ...of },
})

const send = (of: Partial<MailSettings> = {}, signal = AbortSignal.timeout(TRY_MS)) =>
  mailWay(settings(of), 'clearhold-test').send(MESSAGE, letterOf(MESSAGE, 'https://evidence.test'), signal)

/** The text of the body. */
function bodyOf(text: string): string {
  return Buffer.from(text.slice(text.indexOf('\r\n\r\n')), 'base64').toString('utf8')
}

it('hands one letter over, which names its receiver, its id, a number and where to look', async () => {
  expect(await send()).toEqual({ outcome: 'delivered', words: '250 2.0.0 taken as test-1' })
  const [mail] = server.received.slice(-1)
  expect(mail?.from).toContain('<clearhold@mail.test>')
  expect(mail?.to).toEqual(['RCPT TO:<zhang.wei@mail.test>'])
  expect(mail?.text).toMatch(/^Message-ID: <0198a000-0000-7000-8000-000000000001@clearhold-test>\r$/m)
  expect(mail?.text).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(bodyOf(mail?.text ?? '')).toContain('您有 3 件待办，请登录清管查看“我的待办”：https://evidence.test')
})

it('an address is one receiver, whatever stands in it', async () => {
  const to = 'a@b.test,c@d.test'
  const tried = await mailWay(settings(), 'x').send(
    { ...MESSAGE, to },
    letterOf(MESSAGE, null),
    AbortSignal.timeout(TRY_MS),
  )
  expect(server.received.at(-1)?.to.length ?? 0, tried.words).toBeLessThan(2)
})

it('keeps what the server says: for good it refuses, for now it fails', async () => {
  server.manner = 'unknown-receiver'
  expect(await send()).toMatchObject({
    outcome: 'refused',
    words: expect.stringContaining('550 5.1.1 no such user here'),
  })
  server.manner = 'busy'
  expect(await send()).toMatchObject({ outcome: 'failed', words: expect.stringContaining('451 4.3.0') })
})

it('a password that the server refuses fails and may be put right; it is in no word of the outcome', async () => {
  server.manner = 'wrong-password'
  const tried = await send({ auth: { user: 'clearhold', pass: 'geheim-geheim' } })
  expect(tried).toMatchObject({ outcome: 'failed', words: expect.stringContaining('535') })
  expect(JSON.stringify(tried)).not.toMatch(/geheim|Z2VoZWlt/)
})

it('where TLS is wanted nothing goes without it: not offered, or offered and refused', async () => {
  for (const manner of ['accepts', 'refuses-tls'] as const) {
    server.manner = manner
    const before = server.heard.length
    expect(await send({ tls: 'starttls', auth: { user: 'clearhold', pass: 'geheim' } }), manner).toMatchObject({
      outcome: 'failed',
    })
    expect(
      server.heard.slice(before).filter((line) => /^(AUTH|MAIL|RCPT)/.test(line)),
      manner,
    ).toEqual([])
  }
  expect(await send({ tls: 'implicit' })).toMatchObject({ outcome: 'failed' })
})

it('a server that is down, silent, dribbling or gone at the last moment fails within the time it is given', async () => {
  const down = await startMailServer()
  await down.close()
  expect(await send({ port: down.port })).toMatchObject({
    outcome: 'failed',
    words: expect.stringContaining('没有建立'),
  })
  for (const manner of ['silent', 'dribbles'] as const) {
    server.manner = manner
    expect(await send({}, AbortSignal.timeout(200)), manner).toEqual({
      outcome: 'failed',
      words: '邮件服务器没有在限定时间内办完 / the mail server did not finish in time',
    })
  }
  server.manner = 'hangs-up'
  expect(await send()).toMatchObject({ outcome: 'failed' })
})
