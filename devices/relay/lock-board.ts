import { setTimeout as pause } from 'node:timers/promises'
import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { PortClosed } from '../port.ts'
import type { Fault } from '../reading.ts'
import { silenceWatch } from '../scanner/silence.ts'
import { lockFramer, openBytes, queryBytes, type LockAnswer } from './lock.ts'

/** A board answers five bytes at once. */
const ANSWER_MS = 300
/** No board pauses this long inside a frame. */
const CUT_MS = 200
/** A lock that was told to open shows it within this time: the bolt draws in half a second, a door moves a little later. */
const CONFIRM_MS = 3000
const CONFIRM_LOOK_MS = 150
/** A board that nobody asks anything is asked this often whether it is there, one that did not answer more often: two silences take less than 3 s. */
const IDLE_MS = 1500
const FAULTY_MS = 500
/** Questions in a row that may stay unanswered before that is how the board is. */
const TROUBLES_MAX = 2
/** Silences in a row after which the connection itself is doubted. */
const DEAF_MAX = 5
/** Commands that may wait behind the one under way. */
const WAITING_MAX = 4

const CLOSED: Fault = { code: 'port-gone', detail: 'the port is closed' }
const NO_ANSWER: Fault = { code: 'no-answer', detail: 'the lock board does not answer' }
const TOO_MANY: Fault = { code: 'port-busy', detail: `${WAITING_MAX} commands are waiting` }
const TOO_LATE: Fault = { code: 'port-busy', detail: 'the commands before took the time; nothing was sent' }
const NO_SUCH_LOCK: Fault = { code: 'device-error', detail: 'the board has no such lock' }
const NOT_READ: Fault = { code: 'device-error', detail: 'this board does not say how its locks are' }
const NOT_OPENED: Fault = { code: 'device-error', detail: 'the lock still says that it is locked' }

/** How a lock is, by what its board answered just now. */
export type LockState = 'unlocked' | 'locked' | 'unknown'

/**
 * What became of a command to open. `refused`: nothing was sent, and nothing will be. `unlocked`: the lock was asked and says so. `locked`: it was
 * told, and still says that it is locked when the time is over. `unknown`: the command left, and the board does not say what came of it; a
 * person has to look, and nothing is sent again by itself.
 */
export type UnlockOutcome =
  | { readonly outcome: 'unlocked' }
  | { readonly outcome: 'refused' | 'locked' | 'unknown'; readonly fault: Fault }

export interface LockBoard extends DeviceDriver {
  /** Opens one lock; a command whose `deadline_ms` is over before it could be sent is dropped. Never rejects. */
  unlock(lock: number, deadline_ms: number): Promise<UnlockOutcome>
  /** How one lock is; `unknown` with the reason when the board does not say. Never rejects. */
  lockState(lock: number, deadline_ms: number): Promise<{ readonly state: LockState; readonly fault: Fault | null }>
}

export interface LockBoardOptions {
  readonly board: number
  readonly locks: number
  /** The state byte of a lock that is locked; null for a board that cannot be asked. */
  readonly locked: '00' | '11' | null
}

/**
 * A lock board. Only the answer to a question tells how a lock is, never the answer to the command to open. Commands go one after the other;
 * a lock that is to open is asked how it is before, so that nothing is sent to a board that is not there or for a lock that is open. Of a board
 * that cannot be asked, an open port is all the evidence that it is well, and what became of a command is never known.
 */
