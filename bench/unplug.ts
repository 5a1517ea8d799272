import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startKeypadBus } from '../devices/emulators/keypad.ts'
import { startLabelPrinter } from '../devices/emulators/label-printer.ts'
import { startSerialRfid } from '../devices/emulators/rfid-serial.ts'
import { startScale } from '../devices/emulators/scale.ts'
import { startHoneywellScanner } from '../devices/emulators/scanner-honeywell.ts'
import { startNewlandScanner } from '../devices/emulators/scanner-newland.ts'
import { startSsiScanner } from '../devices/emulators/scanner-ssi.ts'
import { startScanner } from '../devices/emulators/scanner.ts'
import type { DeviceConfig } from '../devices/reading.ts'
import { openStations, type Stations } from '../devices/station.ts'
import { type Measured, measured } from './report.ts'

/** A pulled cable must be on the screen within this time. */
const SEEN_LIMIT_MS = 3_000
/** What a person may have to wait with the cable back in, until what he holds up is read. */
const BACK_LIMIT_MS = 5_000
/** How long a cable stays out once it was seen to be out. */
const OUT_MS = 700
/** A person tries again this often. */
const TRY_MS = 25
/** A device that has not come so far by then does not come at all. */
const PATIENCE_MS = 30_000

const STATION = 'unplug'
const ROW = { name: '通断', kind: 'bench', place: 'store-1' } as const
const TAG = 'E28011606000020000000001'

interface Tried {
  readonly name: string
  readonly config: Omit<DeviceConfig, 'id'>
  readonly cable: { unplug(): Promise<void>; replug(): Promise<void>; close(): Promise<void> }
  /** Has it see something once. True when its own answer is what it saw; else that is told by itself. */
  attempt(stations: Stations, device: string): Promise<boolean>
}

/**
 * Pulls the cable of each emulated device and puts it back, so many times: the longest time until it was known to be gone, and from the cable back in to
 * the first thing it saw. Throws when a device does not come back at all.
 */
export async function benchUnplug(rounds: number): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-bench-unplug-'))
  const all = await startAll(folder)
  try {
    const found: Measured[] = []
    for (const one of all) found.push(...(await benchOne(one, rounds)))
    return found
  } finally {
    for (const { cable } of all) await cable.close()
    await rm(folder, { recursive: true })
  }
}

async function benchOne({ name, config, cable, attempt }: Tried, rounds: number): Promise<Measured[]> {
  const device = 'device-1'
  let state = 'opening'
  let seen = 0
  const stations = openStations([{ id: STATION, ...ROW, devices: [{ id: device, ...config }] }], {
    onReading: ({ value }) => void (seen += value.kind === 'fault' ? 0 : 1),
    onTag: () => void (seen += 1),
    onKeypad: ({ value }) => void (seen += value.kind === 'clerk-key' ? 1 : 0),
    onState: (report) => void (state = report.state.state),
    now: Date.now,
    newId: () => randomUUID(),
  })
  const sees = async (): Promise<void> => {
    const before = seen
    await until(async () => seen > before || (await attempt(stations, device)), name)
  }
  try {
    await until(() => state === 'ready', name)
    await sees()
    let gone_ms = 0
    let back_ms = 0
    for (let round = 0; round < rounds; round += 1) {
      let from_ms = performance.now()
      await cable.unplug()
      await until(() => state === 'gone' || state === 'faulty', name)
      gone_ms = Math.max(gone_ms, performance.now() - from_ms)
      await pause(OUT_MS)
      from_ms = performance.now()
      await cable.replug()
      await sees()
      back_ms = Math.max(back_ms, performance.now() - from_ms)
      await until(() => state === 'ready', name)
    }
    return [
      measured(`unplug seen, ${name}`, gone_ms, 'ms', { name: 'limit', value: SEEN_LIMIT_MS }),
      measured(`re-plug to reading, ${name}`, back_ms, 'ms', { name: 'limit', value: BACK_LIMIT_MS }),
    ]
  } finally {
    await stations.close()
  }
}

async function startAll(folder: string): Promise<Tried[]> {
  const line = (name: string): string => `pty:${join(folder, name)}`
  const scanner = await startScanner({ listen: line('scanner') })
  const keypads = await startKeypadBus({ listen: line('keypads') })
  const scale = await startScale({ listen: 'tcp:0' })
  const silent = await startScale({ listen: 'tcp:0' })
  const told = [
    { protocol: 'ssi', scanner: await startSsiScanner({ listen: 'tcp:0' }) },
    { protocol: 'newland', scanner: await startNewlandScanner({ listen: 'tcp:0' }) },
    { protocol: 'honeywell', scanner: await startHoneywellScanner({ listen: 'tcp:0' }) },
  ]
  const reader = await startSerialRfid({ protocol: 'a0', listen: 'tcp:0' })
  const printer = await startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 60, heightMm: 40, listen: 'tcp:0' })
  for (const one of [scale, silent]) one.load(38_624)
  reader.field.put({ epc: TAG })
  return [
    {
      name: 'scanner on a serial line',
      config: { kind: 'scanner', protocol: 'line', port: scanner.address, repeat_ms: 0 },
      cable: scanner,
      attempt: async () => {
        await scanner.scan('LIB-000123')
        return false
      },
    },
    ...told.map(({ protocol, scanner: gun }) => ({
      name: `${protocol} scanner behind a converter that stays`,
      config: { kind: 'scanner', protocol, port: gun.address, repeat_ms: 0 } as const,
      cable: silentBehindConverter(gun),
      attempt: async () => {
        await gun.scan('LIB-000123')
        return false
      },
    })),
    {
      name: 'keypads on a bus',
      config: { kind: 'keypad', protocol: 'ff68', port: keypads.address, address: 1 },
      cable: keypads,
      attempt: async () => {
        await keypads.clerk(1, [0x0c])
        return false
      },
    },
    {
      name: 'scale on the network',
      config: { kind: 'scale', protocol: 'mt-sics', port: scale.address },
      cable: scale,
      attempt: weighed,
    },
    {
      name: 'scale behind a converter that stays',
      config: { kind: 'scale', protocol: 'mt-sics', port: silent.address },
      cable: silentBehindConverter(silent),
      attempt: weighed,
    },
    {
      name: 'RFID reader on the network',
      config: { kind: 'rfid', protocol: 'a0', port: reader.address },
      cable: reader,
      attempt: () => Promise.resolve(false),
    },
    {
      name: 'printer on the network',
      config: { kind: 'label-printer', protocol: 'zpl', port: printer.address },
      cable: printer,
      // It sees nothing; that it answers is what is known of it.
      attempt: (stations) => Promise.resolve(stations.states().some(({ state }) => state.state === 'ready')),
    },
  ]
}

/** The line between a device and its network converter is cut: the connection stays, and nothing comes over it. */
function silentBehindConverter(device: { silence(on: boolean): void; close(): Promise<void> }): Tried['cable'] {
  return {
    unplug: () => Promise.resolve(device.silence(true)),
    replug: () => Promise.resolve(device.silence(false)),
    close: () => device.close(),
  }
}

async function weighed(stations: Stations, device: string): Promise<boolean> {
  return (await stations.weigh(STATION, device, PATIENCE_MS)).value.kind === 'weight'
}

async function until(holds: () => boolean | Promise<boolean>, name: string): Promise<void> {
  for (const end_ms = performance.now() + PATIENCE_MS; !(await holds()); await pause(TRY_MS))
    if (performance.now() > end_ms) throw new Error(`${name}: not in ${PATIENCE_MS} ms`)
}
