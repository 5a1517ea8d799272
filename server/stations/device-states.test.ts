import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { StationConfig } from '../../devices/reading.ts'
import { quietLog } from '../database/testing.ts'
import { testServer, type TestServer } from '../testing.ts'
import { openDeviceStates } from './device-states.ts'
import { seedStations } from './registry.ts'

const NOW = '2026-03-02T01:00:00.000Z'
const BEAT_MS = 3_000
const COUNTER: StationConfig = {
  ...{ id: 'counter-1', name: '1号窗口', kind: 'counter', place: 'hall-1' },
  devices: [
    { id: 'keypad-1', kind: 'keypad', protocol: 'ff68', port: 'tcp://127.0.0.1:4306', address: 1 },
    { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: 'tcp://127.0.0.1:4307' },
  ],
}
const SCAN = { kind: 'scan', words: { zh: '扫描', en: 'Scan' }, fault: null, hex: '', text: '', more: 0 } as const

let server: TestServer

beforeAll(async () => {
  server = await testServer()
  await seedStations(server.deps.db, server.deps.act, [COUNTER])
})
afterEach(() => void vi.useRealTimers())
afterAll(() => server.close())

test('what a scanner saw is written soon; that a rater has pressed waits for the heartbeat, by which nobody tells when', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const { db } = server.deps
  const states = openDeviceStates({ db, log: quietLog, now: () => NOW, counts: () => [] })
  const idle = vi.getTimerCount()
  states.saw({ station: 'counter-1', device: 'keypad-1' }, { at: NOW, reading: null, count: 1 })
  expect(vi.getTimerCount()).toBe(idle)
  states.saw({ station: 'counter-1', device: 'scanner-1' }, { at: NOW, reading: { ...SCAN, at: NOW }, count: 1 })
  expect(vi.getTimerCount()).toBe(idle + 1)
  vi.advanceTimersByTime(BEAT_MS)
  vi.useRealTimers()
  await states.close()
  const { rows } = await sql<{ device: string; readings: number }>`
    select device, readings::int as readings from station_devices order by device
  `.execute(db)
  expect(rows).toEqual([
    { device: 'keypad-1', readings: 1 },
    { device: 'scanner-1', readings: 1 },
  ])
})
