import sodium from 'libsodium-wrappers'

/** Characters of a report; four bytes each and the length fit `REPORT_BYTES`. */
export const REPORT_MAX = 2_000
/** Every report has this length, so that its length says nothing. */
const REPORT_BYTES = 8_192
const SEAL_BYTES = 48
export const SEALED_REPORT_BYTES = REPORT_BYTES + SEAL_BYTES
const LENGTH_BYTES = 2

/** What was sealed is no report. */
export class BadReport extends Error {
  override readonly name = 'BadReport'
}

/**
 * 检举控告, sealed in the reporter's browser for the supervising body alone. `sealing` of `seal.ts` must have resolved.
 * @throws BadReport for an empty one, or one that is too long
 */
export function sealReport(words: string, publicKey: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(words)
  if (words.trim() === '' || [...words].length > REPORT_MAX) throw new BadReport('empty, or too long')
  const bytes = new Uint8Array(REPORT_BYTES)
  new DataView(bytes.buffer).setUint16(0, text.length)
  bytes.set(text, LENGTH_BYTES)
  try {
    return sodium.crypto_box_seal(bytes, publicKey)
  } finally {
    sodium.memzero(bytes)
    sodium.memzero(text)
  }
}

/** @throws BadReport; Error for what was not sealed to this key */
export function openReport(
  sealed: Uint8Array,
  { publicKey, privateKey }: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array },
): string {
  const bytes = sodium.crypto_box_seal_open(sealed, publicKey, privateKey)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(0)
  if (bytes.length !== REPORT_BYTES || length > REPORT_BYTES - LENGTH_BYTES) throw new BadReport('of another length')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
  } catch {
    throw new BadReport('no text')
  }
}
