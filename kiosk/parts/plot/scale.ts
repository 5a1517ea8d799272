/** Where a value stands in a plot, and which values are marked. Pure. */

export interface Range {
  readonly from: number
  readonly to: number
}

export interface Tick {
  readonly at: number
  readonly label: string
}

/** Maps values to dots; a range of one value stands in the middle. */
export function scale(values: Range, dots: Range): (value: number) => number {
  const length = values.to - values.from
  if (length === 0) return () => (dots.from + dots.to) / 2
  return (value) => dots.from + ((value - values.from) / length) * (dots.to - dots.from)
}

const NICE = [1, 2, 5, 10] as const

/** Round values within the range, about so many: steps are 1, 2 or 5 times a power of ten. */
export function roundTicks({ from, to }: Range, about: number): number[] {
  const rough = (to - from) / Math.max(1, about)
  if (!(rough > 0)) return [from]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (NICE.find((nice) => nice * power >= rough) ?? 10) * power
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step + Number.EPSILON * 8)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, nth) =>
    Number(((first + nth) * step).toPrecision(12)),
  )
}

/** So many of them that each has room; the last is always there, and those before at even distances from it. */
export function thinned<T>(all: readonly T[], room: number): T[] {
  const every = Math.max(1, Math.ceil(all.length / Math.max(1, Math.floor(room))))
  return all.filter((_, index) => (all.length - 1 - index) % every === 0)
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** Heights for labels at these places, each moved up as far as needed to lie `room.y` over those below it that are nearer than `room.x`. */
export function apart(places: readonly Place[], room: Place): number[] {
  const set: (Place & { readonly nth: number })[] = []
  const fromBelow = places.map((place, nth) => ({ ...place, nth })).toSorted((one, other) => other.y - one.y)
  for (const place of fromBelow) {
    let { y } = place
    for (const below of set) if (Math.abs(below.x - place.x) < room.x && below.y - y < room.y) y = below.y - room.y
    set.push({ ...place, y })
    set.sort((one, other) => other.y - one.y)
  }
  return places.map((_, nth) => set.find((place) => place.nth === nth)?.y ?? 0)
}
