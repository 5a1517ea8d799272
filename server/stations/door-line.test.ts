import { expect, it, vi } from 'vitest'
import type { UnlockOutcome } from '../../devices/relay/lock-board.ts'
import type { DeviceConfig, StationConfig } from '../../devices/reading.ts'
import { quietLog } from '../database/testing.ts'
import type { ActivityRecord } from '../ledger/activity.ts'
import { openDoorWatch } from './door.ts'

/** What a door does while its siren takes its time. */

const AT = '2026-03-02T01:00:00.000Z'
const WAIT_MS = 20_000
const relay = (id: string, siren: number): DeviceConfig => ({ id, kind: 'relay', protocol: 'lock', port: '', siren })
const door = (id: string): StationConfig => ({
  ...{ id, name: '库门', kind: 'door', place: 'store-1' },
  devices: [relay('siren-1', 2), { id: 'locks', kind: 'relay', protocol: 'lock', port: '' }],
})
const seen = (epc: string) => ({ event: 'seen', epc, side: 'inner', at_ms: 0 }) as const

it('brings what passes meanwhile before the register at once, tells the siren once until it has answered, and writes down its answer', async () => {
  const answers: ((outcome: UnlockOutcome) => void)[] = []
  const told: unknown[] = []
  const brought: string[] = []
  const written: ActivityRecord[] = []
  const watch = openDoorWatch({
    watch: {
      seen: async ({ id }, { epc }) => brought.push(`${id} ${epc}`) > 0,
      gone: async () => undefined,
      wakes: [],
      open: async () => [],
    },
    isLock: async () => false,
    stations: {
      unlock: (station, device, lock) => {
        told.push([station, device, lock])
        return new Promise((resolve) => answers.push(resolve))
      },
    },
    activity: { record: async (record) => void written.push(record) },
    log: quietLog,
    now: () => AT,
  })
  watch.take(door('door-1'), seen('A'))
  watch.take(door('door-1'), seen('B'))
  watch.take(door('door-2'), seen('C'))
  await vi.waitFor(() => expect(brought).toEqual(['door-1 A', 'door-1 B', 'door-2 C']), { timeout: WAIT_MS })
  expect(told).toEqual([
    ['door-1', 'siren-1', 2],
    ['door-2', 'siren-1', 2],
  ])
  for (const answer of answers.splice(0)) answer({ outcome: 'unlocked' })
  await vi.waitFor(() => expect(written).toHaveLength(2), { timeout: WAIT_MS })
  expect(written[0]).toMatchObject({ kind: 'device', station: 'door-1', about: 'siren-1 siren', outcome: 'unlocked' })

  watch.take(door('door-1'), seen('D'))
  await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: WAIT_MS })
  const closing = watch.close()
  for (const answer of answers) answer({ outcome: 'refused', fault: { code: 'no-answer', detail: '' } })
  await closing
  expect(written.at(-1)).toMatchObject({ station: 'door-1', outcome: 'refused' })
})

it('tells no siren that hangs on a lock, and writes that down', async () => {
  const told: unknown[] = []
  const written: ActivityRecord[] = []
  const watch = openDoorWatch({
    watch: { seen: async () => true, gone: async () => undefined, wakes: [], open: async () => [] },
    isLock: async ({ id }) => id === 'siren-1',
    stations: {
      unlock: async (_station, device) => {
        told.push(device)
        return { outcome: 'unlocked' }
      },
    },
    activity: { record: async (record) => void written.push(record) },
    log: quietLog,
    now: () => AT,
  })
  const { devices, ...station } = door('door-1')
  watch.take({ ...station, devices: [...devices, relay('siren-2', 3)] }, seen('A'))
  await vi.waitFor(() => expect(written).toHaveLength(2), { timeout: WAIT_MS })
  await watch.close()
  expect(written.map(({ about, outcome }) => [about, outcome])).toEqual([
    ['siren-1 siren', 'is-a-lock'],
    ['siren-2 siren', 'unlocked'],
  ])
  expect(told).toEqual(['siren-2'])
})
