import type { Circumstances } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { mustNotBeOut, type ScaleCheck } from '../scales/scales.ts'

/**
 * Where a weight comes from. `scale`: the reading of a station, whose frame is kept for as long as the register; `raw_sha256` is the
 * SHA-256 of its bytes in hexadecimal, which verification compares. `hand`: a person typed it, and nothing else vouches for it.
 */
export type Weighing =
  | { readonly by: 'scale'; readonly station: string; readonly reading: string; readonly raw_sha256: string }
  | { readonly by: 'hand' }

/** A weight as a fact holds it; `weighing` is null exactly where there is no weight. */
export type Weighed = { readonly weight_mg: number | null; readonly weighing: Weighing | null }

/** One weight that a scale said, and in which reading. */
export interface ScaleReading {
  readonly weight_mg: number
  readonly reading: string
}

/** The same as a fact holds it. */
export type WeighedByScale = { readonly weight_mg: number; readonly weighing: Extract<Weighing, { by: 'scale' }> }

/** What the scale of a station sent for one reading. */
export interface WeighingFrame {
  /** SHA-256 of its bytes in hexadecimal. */
  readonly raw_sha256: string
  /** The weights at rest that these bytes say, in milligrams; one, or none where they are no weight. */
  readonly weights_mg: ReadonlySet<number>
  /** How its scale failed when it was last tried; absent where it passed, or is not tried. */
  readonly failed?: ScaleCheck
}

export const NOT_WEIGHED: Weighed = { weight_mg: null, weighing: null }

/** A weight in milligrams as the grams that a person reads, to the milligram and without the unit: `100.250`. */
export function gramsOf(weight_mg: number): string {
  return (weight_mg / 1_000).toFixed(3)
}

/**
 * A weighing that can be one: above zero and below what a store's floor carries.
 * @param place of a line at fault, for the refusal's values
 * @throws Refusal `custody.weight-absurd`
 */
export function weightOf(weight_mg: number, place: Readonly<Record<string, string | number>> = {}): number {
  if (weight_mg <= 0 || weight_mg > rules.weight_mg_max.value)
    throw new Refusal('custody.weight-absurd', { weight: gramsOf(weight_mg), weight_mg, ...place })
  return weight_mg
}

/** A weight that somebody typed. */
export function byHand(weight_mg: number | null): Weighed {
  return weight_mg === null ? NOT_WEIGHED : { weight_mg, weighing: { by: 'hand' } }
}

/**
 * The weighing of an act at the store, which some classes cannot do without.
 * @param frames of this station's readings by id, as `loadFrames` found them
 * @throws Refusal `custody.weight-absurd`, `custody.weight-missing`, `custody.weighing-unknown`, `custody.weighing-differs`,
 *   `custody.scale-out`
 */
export function weighedNow(
  frames: ReadonlyMap<string, WeighingFrame>,
  item: Item,
  given: { readonly weight_mg?: number; readonly reading?: string },
  { station }: Pick<Circumstances, 'station'>,
): Weighed {
  const { weight_mg, reading } = given
  if (weight_mg === undefined) {
    if (reading !== undefined) throw new Refusal('custody.weighing-unknown', { item: item.code })
    if (categories[item.category].weighed.required) throw new Refusal('custody.weight-missing', { item: item.code })
    return NOT_WEIGHED
  }
  const weight = weightOf(weight_mg)
  if (reading === undefined) return byHand(weight)
  mustNotBeOut(frames.get(reading)?.failed ?? null)
  return scaleSaid(frames, item, { weight_mg: weight, reading }, { station })
}

/** @throws Refusal `custody.weighing-unknown`, `custody.weighing-differs` */
function scaleSaid(
  frames: ReadonlyMap<string, WeighingFrame>,
  item: Item,
  { weight_mg, reading }: ScaleReading,
  { station }: Pick<Circumstances, 'station'>,
): WeighedByScale {
  const frame = frames.get(reading)
  if (station === null || frame === undefined) throw new Refusal('custody.weighing-unknown', { item: item.code })
  if (!frame.weights_mg.has(weight_mg))
    throw new Refusal('custody.weighing-differs', { item: item.code, given: gramsOf(weight_mg) })
  return { weight_mg, weighing: { by: 'scale', station: station.id, reading, raw_sha256: frame.raw_sha256 } }
}

/**
 * What the scale said of a thing before the weight that its act goes by, oldest first: nothing is compared with these, and the scale may since
 * have failed its test. Empty where it was weighed once.
 * @throws Refusal `custody.weight-absurd`, `custody.weighing-unknown`, `custody.weighing-differs`
 */
export function weighedBefore(
  frames: ReadonlyMap<string, WeighingFrame>,
  item: Item,
  { before = [] }: { readonly before?: readonly ScaleReading[] },
  at: Pick<Circumstances, 'station'>,
): { readonly weighedBefore?: readonly WeighedByScale[] } {
  if (before.length === 0) return {}
  return {
    weighedBefore: before.map(({ weight_mg, reading }) =>
      scaleSaid(frames, item, { weight_mg: weightOf(weight_mg), reading }, at),
    ),
  }
}
