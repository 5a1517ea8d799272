/**
 * What our UHF tags carry: a plain random 96-bit identity, kept in a table beside the item code.
 *
 * The house owns no GS1 company prefix, so no GS1 scheme may be used. The first byte, which in a GS1 tag is the scheme's header, is
 * 0xD4: GS1 Tag Data Standard leaves the block D0-DF unassigned, in the 1.x tables (2C-3F, the former 64-bit headers 08-0B, 80-BF, CE)
 * and in 2.x (E2 kept out for TID look-alikes, F0-FB the "+" schemes). So no reader that knows GS1 takes our tag for someone's goods,
 * and an unwritten tag, which commonly shows `E280...`, is never taken for ours.
 */

const EPC_FIRST_BYTE = 0xd4
/** The same as the first two digits of an EPC in hex. */
export const EPC_HEADER = EPC_FIRST_BYTE.toString(16).toUpperCase()
export const EPC_RANDOM_BYTES = 11

export type ParsedEpc =
  | { readonly ok: true; readonly epc: string }
  /** `foreign`: a well-formed tag of 96 bits or another length that we did not write. */
  | { readonly ok: false; readonly reason: 'characters' | 'foreign' }

/**
 * A new tag identity: 24 upper-case hex digits.
 *
 * @param random exactly 11 bytes from a cryptographic source; 88 bits make a collision among a billion tags a 1 in 10^8 event
 * @throws RangeError for another length
 */
export function makeEpc(random: Uint8Array): string {
  if (random.length !== EPC_RANDOM_BYTES)
    throw new RangeError(`need ${EPC_RANDOM_BYTES} random bytes, got ${random.length}`)
  return Buffer.from([EPC_FIRST_BYTE, ...random])
    .toString('hex')
    .toUpperCase()
}

/** Reads an EPC as a reader reports it (hex digits in either case, no separators). Never throws. */
export function parseEpc(text: string): ParsedEpc {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(text)) return { ok: false, reason: 'characters' }
  const epc = text.toUpperCase()
  const digits = (EPC_RANDOM_BYTES + 1) * 2
  const ours = epc.length === digits && epc.startsWith(EPC_HEADER)
  return ours ? { ok: true, epc } : { ok: false, reason: 'foreign' }
}
