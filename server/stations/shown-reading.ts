import type { KeypadEvent } from '../../devices/keypad/counters.ts'
import type { Reading, TagReading } from '../../devices/reading.ts'
import { parseCode } from '../../labels/item-code.ts'
import type { Words } from '../refusal.ts'
import { faultWords } from './fault-words.ts'
import type { ShownReading } from './protocol.ts'

/** More of a frame says nothing to eyes; how much more there was is told. */
const BYTES_SHOWN_MAX = 96
/** Of a number that may be somebody's badge, this many of its last signs stay, so that two can be told apart. */
const SIGNS_SHOWN = 2
const HIDDEN = '•'

/**
 * A reading as the devices screen shows it. What may be a badge number is never shown whole: not of a badge reader, not of a scanner that read
 * anything but a code of this house, not of a line that was cut. Frame, control characters and length stay to be seen.
 */
export function shownReading({ at, deviceKind, raw, value }: Reading): ShownReading {
  const open = isOpen(deviceKind, value)
  const bytes = shownBytes(raw, open)
  switch (value.kind) {
    case 'scan':
      return { at, kind: 'scan', words: same(open ? value.text : hidden(value.text)), fault: null, ...bytes }
    case 'badge':
      return { at, kind: 'badge', words: same(hidden(value.badge)), fault: null, ...bytes }
    case 'weight':
      return { at, kind: 'weight', words: weightWords(value.weight_mg, value.stable), fault: null, ...bytes }
    case 'fault': {
      const { code, detail } = value.fault
      return { at, kind: 'fault', words: faultWords(deviceKind, code).words, fault: { code, detail }, ...bytes }
    }
  }
}

/** A tag as the devices screen shows it, its bytes in full: an EPC names no person. */
export function shownTag({ at, raw, value }: TagReading): ShownReading {
  const { epc, antenna, rssi_dbm, count } = value
  const strength = rssi_dbm === null ? '' : ` ${rssi_dbm} dBm`
  const words = {
    zh: `${epc} 天线 ${antenna}${strength} ×${count}`,
    en: `${epc} antenna ${antenna}${strength} ×${count}`,
  }
  return { at, kind: 'tag', words, fault: null, ...shownBytes(raw, true) }
}

const KEY_ACTIVITY: Words = { zh: '按键动作', en: 'Key activity' }
const NOBODY_ASKED: Words = {
  zh: '没有正在进行的评价，这次按键不计，也不保存',
  en: 'No rating is asked for: this press does not count and is kept nowhere',
}

/**
 * Of a keypad: that something happened, and the bytes as the driver masks them. What was pressed is in neither; that nobody had asked for it is
 * said, because it belongs to no ballot.
 */
export function shownKeypad({ at, raw, value }: KeypadEvent): ShownReading {
  const words = value.kind === 'not-counted' && value.why === 'unasked' ? NOBODY_ASKED : KEY_ACTIVITY
  return { at, kind: 'press', words, fault: null, ...shownBytes(raw, true) }
}

/** Of a press that was sealed where it was made: that it was. */
export function shownSealed(at: string): ShownReading {
  return { at, kind: 'press', words: KEY_ACTIVITY, fault: null, ...shownBytes(new Uint8Array(0), true) }
}

/** Whether nothing in it can be somebody's badge number. */
function isOpen(kind: Reading['deviceKind'], value: Reading['value']): boolean {
  if (value.kind === 'badge') return false
  if (value.kind === 'scan') {
    const parsed = parseCode(value.text)
    return parsed.ok || parsed.reason === 'check'
  }
  return value.kind === 'weight' || (kind !== 'scanner' && kind !== 'badge')
}

function same(text: string): Words {
  return { zh: text, en: text }
}

function weightWords(weight_mg: number, stable: boolean): Words {
  const grams = (weight_mg / 1000).toFixed(3)
  return stable
    ? { zh: `${grams} 克`, en: `${grams} g` }
    : { zh: `${grams} 克（未稳定）`, en: `${grams} g (not stable)` }
}

function hidden(text: string): string {
  const all = [...text]
  const kept = shownSigns(all.flatMap((sign, at) => (isSign(sign) ? [at] : [])))
  return all.map((sign, at) => (isSign(sign) && !kept.has(at) ? HIDDEN : sign)).join('')
}

/** The last signs are shown only where enough others are not: a short number must not stand there whole. */
function shownSigns(places: readonly number[]): ReadonlySet<number> {
  return new Set(places.length > 2 * SIGNS_SHOWN ? places.slice(-SIGNS_SHOWN) : [])
}

function isSign(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

const CONTROLS: Readonly<Record<number, string>> = {
  0x02: '<STX>',
  0x03: '<ETX>',
  0x05: '<ENQ>',
  0x06: '<ACK>',
  0x09: '<TAB>',
  0x0a: '<LF>',
  0x0d: '<CR>',
  0x15: '<NAK>',
  0x1b: '<ESC>',
  0x1d: '<GS>',
}

function shownBytes(raw: Uint8Array, open: boolean): Pick<ShownReading, 'hex' | 'text' | 'more'> {
  const shown = [...raw.subarray(0, BYTES_SHOWN_MAX)]
  const kept = shownSigns(shown.flatMap((byte, at) => (isSignByte(byte) ? [at] : [])))
  const isHidden = (byte: number, at: number): boolean => !open && isSignByte(byte) && !kept.has(at)
  return {
    hex: shown
      .map((byte, at) => (isHidden(byte, at) ? HIDDEN + HIDDEN : byte.toString(16).toUpperCase().padStart(2, '0')))
      .join(' '),
    text: shown.map((byte, at) => (isHidden(byte, at) ? HIDDEN : textOf(byte))).join(''),
    more: Math.max(0, raw.length - BYTES_SHOWN_MAX),
  }
}

/** A letter, a digit, or a part of a sign beyond ASCII. */
function isSignByte(byte: number): boolean {
  return byte >= 0x80 || isSign(String.fromCharCode(byte))
}

function textOf(byte: number): string {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return CONTROLS[byte] ?? '·'
}
