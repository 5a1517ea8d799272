/**
 * The only types the rest of the program sees of a device: what it saw (a reading), how it is (a state), what went wrong (a fault).
 * A fault is a reading too, so that a cut line or an overload reaches the person at the bench instead of a log file.
 */

export type DeviceKind =
  | 'scanner'
  | 'rfid'
  | 'label-printer'
  | 'receipt-printer'
  | 'office-printer'
  | 'scale'
  | 'keypad'
  | 'badge'
  | 'relay'

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
  /** What the device itself says is wrong, for a person; present where its protocol has a code for it. */
  readonly words?: FaultWords
}

export interface FaultWords {
  readonly zh: string
  readonly en: string
}

export type ReadingValue =
  | {
      readonly kind: 'scan'
      readonly text: string
      readonly symbology: string | null
      /** The reading that this one only repeats (same code, same device, in the blink of a trigger). Nothing acts on a repeat; it is told all the same. */
      readonly repeats?: string | null
      /** What the code says by GS1, where the symbology (or the configuration) says that it is a GS1 one. */
      readonly gs1?: Gs1Message
    }
  | {
      readonly kind: 'badge'
      readonly badge: string
      /** The reading that this one only repeats: the badge lies there, or was shown again at once. Told so that nothing is dropped in silence. */
      readonly repeats?: string | null
    }
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly stable: boolean }
  | { readonly kind: 'fault'; readonly fault: Fault }

export interface Gs1Element {
  /** The application identifier, two to four digits. */
  readonly ai: string
  readonly value: string
}

/** A GS1 element string taken apart, or why it is none. Nothing is repaired. */
export type Gs1Message =
  | { readonly sound: true; readonly elements: readonly Gs1Element[] }
  | { readonly sound: false; readonly wrong: string }

/**
 * Reads of one tag by one antenna. The first read is told at once with `count` 1; the further ones are gathered and told twice a second, so the
 * counts of all readings add up to the reads: none is lost, and a tag that lies still is no flood.
 */
export interface TagSeen {
  readonly kind: 'tag'
  /** Upper-case hex digits, as many as the tag has. */
  readonly epc: string
  /** The chip's own number in hex, where the reader tells it. */
  readonly tid: string | null
  /** As printed on the reader, from 1. */
  readonly antenna: number
  /** The strongest of these reads; null where the reader does not measure it. */
  readonly rssi_dbm: number | null
  readonly count: number
  /** When the first and the last of these reads reached this machine, milliseconds since 1970. */
  readonly first_ms: number
  readonly last_ms: number
}

/** One thing a device saw. `raw` is exactly what came over the wire, beside what we made of it. */
export interface Reading<Value = ReadingValue> {
  /** UUIDv7, made where the device is attached, before anything else sees the reading. */
  readonly id: string
  readonly station: string
  readonly device: string
  readonly deviceKind: DeviceKind
  /** RFC 3339, UTC, milliseconds: the moment the last byte of the frame arrived. */
  readonly at: string
  readonly raw: Uint8Array
  readonly value: Value
}

/** Tags are told apart from all else: there are hundreds a second, and nobody at a bench waits for one. */
export type TagReading = Reading<TagSeen>

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

/** What a driver counts beside its readings, so that nothing is passed over in silence. */
export type CountName =
  | 'repeats' // sights of what was seen just before that are no reading; a reading that repeats is counted by itself
  | 'retransmitted' // frames that the device sent again because it had not heard us
  | 'damaged' // frames that failed their check and were asked for again
  | 'noise_bytes' // bytes that were part of no frame

/** What a device did since it was configured here; `readings` are those told, repeats among them, faults not. */
export type DeviceCounts = { readonly [name in CountName | 'readings' | 'faults']: number }

/** What a person at the device is to hear of the last thing it saw. */
export type Feedback = 'good' | 'bad'

/** What became of something that a device was told: null is done, `unable` says that this device has no such thing. */
export type Told = Fault | null | 'unable'

export type ScannerOrder = 'trigger' | 'release' | 'enable' | 'disable' | 'aim' | 'aim-off'

