import { setTimeout as pause } from 'node:timers/promises'
import type { DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { PortClosed } from '../port.ts'
import type { Fault } from '../reading.ts'
import {
  ACK,
  CLOSE,
  multiDropFramer,
  type MultiDropOptions,
  NAK,
  pollBytes,
  type PolledAnswer,
  unitOf,
} from './multi-drop.ts'
import type { Scanner } from './scanner.ts'
import { silenceWatch } from './silence.ts'
import { noiseCount, scanTeller, type TellerOptions } from './teller.ts'

/** A scanner that was polled begins to answer within this time, and pauses no longer inside an answer. */
const ANSWER_MS = 150
/** An EOT that nothing follows for so long is an answer, and not the beginning of our own poll on a line with echo. */
const QUIET_MS = 20
const WRITE_MS = 500
/** Between two polls of the same scanner; one that is not there is asked less often, since it keeps the others waiting. */
const POLL_MS = 40
const AWAY_POLL_MS = 1000
/** Polls in a row that may stay unanswered before that is how the scanner is. */
const TROUBLES_MAX = 3
/** How often a damaged code is asked for again before it is a fault. */
const NAKS_MAX = 3

const NO_ANSWER: Fault = { code: 'no-answer', detail: 'the scanner does not answer its poll' }

export interface MultiDropScannerOptions extends MultiDropOptions, TellerOptions {
  /** The scanner's number on the line, from 1. */
  readonly address: number
}

/**
 * One of several scanners on a line, each of which speaks only when it is polled. A code is told before it is acknowledged, so that it can come
 * twice (and is then named a repeat) but not get lost; one that is damaged is asked for again. Only answers to its own polls say how it is.
 */
export function multiDropScanner(outlet: DriverOutlet, options: MultiDropScannerOptions): Scanner {
  const unit = unitOf(options.family ?? 'symbol', options.address)
  const framer = multiDropFramer(options)
  const tell = scanTeller(outlet, options)
  const countNoise = noiseCount(outlet, framer)
  const over = new AbortController()
  let heard: ((frame: Frame<PolledAnswer> | 'silent') => void) | null = null
  let troubles = 0
  const onSilence = (): void => {
    const [frame] = framer.silence()
    countNoise()
    heard?.(frame ?? 'silent')
  }
  const silence = silenceWatch(ANSWER_MS, onSilence)
  const quiet = silenceWatch(QUIET_MS, onSilence)

  /** Sends something and hears what is said to it; of a line that is closed, nothing. */
  async function say(bytes: Uint8Array): Promise<Frame<PolledAnswer> | 'silent'> {
    if (over.signal.aborted) return 'silent'
    const { promise, resolve } = Promise.withResolvers<Frame<PolledAnswer> | 'silent'>()
    framer.silence()
    heard = resolve
    silence.heard(true)
    outlet.write(bytes, WRITE_MS).catch((error: unknown) => {
      if (!(error instanceof PortClosed)) throw error
      resolve('silent')
    })
    try {
      return await promise
    } finally {
      heard = null
      silence.stop()
      quiet.stop()
    }
  }

  /** One poll, to the end of what comes of it; whether the scanner may have more to say. */
  async function poll(): Promise<boolean> {
    let answer = await say(pollBytes(unit))
    note(answer === 'silent' ? NO_ANSWER : null)
    for (let naks = 0; answer !== 'silent' && answer.fault !== null; naks += 1) {
      const damaged = answer
      outlet.count('damaged', 1)
      if (naks < NAKS_MAX) answer = await say(NAK)
      if (naks < NAKS_MAX && answer !== 'silent') continue
      tell({ raw: damaged.raw, meaning: null, fault: damaged.fault })
      await say(CLOSE)
      return false
    }
    if (answer === 'silent' || answer.meaning?.says !== 'code') return false
    tell({ raw: answer.raw, meaning: answer.meaning.scan, fault: null })
    await say(ACK)
    return true
  }

  function note(fault: Fault | null): void {
    if (over.signal.aborted) return
    troubles = fault === null ? 0 : troubles + 1
    if (fault === null || troubles >= TROUBLES_MAX) outlet.health(fault)
  }

  async function live(): Promise<void> {
    while (!over.signal.aborted) {
      const more = await outlet.turn(poll)
      const wait_ms = more ? 0 : troubles >= TROUBLES_MAX ? AWAY_POLL_MS : POLL_MS
      await pause(wait_ms, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }

  return {
    opened: () => void live(),
    bytes(bytes) {
      // What is said to the polls of others is theirs.
      if (heard === null) return
      const mine = framer.push(bytes).find(({ meaning }) => meaning?.says !== 'code' || meaning.unit === unit)
      countNoise()
      if (mine !== undefined) return heard(mine)
      silence.heard(true)
      quiet.heard(framer.maybeNothing())
    },
    closed() {
      over.abort()
      const cut = framer.end().filter(({ fault }) => fault !== null)
      if (heard !== null) for (const { raw, fault } of cut) if (fault !== null) tell({ raw, meaning: null, fault })
      heard?.('silent')
    },
  }
}
