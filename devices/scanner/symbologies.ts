/**
 * Code types of each scanner protocol as AIM symbology identifiers; the letter stands alone where the type leaves the modifier open.
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

const BY_HONEYWELL_ID = new Map([
  ['b', 'A'],
  ['a', 'F'],
  ['j', 'C0'],
  ['e', 'I'],
  ['i', 'G'],
  ['c', 'E0'],
  ['E', 'E0'],
  ['D', 'E4'],
  ['d', 'E0'],
  ['I', 'C1'],
  ['|', 'C1'],
  ['r', 'L'],
  ['w', 'd'],
  ['s', 'Q'],
  ['z', 'z'],
  ['y', 'e'],
  ['{', 'e'],
  ['}', 'e'],
  ['H', 'h'],
])

/** Null for an id that is not in the table. */
export function symbologyOfHoneywell(id: number): string | null {
  return BY_HONEYWELL_ID.get(String.fromCharCode(id)) ?? null
}
