/** Numbers, parameters and messages of LLRP as a reader writes and reads them. */

export function uint(value: number, bytes: number): Buffer {
  const field = Buffer.alloc(bytes)
  field.writeUIntBE(value, 0, bytes)
  return field
}

/** A parameter of LLRP: ten bits of type, a length that counts its own four bytes of head, and the value. */
export function tlv(type: number, ...parts: Uint8Array[]): Buffer {
  const value = Buffer.concat(parts)
  return Buffer.concat([uint(type, 2), uint(value.length + 4, 2), value])
}

/** A message of LLRP 1.0.1: version and type in two bytes, a length that counts its own ten bytes of head, the id, and the parameters. */
export function message(type: number, id: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([uint(0x0400 | type, 2), uint(body.length + 10, 4), uint(id, 4), body])
}

/** Type, value pairs of TLV parameters; the requests of clients hold no others. */
export function tlvs(bytes: Buffer): { readonly type: number; readonly value: Buffer }[] {
  const found = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2)
    if (length < 4 || at + length > bytes.length) throw new RangeError('a parameter leads outside')
    found.push({ type: bytes.readUInt16BE(at) & 0x3ff, value: bytes.subarray(at + 4, at + length) })
    at += length
  }
  return found
}

/** The value of the first parameter of a type. Throws a RangeError when there is none. */
export function inside(bytes: Buffer, type: number): Buffer {
  const found = tlvs(bytes).find((one) => one.type === type)
  if (found === undefined) throw new RangeError(`parameter ${type} is missing`)
  return found.value
}
