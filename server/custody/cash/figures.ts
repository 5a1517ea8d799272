import { Refusal } from '../../refusal.ts'
import { currencies, type Currency, type CurrencyCode } from './currencies.ts'
import { rules } from '../rules.ts'

/** Pieces of one denomination: bundles whose bands are not broken, and loose ones. */
export type CashLine = { readonly face_minor: number; readonly bundles: number; readonly loose: number }

/** What one person found, in one form whatever order it was typed in: the largest face first, no face without a piece. */
export type CashFigures = {
  readonly lines: readonly CashLine[]
  /** Serial numbers that were noted, sorted. */
  readonly serials: readonly string[]
}

/** Pieces of one denomination, however they were bundled. */
export type CashPieces = { readonly face_minor: number; readonly pieces: number }

/**
 * What was typed, as figures of this currency. Nothing at all is a count too: an empty bag.
 * @throws Refusal `custody.cash-face`, `custody.cash-serials`, `custody.cash-too-much`
 */
export function figuresOf(currency: CurrencyCode, lines: readonly CashLine[], serials: readonly string[]): CashFigures {
  const { name, faces_minor }: Currency = currencies[currency]
  const faces = new Set<number>()
  for (const { face_minor } of lines) {
    if (!faces_minor.includes(face_minor) || faces.has(face_minor))
      throw new Refusal('custody.cash-face', { currency: name.zh, currencyEn: name.en })
    faces.add(face_minor)
  }
  const figures = {
    lines: lines
      .filter(({ bundles, loose }) => bundles + loose > 0)
      .map(({ face_minor, bundles, loose }) => ({ face_minor, bundles, loose }))
      .sort((a, b) => b.face_minor - a.face_minor),
    serials: [...serials].sort(),
  }
  const pieces = piecesOf(figures).reduce((sum, one) => sum + one.pieces, 0)
  if (new Set(serials).size < serials.length || serials.length > pieces) throw new Refusal('custody.cash-serials')
  const { value: most } = rules.cash_pieces_max
  if (pieces > most) throw new Refusal('custody.cash-too-much', { most })
  return figures
}

/** Bundles turned into pieces by `notes_per_bundle` of the rules. */
export function piecesOf({ lines }: CashFigures): CashPieces[] {
  const { value: per } = rules.notes_per_bundle
  return lines.map(({ face_minor, bundles, loose }) => ({ face_minor, pieces: bundles * per + loose }))
}

/** In the smaller unit of the currency. */
export function amountOf(figures: CashFigures): number {
  return piecesOf(figures).reduce((sum, { face_minor, pieces }) => sum + face_minor * pieces, 0)
}

/** Whether these are as many pieces of the same denominations, in whatever order a table gives the members of each. */
export function samePieces(one: readonly CashPieces[], other: readonly CashPieces[]): boolean {
  const flat = (pieces: readonly CashPieces[]): string =>
    pieces
      .map(({ face_minor, pieces: count }) => `${face_minor}:${count}`)
      .toSorted()
      .join()
  return flat(one) === flat(other)
}

/** Whether two people found the same: each denomination, and the serial numbers where both noted any. */
export function agree(one: CashFigures, other: CashFigures): boolean {
  const noted = one.serials.length > 0 && other.serials.length > 0
  return samePieces(piecesOf(one), piecesOf(other)) && (!noted || one.serials.join() === other.serials.join())
}
