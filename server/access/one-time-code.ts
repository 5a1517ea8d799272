import { createHmac, timingSafeEqual } from 'node:crypto'

/** One-time codes of an authenticator app: RFC 6238 over HMAC-SHA-1, six digits, thirty seconds, which is what the apps take. Needs no network. */

export const STEP_SECONDS = 30
const DIGITS = 6
/** RFC 4226 asks for 160 bits. */
export const CODE_SECRET_BYTES = 20
/** Of a clock that goes wrong, and of somebody who types slowly: so many steps before and behind. */
const STEPS_ASIDE = 1
export const RECOVERY_CODES = 10
/** Fifty bits, five to a letter. */
const RECOVERY_LETTERS = 10
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** The code of a step of time. */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const place = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(place) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** Steps of {@link STEP_SECONDS} since 1970 (the counter T of RFC 6238). */
export function stepAt(at_ms: number): number {
  return Math.floor(at_ms / 1_000 / STEP_SECONDS)
}

/** The step that a code belongs to, about this moment; null when it is none of them. */
export function stepOf(secret: Uint8Array, code: string, at_ms: number): number | null {
  const now = stepAt(at_ms)
  for (let step = now - STEPS_ASIDE; step <= now + STEPS_ASIDE; step += 1)
    if (isSame(codeOf(secret, step), code)) return step
  return null
}

/** What an app takes up by its QR code. */
export function setUpAddress(secret: Uint8Array, login: string, installation: string): string {
  const label = encodeURIComponent(`${installation}:${login}`)
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(installation)}`
}

/** For who has lost the app: ten codes, each good once. They follow from the secret and the pepper, so none of them is stored. */
export function recoveryCodes(pepper: Uint8Array, person: string, secret: Uint8Array): string[] {
  return Array.from({ length: RECOVERY_CODES }, (_, nth) => {
    const mac = createHmac('sha256', pepper).update(`recovery ${person} ${nth} `, 'utf8').update(secret).digest()
    const letters = base32(mac).slice(0, RECOVERY_LETTERS)
    return `${letters.slice(0, RECOVERY_LETTERS / 2)}-${letters.slice(RECOVERY_LETTERS / 2)}`
  })
}

/** As it was meant: spaces and hyphens are for the eye, and so is the case of letters. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
}

/** Takes as long whether the first sign or the last one differs, so that nobody guesses a code sign by sign; only lengths may be learnt. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}
