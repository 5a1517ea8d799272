/**
 * The only types the rest of the program sees of a device: what it saw (a reading), how it is (a state), what went wrong (a fault).
 * A fault is a reading too, so that a cut line or an overload reaches the person at the bench instead of a log file.
 */

export type DeviceKind =
  'scanner' | 'rfid' | 'label-printer' | 'receipt-printer' | 'scale' | 'keypad' | 'badge' | 'relay'

/** Why a device could not give a good value. Each has its own words on the screen. */
export type FaultCode =
  | 'line-cut' // the port closed inside a line
  | 'line-too-long'
  | 'line-garbled' // bytes that are no text, or a wrong LRC
  | 'no-answer'
  | 'protocol' // an answer that the protocol does not know
  | 'unstable' // a scale that would not settle in time
  | 'overload'
  | 'underload'
  | 'device-error' // the device reports an error of its own
  | 'port-gone'
  | 'port-busy'
  | 'port-refused'

export interface Fault {
  readonly code: FaultCode
  /** For the log and the byte view; never shown alone. */
  readonly detail: string
}

export type ReadingValue =
  | {
      readonly kind: 'scan'
      readonly text: string
      readonly symbology: string | null
      /** The reading that this one only repeats (same code, same device, in the blink of a trigger). Nothing acts on a repeat; it is told all the same. */
      readonly repeats?: string | null
    }
  | { readonly kind: 'badge'; readonly badge: string }
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly stable: boolean }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** One thing a device saw. `raw` is exactly what came over the wire, beside what we made of it. */
export interface Reading {
  /** UUIDv7, made where the device is attached, before anything else sees the reading. */
  readonly id: string
  readonly station: string
  readonly device: string
  readonly deviceKind: DeviceKind
  /** RFC 3339, UTC, milliseconds: the moment the last byte of the frame arrived. */
  readonly at: string
  readonly raw: Uint8Array
  readonly value: ReadingValue
}

/** How a device is, by what it answered, never by an open handle. */
export type DeviceState =
  | { readonly state: 'opening' }
  | { readonly state: 'ready' }
  | { readonly state: 'faulty'; readonly fault: Fault }
  | { readonly state: 'gone'; readonly fault: Fault }

export interface DeviceReport {
  readonly station: string
  readonly device: string
  readonly deviceKind: DeviceKind
  readonly at: string
  readonly state: DeviceState
}

/** A device as `STATIONS_FILE` writes it. */
export interface DeviceConfig {
  readonly id: string
  readonly kind: DeviceKind
  readonly protocol: string
  /** `serial:PATH?baud=&frame=8N1`, `tcp://HOST:PORT`, or `file:PATH` for a printer's device file. */
  readonly port: string
  readonly dpi?: number
  readonly stock?: string
  readonly address?: number
  /** A scanner whose lines are STX data ETX LRC. */
  readonly lrc?: boolean
  /** A scanner without a suffix: this much silence ends a line (30 to 50 is usual). */
  readonly gap_ms?: number
}

export interface StationConfig {
  readonly id: string
  readonly name: string
  readonly kind: 'bench' | 'door' | 'aisle' | 'desk' | 'counter' | 'wall'
  readonly place: string
  readonly devices: readonly DeviceConfig[]
}

/** A picture of one label, one bit a dot, 1 is black; rows padded to whole bytes, most significant bit leftmost. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly rowBytes: number
  readonly bits: Uint8Array
}

/**
 * What became of one print job. `unknown` is an honest answer: the bytes left, and what the paper shows is for a person to see.
 * `refused` means nothing was sent (out of paper, head open, port gone before the first byte).
 */
export type PrintOutcome =
  | { readonly outcome: 'printed' }
  | { readonly outcome: 'refused'; readonly fault: Fault; readonly conditions: readonly PrinterCondition[] }
  | { readonly outcome: 'unknown'; readonly fault: Fault; readonly conditions: readonly PrinterCondition[] }

export type PrinterCondition =
  | 'paper-out'
  | 'head-open'
  | 'ribbon-out'
  | 'paused'
  | 'paper-jam'
  | 'over-temperature'
  | 'under-temperature'
  | 'buffer-full'
  | 'cutter-error'
  | 'label-waiting'
  | 'other-error'
