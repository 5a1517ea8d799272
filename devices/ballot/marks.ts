import sodium from 'libsodium-wrappers'
import type { TallyKeyPair } from './seal.ts'

/**
 * What is odd about how a vote came, known without knowing what it says. The order is that of the bits in a sealed mark: a new one goes to the end.
 */
export const MARKS = [
  'burst', // more votes at one counter than people can be served there
  'closed', // offered long after the hall closed
  'badge-near', // a badge was held to a reader of the counter while the vote was open
  'moved', // the devices of the counter were changed earlier that day
  'no-number', // of a service without a number, where everybody has one
] as const
export type Mark = (typeof MARKS)[number]

/** In clear; a box around it adds 48. */
const MARK_BYTES = 16
const VERSION = 1

/**
 * The marks of a vote as only the tally can read them: of one length, and another each time, whatever they are. `sealing` of `seal.ts` must have
 * resolved.
 */
export function sealMarks(marks: readonly Mark[], publicKey: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(MARK_BYTES)
  bytes[0] = VERSION
  bytes[1] = MARKS.reduce((bits, mark, nth) => (marks.includes(mark) ? bits | (1 << nth) : bits), 0)
  return sodium.crypto_box_seal(bytes, publicKey)
}

/** @throws Error for what was not sealed to this key, or is no mark of ours */
export function openMarks(sealed: Uint8Array, { publicKey, privateKey }: TallyKeyPair): Mark[] {
  const bytes = sodium.crypto_box_seal_open(sealed, publicKey, privateKey)
  if (bytes.length !== MARK_BYTES || bytes[0] !== VERSION) throw new Error('marks of another form')
  return MARKS.filter((_, nth) => ((bytes[1] ?? 0) & (1 << nth)) !== 0)
}
