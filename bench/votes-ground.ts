import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { BallotContent, Level } from '../devices/ballot/ballot.ts'
import { newTallyKeyPair, sealing, type TallyKeyPair } from '../devices/ballot/seal.ts'
import type { Db } from '../server/database/connect.ts'
import { sumServiceDays } from '../server/rating/seeing/service-days.ts'
import { LEAST_BALLOTS } from '../server/rating/tally.ts'

/** A year of a province, or less of it. */
export interface VotesSize {
  readonly departments: number
  readonly people: number
  readonly votes: number
}

/** So many services of a hundred were rated. */
const RATED_PERCENT = 80
const DAYS = 365
/** In one statement: what it sorts and checks stays in memory. */
const SERVICES_AT_ONCE = 250_000
const CHECK_EVERY_MS = 250
const CHECK_TRIES = 1_200
/** Departments whose services are summed in one transaction. */
const HALLS_AT_ONCE = 100
/** A moment by which every vote of the year is over. */
const AFTER = '2026-12-31T00:00:00.000Z'
const QUESTIONNAIRE = 'hall-service@1'
export const YEAR = { from: '2025-11-22', to: '2026-11-21' } as const

export function departmentOf(nth: number): string {
  return `hall-b${nth}`
}

/** What the filling came to. */
export interface Filled {
  /** Of all of it, ms. */
  readonly ms: number
  readonly bytes: number
}

/**
 * Writes what a year of voting leaves: services, used-marks, and the counts of batches of ten. As the owner, by sets of a part of the year each, with every
 * index and constraint in place; a service's row is as wide as the one that the program writes, and ids rise with time as the program's do, so that
 * what is written lies side by side.
 * @param tell hears how far it is
 */
export async function fillVotes(
  owner: Db,
  { departments, people, votes }: VotesSize,
  tell: (progress: string) => void,
): Promise<Filled> {
  const began = performance.now()
  const before = await bytesOf(owner)
  const services = Math.ceil((votes * 100) / RATED_PERCENT)
  // Clerk c is of department c mod departments, and sits at a counter of his own; service s is of clerk s mod people.
  for (let first = 0; first < services; first += SERVICES_AT_ONCE) {
    const last = Math.min(first + SERVICES_AT_ONCE, services) - 1
    await sql`
      with served as (
        select overlay(md5('vote ' || s) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') from 1 for 12)::uuid::text as id,
          hall, counter, clerk, concat_ws('/', hall, counter, clerk, 'general', ${QUESTIONNAIRE}::text) as grp, at, rated
        from (
          select s, 'hall-b' || (s % ${people} % ${departments}) as hall, 'counter-b' || (s % ${people}) as counter,
            'clerk-b' || (s % ${people}) as clerk, hashint4(s) % 100 between ${-RATED_PERCENT / 2} and ${RATED_PERCENT / 2 - 1} as rated,
            ${YEAR.from}::timestamptz + interval '1 hour' + (s::float8 / ${services} * ${DAYS - 1}) * interval '1 day' as at
          from generate_series(${first}::int, ${last}::int) as s
        ) as drawn
      ), kept as (
        insert into rating_services (id, n, state, hall, counter, clerk, matter, number, opened_at, closed, grp, expires_at)
        select id, 2, jsonb_build_object('id', id, 'hall', hall, 'counter', counter, 'clerk', clerk, 'matter', 'general', 'number', null,
            'by', 'program', 'openedAt', at, 'offered', jsonb_build_object('group', grp, 'expiresAt', at + interval '5 minutes', 'by', 'program'),
            'closed', true),
          hall, counter, clerk, 'general', null, at, true, grp, at + interval '5 minutes'
        from served
      )
      insert into rating_used (service, grp) select id, grp from served where rated
    `.execute(owner)
    tell(`${last + 1} of ${services} services written in ${secondsSince(began)} s`)
  }
  const batches = Math.floor(votes / LEAST_BALLOTS)
  await sql`
    insert into rating_batches (id, grp, form, day, n, counts)
    select md5('batch ' || b)::uuid,
      concat_ws('/', 'hall-b' || (b % ${people} % ${departments}), 'counter-b' || (b % ${people}), 'clerk-b' || (b % ${people}), 'general',
        ${QUESTIONNAIRE}::text),
      'full', ${YEAR.from}::date + (b::float8 / ${batches} * ${DAYS - 1})::int, ${LEAST_BALLOTS},
      case when b % 7 = 0
        then '{"v":1,"unread":0,"reasons":{"slow":1},"answers":{"attitude":{"1":0,"2":1,"3":0,"4":3,"5":6}},"overall":{"1":0,"2":1,"3":1,"4":2,"5":6}}'::jsonb
        else '{"v":1,"unread":0,"reasons":{"fast":2},"answers":{"attitude":{"1":0,"2":0,"3":1,"4":3,"5":6}},"overall":{"1":0,"2":0,"3":1,"4":3,"5":6}}'::jsonb
      end
    from generate_series(0, ${batches - 1}::int) as b
  `.execute(owner)
  tell(`${batches} batches written in ${secondsSince(began)} s`)
  // What a site's own vacuum would have done in the course of the year.
  await sql`vacuum analyze rating_services, rating_used, rating_batches`.execute(owner)
  tell(`looked through in ${secondsSince(began)} s`)
  // What a site sums each day, of the whole year at once; the one who reads a hall first would otherwise wait for it.
  const halls = Array.from({ length: departments }, (_, nth) => departmentOf(nth))
  for (let first = 0; first < departments; first += HALLS_AT_ONCE)
    await sumServiceDays(owner, halls.slice(first, first + HALLS_AT_ONCE), AFTER)
  await sql`vacuum analyze rating_service_days`.execute(owner)
  return { ms: performance.now() - began, bytes: (await bytesOf(owner)) - before }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1_000)
}

