/** Where cards can be printed. */

import type { DeviceRow } from '../../../server/stations/protocol.ts'

export interface ListedStation {
  readonly id: string
  readonly name: string
  readonly devices: readonly { readonly id: string; readonly kind: string; readonly stock?: string }[]
}

export interface PrintingStation {
  readonly id: string
  readonly name: string
  readonly printer: string
  readonly stock: string
}

/** What a printer is loaded with when its station does not say. */
const STOCK_USUAL = '100x60'

/** Stations with a label printer, each with its first one, as the server prints. */
export function printingStations(stations: readonly ListedStation[]): PrintingStation[] {
  return stations.flatMap(({ id, name, devices }) => {
    const printer = devices.find(({ kind }) => kind === 'label-printer')
    return printer === undefined ? [] : [{ id, name, printer: printer.id, stock: printer.stock ?? STOCK_USUAL }]
  })
}

/** The present state of a station's printer; null while no process drives it. */
export function printerOf(devices: readonly DeviceRow[], { id, printer }: PrintingStation): DeviceRow | null {
  return devices.find((device) => device.station === id && device.id === printer) ?? null
}
