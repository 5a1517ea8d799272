import { createHmac, hkdfSync } from 'node:crypto'
import { type ContentKey, givenKeys } from './content-key.ts'

/** A shorter number is a count or an age, and would mean too many things. */
const NUMBER_LEAST = 4
const BETWEEN = /[\s\p{P}\p{S}]/gu
const MARK_KEY_BYTES = 32

/** What of a number counts when it is looked for: neither its case, nor full or half width, nor what was typed between its figures. */
export function plainNumber(number: string): string {
  return number.normalize('NFKC').toUpperCase().replace(BETWEEN, '')
}

/**
 * By what a number that stands in sealed content is found: HMAC-SHA-256 under a key that follows from the one that seals it, so that the
 * database alone neither says it nor lets anybody try numbers. Null for what is too short to mean one thing.
 */
export function markOf(key: ContentKey, number: string): Buffer | null {
  const plain = plainNumber(number)
  return plain.length < NUMBER_LEAST ? null : createHmac('sha256', markKeyOf(key)).update(plain, 'utf8').digest()
}

/** The marks of one number under every key that this process was given. */
export function marksOf(number: string): Buffer[] {
  return givenKeys().flatMap((key) => markOf(key, number) ?? [])
}

const derived = new WeakMap<ContentKey, Buffer>()

function markKeyOf(key: ContentKey): Buffer {
  const known = derived.get(key)
  if (known !== undefined) return known
  const made = Buffer.from(
    hkdfSync('sha256', key.secret, new Uint8Array(0), 'clearhold found numbers 1', MARK_KEY_BYTES),
  )
  derived.set(key, made)
  return made
}
