/** CRC-16/MCRF4XX: polynomial 8408 reflected, begun with FFFF, no final exclusive or. */
export function mcrf4xx(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ 0x8408
  }
  return crc
}

/** The CRC that a Gen2 tag sends behind PC and EPC: polynomial 1021, begun with FFFF, inverted. */
export function gen2Crc(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff
  }
  return crc ^ 0xffff
}
