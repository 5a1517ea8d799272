import { expect, it } from 'vitest'
import { ConfigRefused, readConfig } from '../config.ts'

const SECRET = 'a secret of thirty-two characters'
const MAIL = { SMTP_URL: 'smtp://clearhold:s%40cret@mail.test', SMTP_FROM: '清管 <clearhold@mail.test>' }

it('nothing leaves the house unless it is asked for', () => {
  expect(readConfig({}).outbox).toEqual({ mail: null, webhook: null, uploadSecret: null })
})

it('a mail server by its address: TLS unless it is said otherwise', () => {
  const { mail } = readConfig(MAIL).outbox
  expect(mail).toEqual({
    ...{ host: 'mail.test', port: 587, tls: 'starttls', auth: { user: 'clearhold', pass: 's@cret' } },
    from: '清管 <clearhold@mail.test>',
  })
  expect(readConfig({ ...MAIL, SMTP_URL: 'smtps://mail.test' }).outbox.mail).toMatchObject({
    port: 465,
    tls: 'implicit',
    auth: null,
  })
  expect(readConfig({ ...MAIL, SMTP_URL: 'smtp://10.0.0.7:2525?tls=none' }).outbox.mail).toMatchObject({
    port: 2525,
    tls: 'none',
  })
})

it('a gateway by its address and a secret', () => {
  const env = { WEBHOOK_URL: 'https://gateway.test/sms', WEBHOOK_SECRET: SECRET }
  expect(readConfig(env).outbox.webhook).toEqual({ url: 'https://gateway.test/sms', secret: SECRET })
  expect(readConfig({ ...env, WEBHOOK_URL: 'http://127.0.0.1:9/' }).outbox.webhook?.url).toBe('http://127.0.0.1:9/')
})

it.each([
  [{ SMTP_URL: 'smtp://mail.test' }, 'SMTP_FROM'],
  [{ SMTP_FROM: 'clearhold@mail.test' }, 'SMTP_URL'],
  [{ ...MAIL, SMTP_FROM: 'nobody' }, 'SMTP_FROM'],
  [{ ...MAIL, SMTP_URL: 'https://mail.test' }, 'SMTP_URL'],
  [{ ...MAIL, SMTP_URL: 'smtp://mail.test?tls=maybe' }, 'SMTP_URL'],
  [{ ...MAIL, SMTP_URL: 'smtp://clearhold:geheim@mail.test?tls=none' }, 'SMTP_URL'],
  [{ WEBHOOK_URL: 'https://gateway.test' }, 'WEBHOOK_SECRET'],
  [{ WEBHOOK_SECRET: SECRET }, 'WEBHOOK_URL'],
  [{ WEBHOOK_URL: 'https://gateway.test', WEBHOOK_SECRET: 'short' }, 'WEBHOOK_SECRET'],
  [{ WEBHOOK_URL: 'http://gateway.test', WEBHOOK_SECRET: SECRET }, 'WEBHOOK_URL'],
  [{ WEBHOOK_URL: 'https://a:geheim@gateway.test', WEBHOOK_SECRET: SECRET }, 'WEBHOOK_URL'],
])('%j stops the start with the name of %s and no secret', (env, setting) => {
  const start = () => readConfig(env)
  expect(start).toThrow(ConfigRefused)
  expect(start).toThrow(new RegExp(`^${setting}: (?!.*(geheim|short$))`))
})
