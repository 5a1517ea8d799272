import { setTimeout as pause } from 'node:timers/promises'
import { PortClosed, type OpenPort, type Port } from '../port.ts'
import type { DeviceState, Fault, ReadingValue } from '../reading.ts'
import { type Keypad, type KeypadOutlet, readKey } from './keypad.ts'
import { maskedFrame } from './press.ts'
import type { TextProfile } from './profile.ts'
import { readTabletAnswer, tabletCommandBytes, type TabletAnswer, type TabletCommand } from './sundyn.ts'

/** While a question is open the tablet is asked for the result this often. */
const POLL_MS = 1000
/** A tablet at rest is asked this often whether it is there. */
const IDLE_MS = 2000
/** From the connection to the end of the answer. */
const ANSWER_MS = 3000
/** Pictures and videos come as file names, so no answer is longer. */
const ANSWER_BYTES_MAX = 65_536
/** Failures in a row before that is how the tablet is. */
const TROUBLES_MAX = 2
/** Commands that may wait behind the one under way. */
const WAITING_MAX = 4
/** Ratings remembered so that none is taken twice. */
const SEEN_MAX = 16

const CLOSED: Fault = { code: 'port-gone', detail: 'the port is closed' }
const NO_ANSWER: Fault = { code: 'no-answer', detail: 'the tablet does not answer' }
const TOO_MANY: Fault = { code: 'port-busy', detail: `${WAITING_MAX} commands are waiting` }
const UNKNOWN: Fault = { code: 'protocol', detail: 'the tablet did not acknowledge' }
const CUT: Fault = { code: 'line-cut', detail: 'the tablet was cut off inside a result' }
const GARBLED: Fault = { code: 'line-garbled', detail: 'a result that cannot be read' }
const TOO_LONG: Fault = { code: 'line-too-long', detail: `more than ${ANSWER_BYTES_MAX} bytes` }

export interface SundynOptions {
  readonly address: string
  readonly openPort: OpenPort
  readonly profile: TextProfile
  readonly keypad: KeypadOutlet
  readonly onReading: (raw: Uint8Array, value: ReadingValue) => string
  readonly onState: (state: DeviceState) => void
}

type Exchanged = { readonly answers: TabletAnswer[]; readonly fault: null } | { readonly fault: Fault }

/**
 * A tablet that takes each command over a connection of its own and is polled for the result. Before each question whatever it still holds is
 * fetched, so that an old press never answers a new question. It is `ready` when it has said what it is.
 */
export function sundynKeypad(options: SundynOptions): Keypad & { close(): Promise<void> } {
  const { address, openPort, profile, keypad, onReading } = options
  const closing = new AbortController()
  const seen: string[] = []
  let waiting = 0
  let line: Promise<unknown> = Promise.resolve()
  let polling = false
  let wake = new AbortController()
  let troubles = 0
  let told = ''
  let port: Port | null = null

  function tell(state: DeviceState): void {
    const words = JSON.stringify(state)
    if (words === told || closing.signal.aborted) return
    told = words
    options.onState(state)
  }

  function note(fault: Fault | null): void {
    troubles = fault === null ? 0 : troubles + 1
    if (fault === null) tell({ state: 'ready' })
    else if (troubles >= TROUBLES_MAX)
      tell(fault.code === 'port-gone' ? { state: 'gone', fault } : { state: 'faulty', fault })
  }

  /** Sends one command and gives all that comes until the tablet closes. */
  async function connection(command: TabletCommand): Promise<Exchanged> {
    if (closing.signal.aborted) return { fault: CLOSED }
    const pieces: Uint8Array[] = []
    let length = 0
    const ended = Promise.withResolvers<void>()
    try {
      port = await openPort(address, {
        onBytes(bytes) {
          length += bytes.length
          if (length <= ANSWER_BYTES_MAX) pieces.push(bytes)
          else ended.resolve()
        },
        onClose: () => ended.resolve(),
      })
      const late = setTimeout(() => ended.resolve(), ANSWER_MS)
      await port.write(tabletCommandBytes(command), ANSWER_MS)
      await ended.promise
      clearTimeout(late)
    } catch (error) {
      if (!(error instanceof PortClosed)) throw error
      return { fault: error.fault }
    } finally {
      void port?.close()
      port = null
    }
    if (length > ANSWER_BYTES_MAX) return { fault: TOO_LONG }
    return { answers: readTabletAnswer(Buffer.concat(pieces)), fault: null }
  }

  /** One connection after the other; the tablet has a single screen. */
  async function exchange(command: TabletCommand): Promise<Exchanged> {
    if (waiting >= WAITING_MAX) return { fault: TOO_MANY }
    waiting += 1
    const done = line.then(() => connection(command))
    line = done.catch(() => undefined)
    try {
      return await done
    } finally {
      waiting -= 1
    }
  }

  async function fetched(): Promise<void> {
    const exchanged = await exchange('poll')
    if (closing.signal.aborted) return
    if (exchanged.fault === null) exchanged.answers.forEach(take)
    else note(exchanged.fault)
  }

  function take(answer: TabletAnswer): void {
    switch (answer.is) {
      case 'rating': {
        if (seen.includes(answer.seen)) return
        seen.push(answer.seen)
        if (seen.length > SEEN_MAX) seen.shift()
        const press = readKey(profile, answer.key)
        if (press === null) keypad.saidNone()
        else keypad.pressed(press)
        return
      }
      case 'cut':
        onReading(maskedFrame(), { kind: 'fault', fault: CUT })
        return
      case 'garbled':
        onReading(maskedFrame(), { kind: 'fault', fault: GARBLED })
        return
      case 'done':
      case 'other':
        return
    }
  }

  async function look(): Promise<void> {
    const exchanged = await exchange('about')
    if (closing.signal.aborted) return
    const spoke = exchanged.fault === null && exchanged.answers.some(({ is }) => is === 'other' || is === 'done')
    note(exchanged.fault ?? (spoke ? null : NO_ANSWER))
  }

  async function live(): Promise<void> {
    while (!closing.signal.aborted) {
      if (!polling) await look()
      await fetched()
      const wait_ms = polling || troubles > 0 ? POLL_MS : IDLE_MS
      await pause(wait_ms, undefined, { signal: wake.signal }).catch(() => undefined)
      if (!closing.signal.aborted) wake = new AbortController()
    }
  }

  tell({ state: 'opening' })
  const life = live()

  return {
    clear: fetched,
    async ask() {
      const exchanged = await exchange('rate')
      if (exchanged.fault !== null) {
        note(exchanged.fault)
        return exchanged.fault
      }
      if (!exchanged.answers.some(({ is }) => is === 'done')) return UNKNOWN
      note(null)
      polling = true
      wake.abort()
      return null
    },
    rest() {
      if (!polling) return
      polling = false
      void exchange('welcome')
    },
    signal: () => Promise.resolve('unable'),
    stars: () => Promise.resolve('unable'),
    async close() {
      closing.abort()
      wake.abort()
      await port?.close()
      await life
      await line
    },
  }
}
