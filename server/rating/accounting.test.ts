import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sealBallot } from '../../devices/ballot/seal.ts'
import { Refusal } from '../refusal.ts'
import { castBallot } from './cast.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { ballotOf, CLERK, TestHall } from './testing.ts'

/** Many services, and everything that goes wrong with their votes; after each run of the tally the account is exact. */

const ROUNDS = 6
const A_ROUND = 25
/** What becomes of a vote, in turn. */
const FATES = ['votes', 'votes', 'votes twice', 'is silent', 'is late', 'is cut off', 'votes', 'at both doors'] as const

let hall: TestHall
/** What this test knows of its own: votes that were acknowledged, and services that were offered one. */
const known = { issued: 0, acknowledged: 0, cut: 0 }

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

async function cast(service: string): Promise<'done' | string> {
  const { id, publicKey } = await hall.key()
  const sealed = sealBallot(ballotOf(4), Buffer.from(publicKey, 'base64'))
  try {
    await castBallot(hall.server.deps.db, { service, form: 'full', key: id, sealed }, hall.now())
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    return 'unknown'
  }
}

/** Ends the connections of the running role that are at work on a vote, as a database that is killed does. */
async function cutOff(): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = 'clearhold_app' and state <> 'idle' and query ilike '%rating_%' and pid <> pg_backend_pid()
  `.execute(hall.server.database.ownerDb)
}

/** As many connections as the server has; one that was ended is noticed here and replaced. */
async function settle(): Promise<void> {
  const use = async (): Promise<void> => {
    try {
      await sql`select pg_sleep(0.02)`.execute(hall.server.deps.db)
    } catch {
      await use()
    }
  }
  await Promise.all(Array.from({ length: 10 }, use))
}

async function meets(service: string, fate: (typeof FATES)[number]): Promise<void> {
  const took = (answer: string): void => {
    if (answer === 'done') known.acknowledged += 1
  }
  switch (fate) {
    case 'votes':
      return took(await cast(service))
    case 'votes twice':
      took(await cast(service))
      expect(await cast(service)).toBe('rating.vote-used')
      return
    case 'at both doors': {
      const answers = await Promise.all([cast(service), cast(service), cast(service)])
      expect(answers.filter((one) => one === 'done')).toHaveLength(1)
      known.acknowledged += 1
      return
    }
    case 'is cut off': {
      const [answer] = await Promise.all([cast(service), cutOff().catch(() => undefined)])
      took(answer)
      if (answer === 'unknown') known.cut += 1
      return settle()
    }
    case 'is silent':
    case 'is late':
      return
  }
}

it(
  'accounts for every vote: none is lost, none counts twice, and what came too late is 未评价',
  { timeout: 240_000 },
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const services = await hall.servedMany('counter-1', A_ROUND)
      known.issued += services.length
      const fates = services.map((service, nth) => ({ service, fate: FATES[nth % FATES.length] ?? 'votes' }))
      for (const { service, fate } of fates) await meets(service, fate)
      hall.pass(VOTE_LIFE_MS)
      for (const { service } of fates.filter(({ fate }) => fate === 'is late'))
        expect(await cast(service)).toBe('rating.vote-over')
      const { account } = await hall.tally()
      expect(account.balanced).toBe(true)
      expect(account.issued).toBe(known.issued)
      expect(account.open).toBe(0)
      expect(account.used + account.expired).toBe(known.issued)
      expect(account.used).toBeGreaterThanOrEqual(known.acknowledged)
      expect(account.used).toBeLessThanOrEqual(known.acknowledged + known.cut)
      expect(account.counted + account.waiting).toBe(account.used)
    }
  },
)