async function bytesOf(owner: Db): Promise<number> {
  const found = await sql<{ bytes: number }>`
    select sum(pg_total_relation_size(name::regclass))::float8 as bytes
    from unnest(array['rating_services', 'rating_used', 'rating_batches', 'rating_service_days']) as name
  `.execute(owner)
  return found.rows[0]?.bytes ?? 0
}

export interface BenchKey extends TallyKeyPair {
  readonly id: string
}

/** Publishes a key that ballots are sealed to. */
export async function publishBenchKey(owner: Db): Promise<BenchKey> {
  await sealing
  const pair = newTallyKeyPair()
  const id = 'bench'
  await owner
    .insertInto('rating_keys')
    .values({
      ...{ id, public_key: Buffer.from(pair.publicKey), signing_key: randomBytes(32) },
      ...{ published_on: YEAR.to, destroyed_on: null },
    })
    .execute()
  return { id, ...pair }
}

/** So many services of one counter, or one each of as many, whose vote may be cast until `expiresAt` at least; their ids. */
export async function offerVotes(
  owner: Db,
  count: number,
  label: string,
  expiresAt: string,
  counters: 'one' | 'each' = 'one',
): Promise<string[]> {
  // At a counter of its own each is served at a time of its own too: nobody presses a thousand votes there at one moment, which would be flagged.
  const apart = counters === 'each'
  const { rows } = await sql<{ id: string }>`
    insert into rating_services (id, n, state, hall, counter, clerk, matter, number, opened_at, closed, grp, expires_at)
    select md5(${label}::text || s)::uuid::text, 2, '{}', 'hall-offered', counter, 'clerk-offered', 'general', null,
      until - interval '5 minutes', true, concat_ws('/', 'hall-offered', counter, 'clerk-offered', 'general', ${QUESTIONNAIRE}::text), until
    from (
      select s, 'counter-offered' || case when ${apart} then s::text else '' end as counter,
        ${expiresAt}::timestamptz + case when ${apart} then hashtext(${label}) & 4095 else 0 end * interval '5 minutes' as until
      from generate_series(1, ${count}::int) as s
    ) as served returning id
  `.execute(owner)
  return rows.map(({ id }) => id)
}

/** The check of everything at the start is over: what is written here stands in no register, and the next one is a day away. */
export async function wholeChecked(url: string): Promise<void> {
  for (let tries = 0; tries < CHECK_TRIES; tries += 1) {
    const answer = await fetch(`${url}/api/ready`)
    const { check } = (await answer.json()) as { check: { state: string } }
    if (check.state === 'done') return
    await pause(CHECK_EVERY_MS)
  }
  throw new Error('the check at the start did not end')
}

export const contentOf = (level: Level): BallotContent => ({
  ...{ v: 1, questionnaire: 'hall-service@1', level, answers: {}, reasons: [], words: null, key: null },
})
