/** Big-endian numbers out of bytes. Bytes that are not there count as zero: lengths are checked before. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

/** Unsigned, also from 0x80000000 on, where shifting would give a negative number. */
export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x1_0000 + u16(bytes, at + 2)
}

/** One byte as two's complement, -128 to 127: how readers give a strength in dBm. */
export function s8(byte: number): number {
  return (byte << 24) >> 24
}

/** Big-endian; only the lower 16 bits of the value. */
export function u16Bytes(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff]
}

/** Big-endian, for whole numbers from 0 to 0xffffffff. */
export function u32Bytes(value: number): [number, number, number, number] {
  return [...u16Bytes(Math.floor(value / 0x1_0000)), ...u16Bytes(value)]
}

/** Capital letters, no separators: the one way in which EPCs are written and compared here. */
export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

/** The bytes of hex text in either case. Stops at the first pair that is not hex, so what is not known to be hex is checked before. */
export function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** Length in words of 16 bits. */
export function words16(bytes: Uint8Array): number {
  return bytes.length / 2
}
