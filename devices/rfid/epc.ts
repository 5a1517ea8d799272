import { encodeGiai96, encodeGiai202, parseGiai96, parseGiai202, type Giai } from './giai.ts'

/** The longest EPC that the length field of a tag's PC word can say: 31 words. */
export const EPC_BYTES_MAX = 62

/** What an EPC says. `hex` is the whole of it in upper case. */
export type Epc =
  | { readonly scheme: 'giai-96' | 'giai-202'; readonly hex: string; readonly giai: Giai }
  /** Anything else; `header` names what the first byte stands for in GS1 Tag Data Standard 1.x and 2.x. */
  | { readonly scheme: 'other'; readonly hex: string; readonly header: string }

const HEADERS: ReadonlyMap<number, string> = new Map([
  [0x00, 'not programmed'],
  [0x2c, 'gdti-96'],
  [0x2d, 'gsrn-96'],
  [0x2e, 'gsrnp-96'],
  [0x2f, 'usdod-96'],
  [0x30, 'sgtin-96'],
  [0x31, 'sscc-96'],
  [0x32, 'sgln-96'],
  [0x33, 'grai-96'],
  [0x34, 'giai-96'],
  [0x35, 'gid-96'],
  [0x36, 'sgtin-198'],
  [0x37, 'grai-170'],
  [0x38, 'giai-202'],
  [0x39, 'sgln-195'],
  [0x3a, 'gdti-113'],
  [0x3b, 'adi-var'],
  [0x3c, 'cpi-96'],
  [0x3d, 'cpi-var'],
  [0x3e, 'gdti-174'],
  [0x3f, 'sgcn-96'],
  [0x40, 'itip-110'],
  [0x41, 'itip-212'],
  [0xe2, 'not programmed, a chip number'],
])

/**
 * Reads an EPC as a reader reports it, hex digits in either case. A GIAI with a wrong partition, a part out of its range or set filler bits is
 * `other`: it is no GIAI, whatever its header says. Never throws.
 *
 * @returns null for text that is no EPC: not hex, no whole 16-bit words, or longer than {@link EPC_BYTES_MAX}
 */
export function parseEpc(text: string): Epc | null {
  if (!/^(?:[0-9A-Fa-f]{4})+$/.test(text) || text.length > EPC_BYTES_MAX * 2) return null
  const hex = text.toUpperCase()
  const giai96 = parseGiai96(hex)
  if (giai96 !== null) return { scheme: 'giai-96', hex, giai: giai96 }
  const giai202 = parseGiai202(hex)
  if (giai202 !== null) return { scheme: 'giai-202', hex, giai: giai202 }
  return { scheme: 'other', hex, header: HEADERS.get(Number.parseInt(hex.slice(0, 2), 16)) ?? 'unassigned' }
}

/**
 * The EPC of an asset: GIAI-96 if its reference is a number that fits, else GIAI-202, which needs a tag with 208 bits of EPC memory.
 *
 * @throws RangeError for a prefix that is not 6 to 12 digits, a filter outside 0 to 7, or a reference that GIAI-202 cannot carry either
 */
export function giaiEpc(giai: Giai): string {
  return encodeGiai96(giai) ?? encodeGiai202(giai)
}
