import sodium from 'libsodium-wrappers'
import { BALLOT_BYTES, type BallotContent, decodeBallot, encodeBallot } from './ballot.ts'

/** What a sealed box adds: the sender's one-time public key and the authenticator (libsodium, `crypto_box_seal`). */
const SEAL_BYTES = 48
export const SEALED_BYTES = BALLOT_BYTES + SEAL_BYTES
/** Of a public key as of a private one (X25519). */
export const KEY_BYTES = 32

/** Resolves when ballots can be sealed; `sealBallot` and `openBallot` are for after. */
export const sealing: Promise<void> = sodium.ready

/** Whoever holds the private key opens what was sealed to the public one; nobody else, the sender not excepted. */
export interface TallyKeyPair {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** A key of its own for a period of counting. */
export function newTallyKeyPair(): TallyKeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  return { publicKey, privateKey }
}

/**
 * A ballot as nobody but the tally can read it: `SEALED_BYTES` long, and another each time, whatever it says. The bytes in clear are wiped.
 * @throws BadBallot
 */
export function sealBallot(content: BallotContent, publicKey: Uint8Array): Uint8Array {
  const bytes = encodeBallot(content)
  try {
    return sodium.crypto_box_seal(bytes, publicKey)
  } finally {
    sodium.memzero(bytes)
  }
}

/** @throws BadBallot for what is no ballot; Error for what was not sealed to this key */
export function openBallot(sealed: Uint8Array, { publicKey, privateKey }: TallyKeyPair): BallotContent {
  const bytes = sodium.crypto_box_seal_open(sealed, publicKey, privateKey)
  try {
    return decodeBallot(bytes)
  } finally {
    sodium.memzero(bytes)
  }
}
