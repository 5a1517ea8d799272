import type { Trx } from '../database/connect.ts'
import { loadStates } from '../ledger/project.ts'
import { loadActor } from '../access/actor.ts'
import type { Actor, Circumstances, Reader } from '../module.ts'
import '../org/tables.ts'
import '../stations/tables.ts'
import type { CounterState, ListMatterState } from './counters.ts'
import type { AskAnswerState, FollowUpState } from './follow-ups.ts'
import { hallStanding } from './hours/store.ts'
import { counters, followUps, matters, services } from './projections.ts'
import { isMaintained } from './maintenance/maintained.ts'
import { nameOf } from './questionnaire.ts'
import { askedIn, questionnaireOf } from './questionnaires/store.ts'
import { groupOf, hallRegister } from './rating.ts'
import type { ListMatter, OpenService } from './schemas.ts'
import { batchOf, isOver, type OfferVoteState, type OpenServiceState, type Service } from './services.ts'
import './tables.ts'

/** The hall of a counter; null where the station is no counter of a hall. */
export async function hallOfCounter(db: Reader, counter: string): Promise<string | null> {
  const found = await db
    .selectFrom('stations')
    .select('place')
    .where('id', '=', counter)
    .where('kind', '=', 'counter')
    .executeTakeFirst()
  return found?.place ?? null
}

/** Where what is done at a counter is written; none for a station that is no counter, which the decision then refuses. */
export async function registersOfCounter(db: Reader, counter: string): Promise<string[]> {
  const hall = await hallOfCounter(db, counter)
  return hall === null ? [] : [hallRegister(hall)]
}

/** The register of the hall; none for a service that there is not, which the decision then refuses. */
export async function registersOfService(db: Reader, service: string): Promise<string[]> {
  const found = await db.selectFrom('rating_services').select('hall').where('id', '=', service).executeTakeFirst()
  return found === undefined ? [] : [hallRegister(found.hall)]
}

/** The register of the hall; none for a follow-up that there is not, which the decision then refuses. */
export async function registersOfFollowUp(db: Reader, followUp: string): Promise<string[]> {
  const found = await db.selectFrom('rating_follow_ups').select('hall').where('id', '=', followUp).executeTakeFirst()
  return found === undefined ? [] : [hallRegister(found.hall)]
}

/** Of the id alone: one that another hall has listed comes with that hall, for the decision to refuse. */
export async function loadListMatter(trx: Trx, { hall, matter }: ListMatter): Promise<ListMatterState> {
  const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
  return {
    hallKnown: unit?.kind === 'hall',
    matter: (await loadStates(trx, matters, [matter], { lock: true })).get(matter) ?? null,
  }
}

/** The counter, locked, and where else whoever acts is signed on: nobody sits at two. */
export async function loadCounter(trx: Trx, counter: string, { actor }: Circumstances): Promise<CounterState> {
  const hall = await hallOfCounter(trx, counter)
  const elsewhere = await trx
    .selectFrom('rating_counters')
    .select(['id', 'hall'])
    .where('clerk', '=', actor.person)
    .where('id', '<>', counter)
    .executeTakeFirst()
  return {
    station: hall === null ? null : { id: counter, hall },
    counter: (await loadStates(trx, counters, [counter], { lock: true })).get(counter) ?? null,
    elsewhere: elsewhere ?? null,
  }
}

/** As {@link loadCounter}, and whether the hall is closed now, and the number taken: it is used once in a hall, open or closed. */
export async function loadOpenService(
  trx: Trx,
  { counter, matter, number }: OpenService,
  circumstances: Circumstances,
): Promise<OpenServiceState> {
  const state = await loadCounter(trx, counter, circumstances)
  const known = matter === undefined ? null : ((await loadStates(trx, matters, [matter])).get(matter) ?? null)
  const taken =
    number === undefined || state.station === null
      ? undefined
      : await trx
          .selectFrom('rating_services')
          .select('id')
          .where('hall', '=', state.station.hall)
          .where('number', '=', number)
          .executeTakeFirst()
  const standing = state.station === null ? null : await hallStanding(trx, state.station.hall, circumstances.at)
  const outside = standing?.open === false
  return { ...state, outside, matter: known, numberTaken: taken !== undefined, open: await openAt(trx, counter) }
}

