/** What the devices screen is shown, and what it may ask of a device. Types only; the kiosk imports them through `protocol.ts`. */

import type { DeviceKind, FaultCode, TagWriteRefusal } from '../../devices/reading.ts'
import type { DeviceNote, Words } from './protocol.ts'

export interface DeviceView {
  readonly id: string
  readonly kind: DeviceKind
  readonly state: 'opening' | 'ready' | 'faulty' | 'gone'
  /** Why it is faulty or gone; null when it is neither. */
  readonly fault: { readonly code: FaultCode; readonly words: Words; readonly remedy: Words } | null
}

/** What a setting of a device may be. */
export type SettingShape =
  | {
      readonly kind: 'number'
      readonly least: number
      readonly most: number
      readonly whole: boolean
      readonly unit: string | null
    }
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'flag' }
  /** A text that this pattern fits, and how a person is told of it. */
  | { readonly kind: 'text'; readonly pattern: string; readonly wanted: Words }
  /** Several whole numbers, each once. */
  | { readonly kind: 'numbers'; readonly least: number; readonly most: number }

export interface SettingView {
  readonly name: string
  readonly words: Words
  readonly hint: Words
  readonly shape: SettingShape
}

/** `GET /api/devices/kinds`: what can be set up, for the form. */
export interface DeviceKindView {
  readonly kind: DeviceKind
  readonly words: Words
  readonly protocols: readonly { readonly protocol: string; readonly settings: readonly SettingView[] }[]
}

/**
 * What a device saw, for the devices screen. A number that may be somebody's badge is never whole in it, and of a rating keypad it holds only
 * what the driver gives: a mask.
 */
export interface ShownReading {
  /** RFC 3339. */
  readonly at: string
  readonly kind: 'scan' | 'badge' | 'weight' | 'tag' | 'press' | 'fault'
  readonly words: Words
  readonly fault: { readonly code: FaultCode; readonly detail: string } | null
  /** The raw bytes as pairs of hex digits, and as text with control characters by name; `•` stands for what is not shown. */
  readonly hex: string
  readonly text: string
  /** How many bytes more there were. */
  readonly more: number
}

/** `GET /api/stations/{id}/devices/{device}/bytes`, a WebSocket: what the device sees from now on. System administrators only; never a keypad's presses. */
export type BytesMessage =
  /** Whether this server process hears the device: one that it drives, or behind an agent that speaks to it now. */
  { readonly type: 'watching'; readonly driven: boolean } | ({ readonly type: 'reading' } & ShownReading)

/** What an administrator may have a device do from the devices screen: `POST /api/stations/{id}/devices/{device}/order`. */
export type DeviceOrder =
  | { readonly do: 'feedback'; readonly verdict: 'good' | 'bad' }
  | { readonly do: 'print' | 'weigh' | 'zero' | 'tare' }
  /** A lock is only asked how it is: it is opened by two, at a bench. */
  | { readonly do: 'lock-state'; readonly lock: number }

/** What became of it. `unable`: this device has no such thing. `unknown`: it was sent, and what came of it is for a person to see. */
export interface OrderAnswer {
  readonly outcome: 'done' | 'failed' | 'unable' | 'unknown'
  readonly words: Words
  /** Of a scale that was asked. */
  readonly reading: ShownReading | null
  /** The tag that was written; `tid` is its chip's own number, null where the reader tells none. */
  readonly tag?: { readonly epc: string; readonly tid: string | null }
  /** Why a tag was not written. */
  readonly why?: TagWriteRefusal
}

/** `GET /api/devices/ports`: what is plugged into the server's own machine. System administrators only. */
export interface PluggedPort {
  /** Its address under the name that stays, without speed and frame. */
  readonly port: string
  /** The device file that this name leads to now. */
  readonly leadsTo: string
  /** The devices that are set up for it, under whatever name; none when it is free. */
  readonly claimedBy: readonly { readonly station: string; readonly device: string }[]
  /** Several are, and only one of them can have it. */
  readonly fought: boolean
}

/** `GET /api/devices`. */
export interface DeviceRow extends DeviceView {
  /** What is to be known of it beside how it is; absent where nothing is. */
  readonly note?: DeviceNote
  readonly station: string
  readonly protocol: string
  readonly port: string
  readonly lastReadingAt: string | null
  /** Null where it is not for the asker: by the count of a keypad a clerk would see whether somebody has voted. */
  readonly readings: number | null
  readonly faults: number
  /** Sights of what was seen just before. */
  readonly repeats: number | null
  /** Frames that failed their check and were asked for again. */
  readonly damaged: number
  /** Bytes that were part of no frame. */
  readonly noise_bytes: number
  /** Since when it is in this state; null for one that was never heard of. */
  readonly since: string | null
  /** What it saw last; null when nothing, or when it is not for the asker to see. */
  readonly lastReading: ShownReading | null
  /** When the driving process last spoke of it. */
  readonly heardAt: string | null
}
