import type { StationConfig } from '../../devices/reading.ts'
import type { Procedures } from './procedure.ts'
import { type PanSeen, panView } from './pan.ts'
import type { AlarmView, ConflictView, DeviceNote, DeviceView, SessionAnswer, StationMessage } from './protocol.ts'
import type { Kept } from './store.ts'
import { viewOf } from './view.ts'

/** A station as this process knows it: a copy of what is in the database, and who follows it here. */
export interface Place {
  config: StationConfig
  kept: Kept
  devices: readonly DeviceView[]
  /** How the scale is while this step waits for a weight, as far as it was heard of. */
  pan: (PanSeen & { readonly step: number }) | null
  /** Of its store, that nobody has settled. */
  conflicts: readonly ConflictView[]
  /** Of its store's doors, that nobody has acknowledged. */
  alarms: readonly AlarmView[]
  /** What is to be known of its devices. */
  notes: readonly DeviceNote[]
  readonly followers: Set<(message: StationMessage) => void>
}

/** A station as it is first known to this process: no device heard of yet, and nobody following. */
export function newPlace(config: StationConfig, kept: Kept): Place {
  return { config, kept, devices: [], conflicts: [], alarms: [], notes: [], pan: null, followers: new Set() }
}

/** What a screen is shown of the station now. The pan is told only while the step that waits for a weight is still the one it was heard in. */
export function answerOf(
  { kept, config, devices, conflicts, alarms, notes, pan }: Place,
  offers: readonly Procedures[],
): SessionAnswer {
  const seen = pan?.step === kept.session.step ? panView(pan) : null
  return {
    version: kept.version,
    session: viewOf(kept.session, config, devices, { conflicts, alarms, notes }, offers, seen),
  }
}

/** Sends to every screen that follows. */
export function send({ followers }: Place, message: StationMessage): void {
  for (const onMessage of followers) onMessage(message)
}

/** Sends the session as it is now. */
export function tell(place: Place, offers: readonly Procedures[]): void {
  if (place.followers.size > 0) send(place, { type: 'session', ...answerOf(place, offers) })
}

/** Takes this for the present state of all devices, and sends what has changed. */
export function tellDevices(place: Place, devices: readonly DeviceView[]): void {
  const before = new Map(place.devices.map((device) => [device.id, JSON.stringify(device)]))
  place.devices = devices
  for (const device of devices)
    if (before.get(device.id) !== JSON.stringify(device)) send(place, { type: 'device', device })
}

/** Takes this for the present state of one device, and sends it. */
export function tellDevice(place: Place, device: DeviceView): void {
  place.devices = place.config.devices.flatMap(({ id }) =>
    id === device.id ? [device] : place.devices.filter((one) => one.id === id),
  )
  send(place, { type: 'device', device })
}

/** Takes up how the scale is, and sends it. */
export function tellPan(place: Place, step: number, seen: PanSeen): void {
  place.pan = { step, ...seen }
  send(place, { type: 'pan', step, pan: panView(seen) })
}
