/** What an incident is about, as people read it. */

import type { ShownIncident } from '../../server/custody/protocol.ts'
import { formatGrams } from '../format.ts'
import { t } from '../words/words.svelte.ts'

export type PointShown = ShownIncident['points'][number]

/** `重量 不符`. */
export function tellPoint({ point, verdict }: PointShown): string {
  return `${t(`point.${point}`)} ${t(`point.${verdict}`)}`
}

const MILLIGRAMS = /^(\d+) mg$/
const SAID = {
  UNSEALED: 'point.not-sealed',
  SEALED: 'point.intact',
  OPENED: 'point.opened',
  RESEALED: 'point.intact',
  BROKEN: 'point.broken',
  intact: 'point.intact',
  broken: 'point.broken',
  none: 'point.not-sealed',
  same: 'point.as-pictured',
  different: 'point.not-as-pictured',
} as const

/** One side of a comparison: grams, the state of a seal or the look of a thing; a dash where there was nothing to compare. */
export function tellSide(side: string): string {
  const weight = MILLIGRAMS.exec(side)?.[1]
  if (weight !== undefined) return t('life.grams', { grams: formatGrams(Number(weight)) })
  return side in SAID ? t(SAID[side as keyof typeof SAID]) : '—'
}

/** The registered weight of a thing that was found to weigh something else; null where the weights do not differ. */
export function weightDispute({
  points,
  foundWeight_mg,
}: Pick<ShownIncident, 'points' | 'foundWeight_mg'>): { readonly expected: string; readonly found: string } | null {
  const weight = points.find(({ point, verdict }) => point === 'weight' && verdict === 'different')
  return weight === undefined || foundWeight_mg === null
    ? null
    : { expected: tellSide(weight.expected), found: tellSide(weight.found) }
}
