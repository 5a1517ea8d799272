/** Big-endian numbers out of bytes. Bytes that are not there count as zero: lengths are checked before. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x1_0000 + u16(bytes, at + 2)
}

export function s8(byte: number): number {
  return (byte << 24) >> 24
}

export function u16Bytes(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff]
}

export function u32Bytes(value: number): [number, number, number, number] {
  return [...u16Bytes(Math.floor(value / 0x1_0000)), ...u16Bytes(value)]
}

export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

export function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** Length in words of 16 bits. */
export function words16(bytes: Uint8Array): number {
  return bytes.length / 2
}
