/** How figures of votes read. */

import type { Warning } from '../../../server/rating/protocol.ts'
import type { State } from '../../parts/state.ts'

export const WARNING_STATE: Readonly<Record<Warning, State>> = {
  none: 'quiet',
  yellow: 'attention',
  orange: 'fault',
  red: 'refused',
}

/** A rate between 0 and 1 with one place: `97.5%`. */
export function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)}%`
}

const RAREST = 1_000_000

/** Once in how many times something comes by chance, as a round figure. */
export function timesOf(chance: number): number {
  if (chance <= 1 / RAREST) return RAREST
  const times = 1 / chance
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1)
  return Math.round(times / scale) * scale
}

const WAN = 10_000

/** A round figure as Chinese counts it: in ten thousands from the first on. */
export function inWan(count: number): { readonly count: string; readonly isWan: boolean } {
  return count < WAN ? { count: String(count), isWan: false } : { count: String(count / WAN), isWan: true }
}

/** `1,000,000`, as English groups figures. */
export function grouped(count: number): string {
  return count.toLocaleString('en')
}

/** A difference of rates in points of a hundred, with its sign: `+1.4`. */
export function points(difference: number): string {
  const rounded = (100 * difference).toFixed(1)
  return difference > 0 ? `+${rounded}` : rounded.replace('-', '−')
}

/** `11-21`, as the axis of a plot has room for. */
export function shortDay(day: string): string {
  return day.slice(5)
}
