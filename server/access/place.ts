import { isIPv6 } from 'node:net'

/** Where somebody tries to sign in: a station of ours, or the network address of a desk. */
export type Place = { readonly station: string } | { readonly address: string }

/** For who does not say which: all benches together. */
export const SOME_BENCH: Place = { station: '*' }

/** A place as one text. An IPv6 host may take any address of its /64, so that counts as one. */
export function placeName(place: Place): string {
  return 'station' in place ? `station ${place.station}` : `address ${oneHost(place.address)}`
}

/** The address as it is counted: IPv4 as it is, also when it came mapped into IPv6; of IPv6 the /64. */
export function oneHost(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [plain = ''] = address.split('%')
  if (!isIPv6(plain)) return address
  const [head = '', tail = ''] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const zeros = plain.includes('::') ? Array.from({ length: 8 - before.length - after.length }, () => '0') : []
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.join(':')}::/64`
}
