import { randomBytes } from 'node:crypto'

/** How many of one millisecond are told apart by their order before it starts again: the 12 bits of `rand_a` and six of `rand_b`. */
const COUNTED = 2 ** 18

let latest = { at: -1, count: 0 }

/**
 * UUIDv7 (RFC 9562): sorts by the millisecond it was made in, and what this process made one after the other in that millisecond by its
 * order (section 6.2, method 1), so that a list of things made at once is read as it was written. The other 56 bits are chance.
 * @param at milliseconds since 1970
 */
export function newId(at: number = Date.now()): string {
  latest = { at, count: latest.at === at ? (latest.count + 1) % COUNTED : 0 }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes.writeUInt16BE(0x70_00 | (latest.count >> 6), 6)
  bytes[8] = 0x80 | (latest.count & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
