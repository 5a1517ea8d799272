import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { quietLog } from './database/testing.ts'
import { keepTls, readTls } from './tls.ts'

/** Two self-signed pairs that were made for this test, good for a hundred years. */
const OLD = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBkTCCATegAwIBAgIUXbBlDAM1Codn6yRsdvGSnGt2CnkwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSb2xkLmNsZWFyaG9sZC50ZXN0MCAXDTI2MTEyMjA4NTcyM1oY
DzIxMjYxMDI5MDg1NzIzWjAdMRswGQYDVQQDDBJvbGQuY2xlYXJob2xkLnRlc3Qw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATcCqqmno2wmBGuMv+ENMbe2Mjxh5wZ
3k9R6SC/L6WF34AqMrJticBj+BLEVtoYMScQBd64WZPsWhpUwXINRV9Ho1MwUTAd
BgNVHQ4EFgQUInoehZ3K7i9TkRMCN6KeF3NeAeowHwYDVR0jBBgwFoAUInoehZ3K
7i9TkRMCN6KeF3NeAeowDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF
AiAKjwdT/Z2nl9G3tNY6+4xFOBx4kBxVy/xN2+8c5DtRhgIhAM3/0BjtsTtW64Zl
6gSIBNcRpEuM2JqAFlflrSRHp5iI
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgu0vQzPqw3UeZTYBA
T6UbiTtuqzKwT7NKYYUuPxEm1w+hRANCAATcCqqmno2wmBGuMv+ENMbe2Mjxh5wZ
3k9R6SC/L6WF34AqMrJticBj+BLEVtoYMScQBd64WZPsWhpUwXINRV9H
-----END PRIVATE KEY-----`,
}
const NEW = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBkDCCATegAwIBAgIUVQfrHKH54A+RABkOeIMIysx63hAwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSbmV3LmNsZWFyaG9sZC50ZXN0MCAXDTI2MTEyMjA4NTcyM1oY
DzIxMjYxMDI5MDg1NzIzWjAdMRswGQYDVQQDDBJuZXcuY2xlYXJob2xkLnRlc3Qw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQvyPbl0JHnip3vLg0KJgE1sLwOaq5q
SkM2J9ZQVp8ony81fjPDOsQvfEcfmTkI/pJbnI1k44wuFOzaOzTp1oqUo1MwUTAd
BgNVHQ4EFgQUS/e7xIa5Y2SwcAEkC+jQdZTfPfkwHwYDVR0jBBgwFoAUS/e7xIa5
Y2SwcAEkC+jQdZTfPfkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBE
AiB0UQbZMmNN+IS9QGAzn1QiJ/tR9PIxyU9op4RhOzXFDAIgb4SUZifOHoL7RXUD
COE3PUS98T/fzoOuJE0B5gelsxI=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQga/SCz0V7IoC5BZj4
4lnE0rB633SjmyPVRmXeMsAJo3qhRANCAAQvyPbl0JHnip3vLg0KJgE1sLwOaq5q
SkM2J9ZQVp8ony81fjPDOsQvfEcfmTkI/pJbnI1k44wuFOzaOzTp1oqU
-----END PRIVATE KEY-----`,
}

let folder: string
let server: Server
let kept: { close(): Promise<void> }
const file = (name: string): string => join(folder, name)

/** As a renewal does it: another file under the same name. */
async function put(name: string, text: string): Promise<void> {
  await writeFile(file(`${name}.new`), text)
  await rename(file(`${name}.new`), file(name))
}

/** Whose certificate a new connection is shown. */
function shown(): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const { CN } = socket.getPeerCertificate().subject
      resolve(String(CN))
      socket.end()
    })
    socket.once('error', reject)
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-tls-'))
  await put('cert.pem', OLD.cert)
  await put('key.pem', OLD.key)
  const files = { certFile: file('cert.pem'), keyFile: file('key.pem') }
  const pair = await readTls(files)
  server = createServer(pair)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  kept = keepTls(server, files, pair, quietLog, { settled_ms: 20, every_ms: 50 })
})
afterAll(async () => {
  await kept.close()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

it('a renewed certificate is served without a new start, once its key is there too', async () => {
  expect(await shown()).toBe('old.clearhold.test')
  const taken = vi.spyOn(server, 'setSecureContext')
  await put('cert.pem', NEW.cert)
  expect(await shown()).toBe('old.clearhold.test')
  await put('key.pem', NEW.key)
  await vi.waitFor(async () => expect(await shown()).toBe('new.clearhold.test'), { timeout: 20_000 })
  expect(taken).toHaveBeenCalledTimes(1)
})

it('a folder that cannot be watched is looked at: the server goes on, and takes the certificate when it is there', async () => {
  const missing = join(folder, 'not-yet')
  const files = { certFile: join(missing, 'cert.pem'), keyFile: join(missing, 'key.pem') }
  const looking = keepTls(
    server,
    files,
    await readTls({ certFile: file('cert.pem'), keyFile: file('key.pem') }),
    quietLog,
    {
      ...{ settled_ms: 20, every_ms: 50 },
    },
  )
  try {
    await mkdir(missing)
    await writeFile(files.certFile, OLD.cert)
    await writeFile(files.keyFile, OLD.key)
    await vi.waitFor(async () => expect(await shown()).toBe('old.clearhold.test'), { timeout: 20_000 })
  } finally {
    await looking.close()
  }
})
