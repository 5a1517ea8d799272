import { halfWidth, plainFigures } from '../../digits.ts'
import type { Strokes } from '../../signature.ts'

/** One signature beside an act, as it is typed. */
export interface Signing {
  badge: string
  pin: string
}

/** The signatures that were given, as plain characters whatever the input method made of them; an empty line is none. */
export function signaturesOf(signers: readonly Signing[]): readonly Signing[] {
  return signers
    .map(({ badge, pin }) => ({ badge: halfWidth(badge).trim(), pin: plainFigures(pin) }))
    .filter(({ badge, pin }) => badge !== '' && pin !== '')
}

/** Ways out by which money moves: finance signs for it. */
const WITH_FINANCE: readonly string[] = ['CONFISCATE', 'RECOVER', 'COLLECT', 'COMPENSATE', 'SURRENDER', 'SELL']

/** Whether somebody of finance, outside the department of the case, signs where this way is carried out. */
export function asksFinance(way: string): boolean {
  return WITH_FINANCE.includes(way)
}

/** Milligrams of a weight typed in grams, at most three decimals; null where it is none. */
export function milligramsOf(grams: string): number | null {
  const [, whole, rest = ''] = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(plainFigures(grams)) ?? []
  return whole === undefined ? null : Number(whole) * 1_000 + Number(rest.padEnd(3, '0'))
}

/** Fen of an amount typed in yuan, at most two decimals; null where it is none. */
export function fenOf(yuan: string): number | null {
  const [, whole, rest = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plainFigures(yuan)) ?? []
  return whole === undefined ? null : Number(whole) * 100 + Number(rest.padEnd(2, '0'))
}

/** How one side of a list stands on it, as it is typed and drawn. */
export interface SideForm {
  strokes: Strokes
  on: 'screen' | 'paper'
  /** It does not sign, and `why` says why. */
  refuses: boolean
  why: string
}

export const newSide = (): SideForm => ({ strokes: [], on: 'screen', refuses: false, why: '' })

/** As the server takes it; null while it has neither signed nor said why not. */
export function sideOf({ strokes, on, refuses, why }: SideForm): object | null {
  if (refuses) return why.trim() === '' ? null : { notSigned: why.trim() }
  return strokes.length === 0 ? null : { on, strokes }
}