/** What is open at a counter and was not offered a vote. */
export async function openAt(db: Reader, counter: string): Promise<Service[]> {
  const found = await db
    .selectFrom('rating_services')
    .select('state')
    .where('counter', '=', counter)
    .where('closed', '=', false)
    .orderBy('opened_at')
    .execute()
  return found.map(({ state }) => state)
}

/** What the clerk who is signed on at a counter has open there and can still be rated for; the latest of a batch. */
export async function servedAt(db: Reader, counter: string, at: string): Promise<Service | null> {
  const there = await db.selectFrom('rating_counters').select('clerk').where('id', '=', counter).executeTakeFirst()
  const open = await openAt(db, counter)
  return open.findLast((one) => one.clerk === there?.clerk && !isOver(one, at)) ?? null
}

/** The service, locked, with the open ones of its batch, which its one vote closes too, and what its hall asks now. */
export async function loadOfferVote(trx: Trx, id: string, at: string): Promise<OfferVoteState> {
  const service = (await loadStates(trx, services, [id], { lock: true })).get(id) ?? null
  const counter =
    service === null ? null : ((await loadStates(trx, counters, [service.counter])).get(service.counter) ?? null)
  const open = service === null ? [] : await openAt(trx, service.counter)
  const together = open.filter((one) => service !== null && batchOf(one) === batchOf(service))
  const questionnaire = service === null ? '' : nameOf(await askedIn(trx, service.hall))
  const maintained = service !== null && (await isMaintained(trx, service.counter, at))
  return { service, together, counter, questionnaire, maintained, hasKey: (await currentKey(trx)) !== null }
}

/** A key that ballots are sealed to. */
export interface TallyKey {
  readonly id: string
  readonly publicKey: Buffer
}

/** The key of the period that runs; null as long as the tally has published none. */
export async function currentKey(db: Reader): Promise<TallyKey | null> {
  const found = await db
    .selectFrom('rating_keys')
    .select(['id', 'public_key'])
    .where('destroyed_on', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return found === undefined ? null : { id: found.id, publicKey: found.public_key }
}

/** The service of a token, and whether an answer was asked for before. */
export async function loadAskAnswer(trx: Trx, id: string): Promise<AskAnswerState> {
  const service = (await loadStates(trx, services, [id], { lock: true })).get(id) ?? null
  const offered = service?.offered ?? null
  const there = (await loadStates(trx, followUps, [id])).has(id)
  if (service === null || offered === null) return { service: null, there }
  const { hall, counter, clerk } = service
  const asked = await questionnaireOf(trx, groupOf(offered.group).questionnaire)
  const asksContact = asked?.anonymity === 'contact-apart'
  return { service: { hall, counter, clerk, until: offered.expiresAt, asksContact }, there }
}

/** A follow-up, what the rated clerk heads, and who is to handle it. */
export async function loadFollowUp(trx: Trx, id: string, handler: string | null, at: string): Promise<FollowUpState> {
  const followUp = (await loadStates(trx, followUps, [id], { lock: true })).get(id) ?? null
  const clerk = followUp === null ? null : await actorIfActive(trx, followUp.clerk, at)
  return {
    followUp,
    clerkHeads: (clerk?.appointments ?? [])
      .filter(({ post }) => post === 'manager' || post === 'approver')
      .map(({ place }) => place),
    handler: handler === null ? null : await actorIfActive(trx, handler, at),
  }
}

/** The same for asking what the rater thinks of the answer. */
export async function loadAskFix(trx: Trx, id: string, at: string): Promise<FollowUpState & { hasKey: boolean }> {
  return { ...(await loadFollowUp(trx, id, null, at)), hasKey: (await currentKey(trx)) !== null }
}

async function actorIfActive(trx: Trx, person: string, at: string): Promise<Actor | null> {
  const found = await trx.selectFrom('people').select(['active']).where('id', '=', person).executeTakeFirst()
  return found?.active === true ? loadActor(trx, person, at) : null
}
