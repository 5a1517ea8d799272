import { createHmac, randomBytes } from 'node:crypto'
import type { SecretKind } from './secret.ts'

/** A dealt secret that nobody has used by then is worth nothing. */
export const DEALT_GOOD_HOURS = 24

/** Thirty-two characters that nobody takes for one another on paper. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const HALF_CHARACTERS = 8
const HALF_DIGITS = 6

/** Which half of a dealt secret: the proposer is shown the first, the one who confirms the second. */
export type Half = 'first' | 'second'

/**
 * One half of a secret dealt by two administrators. Neither of them ever sees the other half, so neither can use it: the person puts the two
 * together. It follows from the proposal and the pepper and is stored nowhere, so a request that is sent again shows the same.
 * 8 characters of a password (40 bits), 6 digits of a PIN: with one half known, the other is as hard to guess as a PIN.
 */
export function dealtHalf(pepper: Uint8Array, proposal: string, half: Half, kind: SecretKind): string {
  return written(kind, createHmac('sha256', pepper).update(`dealt ${kind} ${half} ${proposal}`, 'utf8').digest())
}

/** A whole dealt secret, for the operator at the machine. */
export function dealSecretText(kind: SecretKind): string {
  return written(kind, randomBytes(32)) + written(kind, randomBytes(32))
}

function written(kind: SecretKind, bytes: Buffer): string {
  switch (kind) {
    case 'password':
      return [...bytes.subarray(0, HALF_CHARACTERS)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
    case 'pin':
      return String(bytes.readUIntBE(0, 6) % 10 ** HALF_DIGITS).padStart(HALF_DIGITS, '0')
  }
}