export function lockBoard(outlet: DriverOutlet, { board, locks, locked }: LockBoardOptions): LockBoard {
  const framer = lockFramer()
  const silence = silenceWatch(CUT_MS, () => framer.silence().forEach(take))
  let gone: Fault | null = null
  let waiting = 0
  let line: Promise<unknown> = Promise.resolve()
  let asked: { readonly lock: number; settle(answer: LockState | Fault): void } | null = null
  let silences = 0
  let nextLook: NodeJS.Timeout | undefined

  function take({ raw, meaning, fault }: Frame<LockAnswer>): void {
    if (meaning === null) outlet.reading(raw, { kind: 'fault', fault })
    else if (meaning.to === 'query' && meaning.board === board && meaning.lock === asked?.lock)
      asked.settle(meaning.state === locked ? 'locked' : 'unlocked')
  }

  /** Asks how one lock is. An answer to an earlier question about the same lock that comes late is as true a moment later. */
  async function ask(lock: number, patience_ms: number): Promise<LockState | Fault> {
    if (gone !== null) return gone
    const { promise, resolve } = Promise.withResolvers<LockState | Fault>()
    const question = {
      lock,
      settle(answer: LockState | Fault) {
        clearTimeout(late)
        asked = null
        resolve(answer)
      },
    }
    const late = setTimeout(() => question.settle(NO_ANSWER), patience_ms)
    asked = question
    outlet.write(queryBytes({ board, lock }), patience_ms).catch((error: unknown) => {
      if (!(error instanceof PortClosed)) throw error
      if (asked === question) question.settle(error.fault)
    })
    const answer = await promise
    note(typeof answer === 'string' ? null : answer)
    return answer
  }

  function note(fault: Fault | null): void {
    if (gone !== null) return
    silences = fault === null ? 0 : silences + 1
    if (fault === null || silences >= TROUBLES_MAX) outlet.health(fault)
    if (silences === DEAF_MAX) outlet.giveUp(NO_ANSWER)
  }

  /** One command after the other; the time that one waits is taken off its deadline. */
  async function inLine<Outcome>(
    deadline_ms: number,
    refused: (fault: Fault) => Outcome,
    deed: (left_ms: () => number) => Promise<Outcome>,
  ): Promise<Outcome> {
    if (gone !== null) return refused(gone)
    if (waiting >= WAITING_MAX) return refused(TOO_MANY)
    const until_ms = performance.now() + deadline_ms
    const left_ms = (): number => until_ms - performance.now()
    waiting += 1
    clearTimeout(nextLook)
    const mine = async (): Promise<Outcome> =>
      gone !== null ? refused(gone) : left_ms() > 0 ? await deed(left_ms) : refused(TOO_LATE)
    const done = line.then(() => outlet.turn(mine))
    line = done.catch(() => undefined)
    try {
      return await done
    } finally {
      waiting -= 1
      if (waiting === 0 && gone === null) nextLook = setTimeout(look, silences > 0 ? FAULTY_MS : IDLE_MS)
    }
  }

  function look(): void {
    if (locked === null) return outlet.health(null)
    void inLine(
      2 * ANSWER_MS,
      () => null,
      async (left_ms) => {
        await ask(1, Math.min(ANSWER_MS, left_ms()))
        return null
      },
    )
  }

  async function opened(lock: number, left_ms: () => number): Promise<UnlockOutcome> {
    const before = locked === null ? 'locked' : await ask(lock, Math.min(ANSWER_MS, left_ms()))
    if (typeof before !== 'string') return { outcome: 'refused', fault: before }
    if (before === 'unlocked') return { outcome: 'unlocked' }
    if (left_ms() <= 0) return { outcome: 'refused', fault: TOO_LATE }
    try {
      await outlet.write(openBytes({ board, lock }), left_ms())
    } catch (error) {
      if (!(error instanceof PortClosed)) throw error
      return { outcome: error.fault.code === 'port-busy' ? 'refused' : 'unknown', fault: error.fault }
    }
    if (locked === null) return { outcome: 'unknown', fault: NOT_READ }
    return await confirmed(lock)
  }

  /** Asks until the lock says that it is open; what it said last, when it never does. */
  async function confirmed(lock: number): Promise<UnlockOutcome> {
    const until_ms = performance.now() + CONFIRM_MS
    let said: LockState | Fault
    do {
      await pause(CONFIRM_LOOK_MS)
      said = await ask(lock, ANSWER_MS)
      if (said === 'unlocked') return { outcome: 'unlocked' }
    } while (gone === null && performance.now() < until_ms)
    return typeof said === 'string' ? { outcome: 'locked', fault: NOT_OPENED } : { outcome: 'unknown', fault: said }
  }

  function isThere(lock: number): boolean {
    return Number.isInteger(lock) && lock >= 1 && lock <= locks
  }

  return {
    opened: look,
    bytes(bytes) {
      framer.push(bytes).forEach(take)
      silence.heard(framer.begun())
      const noise = framer.noise_bytes()
      if (noise > 0) outlet.count('noise_bytes', noise)
    },
    closed(fault) {
      gone = fault ?? CLOSED
      clearTimeout(nextLook)
      silence.stop()
      framer.end().forEach(take)
      asked?.settle(gone)
    },
    async unlock(lock, deadline_ms) {
      const refused = (fault: Fault): UnlockOutcome => ({ outcome: 'refused', fault })
      if (!isThere(lock)) return refused(NO_SUCH_LOCK)
      return await inLine(deadline_ms, refused, (left_ms) => opened(lock, left_ms))
    },
    async lockState(lock, deadline_ms) {
      const unknown = (fault: Fault) => ({ state: 'unknown' as const, fault })
      if (!isThere(lock)) return unknown(NO_SUCH_LOCK)
      if (locked === null) return unknown(NOT_READ)
      return await inLine<{ state: LockState; fault: Fault | null }>(deadline_ms, unknown, async (left_ms) => {
        const said = await ask(lock, Math.min(ANSWER_MS, left_ms()))
        return typeof said === 'string' ? { state: said, fault: null } : unknown(said)
      })
    },
  }
}
