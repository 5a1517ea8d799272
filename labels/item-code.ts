/**
 * The codes that are printed and scanned: made and read in this one place.
 *
 *     W 01 26 0000123 K7      item (物)         X-CONFIRM 4Z   command card
 *     | |  |  |       |       L location        (written without the spaces)
 *     | |  |  |       check   D document, list (单)
 *     | |  |  serial          C container
 *     | |  year, two digits
 *     | unit number
 *     kind
 *
 * An item code is the item's identity for ever and says nothing about case, person or value. The paper label has an issue
 * number of its own: the first label carries the bare code, a reprint that voids it carries `CODE-<issue><check>`, so a voided label
 * is known when it is scanned. The check characters of a reprint cover the whole payload, the code and its own check included.
 * The scheme and what it catches: see check-characters.ts.
 */

import { checkCharacters, hasSoundCheck } from './check-characters.ts'

export { EPC_RANDOM_BYTES, makeEpc, parseEpc } from './epc.ts'

export type PlainCodeKind = 'item' | 'location' | 'document' | 'container'
export type CodeKind = PlainCodeKind | 'command'

export interface PlainCodeParts {
  readonly kind: PlainCodeKind
  /** The handling unit's number, two characters of 0-9 A-Z. */
  readonly unit: string
  /** Calendar year, 2000 to 2099. */
  readonly year: number
  /** 1 to 9,999,999 within unit, year and kind. */
  readonly serial: number
}

export type CodeFault =
  | 'empty'
  | 'too-long'
  /** One of our codes, but for characters as a Chinese input method types them (U+FF01 to U+FF5E): whoever typed it can be told. */
  | 'full-width'
  /** A character that no code of ours has: look-alikes of other alphabets, control characters. */
  | 'characters'
  | 'shape'
  | 'check'

export interface PlainCode extends PlainCodeParts {
  readonly ok: true
  /** The bare code, upper case, without a label issue: the identity. */
  readonly code: string
  /** Which label was read: 1 is the first, a higher one voids those before. */
  readonly issue: number
}

export interface CommandCode {
  readonly ok: true
  readonly kind: 'command'
  readonly code: string
  /** What the card says, for instance `CONFIRM`. */
  readonly word: string
}

export interface WrongCode {
  readonly ok: false
  readonly reason: CodeFault
}

export type ParsedCode = PlainCode | CommandCode | WrongCode

/** Longer input is not looked at: our longest payload has 19 characters, and a scanner may add a few around it. */
const MAX_SCAN_CHARACTERS = 64
export const MAX_SERIAL = 9_999_999
/** Two base-36 digits; an item whose label was reprinted 1,295 times needs a person to look at it. */
export const MAX_LABEL_ISSUE = 36 * 36 - 1

const LETTERS = { item: 'W', location: 'L', document: 'D', container: 'C' } as const satisfies Record<
  PlainCodeKind,
  string
>
const KINDS: Readonly<Record<string, PlainCodeKind>> = { W: 'item', L: 'location', D: 'document', C: 'container' }

const PLAIN = /^([WLDC])([0-9A-Z]{2})([0-9]{2})([0-9]{7})[0-9A-Z]{2}$/
const PLAIN_CHARACTERS = 14
const ISSUE_SUFFIX = /^-([1-9A-Z][0-9A-Z]?)[0-9A-Z]{2}$/
const COMMAND = /^X-([A-Z]{2,12})[0-9A-Z]{2}$/
const COMMAND_WORD = /^[A-Z]{2,12}$/

/**
 * A new code of 14 characters, for instance `W01260000123K7`.
 *
 * @throws RangeError when a part lies outside its range
 */
export function makeCode(parts: PlainCodeParts): string {
  const { kind, unit, year, serial } = parts
  if (!/^[0-9A-Z]{2}$/.test(unit)) throw new RangeError(`unit number must be two of 0-9 A-Z: ${JSON.stringify(unit)}`)
  if (!Number.isInteger(year) || year < 2000 || year > 2099) throw new RangeError(`year out of range: ${year}`)
  if (!Number.isInteger(serial) || serial < 1 || serial > MAX_SERIAL)
    throw new RangeError(`serial out of range: ${serial}`)
  const body = LETTERS[kind] + unit + String(year % 100).padStart(2, '0') + String(serial).padStart(7, '0')
  return body + checkCharacters(body)
}

