/** Where cards can be printed. */

import type { DeviceRow, StationKind } from '../../../server/stations/protocol.ts'
import type { Person } from '../../page.svelte.ts'

export interface ListedStation {
  readonly id: string
  readonly name: string
  readonly kind: StationKind
  /** The store or unit in which it stands. */
  readonly place: string
  readonly devices: readonly { readonly id: string; readonly kind: string; readonly stock?: string }[]
}

export interface PrintingStation {
  readonly id: string
  readonly place: string
  readonly name: string
  readonly printer: string
  readonly stock: string
}

/** What a printer is loaded with when its station does not say. */
const STOCK_USUAL = '100x60'

/** Stations with a label printer, each with its first one, as the server prints. */
export function printingStations(stations: readonly ListedStation[]): PrintingStation[] {
  return stations.flatMap(({ id, name, place, devices }) => {
    const printer = devices.find(({ kind }) => kind === 'label-printer')
    return printer === undefined ? [] : [{ id, name, place, printer: printer.id, stock: printer.stock ?? STOCK_USUAL }]
  })
}

const KEPT = 'clearhold.printer'

/** Where cards were last printed from this machine; empty when nobody has chosen yet. */
export function keptPrinter(storage: Pick<Storage, 'getItem'> = localStorage): string {
  return storage.getItem(KEPT) ?? ''
}

/** Keeps on this machine where its cards are printed. */
export function keepPrinter(id: string, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(KEPT, id)
}

/** Where somebody prints as long as nothing was chosen: where he works himself, before any other place; undefined without a printer. */
export function usualPrinter(
  stations: readonly PrintingStation[],
  person: Pick<Person, 'posts'> | null,
): PrintingStation | undefined {
  return stations.find(({ place }) => person?.posts.some((post) => post.place === place)) ?? stations[0]
}

/** The present state of a station's printer; null while no process drives it. */
export function printerOf(devices: readonly DeviceRow[], { id, printer }: PrintingStation): DeviceRow | null {
  return devices.find((device) => device.station === id && device.id === printer) ?? null
}
