import { type Static, Type } from 'typebox'
import { parsePortAddress, BadPortAddress } from '../../devices/port-address.ts'
import type { DeviceKind } from '../../devices/reading.ts'
import { canonicalText } from '../ledger/entry.ts'
import type { Circumstances, Decision, Fact } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'

/** What each kind of device can speak. */
export const PROTOCOLS: Readonly<Record<DeviceKind, readonly string[]>> = {
  scanner: ['line', 'ssi', 'newland', 'honeywell'],
  rfid: ['llrp', 'a0', 'bb', 'uhfreader18'],
  'label-printer': ['zpl', 'tspl', 'escpos'],
  'receipt-printer': ['escpos'],
  scale: ['mt-sics', 'and', 'ohaus'],
  keypad: ['ff68', 'sundyn', 'keys'],
  badge: ['line', 'frame'],
  relay: ['lock'],
}

const DEVICE_KINDS = Object.keys(PROTOCOLS) as DeviceKind[]
const STATION_KINDS = ['bench', 'door', 'aisle', 'desk', 'counter', 'wall'] as const
const DEVICES_MAX = 32

/** Names of stations and devices: they stand in addresses and in the causes of acts. */
export const id = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

const device = Type.Object(
  {
    id,
    kind: Type.Enum(DEVICE_KINDS),
    protocol: Type.String({ minLength: 1, maxLength: 32 }),
    port: Type.String({ minLength: 1, maxLength: 300 }),
    dpi: Type.Optional(Type.Enum([203, 300])),
    stock: Type.Optional(Type.Enum(['100x60', '60x40'])),
    address: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
    lrc: Type.Optional(Type.Boolean()),
    gap_ms: Type.Optional(Type.Integer({ minimum: 10, maximum: 1_000 })),
  },
  { additionalProperties: false },
)

const settings = {
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f]*$' }),
  kind: Type.Enum(STATION_KINDS),
  place: id,
  devices: Type.Array(device, { maxItems: DEVICES_MAX }),
}

/** A station without its id: the body of `PUT /api/stations/{id}`. */
export const stationSettings = Type.Object(settings, { additionalProperties: false })
/** A station as `STATIONS_FILE` writes it. */
export const stationEntry = Type.Object({ id, ...settings }, { additionalProperties: false })

export type StationSettings = Static<typeof stationSettings>

/** What the register knows of a station. */
export type StationState = StationSettings

export const noStation: StationState = { name: '', kind: 'bench', place: '', devices: [] }

export type ConfigureStation = { readonly type: 'stations.configure'; readonly station: string } & StationSettings

export interface ConfigureState {
  readonly placeKnown: boolean
  readonly present: StationState | undefined
  /** Every other station. */
  readonly others: ReadonlyMap<string, StationState>
}

/**
 * Sets up a station or changes it, as a whole.
 * @throws Refusal for an unknown place, a device named twice, a protocol its kind does not speak, a port that is no address or is taken
 */
export function configureStation(
  { placeKnown, present, others }: ConfigureState,
  { station, name, kind, place, devices }: ConfigureStation,
  _circumstances: Circumstances,
): Decision {
  if (!placeKnown) throw new Refusal('stations.unknown-place', { place })
  const names = new Set<string>()
  const ports = new Map(
    [...others].flatMap(([other, state]) => state.devices.map((one) => [one.port, { other, device: one.id }])),
  )
  for (const one of devices) {
    if (names.has(one.id)) throw new Refusal('stations.device-twice', { device: one.id })
    names.add(one.id)
    const known = PROTOCOLS[one.kind]
    if (!known.includes(one.protocol)) {
      const { id: device, protocol } = one
      throw new Refusal('stations.unknown-protocol', { device, kind: one.kind, protocol, known: known.join(', ') })
    }
    mustBeAddress(one)
    const taken = ports.get(one.port)
    // Several keypads hang on one line, each by its own address.
    if (taken !== undefined && one.address === undefined)
      throw new Refusal('stations.port-twice', { port: one.port, station: taken.other, device: taken.device })
    ports.set(one.port, { other: station, device: one.id })
  }
  const state: StationState = { name, kind, place, devices }
  if (present !== undefined && canonicalText(present) === canonicalText(state)) return { facts: [] }
  return {
    facts: [
      { register: ORG_REGISTER, type: 'stations.configured', subject: `station/${station}`, body: { v: 1, ...state } },
    ],
  }
}

function mustBeAddress({ id: device, port }: StationState['devices'][number]): void {
  try {
    parsePortAddress(port)
  } catch (error) {
    if (error instanceof BadPortAddress) throw new Refusal('stations.wrong-port', { device, port })
    throw error
  }
}

/** A station after one more of its facts; knows every version ever written. */
export function evolveStation(state: StationState, fact: Fact): StationState {
  if (fact.type !== 'stations.configured') return state
  const { name, kind, place, devices } = fact.body as unknown as StationState
  return { name, kind, place, devices }
}