/**
 * What the label of an item, location, document or container carries: the bare code for issue 1, else `CODE-<issue><check>`.
 *
 * @param code a sound bare code
 * @param issue 1 to {@link MAX_LABEL_ISSUE}
 * @throws RangeError when the code is not a sound bare code or the issue is out of range
 */
export function makeLabelCode(code: string, issue: number): string {
  const parsed = parseCode(code)
  if (!parsed.ok || parsed.kind === 'command' || parsed.code !== code)
    throw new RangeError(`not a bare code: ${JSON.stringify(code)}`)
  if (!Number.isInteger(issue) || issue < 1 || issue > MAX_LABEL_ISSUE)
    throw new RangeError(`label issue out of range: ${issue}`)
  if (issue === 1) return code
  const digits = issue.toString(36).toUpperCase()
  return `${code}-${digits}${checkCharacters(code + digits)}`
}

/**
 * The code of a bench command card, for instance `X-CONFIRM` with its two check characters.
 *
 * @param word 2 to 12 letters A-Z
 * @throws RangeError for any other word
 */
export function makeCommandCode(word: string): string {
  if (!COMMAND_WORD.test(word))
    throw new RangeError(`command word must be 2 to 12 letters A-Z: ${JSON.stringify(word)}`)
  return `X-${word}${checkCharacters(`X${word}`)}`
}

/**
 * Reads what a scanner or a keyboard delivered. Forgives what those add, ASCII white space around the code and lower case, and
 * nothing else: full-width and look-alike characters are refused, never repaired, since a repair may find another item.
 * Never throws.
 */
export function parseCode(text: string): ParsedCode {
  if (text.length > MAX_SCAN_CHARACTERS) return wrong('too-long')
  const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (trimmed === '') return wrong('empty')
  // Before upper-casing: "ſ" and "ı" would otherwise turn into letters of ours.
  if (!/^[0-9A-Za-z-]+$/.test(trimmed)) return wrong(isFullWidth(trimmed) ? 'full-width' : 'characters')
  const payload = trimmed.toUpperCase()
  return payload.startsWith('X-') ? parseCommand(payload) : parsePlain(payload)
}

const FULL_WIDTH = /[\uFF01-\uFF5E]/g
const FULL_WIDTH_OFFSET = 0xfee0

function isFullWidth(text: string): boolean {
  const plain = text.replace(FULL_WIDTH, (form) => String.fromCharCode(form.charCodeAt(0) - FULL_WIDTH_OFFSET))
  if (plain === text) return false
  const parsed = parseCode(plain)
  return parsed.ok || parsed.reason === 'check'
}

function parseCommand(payload: string): CommandCode | WrongCode {
  const word = COMMAND.exec(payload)?.[1]
  if (word === undefined) return wrong('shape')
  if (!hasSoundCheck(payload.replace('-', ''))) return wrong('check')
  return { ok: true, kind: 'command', code: payload, word }
}

function parsePlain(payload: string): PlainCode | WrongCode {
  const code = payload.slice(0, PLAIN_CHARACTERS)
  const suffix = payload.slice(PLAIN_CHARACTERS)
  const [, letter, unit, year, serial] = PLAIN.exec(code) ?? []
  const kind = letter === undefined ? undefined : KINDS[letter]
  if (kind === undefined || unit === undefined || year === undefined || serial === undefined) return wrong('shape')
  const digits = suffix === '' ? '1' : ISSUE_SUFFIX.exec(suffix)?.[1]
  // Issue 1 is never written out: one label, one payload.
  if (digits === undefined || (suffix !== '' && digits === '1')) return wrong('shape')
  if (!hasSoundCheck(code) || (suffix !== '' && !hasSoundCheck(code + suffix.slice(1)))) return wrong('check')
  // Serial 0 is never given out, so a code that carries it was not made here.
  if (Number(serial) === 0) return wrong('shape')
  const issue = parseInt(digits, 36)
  return { ok: true, kind, code, issue, unit, year: 2000 + Number(year), serial: Number(serial) }
}

function wrong(reason: CodeFault): WrongCode {
  return { ok: false, reason }
}
