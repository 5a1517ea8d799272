/** A Global Individual Asset Identifier as a tag carries it. Source: GS1 Tag Data Standard 1.13, 14.6.5. */
export interface Giai {
  /** 6 to 12 digits, lent by GS1 to the house. */
  readonly companyPrefix: string
  /** The asset's own number: digits for GIAI-96, for GIAI-202 also letters and the marks of {@link REFERENCE}. */
  readonly reference: string
  /** 0 (all others) to 7; says what kind of thing wears the tag. */
  readonly filter: number
}

interface Partition {
  readonly prefixDigits: number
  readonly prefixBits: number
  readonly numberBits: number
  readonly characters: number
}

/** By partition value, 0 to 6. */
const PARTITIONS: readonly Partition[] = [
  { prefixDigits: 12, prefixBits: 40, numberBits: 42, characters: 18 },
  { prefixDigits: 11, prefixBits: 37, numberBits: 45, characters: 19 },
  { prefixDigits: 10, prefixBits: 34, numberBits: 48, characters: 20 },
  { prefixDigits: 9, prefixBits: 30, numberBits: 52, characters: 21 },
  { prefixDigits: 8, prefixBits: 27, numberBits: 55, characters: 22 },
  { prefixDigits: 7, prefixBits: 24, numberBits: 58, characters: 23 },
  { prefixDigits: 6, prefixBits: 20, numberBits: 62, characters: 24 },
]

/** Character set 82 of GS1 less `#`: what stands in an individual asset reference. */
const REFERENCE = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/
const GIAI96_HEADER = 0x34n
const GIAI202_HEADER = 0x38n
/** Header, filter and partition before the company prefix. */
const HEAD_BITS = 14
/** 202 bits padded to whole words, as they stand on the air. */
const GIAI202_AIR_BITS = 208
const CHARACTER_BITS = 7

/**
 * GIAI-96 in 24 hex digits; null if the reference is no number without leading zeros or does not fit beside this prefix.
 *
 * @throws RangeError for a prefix that is not 6 to 12 digits or a filter outside 0 to 7
 */
export function encodeGiai96(giai: Giai): string | null {
  const head = headOf(GIAI96_HEADER, giai)
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(giai.reference)) return null
  const number = BigInt(giai.reference)
  const bits = BigInt(head.partition.numberBits)
  return number >> bits > 0n ? null : hexOf((head.value << bits) | number, 96)
}

/**
 * GIAI-202 in 52 hex digits.
 *
 * @throws RangeError for a prefix that is not 6 to 12 digits, a filter outside 0 to 7, or a reference that is empty, too long for this prefix or
 * has a character that no tag can carry (Chinese is one)
 */
export function encodeGiai202(giai: Giai): string {
  const { value, partition } = headOf(GIAI202_HEADER, giai)
  const { reference } = giai
  if (!REFERENCE.test(reference))
    throw new RangeError(`no tag can carry the asset reference ${JSON.stringify(reference)}`)
  if (reference.length > partition.characters)
    throw new RangeError(`an asset reference beside this prefix has at most ${partition.characters} characters`)
  let bits = value
  for (let at = 0; at < partition.characters; at += 1)
    bits = (bits << BigInt(CHARACTER_BITS)) | BigInt(at < reference.length ? reference.charCodeAt(at) : 0)
  const used = HEAD_BITS + partition.prefixBits + partition.characters * CHARACTER_BITS
  return hexOf(bits << BigInt(GIAI202_AIR_BITS - used), GIAI202_AIR_BITS)
}

/** What 24 upper-case hex digits say, if that is a GIAI-96. */
export function parseGiai96(hex: string): Giai | null {
  if (hex.length !== 24 || !hex.startsWith('34')) return null
  const bits = BigInt(`0x${hex}`)
  const head = headIn(bits, 96)
  if (head === null) return null
  const reference = String(bits & mask(head.partition.numberBits))
  return { companyPrefix: head.companyPrefix, reference, filter: head.filter }
}

/** What 52 upper-case hex digits say, if that is a GIAI-202. */
export function parseGiai202(hex: string): Giai | null {
  if (hex.length !== GIAI202_AIR_BITS / 4 || !hex.startsWith('38')) return null
  const bits = BigInt(`0x${hex}`)
  const head = headIn(bits, GIAI202_AIR_BITS)
  if (head === null) return null
  let left = GIAI202_AIR_BITS - HEAD_BITS - head.partition.prefixBits
  let characters = ''
  for (let at = 0; at < head.partition.characters; at += 1) {
    left -= CHARACTER_BITS
    characters += String.fromCharCode(Number((bits >> BigInt(left)) & mask(CHARACTER_BITS)))
  }
  const reference = characters.replace(/\0+$/, '')
  if ((bits & mask(left)) !== 0n || !REFERENCE.test(reference)) return null
  return { companyPrefix: head.companyPrefix, reference, filter: head.filter }
}

function headOf(header: bigint, { companyPrefix, filter }: Giai): { value: bigint; partition: Partition } {
  if (!/^[0-9]{6,12}$/.test(companyPrefix))
    throw new RangeError(`a GS1 company prefix has 6 to 12 digits: ${JSON.stringify(companyPrefix)}`)
  if (!Number.isInteger(filter) || filter < 0 || filter > 7) throw new RangeError(`filter must be 0 to 7: ${filter}`)
  const nth = 12 - companyPrefix.length
  const partition = PARTITIONS[nth]
  if (partition === undefined) throw new RangeError(`no partition for ${companyPrefix.length} digits`)
  const start = (((header << 3n) | BigInt(filter)) << 3n) | BigInt(nth)
  return { value: (start << BigInt(partition.prefixBits)) | BigInt(companyPrefix), partition }
}

function headIn(bits: bigint, length: number) {
  const partition = PARTITIONS[Number((bits >> BigInt(length - HEAD_BITS)) & 7n)]
  if (partition === undefined) return null
  const prefix = (bits >> BigInt(length - HEAD_BITS - partition.prefixBits)) & mask(partition.prefixBits)
  const companyPrefix = String(prefix).padStart(partition.prefixDigits, '0')
  if (companyPrefix.length > partition.prefixDigits) return null
  return { companyPrefix, partition, filter: Number((bits >> BigInt(length - 11)) & 7n) }
}

function mask(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n
}

function hexOf(bits: bigint, length: number): string {
  return bits
    .toString(16)
    .toUpperCase()
    .padStart(length / 4, '0')
}
