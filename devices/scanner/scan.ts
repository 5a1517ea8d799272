/** What a scanner says it read. */
export interface Scan {
  readonly text: string
  /**
   * The AIM symbology identifier without its bracket ("C1" is GS1-128); its letter alone where the scanner names the symbology and not its
   * modifier; null where it says nothing.
   */
  readonly symbology: string | null
}

/** The longest code that any scanner tells: the largest there is (QR, 7 089 digits) fits, and what the four digits of a Honeywell header count. */
export const CODE_BYTES_MAX = 9999

const BYTE_ORDER_MARK = '\uFEFF'
/** Every control character but TAB, LF, CR, EOT and FS GS RS US, which codes of several lines, ISO 15434 and GS1 carry. */
const FORBIDDEN = /[\u0000-\u0003\u0005-\u0008\u000B\u000C\u000E-\u001B\u007F-\u009F]/
const AIM = /^\]([A-Za-z][0-9A-Za-z])/

/**
 * The code in `data` (without what the framing added), or in words why there is none. An AIM identifier in front is taken off and wins over
 * the `symbology` that the frame names. Nothing is repaired but a byte order mark in front.
 */
export function scanOf(data: Uint8Array, symbology: string | null): Scan | string {
  const text = utf8(data)
  if (text === null) return 'not UTF-8'
  if (FORBIDDEN.test(text)) return 'a control character inside the code'
  const aim = AIM.exec(text)
  if (aim?.[1] === undefined) return text === '' ? 'no data' : { text, symbology }
  if (text.length === aim[0].length) return 'no data after the symbology identifier'
  return { text: text.slice(aim[0].length), symbology: aim[1] }
}

function utf8(data: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data)
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  } catch {
    return null
  }
}
