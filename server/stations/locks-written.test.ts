import { afterEach, expect, it, vi } from 'vitest'
import type { StationConfig } from '../../devices/reading.ts'
import type { Db } from '../database/connect.ts'
import { type LockOrder, type LockOutcome, openLocks } from './locks.ts'
import type { Say } from './say.ts'

/** What became of a lock is written down whatever else fails, and nobody before another lock waits for it. */

const WAIT_MS = 30_000
const AT = '2026-03-02T02:00:00.000Z'
const STATION: Pick<StationConfig, 'id' | 'devices'> = {
  id: 'door-1',
  devices: [{ id: 'relay-1', kind: 'relay', protocol: 'lock', port: 'fake:board', locks: 3 }],
}
const order = (lock: number): LockOrder => ({
  ...{ id: `order-${lock}`, bench: 'bench-1', station: STATION.id, device: 'relay-1', lock, at: AT },
})
const away = () => Object.assign(new Error('the database is shutting down'), { code: '57P01' })

let close: () => Promise<void> = async () => undefined
afterEach(() => close())

/** Locks whose board always opens; `settle` and `record` fail as they are told to. */
function locksWith(
  orders: readonly LockOrder[],
  { settle, record }: { readonly settle: (one: LockOrder) => Promise<void>; readonly record: () => Promise<void> },
) {
  const [unlocked, recorded]: [number[], string[]] = [[], []]
  const settled = new Map<number, LockOutcome>()
  const told: { readonly lock: number; readonly code: string }[] = []
  const locks = openLocks({
    db: null as unknown as Db,
    orders: {
      wakes: [],
      waiting: async () => orders.filter(({ lock }) => !settled.has(lock)),
      settle: async (one, outcome) => {
        await settle(one)
        settled.set(one.lock, outcome)
      },
    },
    stations: {
      unlock: async (_station: string, _device: string, lock: number) => {
        unlocked.push(lock)
        return { outcome: 'unlocked' }
      },
    },
    isDriven: () => true,
    activity: {
      record: async ({ about, outcome }) => {
        await record()
        recorded.push(`${about} ${outcome}`)
      },
    },
    log: { error: () => undefined } as unknown as Parameters<typeof openLocks>[0]['log'],
    now: () => AT,
    tell: ({ lock }, say: Say) => told.push({ lock, code: say.code }),
  })
  ;({ close } = locks)
  return { locks, unlocked, settled, told, recorded }
}

it('settles an order of which the activity log took nothing, and tells where they stand', async () => {
  const { locks, unlocked, settled, told } = locksWith([order(1)], {
    settle: async () => undefined,
    record: () => Promise.reject(new Error('no room on the disk')),
  })
  locks.wake(STATION)
  await vi.waitFor(() => expect(told).toEqual([{ lock: 1, code: 'stations.lock-open' }]), { timeout: WAIT_MS })
  expect([...settled]).toEqual([[1, 'unlocked']])
  locks.wake(STATION)
  await close()
  expect(unlocked).toEqual([1])
})

it('says what the board did in the log also where the order could not be settled', async () => {
  const { locks, recorded } = locksWith([order(1)], {
    settle: () => Promise.reject(new Error('no such opening')),
    record: async () => undefined,
  })
  locks.wake(STATION)
  await vi.waitFor(() => expect(recorded).toEqual(['relay-1 lock 1 unlocked']), { timeout: WAIT_MS })
})

it('writes it into the log once the database is there again', async () => {
  let fails = true
  const { locks, recorded, settled } = locksWith([order(1)], {
    settle: async () => undefined,
    record: async () => {
      if (!fails) return
      fails = false
      throw away()
    },
  })
  locks.wake(STATION)
  await vi.waitFor(() => expect(recorded).toEqual(['relay-1 lock 1 unlocked']), { timeout: WAIT_MS })
  expect(settled.get(1)).toBe('unlocked')
})

it('opens the next lock while what became of the first cannot be written down yet', async () => {
  let isAway = true
  const { locks, unlocked, settled } = locksWith([order(1), order(2)], {
    settle: async ({ lock }) => {
      if (lock === 1 && isAway) throw away()
    },
    record: async () => undefined,
  })
  locks.wake(STATION)
  await vi.waitFor(() => expect([...settled]).toEqual([[2, 'unlocked']]), { timeout: WAIT_MS })
  isAway = false
  await vi.waitFor(() => expect(settled.get(1)).toBe('unlocked'), { timeout: WAIT_MS })
  expect(unlocked).toEqual([1, 2])
})
