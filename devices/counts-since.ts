import type { DeviceCounts } from './reading.ts'

/** What a driver counts by itself; readings and faults are counted as they are told. */
export const DRIVER_COUNTS = ['repeats', 'damaged', 'noise_bytes'] as const
export type DriverCounts = { readonly [name in (typeof DRIVER_COUNTS)[number]]: number }

/** A device with what its driver has counted. */
export interface Counted<Counts = DriverCounts> {
  readonly station: string
  readonly device: string
  readonly counts: Counts
}

/**
 * Tells what drivers have counted since the last call, for those devices alone where it is anything. A device that was set up anew has begun
 * again at nothing.
 */
export function countsSince(): (now: readonly Counted<DeviceCounts>[]) => readonly Counted[] {
  let told = new Map<string, DriverCounts>()
  return (now) => {
    const before = told
    told = new Map(now.map(({ station, device, counts }) => [`${station} ${device}`, counts]))
    return now.flatMap(({ station, device, counts }) => {
      const last = before.get(`${station} ${device}`)
      const since = (name: keyof DriverCounts): number =>
        last === undefined || counts[name] < last[name] ? counts[name] : counts[name] - last[name]
      const news = { repeats: since('repeats'), damaged: since('damaged'), noise_bytes: since('noise_bytes') }
      return DRIVER_COUNTS.some((name) => news[name] > 0) ? [{ station, device, counts: news }] : []
    })
  }
}
