import { type Static, Type } from 'typebox'
import { behindAgent } from '../../devices/agent-address.ts'
import { parsePortAddress, BadPortAddress } from '../../devices/port-address.ts'
import type { DeviceConfig, DeviceKind } from '../../devices/reading.ts'
import { plainPort } from '../../devices/same-port.ts'
import { hangsOnLine } from '../../devices/shared-line.ts'
import { canonicalText } from '../ledger/entry.ts'
import type { Circumstances, Decision, Fact, FactDraft } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'
import { DEVICE_SETTINGS, type SettingName, wrongSetting } from './device-settings.ts'
import { SETTING_WORDS } from './setting-words.ts'
import { locksMustStay, lockStays, mustLeaveLocks, type PlacedBoard } from './relay-outputs.ts'
import { lockOutputs } from '../../devices/relay/outputs.ts'

const DEVICE_KINDS = Object.keys(DEVICE_SETTINGS) as DeviceKind[]
const STATION_KINDS = ['bench', 'door', 'aisle', 'desk', 'counter', 'wall'] as const
const DEVICES_MAX = 32
const ANTENNAS_MAX = 64

/** Names of stations and devices: they stand in addresses and in the causes of acts. */
export const id = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

const word = Type.String({ minLength: 1, maxLength: 32 })

const device = Type.Object(
  {
    id,
    kind: Type.Enum(DEVICE_KINDS),
    protocol: Type.String({ minLength: 1, maxLength: 32 }),
    port: Type.String({ minLength: 1, maxLength: 300 }),
    // Which of these a device may have, and within which limits, depends on what it speaks: `device-settings.ts`.
    dpi: Type.Optional(Type.Integer()),
    stock: Type.Optional(word),
    path: Type.Optional(word),
    fingerprint: Type.Optional(Type.String({ minLength: 1, maxLength: 95 })),
    cut: Type.Optional(Type.Enum(['full', 'partial', 'none'])),
    address: Type.Optional(Type.Integer()),
    terminator: Type.Optional(Type.Enum(['any', 'cr', 'lf', 'crlf', 'tab', 'etx', 'none'])),
    lrc: Type.Optional(Type.Boolean()),
    gap_ms: Type.Optional(Type.Integer()),
    repeat_ms: Type.Optional(Type.Integer()),
    gs1: Type.Optional(Type.Boolean()),
    payload_offset: Type.Optional(Type.Enum([1, 4])),
    commands: Type.Optional(Type.Enum(['datalogic', 'cipherlab', 'gm65'])),
    family: Type.Optional(Type.Enum(['symbol', 'microscan'])),
    lrc_covers: Type.Optional(Type.Enum(['data', 'frame'])),
    antennas: Type.Optional(Type.Array(Type.Integer(), { maxItems: ANTENNAS_MAX })),
    power_dbm: Type.Optional(Type.Number()),
    role: Type.Optional(Type.Enum(['desk', 'gate', 'handheld'])),
    records: Type.Optional(Type.Enum(['epc', 'epc-rssi', 'antenna-epc-rssi'])),
    wiegand: Type.Optional(Type.Enum(['hex', 'hex-reversed', 'decimal', 'decimal-reversed', 'facility-card', 'bits'])),
    wiegand_bits: Type.Optional(Type.Enum([26, 34])),
    streams: Type.Optional(Type.Boolean()),
    test_g: Type.Optional(Type.Number()),
    test_class: Type.Optional(Type.Enum(['E1', 'E2', 'F1', 'F2', 'M1', 'M2', 'M3'])),
    test_until: Type.Optional(Type.String({ maxLength: 10 })),
    test_off_g: Type.Optional(Type.Number()),
    profile: Type.Optional(word),
    accept_ms: Type.Optional(Type.Integer()),
    silence_ms: Type.Optional(Type.Integer()),
    locked: Type.Optional(Type.Enum(['00', '11'])),
    siren: Type.Optional(Type.Integer({ minimum: 1, maximum: 255 })),
    locks: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
)

const settings = {
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f]*$' }),
  kind: Type.Enum(STATION_KINDS),
  place: id,
  devices: Type.Array(device, { maxItems: DEVICES_MAX }),
}

/** The version that whoever changes a station has seen; left out by who does not mind what others did meanwhile. */
export const version = Type.Integer({ minimum: 0 })
/** A station without its id. */
const stationSettings = Type.Object(settings, { additionalProperties: false })
/** The body of `PUT /api/stations/{id}`. */
export const stationBody = Type.Object(
  { ...settings, version: Type.Optional(version) },
  { additionalProperties: false },
)
/** A station as `STATIONS_FILE` writes it. */
export const stationEntry = Type.Object({ id, ...settings }, { additionalProperties: false })

export type StationSettings = Static<typeof stationSettings>

/** What the register knows of a station. */
export type StationState = StationSettings

export const noStation: StationState = { name: '', kind: 'bench', place: '', devices: [] }

export type ConfigureStation = {
  readonly type: 'stations.configure'
  readonly station: string
  readonly version?: number
} & StationSettings

/** Takes a device to another station of the house, settings and all. */
export interface MoveDevice {
  readonly type: 'stations.move-device'
  readonly station: string
  readonly device: string
  readonly to: string
  /** Of the station that it leaves, and of the one that it comes to. */
  readonly version?: number
  readonly toVersion?: number
}

/** A station as it stands, and how many changes it has seen. */
export interface VersionedStation {
  readonly version: number
  readonly state: StationState
}

export interface ConfigureState {
  readonly placeKnown: boolean
  readonly present: VersionedStation | undefined
  /** Every other station. */
  readonly others: ReadonlyMap<string, StationState>
  /** Every lock board that any station ever had. */
  readonly boardsEver: readonly PlacedBoard[]
}

