import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../database/log.ts'
import { Refusal } from '../refusal.ts'
import { isDatabaseAway } from './database-away.ts'
import { serverBusy } from './fault-words.ts'
import type { Arriving } from './arriving.ts'
import { handle, type HandlingDependencies } from './handling.ts'
import { type Place, send } from './place.ts'
import { refused, type Say, verdictOf } from './say.ts'
import type { Kept } from './store.ts'

/** Inputs of one station that may wait for their turn; a further one is refused aloud. */
const QUEUE_MAX = 50
/** While the database is away an input is tried again this often, and then refused aloud. */
const RETRIES = 3
const RETRY_MS = 300

export interface Queue {
  /**
   * Takes an input to its end, after those that came before.
   * @throws Refusal `stations.queue-full`, `request.key-reused`
   */
  enqueue(place: Place, arriving: Arriving): Promise<void>
  /** The same for an input that nobody waits for: what goes wrong is told to the station's screens. */
  enqueueAlone(place: Place, arriving: Arriving): void
  /** Takes nothing more; resolves when what waits is done. */
  close(): Promise<void>
}

export interface QueueDependencies extends HandlingDependencies {
  readonly log: Log
  readonly onHandled: (place: Place, kept: Kept) => void
  /** What was said of an input that was handled, after the session was taken up. */
  readonly onSaid: (place: Place, arriving: Arriving, say: Say) => void
  /** What is said of an input that could not be handled; the session stays as it is. */
  readonly onTrouble: (place: Place, arriving: Arriving, say: Say) => void
}

/** One input of a station at a time, in the order in which they came. */
export function openQueue(deps: QueueDependencies): Queue {
  const lines = new Map<Place, { last: Promise<unknown>; waiting: number }>()
  let closed = false

  const enqueue = async (place: Place, arriving: Arriving): Promise<void> => {
    const line = lines.get(place) ?? { last: Promise.resolve(), waiting: 0 }
    lines.set(place, line)
    if (line.waiting >= QUEUE_MAX) throw new Refusal('stations.queue-full')
    line.waiting += 1
    const turn = line.last.then(async () => {
      const { kept, say } = await persist(deps, place, arriving)
      deps.onHandled(place, kept)
      if (say !== null) deps.onSaid(place, arriving, say)
    })
    line.last = turn.catch(() => undefined)
    try {
      await turn
    } finally {
      line.waiting -= 1
    }
  }

  return {
    enqueue,
    enqueueAlone: (place, arriving) => {
      if (closed) return
      enqueue(place, arriving).catch((error: unknown) => {
        const say = error instanceof Refusal ? refused(error.code, error.values) : serverBusy
        if (!(error instanceof Refusal))
          deps.log.error({ err: error, station: place.config.id }, 'a reading could not be handled')
        send(place, { type: 'trouble', verdict: verdictOf(say, arriving.id, deps.now()) })
        deps.onTrouble(place, arriving, say)
      })
    },
    close: async () => {
      closed = true
      await Promise.all([...lines.values()].map(({ last }) => last))
    },
  }
}

async function persist(deps: HandlingDependencies, place: Place, arriving: Arriving) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await handle(deps, place.config, arriving)
    } catch (error) {
      if (attempt === RETRIES || !isDatabaseAway(error)) throw error
      await pause(RETRY_MS)
    }
  }
}
