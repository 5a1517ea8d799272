import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { KeypadEvent } from './keypad/counters.ts'
import type { DeviceConfig, DeviceReport, Reading, StationConfig, TagReading } from './reading.ts'
import { openStations, type Stations } from './station.ts'

interface Closable {
  close(): Promise<void>
}

/** Where emulated devices stand in this test file, and what closes them after each test. Called once at the top of the file. */
export function testBench() {
  let directory = ''
  const running: Closable[] = []

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'clearhold-devices-'))
  })
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.close()
    await rm(directory, { recursive: true })
  })

  /** Has it closed after the test, before everything that was kept earlier. */
  function keep<One extends Closable>(one: One): One {
    running.push(one)
    return one
  }

  return {
    keep,
    pty: (name: string): string => `pty:${directory}/${name}`,
    /** Station `bench-1` with these devices, what they tell, and a wait for a device to be in a state. */
    bench(...devices: DeviceConfig[]) {
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
    },
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
