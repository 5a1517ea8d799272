import { setTimeout as pause } from 'node:timers/promises'
import type { Fault, StationConfig } from '../../devices/reading.ts'
import type { UnlockOutcome } from '../../devices/relay/lock-board.ts'
import type { Stations } from '../../devices/station.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import type { Reader } from '../module.ts'
import type { Words } from '../refusal.ts'
import { isDatabaseAway } from './database-away.ts'
import { faultWords } from './fault-words.ts'
import { accepted, asked, type Say } from './say.ts'

/** A lock that those who may have signed for: it stands in a register before its board is told. */
export interface LockOrder {
  readonly id: string
  /** The station at which they stand. */
  readonly bench: string
  readonly station: string
  readonly device: string
  readonly lock: number
  /** RFC 3339 UTC with milliseconds. */
  readonly at: string
}

/** What became of it; `unknown` asks a person to look. */
export type LockOutcome = UnlockOutcome['outcome']

/** Where such orders come from, and where it is written down what became of each. */
export interface LockOrders {
  /** Types of facts after which orders are looked for. */
  readonly wakes: readonly string[]
  /** Those for the boards of this station that nobody has written the end of. */
  waiting(db: Reader, station: string): Promise<readonly LockOrder[]>
  /** Written once, however often it is said. */
  settle(order: LockOrder, outcome: LockOutcome): Promise<void>
}

/** Who signed stands before the lock and waits: what has not begun by then is not done at all. */
const WITHIN_MS = 8_000
/** What became of a lock is written down when the database is there again, asked every second; no other lock waits for that. */
const TRIES_MAX = 600
const AGAIN_MS = 1_000

export interface LocksDependencies {
  readonly db: Db
  readonly orders: LockOrders
  readonly stations: Pick<Stations, 'unlock'>
  readonly isDriven: (station: string) => boolean
  readonly activity: Pick<ActivityLog, 'record'>
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  /** Tells the station where they stand what became of it. */
  readonly tell: (order: LockOrder, say: Say) => void
}

/**
 * Carries out orders to locks whose boards this process drives, each once. One that was given before this process began, or too long ago, may
 * have been sent by another that ended: it is written down as unknown and never sent again.
 */
export function openLocks({ db, orders, stations, isDriven, activity, log, now, tell }: LocksDependencies): {
  /** Looks for orders to this station's boards. */
  wake(station: Pick<StationConfig, 'id' | 'devices'>): void
  close(): Promise<void>
} {
  const since = now()
  const taken = new Set<string>()
  const under = new Set<Promise<void>>()
  let closed = false

  /** Goes on beside what comes next, until it is done or fails. */
  const beside = (station: string, work: Promise<void>): void => {
    const going = work
      .catch((error: unknown) => log.error({ err: error, station }, 'a lock could not be seen to'))
      .finally(() => under.delete(going))
    under.add(going)
  }

  /** Again while the database is away. */
  const write = async (once: () => Promise<void>): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await once()
        return
      } catch (error) {
        if (!isDatabaseAway(error) || tries >= TRIES_MAX || closed) throw error
        await pause(AGAIN_MS)
      }
    }
  }

  /** The order is settled first: whether the activity log takes it changes nothing of what the register says. */
  const writeDown = async (order: LockOrder, done: UnlockOutcome | null): Promise<void> => {
    const { station, device, lock } = order
    const outcome = done?.outcome ?? 'unknown'
    const record = {
      at: now(),
      kind: 'device',
      person: null,
      station,
      about: `${device} lock ${lock}`,
      outcome,
    } as const
    try {
      await write(() => orders.settle(order, outcome))
      if (done !== null) tell(order, sayOf(outcome, 'fault' in done ? done.fault : null))
    } finally {
      await write(() => activity.record(record))
    }
  }

  const look = async (station: string): Promise<void> => {
    for (const order of await orders.waiting(db, station)) {
      if (taken.has(order.id)) continue
      taken.add(order.id)
      const { device, lock, at } = order
      const fresh = at >= since && Date.parse(now()) - Date.parse(at) < WITHIN_MS
      beside(station, writeDown(order, fresh ? await stations.unlock(station, device, lock, WITHIN_MS) : null))
    }
  }

  return {
    wake({ id, devices }) {
      if (closed || !isDriven(id) || devices.every(({ kind }) => kind !== 'relay')) return
      beside(id, look(id))
    },
    async close() {
      closed = true
      // What is being looked at may still leave something to write down.
      while (under.size > 0) await Promise.all(under)
    },
  }
}

const LOOK: Words = {
  zh: '请到锁前查看；未打开的，由两人重新办理',
  en: 'Go and look at the lock; if it is shut, the two begin anew',
}
const ANSWERED: Words = { zh: '锁是否打开，以锁板回报为准', en: 'Whether a lock is open is what its board says' }

function sayOf(outcome: LockOutcome, fault: Fault | null): Say {
  switch (outcome) {
    case 'unlocked':
      return accepted('stations.lock-open', { zh: '锁已打开，用后请锁好', en: 'The lock is open; lock it after use' })
    case 'unknown':
      return {
        ...asked('stations.lock-unknown', {
          zh: '开锁指令已发出，锁板没有说明结果，请看锁',
          en: 'The order left, and the board does not say what came of it: look at the lock',
        }),
        ...{ rule: ANSWERED, remedy: LOOK },
      }
    case 'refused':
    case 'locked': {
      const { words, remedy } = faultWords('relay', fault?.code ?? 'no-answer')
      return {
        ...{ outcome: 'fault', code: 'stations.lock-shut', rule: ANSWERED },
        words: { zh: `锁没有打开：${words.zh}`, en: `The lock did not open. ${words.en}` },
        remedy: {
          zh: `${remedy.zh}；修好后由两人重新办理`,
          en: `${remedy.en}; once it is mended, the two begin anew`,
        },
      }
    }
  }
}
