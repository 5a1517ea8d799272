/** What a scan says, as far as a screen has to know before it asks the server, which alone checks it. */

import { sealNumberIn } from '../../labels/seal-number.ts'

const CODE = /^\s*([WLDC][0-9A-Z]{13})(?:-[0-9A-Z]{3,4})?\s*$/i

const KINDS = { W: 'item', L: 'location', D: 'list', C: 'container' } as const
export type CodeKind = (typeof KINDS)[keyof typeof KINDS]

/** A bare code, and of what it is. */
export interface Code {
  readonly code: string
  readonly kind: CodeKind
}

/** The bare code in a scanned or typed text, a label's issue left off; null when it has not the shape of one. */
export function codeIn(text: string): Code | null {
  const code = CODE.exec(text)?.[1]?.toUpperCase()
  return code === undefined ? null : { code, kind: KINDS[code[0] as keyof typeof KINDS] }
}

/** The symbol of an issued paper: form, year, unit, serial and check. */
const PAPER = /^\s*[A-Z]-\d{2}[a-z]?\.\d{4}\.[0-9A-Z]{2}\.\d{4,7}\.[0-9A-F]{16}\s*$/

/** Whether a scan is of a paper's symbol: the archive has to be asked. */
export function isPaperCode(text: string): boolean {
  return PAPER.test(text)
}

/** The number of a seal as it was typed or scanned: without the space around, and what a strip carries for Chinese turned back. */
export function sealTyped(text: string): string {
  return sealNumberIn(text.trim())
}
