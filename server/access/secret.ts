import { createHmac } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { isWeakPassword, isWeakPin } from './weak.ts'
import { Refusal } from '../refusal.ts'

export type SecretKind = 'password' | 'pin'

/** ASVS 5.0, appendix C. */
const ARGON2ID = { algorithm: 2, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const

const PASSWORD_MIN = 8
const PASSWORD_MAX = 128
/** Shorter names stand in other words by chance. */
const NAME_MIN = 6
const PIN_SHAPE = /^\d{6,8}$/

/** Whose secret it is, and which. */
export interface SecretOf {
  readonly person: string
  readonly kind: SecretKind
}

/**
 * A PIN is quickly searched by who holds the database, and a hash quickly copied there to another person: so the secret is first keyed,
 * together with whose it is, by a pepper that stands outside.
 */
export async function hashSecret(pepper: Uint8Array, of: SecretOf, secret: string): Promise<string> {
  return hash(keyedSecret(pepper, of, secret), ARGON2ID)
}

/** Whether this is the secret that was hashed for that person and kind. */
export async function secretMatches(
  pepper: Uint8Array,
  of: SecretOf,
  secret: string,
  stored: string,
): Promise<boolean> {
  return verify(stored, keyedSecret(pepper, of, secret))
}

/** HMAC-SHA-256 in base64: the same for the same secret, and nothing to who has not the pepper. */
export function keyedSecret(pepper: Uint8Array, { person, kind }: SecretOf, secret: string): string {
  return createHmac('sha256', pepper)
    .update(`${kind} ${person} ${secret.normalize('NFC')}`, 'utf8')
    .digest('base64')
}

/**
 * What a person may choose: a password of 8 to 128 characters, a PIN of 6 to 8 digits, neither among those that everybody tries first.
 * No rule on kinds of characters: length and rarity are what counts (ASVS 5.0 6.2).
 * @throws Refusal `access.weak-secret`
 */
export function refuseWeakSecret(kind: SecretKind, secret: string, login: string): void {
  switch (kind) {
    case 'password':
      if (secret.length < PASSWORD_MIN || secret.length > PASSWORD_MAX)
        throw new Refusal('access.weak-secret', { what: `${PASSWORD_MIN}-${PASSWORD_MAX}` })
      if (holdsName(secret, login)) throw new Refusal('access.weak-secret', { what: login })
      if (isWeakPassword(secret))
        throw new Refusal('access.weak-secret', { what: 'password1 / qwertyui / 20000101 / aaaa1111' })
      return
    case 'pin':
      if (!PIN_SHAPE.test(secret)) throw new Refusal('access.weak-secret', { what: '6-8' })
      if (isWeakPin(secret)) throw new Refusal('access.weak-secret', { what: '123456 / 000000 / 121212 / 900101' })
      return
  }
}

/** The login as it is, and a long one also without its hyphens. */
function holdsName(secret: string, login: string): boolean {
  const text = secret.toLowerCase()
  const plain = login.toLowerCase().replaceAll(/[^a-z]/g, '')
  return text.includes(login.toLowerCase()) || (plain.length >= NAME_MIN && text.includes(plain))
}
