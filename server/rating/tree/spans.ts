import { addDays, type Day, dayOf } from '../../clock/calendar.ts'
import type { Unit } from '../../org/org.ts'
import type { Days } from '../seeing/protocol.ts'

/** Days on which a hall stood under a unit. */
export interface Span extends Days {
  readonly hall: string
  /** The unit right below the one that is looked at; the hall itself where that is the one. */
  readonly under: string
}

export type Units = ReadonlyMap<string, Unit>

/** Under whom a unit stood on a day: a move counts from the day on which it was made. */
function parentOn({ parent, moves = [] }: Unit, day: Day): string | null {
  const next = moves.find(({ at }) => dayOf(at) > day)
  return next === undefined ? parent : next.from
}

/** A unit and all that stood above it on a day, from below. */
export function chainOn(units: Units, id: string, day: Day): string[] {
  const chain: string[] = []
  for (let at: string | null = id; at !== null && !chain.includes(at);) {
    chain.push(at)
    const unit = units.get(at)
    at = unit === undefined ? null : parentOn(unit, day)
  }
  return chain
}

/** Which halls stood under a unit, on which of these days, and through which of the units right below it. */
export function spansUnder(units: Units, root: string, { from, to }: Days): Span[] {
  const turns = [...units.values()].flatMap(({ moves = [] }) => moves.map(({ at }) => dayOf(at)))
  const starts = [...new Set([from, ...turns.filter((day) => day > from && day <= to)])].toSorted()
  const halls = [...units].filter(([, { kind }]) => kind === 'hall').map(([id]) => id)
  return halls.toSorted().flatMap((hall) => {
    const spans: Span[] = []
    for (const [nth, start] of starts.entries()) {
      const end = nth + 1 < starts.length ? addDays(starts[nth + 1] ?? to, -1) : to
      const chain = chainOn(units, hall, start)
      const place = chain.indexOf(root)
      if (place < 0) continue
      const under = chain[Math.max(0, place - 1)] ?? hall
      const last = spans.at(-1)
      if (last !== undefined && last.under === under && addDays(last.to, 1) === start)
        spans[spans.length - 1] = { ...last, to: end }
      else spans.push({ hall, under, from: start, to: end })
    }
    return spans
  })
}
