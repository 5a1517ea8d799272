import { sealing } from '../ballot/seal.ts'
import { type FarVote, type SealedPress, sealPress } from '../ballot/sealed-press.ts'
import type { Asked, KeypadEvent } from '../keypad/counters.ts'
import { type PressAttempt, pressAttempts } from '../keypad/held-key.ts'
import type { RatingPress } from '../keypad/press.ts'
import type { Reading } from '../reading.ts'
import type { Stations } from '../station.ts'
import type { ServerClock } from './server-clock.ts'

/** Rounds whose press may still come; a counter has one at a time. */
const ROUNDS_MAX = 1_000
/** A clerk who asked and heard nothing of the server for so long is told that it failed. */
const OFFER_MS = 10_000

const NO_BYTES = new Uint8Array(0)

export interface BallotsOptions {
  readonly stations: Pick<Stations, 'ask' | 'withdraw' | 'signal'>
  readonly clock: ServerClock
  /** Asks the server for the vote of who stands at this counter; false when the server is away. */
  readonly askServer: (event: string, station: string) => boolean
  /** Resolves when a sealed press is on the disk; tells by itself what cannot be kept. Never rejects. */
  readonly keep: (ballot: Reading<SealedPress>) => Promise<void>
  /** A vote can be pressed at this counter from now on. */
  readonly onAsked: (station: string) => void
  /** What was pressed at this counter counts for nothing, and is told of. */
  readonly onAttempt: (station: string, attempt: PressAttempt) => void
}

/** The pads of the counters on this PC. */
export interface Ballots {
  /** What clerk and rater do. A press in it is sealed here, before anything else sees it; resolves when it is kept, or cannot be. */
  take(event: KeypadEvent): Promise<void> | void
  /** The server lets the pads of a counter ask for a vote. */
  ask(station: string, vote: FarVote): Promise<Asked>
  /** What the server says to a clerk's question; null where nothing is offered. */
  offered(event: string, vote: FarVote | null): void
  /** The server is gone: what was asked of it is not answered any more. Votes that are being asked for go on. */
  away(): void
}

/**
 * Takes votes at the pads of this PC, with the server there or not: what the server has offered may be pressed until its time is over by the
 * server's clock, which is followed by a clock that nobody sets. A press becomes a sealed ballot in the journal, and nothing else of it is
 * anywhere. One that nobody offered a vote for, or that comes too late, becomes nothing.
 */
export function openBallots({ stations, clock, askServer, keep, onAsked, onAttempt }: BallotsOptions): Ballots {
  const rounds = new Map<string, Promise<FarVote | null>>()
  const asking = new Map<string, FarVote>()
  /** Clerks' questions that are on their way to the server, by their event. */
  const waiting = new Map<string, (vote: FarVote | null) => void>()
  const attemptIn = pressAttempts()

  const told = (station: string, attempt: PressAttempt | null): void => {
    if (attempt !== null) onAttempt(station, attempt)
  }

  const remember = (round: string, vote: Promise<FarVote | null>): void => {
    rounds.set(round, vote)
    const oldest = rounds.size > ROUNDS_MAX ? rounds.keys().next().value : undefined
    if (oldest !== undefined) rounds.delete(oldest)
  }

  const offer = async (event: string, station: string): Promise<FarVote | null> => {
    const answer = Promise.withResolvers<FarVote | null>()
    waiting.set(event, answer.resolve)
    const late = setTimeout(() => answer.resolve(null), OFFER_MS)
    if (!askServer(event, station)) answer.resolve(null)
    const vote = await answer.promise
    clearTimeout(late)
    waiting.delete(event)
    // Nothing is asked that nobody could keep.
    if (vote === null) stations.withdraw(station)
    // A counter that has lost its pads since has nobody to tell.
    await stations.signal(station, vote === null ? 'failed' : 'done').catch(() => undefined)
    return vote
  }

  const cast = async (
    { id, station, device, at }: KeypadEvent,
    of: Promise<FarVote | null>,
    press: RatingPress,
    pressed: { readonly earliest: number | null; readonly latest: number },
  ): Promise<void> => {
    const vote = await of
    await sealing
    if (vote === null || device === null) return
    const { pass, key, questionnaire, expires_ms } = vote
    const sealed = Buffer.from(sealPress(press, questionnaire, Buffer.from(key.publicKey, 'base64'))).toString('base64')
    if (pressed.earliest === null || pressed.latest >= expires_ms) return
    const pressedAt = new Date(pressed.earliest).toISOString()
    const value: SealedPress = { kind: 'ballot', pass, key: key.id, sealed, pressedAt }
    await keep({ id, station, device, deviceKind: 'keypad', at, raw: NO_BYTES, value })
  }

  return {
    take(event) {
      const { id, station, value } = event
      switch (value.kind) {
        case 'asked': {
          const vote = value.by === 'clerk' ? offer(id, station) : Promise.resolve(asking.get(station) ?? null)
          remember(value.round, vote)
          return void vote.then((one) => (one === null ? undefined : onAsked(station)))
        }
        case 'rated': {
          const vote = rounds.get(value.round) ?? Promise.resolve(null)
          rounds.delete(value.round)
          const pressed = { earliest: clock.earliest(), latest: clock.latest() }
          return cast(event, vote, value.press, pressed)
        }
        case 'not-rated':
          return void rounds.delete(value.round)
        case 'not-counted':
          return told(station, attemptIn(value))
        case 'clerk-key':
          return
      }
    },
    async ask(station, vote) {
      asking.set(station, vote)
      try {
        return await stations.ask(station)
      } finally {
        // The next vote may be asked for already.
        if (asking.get(station) === vote) asking.delete(station)
      }
    },
    offered: (event, vote) => waiting.get(event)?.(vote),
    away() {
      for (const resolve of waiting.values()) resolve(null)
    },
  }
}
