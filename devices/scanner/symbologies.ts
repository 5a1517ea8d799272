/**
 * What the serial families call a symbology, as an AIM identifier: its letter alone where the family does not tell the modifier.
 * Note the collision: `d` is EAN-13 to Honeywell and DataMatrix to AIM.
 */
const BY_SSI_TYPE = new Map([
  [0x01, 'A'],
  [0x02, 'F'],
  [0x03, 'C0'],
  [0x06, 'I'],
  [0x07, 'G'],
  [0x08, 'E0'],
  [0x09, 'E0'],
  [0x0a, 'E4'],
  [0x0b, 'E0'],
  [0x0f, 'C1'],
  [0x11, 'L'],
  [0x1b, 'd'],
  [0x1c, 'Q'],
  [0x2d, 'z'],
  [0x30, 'e'],
  [0x31, 'e'],
  [0x32, 'e'],
])

/** Null for a code type that is not in the table. */
export function symbologyOfSsi(codeType: number): string | null {
  return BY_SSI_TYPE.get(codeType) ?? null
}
