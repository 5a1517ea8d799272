import type { DeviceRow, OrderAnswer } from '../../../server/stations/protocol.ts'
import type { State } from '../../parts/state.ts'
import type { PlainKey } from '../../words/keys.ts'

/** How a device's state looks wherever it is shown. */
export const DEVICE_STATES = {
  opening: { state: 'unknown', words: 'devices.opening' },
  ready: { state: 'ok', words: 'devices.ready' },
  faulty: { state: 'fault', words: 'devices.faulty' },
  gone: { state: 'refused', words: 'devices.gone' },
} as const satisfies Readonly<Record<DeviceRow['state'], { readonly state: State; readonly words: PlainKey }>>

/** Which devices have something to say of what they saw; a printer or a relay is only told. */
export const READS = {
  scanner: true,
  rfid: true,
  scale: true,
  keypad: true,
  badge: true,
  'label-printer': false,
  'receipt-printer': false,
  'office-printer': false,
  relay: false,
} as const satisfies Readonly<Record<DeviceRow['kind'], boolean>>

export const OUTCOMES = {
  done: 'ok',
  failed: 'fault',
  unable: 'attention',
  unknown: 'unknown',
} as const satisfies Readonly<Record<OrderAnswer['outcome'], State>>
