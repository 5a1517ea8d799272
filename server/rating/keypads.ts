import { setTimeout as pause } from 'node:timers/promises'
import type { KeypadEvent } from '../../devices/keypad/counters.ts'
import type { RatingPress } from '../../devices/keypad/press.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import type { Act } from '../act.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { LedgerHint } from '../hub.ts'
import { SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { CounterHands, CounterPads, CounterStation, CounterWatch } from '../stations/counter.ts'
import { isDatabaseAway } from '../stations/database-away.ts'
import { castBallot } from './cast.ts'
import { HALL_SERVICE, nameOf } from './questionnaire.ts'
import type { Service } from './services.ts'
import { currentKey, openAt, type TallyKey } from './store.ts'

/** A sealed ballot waits this long between tries for a database that is away; it is given up when its vote is over. */
const AGAIN_MS = 500
/** Rounds whose press may still come; a counter has one at a time. */
const ROUNDS_MAX = 1_000

/** The vote that a round at the pads is about. */
interface Offered {
  readonly service: string
  readonly expiresAt: string
  readonly key: TallyKey
}

export interface KeypadDependencies {
  readonly db: Db
  readonly act: Act
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

/**
 * The pads of service counters. A clerk's 请评价 opens a service where none is open, and offers its vote; a vote that was offered elsewhere is
 * asked for at the pads. A press is sealed here, in the process that reads it, and cast; nothing that is shown, logged or answered tells one
 * key from another, or how it went: the pad was answered by its driver before any of this.
 */
export function ratingCounters({ db, act, log, now }: KeypadDependencies): CounterWatch {
  return (pads: CounterPads): CounterHands => {
    const rounds = new Map<string, Promise<Offered | null>>()
    const asking = new Map<string, Offered>()
    const running = new Set<Promise<void>>()
    let closed = false

    const track = (work: Promise<void>): void => {
      const one = work
        .catch((error: unknown) => log.error({ err: error }, 'what happened at a counter could not be kept'))
        .finally(() => running.delete(one))
      running.add(one)
    }

    const remember = (round: string, offered: Promise<Offered | null>): void => {
      rounds.set(round, offered)
      const oldest = rounds.size > ROUNDS_MAX ? rounds.keys().next().value : undefined
      if (oldest !== undefined) rounds.delete(oldest)
    }

    /** The clerk's key: the service that is open at the counter, or a new one, is offered its vote. */
    const offer = async (station: CounterStation, event: string): Promise<Offered | null> => {
      const who = { person: SYSTEM, station: { id: station.id, place: station.place } }
      try {
        const open = (await openAt(db, station.id)).at(-1)?.id
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
        pads.signal(station.id, 'done')
        return { service, expiresAt: String(result['expiresAt']), key }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        pads.withdraw(station.id)
        pads.signal(station.id, 'failed')
        return null
      }
    }

    const cast = async (of: Promise<Offered | null>, press: RatingPress): Promise<void> => {
      const offered = await of
      await sealing
      if (offered === null) return
      const { service, expiresAt, key } = offered
      const sealed = press.sealWith(({ key: code, level, reason, profile, profileVersion: version }) =>
        sealBallot(
          {
            ...{ v: 1, questionnaire: nameOf(HALL_SERVICE), level, answers: {}, words: null },
            reasons: reason === null ? [] : [reason],
            key: { code, profile, version },
          },
          key.publicKey,
        ),
      )
      for (;;) {
        try {
          return await castBallot(db, { service, form: 'short', key: key.id, sealed }, now())
        } catch (error) {
          // Used: by another door, or by this very ballot whose answer was lost. Over: 未评价.
          if (error instanceof Refusal) return
          if (!isDatabaseAway(error) || closed || now() >= expiresAt) throw error
          await pause(AGAIN_MS)
        }
      }
    }

    const askAt = async (service: Service): Promise<void> => {
      const { offered, counter } = service
      if (offered === null || offered.by === 'keypad' || offered.expiresAt <= now()) return
      const key = await currentKey(db)
      if (key === null) return
      asking.set(counter, { service: service.id, expiresAt: offered.expiresAt, key })
      try {
        await pads.ask(counter)
      } finally {
        asking.delete(counter)
      }
    }

    return {
      take(station: CounterStation, { id, value }: KeypadEvent) {
        switch (value.kind) {
          case 'asked': {
            const asked = asking.get(station.id)
            const offered = value.by === 'clerk' ? offer(station, id) : Promise.resolve(asked ?? null)
            remember(value.round, offered)
            return track(offered.then(() => undefined))
          }
          case 'rated': {
            const offered = rounds.get(value.round)
            rounds.delete(value.round)
            return track(cast(offered ?? Promise.resolve(null), value.press))
          }
          case 'not-rated':
            return void rounds.delete(value.round)
          case 'not-counted':
          case 'clerk-key':
            return
        }
      },
      heard({ type, subject }: LedgerHint) {
        if (closed || type !== 'rating.vote-offered') return
        track(
          (async () => {
            const id = subject.slice('service/'.length)
            const found = await db.selectFrom('rating_services').select('state').where('id', '=', id).executeTakeFirst()
            if (found !== undefined && pads.hasPads(found.state.counter)) await askAt(found.state)
          })(),
        )
      },
      close: async () => {
        closed = true
        await Promise.all(running)
      },
    }
  }
}
