import { createHmac } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../refusal.ts'

export type SecretKind = 'password' | 'pin'

/** ASVS 5.0, appendix C. */
const ARGON2ID = { algorithm: 2, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const

const PASSWORD_MIN = 8
const PASSWORD_MAX = 128
const PIN_SHAPE = /^\d{6,8}$/

/** A PIN is quickly searched by who holds the database: so both kinds are first keyed by a pepper that stands outside it. */
export async function hashSecret(pepper: Uint8Array, secret: string): Promise<string> {
  return hash(peppered(pepper, secret), ARGON2ID)
}

export async function secretMatches(pepper: Uint8Array, secret: string, stored: string): Promise<boolean> {
  return verify(stored, peppered(pepper, secret))
}

/** @throws Refusal `access.weak-secret` */
export function refuseWeakSecret(kind: SecretKind, secret: string, login: string): void {
  switch (kind) {
    case 'password':
      if (secret.length < PASSWORD_MIN || secret.length > PASSWORD_MAX)
        throw new Refusal('access.weak-secret', { what: `${secret.length}` })
      if (secret.toLowerCase().includes(login.toLowerCase())) throw new Refusal('access.weak-secret', { what: login })
      return
    case 'pin':
      if (!PIN_SHAPE.test(secret)) throw new Refusal('access.weak-secret', { what: '6-8' })
      if (isRunOrRepetition(secret)) throw new Refusal('access.weak-secret', { what: '123456 / 111111' })
      return
  }
}

function isRunOrRepetition(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  return [-1, 0, 1].some((step) => steps.every((one) => one === step))
}

function peppered(pepper: Uint8Array, secret: string): string {
  return createHmac('sha256', pepper).update(secret.normalize('NFC'), 'utf8').digest('base64')
}
