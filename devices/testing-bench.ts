import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { KeypadEvent } from './keypad/counters.ts'
import type { DeviceConfig, DeviceReport, Reading, StationConfig, TagReading } from './reading.ts'
import { openStations, type Stations } from './station.ts'

interface Closable {
  close(): Promise<void>
}

/** Where the emulated devices of one test stand, and what closes them. */
export interface TestBench {
  /** Has it closed after the test, before everything that was kept earlier. */
  keep<One extends Closable>(one: One): One
  /** An address for an emulated device on a pseudo terminal. */
  pty(name: string): string
  /** Station `bench-1` with these devices, what they tell, and a wait for a device to be in a state. */
  bench(...devices: DeviceConfig[]): OpenedBench
}

type OpenedBench = ReturnType<typeof openedBench>

/** The bench of this test file: another one for each test. Called once at the top of the file; its tests run one by one. */
export function testBench(): TestBench {
  let now: OwnBench | null = null
  const its = (): OwnBench => {
    if (now === null) throw new Error('no test is running')
    return now
  }
  beforeEach(async () => {
    now = await ownBench()
  })
  afterEach(async () => {
    await its().close()
    now = null
  })
  return {
    keep: (one) => its().keep(one),
    pty: (name) => its().pty(name),
    bench: (...devices) => its().bench(...devices),
  }
}

/** A test with a bench of its own, for those that wait more than they work and run side by side. */
export const benchTest = test.extend('own', async ({}, { onCleanup }): Promise<TestBench> => {
  const own = await ownBench()
  onCleanup(own.close)
  return own
})

interface OwnBench extends TestBench {
  close(): Promise<void>
}

async function ownBench(): Promise<OwnBench> {
  const directory = await mkdtemp(join(tmpdir(), 'clearhold-devices-'))
  const running: Closable[] = []
  function keep<One extends Closable>(one: One): One {
    running.push(one)
    return one
  }
  return {
    keep,
    pty: (name) => `pty:${directory}/${name}`,
    bench: (...devices) => openedBench(keep, devices),
    close: async () => {
      for (const one of running.splice(0).reverse()) await one.close()
      await rm(directory, { recursive: true })
    },
  }
}

function openedBench(keep: TestBench['keep'], devices: readonly DeviceConfig[]) {
  const readings: Reading[] = []
  const states: DeviceReport[] = []
  const events: KeypadEvent[] = []
  const tags: TagReading[] = []
  const stations: Stations = keep(
    openStations([stationOf('bench-1', ...devices)], {
      onReading: (reading) => readings.push(reading),
      onState: (report) => states.push(report),
      onKeypad: (event) => void events.push(event),
      onTag: (reading) => tags.push(reading),
      now: Date.now,
      newId: () => randomUUID(),
    }),
  )
  const last = (device: string) => states.findLast((report) => report.device === device)?.state.state
  return {
    stations,
    readings,
    states,
    events,
    tags,
    becomes: (device: string, state: string) =>
      vi.waitFor(() => expect(last(device)).toBe(state), { timeout: 6000, interval: 10 }),
    told: (count: number) => vi.waitFor(() => expect(readings).toHaveLength(count), { timeout: 6000, interval: 5 }),
  }
}

export function stationOf(id: string, ...devices: DeviceConfig[]): StationConfig {
  return { id, name: '一号入库台', kind: 'bench', place: 'store-1', devices }
}

/** Both carriers of the emulated devices, for `describe.each`. */
export const WIRES = ['pseudo terminal', 'TCP'] as const

/** What a reading says in one word: its kind, or the code of its fault. */
export function word({ value }: Reading): string {
  return value.kind === 'fault' ? value.fault.code : value.kind
}