/**
 * Sets up a station or changes it, as a whole.
 * @throws Refusal for an unknown place, a device named twice, a protocol its kind does not speak, a setting that does not fit, a port that is
 * no address or is taken, a siren on an output that is or was a lock, a lock of another place, and a station that somebody else has changed
 * meanwhile
 */
export function configureStation(
  { placeKnown, present, others, boardsEver }: ConfigureState,
  { station, name, kind, place, devices, version: seen }: ConfigureStation,
  _circumstances: Circumstances,
): Decision {
  mustBeAsSeen(station, present, seen)
  if (!placeKnown) throw new Refusal('stations.unknown-place', { place })
  const names = new Set<string>()
  const elsewhere = [...others].flatMap(([other, state]) => state.devices.map((one) => claimOf(other, one)))
  const here: Claim[] = []
  for (const one of devices) {
    if (names.has(one.id)) throw new Refusal('stations.device-twice', { device: one.id })
    names.add(one.id)
    const known = Object.keys(DEVICE_SETTINGS[one.kind])
    if (!known.includes(one.protocol)) {
      const { id: device, protocol } = one
      throw new Refusal('stations.unknown-protocol', { device, kind: one.kind, protocol, known: known.join(', ') })
    }
    mustFit(one)
    mustBeAddress(one)
    const claim = claimOf(station, one)
    const taken = [...elsewhere, ...here].find((other) => contend(claim, other))
    if (taken !== undefined)
      throw new Refusal('stations.port-twice', {
        ...{ device: one.id, port: one.port },
        ...{ station: taken.station, other: taken.id },
      })
    here.push(claim)
  }
  mustLeaveLocks(here, { present: elsewhere, ever: boardsEver })
  locksMustStay(here, place, boardsEver)
  const state: StationState = { name, kind, place, devices }
  if (present !== undefined && canonicalText(present.state) === canonicalText(state)) return { facts: [] }
  return { facts: [configured(station, state)] }
}

export interface MoveState {
  readonly from: VersionedStation | undefined
  readonly to: VersionedStation | undefined
}

/**
 * A device leaves one station and stands at another from the same moment on: no port is ever without a device or with two.
 * @throws Refusal for an unknown station or device, a name that the other station has already, a lock that would come to another place, and a
 * station that was changed meanwhile
 */
export function moveDevice(
  { from, to }: MoveState,
  { station, device, to: target, version: seen, toVersion }: MoveDevice,
  _circumstances: Circumstances,
): Decision {
  if (from === undefined) throw new Refusal('stations.unknown', { station })
  if (to === undefined) throw new Refusal('stations.unknown', { station: target })
  mustBeAsSeen(station, from, seen)
  mustBeAsSeen(target, to, toVersion)
  const moved = from.state.devices.find((one) => one.id === device)
  if (moved === undefined) throw new Refusal('stations.unknown-device', { station, device })
  if (station === target) return { facts: [] }
  if (from.state.place !== to.state.place && lockOutputs(moved).length > 0)
    throw lockStays({ ...moved, station }, { ...moved, station, place: from.state.place }, to.state.place)
  if (to.state.devices.some((one) => one.id === device)) throw new Refusal('stations.device-twice', { device })
  if (to.state.devices.length >= DEVICES_MAX) throw new Refusal('stations.too-many-devices', { most: DEVICES_MAX })
  const left = { ...from.state, devices: from.state.devices.filter((one) => one !== moved) }
  const joined = { ...to.state, devices: [...to.state.devices, moved] }
  return { facts: [configured(station, left), configured(target, joined)] }
}

function configured(station: string, state: StationState): FactDraft {
  return {
    register: ORG_REGISTER,
    type: 'stations.configured',
    subject: `station/${station}`,
    body: { v: 1, ...state },
  }
}

function mustBeAsSeen(station: string, present: VersionedStation | undefined, seen: number | undefined): void {
  const version = present?.version ?? 0
  if (seen !== undefined && seen !== version)
    throw new Refusal('stations.changed-meanwhile', { station, seen, version })
}

function mustFit(one: StationState['devices'][number]): void {
  const wrong = wrongSetting(one as DeviceConfig)
  if (wrong === null) return
  const { code, setting, wanted } = wrong
  const words = SETTING_WORDS[setting as SettingName].words
  throw new Refusal(code, {
    ...{ device: one.id, setting, kind: one.kind, protocol: one.protocol },
    ...{ name: words.zh, nameEn: words.en, wanted: wanted.zh, wantedEn: wanted.en },
  })
}

/** What a device wants of the port that it hangs on. */
type Claim = StationState['devices'][number] & {
  readonly station: string
  readonly line: string
  /** It hangs there beside others, each by its own number. */
  readonly shares: boolean
}

function claimOf(station: string, one: StationState['devices'][number]): Claim {
  const { kind, protocol, port, address } = one
  const shares = hangsOnLine({ kind, protocol, ...(address === undefined ? {} : { address }) })
  return { ...one, station, line: plainPort(port), shares }
}

/** Whether both cannot be there: one has the port to itself, or both have one number. */
function contend(one: Claim, other: Claim): boolean {
  if (one.line !== other.line) return false
  return !one.shares || !other.shares || (one.kind === other.kind && one.address === other.address)
}

function mustBeAddress({ id: device, kind, port }: StationState['devices'][number]): void {
  try {
    const remote = behindAgent(port)
    const { carrier } = parsePortAddress(remote?.port ?? port)
    // The server itself reaches what is on the network.
    if (kind === 'office-printer' && (remote !== null || carrier !== 'tcp'))
      throw new Refusal('stations.wrong-port', { device, port })
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
