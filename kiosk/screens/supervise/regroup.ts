/** 拆分、合并 as they are typed: what is left of the whole, and the request. Pure. */

import type { ItemCard, Kin } from '../../../server/custody/protocol.ts'
import { halfWidth, plainFigures } from '../../digits.ts'
import { pick, t } from '../../words/words.svelte.ts'
import { milligramsOf } from '../desk/signing.ts'

/** One part: what is empty is as it is with the whole. */
export interface PartForm {
  name: string
  features: string
  quantity: string
  grams: string
  /** Pieces of each denomination that the whole has, in its order. */
  pieces: string[]
}

/** Denominations of the cash that is split, with how many pieces two people agreed on; empty for what is no cash. */
export function facesOf({ cash }: Pick<ItemCard, 'cash'>): readonly { face_minor: number; pieces: number }[] {
  return cash?.agreed?.pieces ?? []
}

export function newPart(item: Pick<ItemCard, 'cash' | 'name'>): PartForm {
  return { name: item.name, features: '', quantity: '', grams: '', pieces: facesOf(item).map(() => '') }
}

/** Decimals that quantities are written with at most. */
const DECIMALS = 6
const DECIMAL = /^(0|[1-9]\d*)(?:\.(\d{1,6}))?$/
const PIECES = /^(0|[1-9]\d{0,5})$/

/** A quantity in millionths, so that sums are exact; null where it is none. */
function millionthsOf(typed: string): bigint | null {
  const found = DECIMAL.exec(plainFigures(typed))
  return found === null ? null : BigInt(`${found[1] ?? '0'}${(found[2] ?? '').padEnd(DECIMALS, '0')}`)
}

function sayMillionths(value: bigint): string {
  const sign = value < 0n ? '−' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0')
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`
}

/** What of the quantity no part has yet; below nothing where they have too much. `0` when all is divided. */
export function quantityLeft(whole: string, parts: readonly PartForm[]): string {
  const used = parts.reduce((sum, { quantity }) => sum + (millionthsOf(quantity) ?? 0n), 0n)
  return sayMillionths((millionthsOf(whole) ?? 0n) - used)
}

/** The same of the weight, in milligrams. */
export function weightLeft(whole_mg: number, parts: readonly PartForm[]): number {
  return whole_mg - parts.reduce((sum, { grams }) => sum + (milligramsOf(grams) ?? 0), 0)
}

/** The same of each denomination. */
export function piecesLeft(item: Pick<ItemCard, 'cash'>, parts: readonly PartForm[]): number[] {
  return facesOf(item).map(({ pieces }, index) => pieces - parts.reduce((sum, part) => sum + countOf(part, index), 0))
}

function countOf({ pieces }: PartForm, index: number): number {
  const text = plainFigures(pieces[index] ?? '')
  return PIECES.test(text) ? Number(text) : 0
}

/** Whether a part says what it has to: its quantity, its weight where the whole has one, and of cash some pieces. */
export function isComplete(item: Pick<ItemCard, 'cash' | 'weights' | 'weighed'>, part: PartForm): boolean {
  const weighed = !isWeighed(item) || milligramsOf(part.grams) !== null
  const counted = item.cash === null || part.pieces.some((_, index) => countOf(part, index) > 0)
  return millionthsOf(part.quantity) !== null && weighed && counted
}

/** Whether each part has to be weighed. */
export function isWeighed({ weights, weighed }: Pick<ItemCard, 'weights' | 'weighed'>): boolean {
  return weighed || weights.length > 0
}

/** The parts as `POST /api/custody/split` takes them. */
export function partsOf(item: Pick<ItemCard, 'cash' | 'name'>, parts: readonly PartForm[]): object[] {
  return parts.map((part) => {
    const weight_mg = milligramsOf(part.grams)
    const cash = facesOf(item)
      .map(({ face_minor }, index) => ({ face_minor, bundles: 0, loose: countOf(part, index) }))
      .filter(({ loose }) => loose > 0)
    const [name, features] = [part.name.trim(), part.features.trim()]
    return {
      quantity: halfWidth(plainFigures(part.quantity)),
      ...(name === '' || name === item.name ? {} : { name }),
      ...(features === '' ? {} : { features }),
      ...(weight_mg === null ? {} : { weight_mg }),
      ...(item.cash === null ? {} : { cash }),
    }
  })
}

/** `W01… 第 3 件 手机 1 部` */
export function sayKin({ code, ordinal, name, quantityWords }: Kin): string {
  return t('regroup.item', { code, n: ordinal, name, quantity: pick(quantityWords) })
}
