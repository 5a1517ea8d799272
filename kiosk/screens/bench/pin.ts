/**
 * A PIN as it is keyed in, by hand or on the pad. Pure, and never kept: what is submitted leaves it empty.
 *
 * A keyboard-wedge scanner types into the pad like a hand. A PIN has digits only, so a line with anything else in it is a scan when it
 * came at a scanner's speed, and a mistake otherwise; neither is ever tried as a PIN.
 */

import type { Notice } from '../../notice.ts'
import { MAX_GAP_MS } from '../../wedge.ts'
import { benchEn } from '../../words/bench.en.ts'
import { benchZh } from '../../words/bench.zh.ts'

/** Longer than any PIN: more is no PIN. */
export const PIN_MOST = 12
/** No bar code of ours is longer. */
const LINE_MOST = 64
const SCAN_LEAST = 4

export interface PinEntry {
  readonly line: string
  /** The slowest gap so far. */
  readonly gap_ms: number
  readonly last_ms: number
}

export const emptyPin: PinEntry = { line: '', gap_ms: 0, last_ms: 0 }

/** What Enter makes of the line. */
export type PinEnd =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'not-a-pin' }

/** How many digits stand on the pad, as dots. */
export function digitsOf({ line }: PinEntry): number {
  return isDigits(line) ? line.length : 0
}

export function isSpoiled({ line }: PinEntry): boolean {
  return line !== '' && !isDigits(line)
}

/** One character more. */
export function keyed(entry: PinEntry, character: string, at_ms: number): PinEntry {
  if (entry.line.length >= LINE_MOST || (isDigits(entry.line + character) && entry.line.length >= PIN_MOST))
    return entry
  const gap_ms = entry.line === '' ? 0 : Math.max(entry.gap_ms, at_ms - entry.last_ms)
  return { line: entry.line + character, gap_ms, last_ms: at_ms }
}

/** The last character taken back; a line that is no PIN goes as a whole. */
export function erased(entry: PinEntry): PinEntry {
  return isSpoiled(entry) ? emptyPin : { ...entry, line: entry.line.slice(0, -1) }
}

export function ended({ line, gap_ms }: PinEntry): PinEnd {
  if (line === '') return { kind: 'nothing' }
  if (isDigits(line)) return { kind: 'pin', pin: line }
  return line.length >= SCAN_LEAST && gap_ms <= MAX_GAP_MS ? { kind: 'scan', text: line } : { kind: 'not-a-pin' }
}

function isDigits(text: string): boolean {
  return /^\d*$/.test(text)
}

/** What a line that is no PIN is answered with; the server never hears of it. */
export const notAPin: Notice = {
  code: 'bench.not-a-pin',
  detail: { zh: benchZh['bench.pin-not'], en: benchEn['bench.pin-not'] },
  rule: null,
  remedy: { zh: benchZh['bench.pin-spoiled'], en: benchEn['bench.pin-spoiled'] },
}
