import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { sealBallot } from '../../devices/ballot/seal.ts'
import { castBallot } from './cast.ts'
import type { Counts } from './counts.ts'
import { LEAST_BALLOTS } from './tally.ts'
import { ballotOf, CLERK, OTHER_CLERK, TestHall } from './testing.ts'

/**
 * The game: an attacker has the whole database at every moment, with where each row lies and which transaction wrote it, all batches, and the
 * list of who was served when. Of every service he guesses the vote. Beside it the same votes stand in a table as a careless program would
 * keep them, and he must win there, or the game proves nothing.
 */

const ROUNDS = 20
const A_ROUND = LEAST_BALLOTS + 2
const VOTES = ROUNDS * A_ROUND
const LEVELS: readonly Level[] = [5, 4, 3, 2, 1]
/** Of a hundred raters. */
const SHARES: Readonly<Record<Level, number>> = { 5: 55, 4: 25, 3: 10, 2: 6, 1: 4 }
/** What a guess may gain over always saying what most say (reliability G18). */
const GAIN_MOST = 1 / LEAST_BALLOTS + 0.02

let hall: TestHall
/** How each service was rated: nobody but this test knows. */
const truth = new Map<string, Level>()
/** Which ballots lay beside which services before they were counted, and what the batch came to. */
const seen: { readonly services: readonly string[]; readonly counts: Counts }[] = []

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function drawn(random: () => number): Level {
  let at = random() * 100
  for (const level of LEVELS) {
    at -= SHARES[level]
    if (at < 0) return level
  }
  return 1
}

/** Every ballot that waits, with the service whose mark the same transaction wrote: the attacker's view. */
async function pairs(): Promise<Map<string, string>> {
  const { rows } = await sql<{ ballot: string; service: string }>`
    select b.id as ballot, u.service from rating_ballots b join rating_used u on u.xmin = b.xmin
  `.execute(hall.server.database.ownerDb)
  return new Map(rows.map(({ ballot, service }) => [ballot, service]))
}

async function batchIds(): Promise<Map<string, Counts>> {
  const rows = await hall.server.database.ownerDb.selectFrom('rating_batches').select(['id', 'counts']).execute()
  return new Map(rows.map(({ id, counts }) => [id, counts as Counts]))
}

/** A run of the tally, watched: which services' ballots went into which batch. */
async function watchedTally(counter: string): Promise<void> {
  const [before, known] = [await pairs(), await batchIds()]
  await hall.tally()
  const left = await pairs()
  const gone = [...before].filter(([ballot]) => !left.has(ballot)).map(([, service]) => service)
  for (const [id, counts] of await batchIds()) if (!known.has(id)) seen.push({ services: gone, counts })
  expect(gone.length === 0 || gone.length >= LEAST_BALLOTS, counter).toBe(true)
}

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await hall.signOn(OTHER_CLERK, 'counter-2')
  await sql`create table naive_votes (level integer not null)`.execute(hall.server.database.ownerDb)
  const random = seeded(17)
  const { id, publicKey } = await hall.key()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const service of await hall.servedMany('counter-1', A_ROUND)) {
      const level = drawn(random)
      truth.set(service, level)
      await sql`insert into naive_votes values (${level})`.execute(hall.server.database.ownerDb)
      const sealed = sealBallot(ballotOf(level), Buffer.from(publicKey, 'base64'))
      await castBallot(hall.server.deps.db, { service, form: 'full', key: id, sealed }, hall.now())
    }
    await watchedTally('counter-1')
  }
}, 300_000)
afterAll(() => hall.close())

/** Who was served, in order, as the register says it. */
async function served(): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select subject from entries where type = 'rating.service-opened' order by seq
  `.execute(hall.server.database.ownerDb)
  return rows.map(({ subject }) => subject.slice('service/'.length))
}

function accuracy(guesses: ReadonlyMap<string, Level>): number {
  const right = [...truth].filter(([service, level]) => guesses.get(service) === level).length
  return right / truth.size
}

it('gives who has everything but the key no more than what the counts say of all', async () => {
  expect(seen.flatMap(({ services }) => services)).toHaveLength(VOTES)
  const guesses = new Map<string, Level>()
  for (const { services, counts } of seen) {
    const most = LEVELS.reduce((best, level) => (counts.overall[level] > counts.overall[best] ? level : best), 5)
    for (const service of services) guesses.set(service, most)
  }
  const commonest = Math.max(...LEVELS.map((level) => [...truth.values()].filter((one) => one === level).length))
  expect(accuracy(guesses)).toBeLessThanOrEqual(commonest / VOTES + GAIN_MOST)
  // Of the bad votes he names hardly one: a batch of nothing but bad votes would show them all.
  const bad = [...truth].filter(([, level]) => level <= 2)
  const exposed = bad.filter(([service]) => (guesses.get(service) ?? 5) <= 2)
  expect(bad.length).toBeGreaterThan(10)
  expect(exposed.length / bad.length).toBeLessThanOrEqual(0.1 + 1 / LEAST_BALLOTS)
})

it('gives him every vote where they are kept in the order they came', async () => {
  const { rows } = await sql<{ level: Level }>`select level from naive_votes order by ctid`.execute(
    hall.server.database.ownerDb,
  )
  const order = await served()
  expect(accuracy(new Map(order.map((service, at) => [service, rows[at]?.level ?? 5])))).toBe(1)
})
