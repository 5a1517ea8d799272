import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What the server vouches for when it lets an agent hold a list: that it was open at this station for this custodian, with these signatures.
 * The agent cannot make one and need not read it; a server that was restored from an older backup still knows it by its key.
 */
export interface Pass {
  readonly agent: string
  readonly enrolment: number
  readonly station: string
  /** Where the station stood. */
  readonly place: string
  /** Which module's work it is. */
  readonly module: string
  readonly document: string
  readonly custodian: string
  readonly signers: readonly string[]
  /** The badge that opened his shift, as `badgeDigest` gives it. */
  readonly salt: string
  readonly badge: string
  /** When the custodian's shift began, RFC 3339. */
  readonly signedAt: string
  readonly issuedAt: string
}

/** @param key secret of this installation */
export function makePass(key: Uint8Array, pass: Pass): string {
  const content = Buffer.from(JSON.stringify(pass), 'utf8').toString('base64url')
  return `${content}.${macOf(key, content).toString('base64url')}`
}

/** Null for what this installation never made. */
export function readPass(key: Uint8Array, text: string): Pass | null {
  const [content = '', mac = ''] = text.split('.')
  const given = Buffer.from(mac, 'base64url')
  const own = macOf(key, content)
  if (given.length !== own.length || !timingSafeEqual(given, own)) return null
  return JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as Pass
}

function macOf(key: Uint8Array, content: string): Buffer {
  return createHmac('sha256', key).update(`clearhold pass\n${content}`, 'utf8').digest()
}
