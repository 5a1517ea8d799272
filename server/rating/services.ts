import { type Circumstances, type Decision, type Fact, type FactDraft, SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type CounterState, GENERAL_MATTER, hallOf, type Matter } from './counters.ts'
import { draft, groupName, type OpenedBy, ratingFact } from './rating.ts'
import type { OfferVote, OpenService } from './schemas.ts'

/** How long a vote that was offered may be cast: enough for a phone and four questions, too short to be handed about. The house's own number. */
export const VOTE_LIFE_MS = 5 * 60_000

/** Things that one person has done in one go under one rating (rules K-03). The house's own number. */
export const BATCH_MOST = 50

/**
 * A service that was offered no vote by then is over, closed or not: who is asked at a counter is who stands there today. Half of what a day's sums
 * wait for (`seeing/service-days.ts`). The house's own number.
 */
const SERVICE_LIFE_MS = 12 * 3_600_000

/** Somebody was served by a clerk at a counter. */
export interface Service {
  readonly id: string
  readonly hall: string
  readonly counter: string
  /** Who was signed on there when it was opened, and stays so whatever is corrected later. */
  readonly clerk: string
  readonly matter: string
  readonly number: string | null
  readonly by: OpenedBy
  readonly openedAt: string
  /** The first service of its batch, which has the one vote of all; absent where it is the first, or alone. */
  readonly batch?: string
  /** Opened outside the hours of the hall; absent within them. */
  readonly outside?: true
  /** Null as long as no vote was offered. Whether it was cast is in no register. */
  readonly offered: { readonly group: string; readonly expiresAt: string; readonly by: OpenedBy } | null
  /** Nothing more can be offered. */
  readonly closed: boolean
}

/** What one more fact makes of a service. Offering the vote closes it: nothing is offered twice, and whether it was cast is in no register. */
export function evolveService(service: Service | null, raw: Fact): Service | null {
  const fact = ratingFact(raw)
  if (fact.type === 'rating.service-opened') {
    const { subject, hall, counter, clerk, matter, number, by, batch, outside } = fact.body
    const id = subject.slice('service/'.length)
    return {
      ...{ id, hall, counter, clerk, matter, number, by, openedAt: fact.at, offered: null, closed: false },
      ...(batch === undefined ? {} : { batch }),
      ...(outside === undefined ? {} : { outside }),
    }
  }
  if (service === null) return null
  switch (fact.type) {
    case 'rating.vote-offered': {
      const { group, expiresAt, by } = fact.body
      return { ...service, offered: { group, expiresAt, by }, closed: true }
    }
    case 'rating.service-closed':
      return { ...service, closed: true }
    default:
      return service
  }
}

/** Nothing more comes of it: its vote ran out, it ended without one, or it was left open on an earlier day. */
export function isOver({ closed, offered, openedAt }: Service, at: string): boolean {
  if (offered !== null) return offered.expiresAt <= at
  return closed || Date.parse(at) - Date.parse(openedAt) >= SERVICE_LIFE_MS
}

export interface OpenServiceState extends CounterState {
  readonly matter: Matter | null
  /** A service of the hall has this number already. */
  readonly numberTaken: boolean
  /** Whether the hall is closed now, by its hours and the calendar. */
  readonly outside: boolean
  /** What is open at the counter and was never offered a vote. */
  readonly open: readonly Service[]
}

/** Which batch a service belongs to: its own where it is the first. */
export function batchOf({ id, batch }: Pick<Service, 'id' | 'batch'>): string {
  return batch ?? id
}

/**
 * Somebody is served at a counter, by the clerk who is signed on there. What was open at that counter ends; further business of the same person
 * joins it instead.
 * @throws Refusal `rating.unknown-counter`, `rating.not-yours`, `rating.nobody-there`, `rating.unknown-matter`, `rating.number-taken`,
 * `rating.nothing-to-join`, `rating.batch-full`
 */
