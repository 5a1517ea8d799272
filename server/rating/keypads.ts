import { setTimeout as pause } from 'node:timers/promises'
import type { KeypadEvent } from '../../devices/keypad/counters.ts'
import { pressAttempts } from '../../devices/keypad/held-key.ts'
import type { RatingPress } from '../../devices/keypad/press.ts'
import { sealing } from '../../devices/ballot/seal.ts'
import { sealPress } from '../../devices/ballot/sealed-press.ts'
import type { Act } from '../act.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { LedgerHint } from '../hub.ts'
import { SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { CounterHands, CounterPads, CounterStation, CounterWatch } from '../stations/counter.ts'
import { isDatabaseAway } from '../stations/database-away.ts'
import { castBallot } from './cast.ts'
import { attemptOf, type Attempt } from './flags/flags.ts'
import { noteAttempt } from './flags/store.ts'
import { castFar, farVoteOf, type Offered } from './far-ballots.ts'
import { groupOf } from './rating.ts'
import type { Service } from './services.ts'
import { currentKey, servedAt } from './store.ts'
import { openWaitingBallots } from './waiting.ts'

/** A ballot that the database has not taken by then is put on the disk. */
const AT_ONCE_MS = 1_000
/** Rounds whose press may still come; a counter has one at a time. */
const ROUNDS_MAX = 1_000

export interface KeypadDependencies {
  readonly db: Db
  readonly act: Act
  readonly log: Log
  /** Signs what agents may take at their pads. */
  readonly pepper: Uint8Array
  /** Where sealed ballots wait for a database that is away: see `waiting.ts`. */
  readonly folder: string
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

/**
 * The pads of service counters. A clerk's 请评价 opens a service where none is open, and offers its vote; a vote that was offered elsewhere is
 * asked for at the pads. A press is sealed here, in the process that reads it, and cast; nothing that is shown, logged or answered tells one
 * key from another, or how it went: the pad is answered alike, once a vote is kept. A press that was in time is lost by no database that
 * is away, and by no process that ends meanwhile. The pads of another PC are asked through its agent, which seals what is pressed there.
 */
export function ratingCounters({ db, act, log, pepper, folder, now }: KeypadDependencies): CounterWatch {
  return (pads: CounterPads): CounterHands => {
    const rounds = new Map<string, Promise<Offered | null>>()
    const asking = new Map<string, Offered>()
    const running = new Set<Promise<void>>()
    const attemptIn = pressAttempts()
    const waiting = openWaitingBallots({ db, folder, log })
    let closed = false

    const track = (work: Promise<void>): Promise<void> => {
      const one = work
        .catch((error: unknown) => log.error({ err: error }, 'what happened at a counter could not be kept'))
        .finally(() => running.delete(one))
      running.add(one)
      return one
    }

    const note = (station: CounterStation, kind: Attempt, times = 1): void =>
      void track(noteAttempt(db, { counter: station.id, kind, times }, now()))

    const remember = (round: string, offered: Promise<Offered | null>): void => {
      rounds.set(round, offered)
      const oldest = rounds.size > ROUNDS_MAX ? rounds.keys().next().value : undefined
      if (oldest !== undefined) rounds.delete(oldest)
    }

    /** The clerk's key: the service that he has open at the counter, or a new one, is offered its vote; null where it cannot be. */
    const offerVote = async (station: CounterStation, event: string): Promise<Offered | null> => {
      const who = { person: SYSTEM, station: { id: station.id, place: station.place } }
      try {
        const open = (await servedAt(db, station.id, now()))?.id
        const service =
          open ??
          String(
            (
              await act(
                who,
                { type: 'rating.open-service', counter: station.id, by: 'keypad' },
                { cause: `keypad ${event} open` },
              )
            ).result['service'],
          )
        const { result } = await act(
          who,
          { type: 'rating.offer-vote', service, by: 'keypad' },
          { cause: `keypad ${event} offer` },
        )
        const key = await currentKey(db)
        if (key === null) throw new Refusal('rating.no-key')
        // Of a batch, the first one has the vote.
        return {
          ...{ service: String(result['service']), expiresAt: String(result['expiresAt']), key },
          questionnaire: groupOf(String(result['group'])).questionnaire,
        }
      } catch (error) {
        if (!(error instanceof Refusal)) log.error({ err: error }, 'a vote could not be offered at a counter')
        return null
      }
    }

    /** The clerk's key on a pad of ours. */
    const offer = async (station: CounterStation, event: string): Promise<Offered | null> => {
      const offered = await offerVote(station, event)
      // Nothing is asked that nobody could keep.
      if (offered === null) pads.withdraw(station.id)
      pads.signal(station.id, offered === null ? 'failed' : 'done')
      return offered
    }

    const cast = async (station: CounterStation, of: Promise<Offered | null>, press: RatingPress): Promise<void> => {
      const offered = await of
      await sealing
      if (offered === null) return
      const { service, expiresAt, key, questionnaire } = offered
      const sealed = sealPress(press, questionnaire, key.publicKey)
      if (now() >= expiresAt) return
      const ballot = { service, form: 'short', key: key.id, sealed } as const
      const taken = castBallot(db, ballot, null).then(
        () => true,
        (error: unknown) => {
          // Used: by another door.
          if (error instanceof Refusal) {
            const attempt = attemptOf(error.code)
            if (attempt !== null) note(station, attempt)
            return true
          }
          if (isDatabaseAway(error)) return false
          throw error
        },
      )
      // What becomes of it after that, the one that waits meets as well: it finds its vote used, or fails in the same way.
      taken.catch(() => undefined)
      if (!(await Promise.race([taken, pause(AT_ONCE_MS, false, { ref: false })]))) await waiting.keep(ballot)
    }

    const askAt = async (service: Service): Promise<void> => {
      const { offered, counter } = service
      if (offered === null || offered.by === 'keypad' || offered.expiresAt <= now()) return
      const key = await currentKey(db)
      if (key === null) return
      const { questionnaire } = groupOf(offered.group)
      const asked = { service: service.id, expiresAt: offered.expiresAt, key, questionnaire }
      asking.set(counter, asked)
      try {
        await pads.ask(counter, (agent) => farVoteOf(pepper, { agent, station: counter }, asked))
      } finally {
        // The next service may be asked for already.
        if (asking.get(counter) === asked) asking.delete(counter)
      }
    }

    return {
      take(station: CounterStation, { id, value }: KeypadEvent) {
        switch (value.kind) {
          case 'asked': {
            const asked = asking.get(station.id)
            const offered = value.by === 'clerk' ? offer(station, id) : Promise.resolve(asked ?? null)
            remember(value.round, offered)
            return void track(offered.then(() => undefined))
          }
          case 'rated': {
            const offered = rounds.get(value.round)
            rounds.delete(value.round)
            return track(cast(station, offered ?? Promise.resolve(null), value.press))
          }
          case 'not-rated':
            return void rounds.delete(value.round)
          case 'not-counted': {
            const attempt = attemptIn(value)
            if (attempt !== null) note(station, attempt)
            return
          }
          case 'clerk-key':
            return
        }
      },
      heard({ type, subject }: LedgerHint) {
        if (closed || type !== 'rating.vote-offered') return
        void track(
          (async () => {
            const id = subject.slice('service/'.length)
            const found = await db.selectFrom('rating_services').select('state').where('id', '=', id).executeTakeFirst()
            if (found !== undefined && pads.hasPads(found.state.counter)) await askAt(found.state)
          })(),
        )
      },
      asked: async (station, agent, event) => {
        const offered = await offerVote(station, event)
        return offered === null ? null : farVoteOf(pepper, { agent, station: station.id }, offered)
      },
      attempted: note,
      cast: (from, ballot, takeDown) => castFar({ db, pepper }, from, ballot, takeDown),
      close: async () => {
        closed = true
        await Promise.all(running)
        await waiting.close()
      },
    }
  }
}
