/** The registration desks of a house, and which of them this browser stands at. */

import type { DeviceRow } from '../../../server/stations/protocol.ts'
import type { Person } from '../../page.svelte.ts'
import type { ListedStation } from './printers.ts'

const KEPT = 'clearhold.desk'

/** The desks that stand where somebody holds a post: only there may he use the scanner. */
export function desksOf(
  stations: readonly ListedStation[],
  { posts }: Pick<Person, 'posts'>,
): readonly ListedStation[] {
  return stations.filter(({ kind, place }) => kind === 'desk' && posts.some((post) => post.place === place))
}

/** The readers of tags at these desks that can write now. */
export function readersAt(desks: readonly Pick<ListedStation, 'id'>[], devices: readonly DeviceRow[]): DeviceRow[] {
  return devices.filter(
    ({ kind, state, station }) => kind === 'rfid' && state === 'ready' && desks.some(({ id }) => id === station),
  )
}

/** The desk that was chosen on this machine before; null when none was. */
export function keptDesk(storage: Pick<Storage, 'getItem'> = localStorage): string | null {
  return storage.getItem(KEPT)
}

/** Keeps on this machine at which desk it stands. */
export function keepDesk(id: string, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(KEPT, id)
}