export function openService(
  state: OpenServiceState,
  command: OpenService,
  { actor, at, mint }: Circumstances,
): Decision {
  const { counter, number = null, by, matter = GENERAL_MATTER } = command
  const hall = hallOf(state, counter)
  mustServe(state, actor, hall, counter)
  const clerk = state.counter?.clerk ?? null
  if (clerk === null) throw new Refusal('rating.nobody-there', { counter })
  if (matter !== GENERAL_MATTER && state.matter?.hall !== hall) throw new Refusal('rating.unknown-matter', { matter })
  if (number !== null && state.numberTaken) throw new Refusal('rating.number-taken', { number })
  const id = mint.id()
  const first = command.joins === true ? joined(state.open, clerk, at) : null
  const ended =
    first === null
      ? state.open.map((one): FactDraft => draft(hall, 'rating.service-closed', `service/${one.id}`, {}))
      : []
  const body = {
    hall,
    counter,
    clerk,
    matter,
    number,
    by,
    ...(first === null ? {} : { batch: first }),
    ...(state.outside ? { outside: true as const } : {}),
  }
  return { facts: [...ended, draft(hall, 'rating.service-opened', `service/${id}`, body)], result: { service: id } }
}

/** The batch that what is open goes on with. */
function joined(open: readonly Service[], clerk: string, at: string): string {
  const latest = open.at(-1)
  // Who signed on meanwhile serves somebody else: one rating is of one clerk.
  if (latest === undefined || isOver(latest, at) || latest.clerk !== clerk) throw new Refusal('rating.nothing-to-join')
  if (open.length >= BATCH_MOST) throw new Refusal('rating.batch-full', { most: BATCH_MOST })
  return batchOf(latest)
}

/** The clerk at his own counter, a program of the hall (which acts as its manager), or the keypad. */
function mustServe(
  { counter }: Pick<CounterState, 'counter'>,
  actor: Circumstances['actor'],
  hall: string,
  id: string,
): void {
  if (actor.person === SYSTEM || counter?.clerk === actor.person) return
  if (actor.appointments.some(({ post, place }) => post === 'manager' && place === hall)) return
  throw new Refusal('rating.not-yours', { counter: id })
}

export interface OfferVoteState extends Pick<CounterState, 'counter'> {
  readonly service: Service | null
  /** What is open of its batch, itself included. */
  readonly together: readonly Service[]
  /** Name and version of the questions that the hall asks now. */
  readonly questionnaire: string
  /** The tally has published a key; without one no ballot can be sealed. */
  readonly hasKey: boolean
  /** Somebody looks after the devices of the counter. */
  readonly maintained: boolean
}

/**
 * 请评价: the one vote of a service is offered, to whichever door it is cast at first. That of a batch is the first service's, once for all; of
 * several matters it is counted as general business.
 * @throws Refusal `rating.unknown-service`, `rating.not-yours`, `rating.service-over`, `rating.hall-closed`,
 * `rating.in-maintenance`, `rating.no-key`
 */
export function offerVote(state: OfferVoteState, { service: id, by }: OfferVote, of: Circumstances): Decision {
  const { service, questionnaire, hasKey } = state
  if (service === null) throw new Refusal('rating.unknown-service', { service: id })
  const { hall, counter, clerk } = service
  mustServe(state, of.actor, hall, counter)
  const first = batchOf(service)
  const came = state.together.find((one) => one.id === first) ?? service
  if (service.closed || isOver(came, of.at)) throw new Refusal('rating.service-over', { service: id })
  // By when he came, so that who is served to the end of the day is asked as everybody is.
  if (came.outside === true) throw new Refusal('rating.hall-closed')
  if (state.maintained) throw new Refusal('rating.in-maintenance')
  if (!hasKey) throw new Refusal('rating.no-key')
  const matters = new Set(state.together.map(({ matter }) => matter))
  const matter = matters.size > 1 ? GENERAL_MATTER : service.matter
  const group = groupName({ hall, counter, clerk, matter, questionnaire })
  const expiresAt = new Date(Date.parse(of.at) + VOTE_LIFE_MS).toISOString()
  return {
    facts: [
      draft(hall, 'rating.vote-offered', `service/${first}`, { group, expiresAt, by }),
      ...state.together
        .filter((one) => one.id !== first)
        .map((one): FactDraft => draft(hall, 'rating.service-closed', `service/${one.id}`, {})),
    ],
    result: { service: first, expiresAt, group },
  }
}
