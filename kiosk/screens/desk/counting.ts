/** One person's count of cash as it is typed: its sum, what is wrong with it, and the request it makes. Pure. */

import type { ItemCard } from '../../../server/custody/protocol.ts'
import { halfWidth, plainFigures } from '../../digits.ts'

export type Cash = NonNullable<ItemCard['cash']>

/** Of one denomination; empty is none. */
export interface FaceForm {
  readonly face_minor: number
  bundles: string
  loose: string
}

export interface CountForm {
  faces: FaceForm[]
  /** One a line. */
  serials: string
}

const WHOLE = /^(0|[1-9]\d{0,5})$/
const SERIAL = /^[0-9A-Z]{4,20}$/

export function newCount({ faces_minor }: Cash): CountForm {
  return { faces: faces_minor.map((face_minor) => ({ face_minor, bundles: '', loose: '' })), serials: '' }
}

/** A whole number; null when it is none. */
function figureOf(typed: string): number | null {
  const text = plainFigures(typed)
  if (text === '') return 0
  return WHOLE.test(text) ? Number(text) : null
}

/** Pieces of one denomination; null while one of its figures is none. */
export function piecesOf({ bundles, loose }: FaceForm, perBundle: number): number | null {
  const [whole, single] = [figureOf(bundles), figureOf(loose)]
  return whole === null || single === null ? null : whole * perBundle + single
}

/** All pieces and their sum in the currency's smaller unit; null while a figure is none. */
export function totalOf({ faces }: CountForm, { perBundle }: Cash): { pieces: number; amount_minor: number } | null {
  let [pieces, amount_minor] = [0, 0]
  for (const face of faces) {
    const its = piecesOf(face, perBundle)
    if (its === null) return null
    pieces += its
    amount_minor += its * face.face_minor
  }
  return { pieces, amount_minor }
}

function serialsOf({ serials }: CountForm): string[] {
  return halfWidth(serials)
    .split(/\s+/)
    .map((one) => one.trim().toUpperCase())
    .filter((one) => one !== '')
}

/** Whether the serial numbers are some, each once, and no more of them than pieces. */
export function serialsFit(count: CountForm, cash: Cash): boolean {
  const serials = serialsOf(count)
  return (
    serials.every((one) => SERIAL.test(one)) &&
    new Set(serials).size === serials.length &&
    serials.length <= (totalOf(count, cash)?.pieces ?? serials.length)
  )
}

/** The body of `POST /api/items/{code}/cash-counts`. */
export function requestOf(count: CountForm): object {
  const lines = count.faces
    .map(({ face_minor, bundles, loose }) => ({
      ...{ face_minor, bundles: figureOf(bundles) ?? 0, loose: figureOf(loose) ?? 0 },
    }))
    .filter(({ bundles, loose }) => bundles + loose > 0)
  const serials = serialsOf(count)
  return { lines, ...(serials.length === 0 ? {} : { serials }) }
}

/** A sum as it is read: `12,345.60`. */
export function sayMoney(amount_minor: number, { minorDigits }: Pick<Cash, 'minorDigits'>): string {
  const digits = String(amount_minor).padStart(minorDigits + 1, '0')
  const whole = minorDigits === 0 ? digits : digits.slice(0, -minorDigits)
  const rest = minorDigits === 0 ? '' : `.${digits.slice(-minorDigits)}`
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + rest
}
