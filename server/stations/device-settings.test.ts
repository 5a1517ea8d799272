import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { DeviceConfig, DeviceKind, StationConfig } from '../../devices/reading.ts'
import type { Circumstances } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type ConfigureState, configureStation, moveDevice, stationEntry, type StationState } from './configuration.ts'
import { DEVICE_SETTINGS, wrongSetting } from './device-settings.ts'
import type { SettingShape } from './protocol.ts'

const circumstances = {} as Circumstances
const scanner: DeviceConfig = { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: 'serial:/dev/ttyUSB0' }
const state = (...devices: readonly DeviceConfig[]): StationState => ({
  ...{ name: '一号台', kind: 'bench', place: 'store-1' },
  devices: devices.map((device) => ({ ...device }) as StationState['devices'][number]),
})
const alone: ConfigureState = { placeKnown: true, present: undefined, others: new Map(), boardsEver: [] }

function configure(devices: readonly DeviceConfig[], given: Partial<ConfigureState> = {}, version?: number) {
  const command = { type: 'stations.configure', station: 'bench-1', ...state(...devices) } as const
  return configureStation(
    { ...alone, ...given },
    version === undefined ? command : { ...command, version },
    circumstances,
  )
}

function refusalOf(deed: () => unknown): Refusal {
  try {
    deed()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** Values at both ends of what a setting may be. */
function extremes(shape: SettingShape): unknown[] {
  switch (shape.kind) {
    case 'flag':
      return [true, false]
    case 'choice':
      return [...shape.values]
    case 'text':
      return ['ab'.repeat(32), Array(32).fill('0F').join(':'), '2000-01-01', '2999-12-31'].filter((text) =>
        new RegExp(shape.pattern).test(text),
      )
    case 'number':
      return [shape.least, shape.most]
    case 'numbers':
      return [[shape.least], [shape.most]]
  }
}

describe('what a device may be told', () => {
  const all = (Object.keys(DEVICE_SETTINGS) as DeviceKind[]).flatMap((kind) =>
    Object.entries(DEVICE_SETTINGS[kind]).flatMap(([protocol, shapes]) =>
      Object.entries(shapes).flatMap(([name, shape]) =>
        extremes(shape).map((value) => ({ kind, protocol, name, value })),
      ),
    ),
  )

  it.each(all)('$kind $protocol takes $name $value, by the schema, by the table and by its driver', (one) => {
    const { kind, protocol, name, value } = one
    // Together with what the setting needs beside it.
    const beside = value === 'gate' ? { antennas: [1, 2] } : name === 'silence_ms' ? { accept_ms: 1 } : {}
    const device = { id: 'one', kind, protocol, port: 'tcp://127.0.0.1:1', [name]: value, ...beside } as DeviceConfig
    const station = { id: 'bench-1', ...state(device) }
    expect([...Value.Errors(stationEntry, station)]).toEqual([])
    const oneAntenna = kind === 'rfid' && value === 'gate' && ['bb', 'uhfreader18'].includes(protocol)
    if (oneAntenna) expect(wrongSetting(device)).not.toBeNull()
    else expect(wrongSetting(device)).toBeNull()
  })

  it.each<[string, object, string, string]>([
    ['a setting of another kind', { stock: '60x40' }, 'stations.setting-not-for', 'stock'],
    ['a setting of another protocol', { payload_offset: 4 }, 'stations.setting-not-for', 'payload_offset'],
    ['a number that is too large', { gap_ms: 5_000 }, 'stations.wrong-setting', 'gap_ms'],
    ['an LRC behind a CR', { lrc: true, terminator: 'cr' }, 'stations.settings-clash', 'lrc'],
    ['silence and an LRC', { gap_ms: 40, lrc: true }, 'stations.settings-clash', 'gap_ms'],
    ['silence and a CR', { gap_ms: 40, terminator: 'cr' }, 'stations.settings-clash', 'gap_ms'],
  ])('refuses %s by the name of the setting', (_what, settings, code, setting) => {
    const refusal = refusalOf(() => configure([{ ...scanner, ...settings }]))
    expect(refusal.code).toBe(code)
    expect(refusal.values).toMatchObject({ device: 'scanner-1', setting })
  })

  it.each<[string, DeviceConfig, string]>([
    ['too many antennas', device('rfid', 'a0', { antennas: [9] }), 'antennas'],
    ['an antenna twice', device('rfid', 'llrp', { antennas: [1, 1] }), 'antennas'],
    ['half a dBm', device('rfid', 'a0', { power_dbm: 20.5 }), 'power_dbm'],
    ['a gate with one antenna', device('rfid', 'llrp', { role: 'gate' }), 'antennas'],
    ['a stream of MT-SICS', device('scale', 'mt-sics', { streams: true }), 'streams'],
    ['the profile of another protocol', device('keypad', 'ff68', { profile: 'sundyn' }), 'profile'],
    ['silence before the end', device('keypad', 'ff68', { accept_ms: 9_000, silence_ms: 8_000 }), 'silence_ms'],
    ['silence before the usual end', device('keypad', 'ff68', { silence_ms: 8_000 }), 'silence_ms'],
    ['keypad 128', device('keypad', 'ff68', { address: 128 }), 'address'],
    [
      'a fingerprint of another length',
      device('office-printer', 'ipps', { fingerprint: 'ab'.repeat(20) }),
      'fingerprint',
    ],
    ['a certificate without TLS', device('office-printer', 'ipp', { fingerprint: 'ab'.repeat(32) }), 'fingerprint'],
    ['a board of no lock', device('relay', 'lock', { locks: 0 }), 'locks'],
  ])('refuses %s', (_what, one, setting) => {
    expect(refusalOf(() => configure([one])).values).toMatchObject({ device: 'one', setting })
  })
})

function device(kind: DeviceKind, protocol: string, settings: object): DeviceConfig {
  return { id: 'one', kind, protocol, port: 'tcp://127.0.0.1:4000', ...settings }
}

describe('a station', () => {
  it('of the contract is taken as it stands', () => {
    const stations = [
      {
        ...{ id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1' },
        devices: [
          { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: 'serial:/dev/serial/by-id/usb-1?baud=9600' },
          {
            ...{ id: 'printer-1', kind: 'label-printer', protocol: 'zpl', port: 'tcp://127.0.0.1:9100' },
            ...{ dpi: 203, stock: '100x60' },
          },
          { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: 'tcp://127.0.0.1:4305' },
          { id: 'rfid-1', kind: 'rfid', protocol: 'llrp', port: 'tcp://127.0.0.1:5084' },
        ],
      },
      {
        ...{ id: 'counter-1', name: '1号窗口', kind: 'counter', place: 'hall-1' },
        devices: [{ id: 'keypad-1', kind: 'keypad', protocol: 'ff68', port: 'tcp://127.0.0.1:4306', address: 1 }],
      },
    ]
    for (const { id, ...settings } of stations) {
      expect([...Value.Errors(stationEntry, { id, ...settings })]).toEqual([])
      const command = { type: 'stations.configure', station: id, ...(settings as Omit<StationConfig, 'id'>) } as const
      expect(configureStation(alone, command as never, circumstances).facts).toHaveLength(1)
    }
  })

  it('names both devices that want one port, however it is written; keypads share a line, each by its number', () => {
    const others = new Map([['bench-2', state({ ...scanner, id: 'other', port: 'serial:/dev/ttyUSB0?baud=9600' })]])
    const refusal = refusalOf(() => configure([{ ...scanner, port: 'serial:/dev/ttyUSB0?baud=115200' }], { others }))
    expect(refusal.code).toBe('stations.port-twice')
    expect(refusal.values).toMatchObject({ device: 'scanner-1', station: 'bench-2', other: 'other' })

    const pad = (id: string, address: number) => ({ ...device('keypad', 'ff68', { address }), id })
    expect(configure([pad('a', 1), pad('b', 2)]).facts).toHaveLength(1)
    expect(refusalOf(() => configure([pad('a', 1), pad('b', 1)])).code).toBe('stations.port-twice')
  })

  it('is changed by who has seen it as it is; the second of two is told', () => {
    const present = { version: 3, state: state(scanner) }
    expect(configure([], { present }, 3).facts).toHaveLength(1)
    expect(configure([], { present }).facts).toHaveLength(1)
    const refusal = refusalOf(() => configure([], { present }, 2))
    expect(refusal.code).toBe('stations.changed-meanwhile')
    expect(refusal.notice().detail.zh).toContain('他人修改')
    expect(refusalOf(() => configure([], {}, 1)).code).toBe('stations.changed-meanwhile')
  })

  it('gives a device to another in one act, or keeps it', () => {
    const scale = { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: 'tcp://127.0.0.1:4305' } as const
    const from = { version: 2, state: state(scanner, scale) }
    const to = { version: 5, state: state() }
    const move = { type: 'stations.move-device', station: 'bench-1', device: 'scale-1', to: 'bench-2' } as const
    const { facts } = moveDevice({ from, to }, { ...move, version: 2, toVersion: 5 }, circumstances)
    expect(facts.map(({ subject, body }) => [subject, body['devices']])).toEqual([
      ['station/bench-1', [scanner]],
      ['station/bench-2', [scale]],
    ])
    for (const [given, seen, code] of [
      [{ from, to }, { version: 1 }, 'stations.changed-meanwhile'],
      [{ from, to }, { toVersion: 4 }, 'stations.changed-meanwhile'],
      [{ from: { ...from, state: state(scanner) }, to }, {}, 'stations.unknown-device'],
      [{ from, to: { ...to, state: state(scale) } }, {}, 'stations.device-twice'],
      [{ from, to: undefined }, {}, 'stations.unknown'],
    ] as const)
      expect(refusalOf(() => moveDevice(given, { ...move, ...seen }, circumstances)).code).toBe(code)
  })
})
