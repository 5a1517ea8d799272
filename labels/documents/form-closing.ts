/** Where a form is signed: its closing on the last page, initials on the others. */

import { LabelRefused } from '../refused.ts'
import { breakLines, widthOf } from '../text.ts'
import { CELL, CONTENT_MM, LINE_MM, PAGE, SEAL_MM, SIGNATURE_MM, statementHeight, statementLines } from './form.ts'
import type { Form, Signature } from './form.ts'
import { HAIRLINE_MM, LEAST_SIZE_MM, type Pen } from './form-pen.ts'

/** The end of the last page: the statement, a place for each signature, and the seal. `top` is where the table ends. */
export function drawClosing(pen: Pen, form: Form, top: number): void {
  let baseline = top + 4 + CELL.size_mm
  for (const line of statementLines(form)) {
    pen.text(PAGE.left_mm, baseline, line, CELL.size_mm)
    baseline += LINE_MM * 1.1
  }
  const signatures = top + statementHeight(form)
  for (const [i, signature] of form.signatures.entries()) {
    const x = PAGE.left_mm + (i % 2) * (CONTENT_MM / 2)
    drawSignature(pen, signature, x, signatures + Math.floor(i / 2) * SIGNATURE_MM)
  }
  const seal = signatures + Math.ceil(form.signatures.length / 2) * SIGNATURE_MM + SEAL_MM / 2
  pen.aligned('end', PAGE.left_mm, CONTENT_MM, seal, `${form.organisation}（印章）${DAY}`, CELL.size_mm)
}

/** Room for a day written by hand. */
const DAY = '    年   月   日'

/** Height of a drawn signature: what is free above its line. */
const INK_MM = SIGNATURE_MM - 5

/** Of a place to sign: so much is left to write on, whatever the signer is called. */
const WRITING_MM = 26
/** Above its line. */
const LABEL_MM = SIGNATURE_MM - 4
const LABEL_PITCH = 1.2
const LABEL_SIZES_MM = [CELL.size_mm, 2.75, LEAST_SIZE_MM] as const

interface Label {
  readonly lines: readonly string[]
  readonly size_mm: number
  readonly width_mm: number
}

/** Who signs, above the end of the line in as many lines as a long name needs; the end of what finds no room stands in the form already. */
function setLabel(text: string, most_mm: number): Label {
  const all = LABEL_SIZES_MM.map((size_mm) => {
    const lines = breakLines(text, most_mm, size_mm, 400)
    return { lines, size_mm, width_mm: Math.max(...lines.map((line) => widthOf(line, size_mm, 400))) }
  })
  const fits = all.find(({ lines, size_mm }) => lines.length * size_mm * LABEL_PITCH <= LABEL_MM)
  if (fits !== undefined) return fits
  const size_mm = LEAST_SIZE_MM
  const room = Math.floor(LABEL_MM / (size_mm * LABEL_PITCH))
  const kept = breakLines(text, most_mm, size_mm, 400).slice(0, room)
  const lines = kept.map((line, i) => (i === room - 1 ? `${line.slice(0, -2)}…：` : line))
  return { lines, size_mm, width_mm: most_mm }
}

function drawSignature(pen: Pen, { role, name, absence, drawn }: Signature, x: number, top: number): void {
  const width = CONTENT_MM / 2 - 6
  const baseline = top + SIGNATURE_MM - 5
  const to = x + width - widthOf(DAY, CELL.size_mm, 400)
  const label = setLabel(name === null ? `${role}：` : `${role}（${name}）：`, to - x - WRITING_MM)
  for (const [i, line] of label.lines.entries())
    pen.text(x, baseline - (label.lines.length - 1 - i) * label.size_mm * LABEL_PITCH, line, label.size_mm)
  const from = x + label.width_mm + 1
  if (absence === null) {
    pen.line(from, baseline + 1, to - 1, baseline + 1, HAIRLINE_MM)
    if (drawn === undefined) pen.text(to, baseline, DAY, CELL.size_mm)
    else {
      pen.ink(drawn.strokes, { x: from, y: baseline + 1 - INK_MM, width: to - 1 - from, height: INK_MM })
      const day = drawn.day.replaceAll('-', '.')
      pen.aligned('end', to, x + width - to, baseline, day, CELL.size_mm)
    }
  } else {
    const size = Math.min(CELL.size_mm, (x + width - from) / widthOf(absence, 1, 400))
    if (size < LEAST_SIZE_MM)
      throw new LabelRefused('text-too-long', role, {
        zh: `${role}未签名的原因太长`,
        en: `${role}: reason does not fit`,
      })
    pen.text(from, baseline, absence, size)
  }
}

/** At the foot of every page but the last: who compared it writes his initials. */
export function drawInitials(pen: Pen, form: Form): void {
  const baseline = PAGE.footer_mm - 3
  const width = CONTENT_MM / Math.max(1, form.initials.length)
  for (const [i, role] of form.initials.entries()) {
    const x = PAGE.left_mm + i * width
    const label = `本页核对 ${role}：`
    pen.text(x, baseline, label, 2.75)
    pen.line(x + widthOf(label, 2.75, 400) + 1, baseline + 0.8, x + width - 4, baseline + 0.8, HAIRLINE_MM)
  }
}