/** A device as `STATIONS_FILE` writes it. */
export interface DeviceConfig {
  readonly id: string
  readonly kind: DeviceKind
  readonly protocol: string
  /** `serial:PATH?baud=&frame=8N1`, `tcp://HOST:PORT`, or `file:PATH` for a printer's device file. */
  readonly port: string
  readonly dpi?: number
  readonly stock?: string
  /** Where an office printer that speaks IPP is on its host; `/ipp/print` when not said. */
  readonly path?: string
  /** SHA-256 of the certificate of an office printer that speaks IPP over TLS, 64 hexadecimal digits; by who signed it when not said. */
  readonly fingerprint?: string
  /** What the knife of an ESC/POS printer does behind each job: `full` when not said, `none` where there is no knife. */
  readonly cut?: 'full' | 'partial' | 'none'
  readonly address?: number
  /** What ends a scanner's line (`any` of CR, LF, TAB, ETX when not said); `etx` lines are begun by STX, `none` are ended by silence. */
  readonly terminator?: 'any' | 'cr' | 'lf' | 'crlf' | 'tab' | 'etx' | 'none'
  /** A scanner whose lines are STX data ETX LRC. */
  readonly lrc?: boolean
  /** A scanner without a suffix: this much silence ends a line (30 to 50 is usual). */
  readonly gap_ms?: number
  /** The same code from the same scanner within this time is a repeat (800 when not said). */
  readonly repeat_ms?: number
  /** Codes without a symbology identifier are GS1 element strings where they are sound ones. */
  readonly gs1?: boolean
  /** Where the code stands in an SSI decode packet: after its code type, or after three bytes more as some Bluetooth ones send. */
  readonly payload_offset?: 1 | 4
  /** What a scanner in line mode can be told. */
  readonly commands?: 'datalogic' | 'cipherlab' | 'gm65'
  /** How polled scanners on one line write addresses and answers (`symbol` when not said), and what their check byte covers (`data`). */
  readonly family?: 'symbol' | 'microscan'
  readonly lrc_covers?: 'data' | 'frame'
  /** An RFID reader's antennas in use, as printed on it, from 1; [1] when not said. */
  readonly antennas?: readonly number[]
  /** What an RFID reader sends out; left as the reader has it when not said. */
  readonly power_dbm?: number
  /** What an RFID reader is for; only a desk or hand-held one writes tags. `desk` when not said. */
  readonly role?: RfidRole
  /** What a UHFReader18 says of each tag beside its EPC; models differ. `epc` when not said. */
  readonly records?: RfidRecords
  /** How a Wiegand converter behind a badge reader in line mode writes the card's number, and how many bits the cards have (26). */
  readonly wiegand?: WiegandForm
  readonly wiegand_bits?: 26 | 34
  /** A scale that sends its weight all the time and takes no commands. */
  readonly streams?: boolean
  /** The test weight that a scale is tried with, in grams by its certificate; its class, the last day of the certificate, and what the scale may be off. */
  readonly test_g?: number
  readonly test_class?: 'E1' | 'E2' | 'F1' | 'F2' | 'M1' | 'M2' | 'M3'
  readonly test_until?: string
  readonly test_off_g?: number
  /** A keypad's profile, a file of `keypad/profiles` without `.json`; the one named like the protocol when not said. */
  readonly profile?: string
  /** How long after a clerk's own question a press counts (10 000), and when silence has become the answer (20 000). */
  readonly accept_ms?: number
  readonly silence_ms?: number
  /** The output of a relay board that drives a siren or a lamp, told to sound when the door beside it alarms. */
  readonly siren?: number
  /** The byte by which a lock board says that a lock is locked: boards contradict each other, so it must be said. */
  readonly locked?: '00' | '11'
  /** How many locks a lock board has, numbered from 1 (1 when not said). */
  readonly locks?: number
}

export type WiegandForm = 'hex' | 'hex-reversed' | 'decimal' | 'decimal-reversed' | 'facility-card' | 'bits'
export type RfidRole = 'desk' | 'gate' | 'handheld'
export type RfidRecords = 'epc' | 'epc-rssi' | 'antenna-epc-rssi'

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

/**
 * What became of writing an EPC to the one tag in a desk reader's field. `failed` means that the tag carries what it carried before (or was never
 * touched); `unknown` that it may be written, half written or not, and a person has to look. Nothing is written twice by itself.
 */
export type TagWriteOutcome =
  | { readonly outcome: 'written'; readonly epc: string; readonly tid: string | null }
  | { readonly outcome: 'failed'; readonly why: TagWriteRefusal; readonly words: FaultWords; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly words: FaultWords; readonly detail: string }

export type TagWriteRefusal =
  | 'no-tag'
  | 'several-tags'
  | 'tag-in-use' // it names another asset already
  | 'wrong-epc'
  | 'wrong-role'
  | 'reader-fault' // the reader could not be asked, or said no before anything was written
  | 'tag-refused' // locked, too small, too far: the tag was read back and is as it was
