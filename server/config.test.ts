import { describe, expect, it } from 'vitest'
import { ConfigRefused, isLoopback, readConfig } from './config.ts'

describe('HOST', () => {
  it('is this machine unless something else is said', () => {
    for (const HOST of [undefined, '', '127.0.0.1', '127.8.9.1', '::1', 'localhost'])
      expect(isLoopback(readConfig({ HOST }).host), HOST).toBe(true)
  })

  it.each(['0.0.0.0', '::', '10.0.0.5', 'evidence.example', '::ffff:10.0.0.5', '127.0.0.1.example'])(
    '%s needs TLS, ours or that of a proxy which is said to be there',
    (HOST) => {
      for (const env of [{ HOST }, { HOST, PUBLIC_URL: 'http://evidence.example' }]) {
        expect(() => readConfig(env)).toThrow(ConfigRefused)
        expect(() => readConfig(env)).toThrow(/^HOST: .*TLS_CERT/)
      }
      expect(readConfig({ HOST, TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' }).host).toBe(HOST)
      expect(readConfig({ HOST, PUBLIC_URL: 'https://evidence.example' }).host).toBe(HOST)
    },
  )
})

describe('a setting that nobody knows', () => {
  it.each([
    ['CLEARHOLD_PORT', /^CLEARHOLD_PORT: unknown/],
    ['HSAH', /^HSAH: .*HASH/],
    ['LOG_LEVL', /^LOG_LEVL: .*LOG_LEVEL/],
    ['DATADIR', /^DATADIR: .*DATA_DIR/],
    ['TLS_CERTS', /^TLS_CERTS: .*TLS_CERT/],
    ['DATABASE_URI', /^DATABASE_URI: .*DATABASE_URL/],
  ])('%s stops the start with its name', (name, words) => {
    expect(() => readConfig({ [name]: 'x' })).toThrow(words)
  })

  it.each(['12345', '1234567890123', '69012x4', ' 690123'])('%s is no company prefix of GS1', (prefix) => {
    expect(() => readConfig({ GS1_COMPANY_PREFIX: prefix })).toThrow(/^GS1_COMPANY_PREFIX: /)
  })

  it('is none of ours when it is not like one', () => {
    const env = {
      HOME: '/',
      PATH: '/bin',
      HOSTNAME: 'pc',
      SHELL: 'sh',
      POST: '1',
      BASH: 'sh',
      LANG: 'zh',
      NODE_ENV: 'test',
    }
    expect(readConfig(env).port).toBe(8080)
  })
})
