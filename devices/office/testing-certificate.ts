import { createHash, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'

/** A key and the certificate that it signed for itself, as printers come with: for 127.0.0.1, for a day around now. */
export function ownCertificate(now: number): {
  readonly key: string
  readonly cert: string
  /** SHA-256, 64 hexadecimal digits. */
  readonly fingerprint: string
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaSha256 = sequence(oid('2a8648ce3d040302'))
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('printer')))))
  const host = sequence(oid('551d11'), der(0x04, sequence(der(0x87, Buffer.of(127, 0, 0, 1)))))
  // RFC 5280, section 4.1
  const told = sequence(
    ...[der(0xa0, der(0x02, Buffer.of(2))), der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])), ecdsaSha256],
    ...[name, sequence(time(now - DAY_MS), time(now + DAY_MS)), name],
    ...[publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(host))],
  )
  const signature = der(0x03, Buffer.concat([Buffer.of(0), sign('sha256', told, privateKey)]))
  const raw = sequence(told, ecdsaSha256, signature)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: new X509Certificate(raw).toString(),
    fingerprint: createHash('sha256').update(raw).digest('hex'),
  }
}

const DAY_MS = 86_400_000
const LONG_FORM = 0x80

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < LONG_FORM) return Buffer.concat([Buffer.of(tag, length), content])
  const size = Buffer.alloc(2)
  size.writeUInt16BE(length)
  return Buffer.concat([Buffer.of(tag, LONG_FORM | size.length), size, content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

/** `261121083000Z` */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}
