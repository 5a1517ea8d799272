/** Text that is known to be drawable, its width, and how it breaks into lines. */

import type { Glyph, Weight } from './fonts.ts'
import { glyphOf } from './fonts.ts'
import { LabelRefused } from './refused.ts'

/** A whole document's field; a label's own fields are far shorter. */
export const MAX_TEXT_CHARACTERS = 500

/** Line pitch as a multiple of the type size: Chinese needs more air than Latin. */
export const LINE_PITCH = 1.25

// May not begin a line, may not end one (after the practice of GB/T 15834).
const NO_LINE_START = new Set('，。、；：？！）》〉】〕」』”’％…—·,.;:?!)]}%')
const NO_LINE_END = new Set('（《〈【〔「『“‘([{￥¥')

/**
 * Lets through text that every glyph of can be drawn and that shows what it says.
 *
 * @throws LabelRefused `text-empty`, `text-too-long`, `control-character` (control, formatting, private use: they could hide or
 *   reorder what is read) or `missing-glyph`, each naming the field, the last two the characters
 */
export function checkText(text: string, field: string, weight: Weight = 400): void {
  if (text.trim() === '') throw new LabelRefused('text-empty', field, { zh: `${field}为空`, en: `${field}: empty` })
  if (text.length > MAX_TEXT_CHARACTERS) throw tooLong(text, field)
  const controls = distinct(text, (c) => /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(c))
  if (controls.length > 0) {
    const names = controls.map(codePointName).join(' ')
    throw new LabelRefused('control-character', field, {
      zh: `${field}含有不可打印的控制字符：${names}`,
      en: `${field}: control characters ${names}`,
    })
  }
  const missing = distinct(text, (c) => glyphOf(c.codePointAt(0) ?? 0, weight) === null)
  if (missing.length > 0) {
    const names = missing.map((c) => `${c} (${codePointName(c)})`).join('，')
    throw new LabelRefused('missing-glyph', field, {
      zh: `${field}中的字打印字库没有：${names}`,
      en: `${field}: no glyph for ${names}`,
    })
  }
}

/** The glyphs of checked text, each with its start, in fractions of the type size. */
export function setGlyphs(text: string, weight: Weight): { readonly glyph: Glyph; readonly at: number }[] {
  let at = 0
  const set: { glyph: Glyph; at: number }[] = []
  for (const character of text) {
    const glyph = glyphOf(character.codePointAt(0) ?? 0, weight)
    if (glyph === null) throw new Error(`text was not checked: ${JSON.stringify(character)}`)
    set.push({ glyph, at })
    at += glyph.advance
  }
  return set
}

/** Width of checked text in the unit of `size`. */
export function widthOf(text: string, size: number, weight: Weight): number {
  let width = 0
  for (const character of text) width += glyphOf(character.codePointAt(0) ?? 0, weight)?.advance ?? 0
  return width * size
}

/**
 * Breaks checked text into lines no wider than `width` (same unit as `size`). Chinese breaks between any two characters except before
 * closing and after opening punctuation; a word of Latin letters and digits breaks inside only when it alone is wider than a line.
 */
export function breakLines(text: string, width: number, size: number, weight: Weight): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (widthOf((line + piece).trimEnd(), size, weight) <= width) {
      line += piece
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    line = ''
    for (const character of piece.trimStart()) {
      if (line !== '' && widthOf(line + character, size, weight) > width) {
        // Closing punctuation begins no line: what it closes goes along.
        const kept = (NO_LINE_START.has(character) && [...line].slice(0, -1).join('')) || line
        lines.push(kept)
        line = line.slice(kept.length)
      }
      line += character
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

export interface FittedText {
  readonly size: number
  readonly lines: readonly string[]
}

/**
 * The rule for every variable text on a label: the first of `sizes` (largest first) at which the whole text fits the width within
 * its number of lines. Nothing is ever cut or replaced by an ellipsis: when the last size does not fit, the label is refused.
 *
 * @throws LabelRefused as {@link checkText}, and `text-too-long`
 */
export function fitText(
  text: string,
  field: string,
  width: number,
  weight: Weight,
  sizes: readonly { readonly size: number; readonly lines: number }[],
): FittedText {
  checkText(text, field, weight)
  for (const { size, lines: most } of sizes) {
    const lines = breakLines(text, width, size, weight)
    if (lines.length <= most && lines.every((line) => widthOf(line, size, weight) <= width)) return { size, lines }
  }
  throw tooLong(text, field)
}

function tooLong(text: string, field: string): LabelRefused {
  const length = [...text].length
  return new LabelRefused('text-too-long', field, {
    zh: `${field}太长（${length} 字），按最小字号也放不下，请缩短`,
    en: `${field}: ${length} characters do not fit at the smallest size`,
  })
}

/** What may stand alone on a line: a Latin word, or a Chinese character with the punctuation that clings to it. */
function pieces(text: string): string[] {
  const out: string[] = []
  for (const match of text.matchAll(/[\p{Script=Latin}\p{Script=Greek}\p{N}._/#&@+*=-]+|./gsu)) {
    const piece = match[0]
    const last = out.at(-1)
    const clings =
      last !== undefined && (NO_LINE_START.has(piece) || NO_LINE_END.has(last.at(-1) ?? '') || piece === ' ')
    if (clings) out[out.length - 1] = last + piece
    else out.push(piece)
  }
  return out
}

function distinct(text: string, keep: (character: string) => boolean): string[] {
  return [...new Set(text)].filter(keep)
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
