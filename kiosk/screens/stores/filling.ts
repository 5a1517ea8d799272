/** How full the shelves of a store are. Pure. */

import type { ShownLocation } from '../../../server/custody/protocol.ts'
import type { State } from '../../parts/state.ts'

/** Nearly full: time to think of another shelf. */
const NEARLY = 0.9

/** An incident goes before a shelf without room, that before one that has hardly any. */
export function stateOfShelf({ occupied, capacity, frozen }: ShownLocation): State {
  if (frozen > 0) return 'refused'
  if (occupied >= capacity) return 'fault'
  if (occupied >= capacity * NEARLY) return 'attention'
  return occupied === 0 ? 'quiet' : 'ok'
}

export interface Filling {
  readonly shelves: number
  readonly full: number
  readonly occupied: number
  readonly capacity: number
  readonly frozen: number
}

export function fillingOf(locations: readonly ShownLocation[]): Filling {
  const sum = (of: (location: ShownLocation) => number): number => locations.reduce((all, one) => all + of(one), 0)
  return {
    shelves: locations.length,
    full: locations.filter(({ occupied, capacity }) => occupied >= capacity).length,
    occupied: sum(({ occupied }) => occupied),
    capacity: sum(({ capacity }) => capacity),
    frozen: sum(({ frozen }) => frozen),
  }
}
