import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import type { Level } from '../devices/ballot/ballot.ts'
import { sealBallot } from '../devices/ballot/seal.ts'
import { type Db, inTransaction } from '../server/database/connect.ts'
import { castBallot } from '../server/rating/cast.ts'
import { groupName } from '../server/rating/rating.ts'
import { before } from '../server/rating/seeing/days.ts'
import { readDashboard } from '../server/rating/seeing/read.ts'
import { tokenOf } from '../server/rating/tokens.ts'
import { type Ground, openGround } from './ground.ts'
import { type Measured, measured, percentile } from './report.ts'
import {
  type BenchKey,
  contentOf,
  departmentOf,
  fillVotes,
  offerVotes,
  publishBenchKey,
  type VotesSize,
  wholeChecked,
  YEAR,
} from './votes-ground.ts'

const SMALL = { casesInStore: 4, movesAnItem: 1, waiting: [1] }
/** As many raters at once. */
const RATERS = 8
const CAST = 4_000
const DASHBOARDS = 200
const DASHBOARD_LIMIT_MS = 100
const DURESS_ROUNDS = 60
const DURESS_LIMIT_MS = 20
const LEVELS = [1, 2, 3, 4, 5] as const satisfies Level[]
const FAR = '2099-01-01T00:00:00.000Z'
/** Of a year of a province. */
const PROVINCE_VOTES = 6_005_000
const IMPORT_LIMIT_S = 3_600
const MIB = 1024 * 1024

/**
 * Votes accepted against plain inserts of the same rows, what a vote tells by its length and time (T37), and dashboards over a year of a province. On
 * a ground of its own.
 */
export async function benchVotes(size: VotesSize, tell: (progress: string) => void): Promise<Measured[]> {
  const ground = await openGround(SMALL, tell)
  try {
    await wholeChecked(ground.server.url)
    const key = await publishBenchKey(ground.owner.db)
    const accepted = await benchCast(ground, key)
    tell('votes were cast')
    const duress = await benchDuress(ground, key)
    const { ms, bytes } = await fillVotes(ground.owner.db, size, tell)
    tell(`${size.votes} votes written in ${Math.round(ms / 1_000)} s, ${Math.round(bytes / MIB)} MiB`)
    return [
      ...accepted,
      ...duress,
      ...(await benchDashboards(ground.server.deps.db, size)),
      measured('storage of a vote', bytes / size.votes, 'bytes', { name: 'a sealed ballot', value: 1_072 }),
      measured(`${size.votes} votes imported`, ms / 1_000, 's', {
        name: 'the limit: an hour for a year of a province',
        value: (size.votes * IMPORT_LIMIT_S) / PROVINCE_VOTES,
      }),
      measured('votes imported', (size.votes * 1_000) / ms, 'votes/s', {
        name: 'the limit: a year in an hour',
        value: size.votes / 3_600,
      }),
    ]
  } finally {
    await ground.close()
  }
}

/** Ours and the plain inserts take turns, so that a busy moment of the machine hits both. */
async function benchCast({ server, owner }: Ground, key: BenchKey): Promise<Measured[]> {
  const { db } = server.deps
  const turns = 4
  const times = { ours: 0, plain: 0 }
  const sealed = sealBallot(contentOf(5), key.publicKey)
  const grp = groupName({
    ...{ hall: 'hall-offered', counter: 'counter-offered', clerk: 'clerk-offered', matter: 'general' },
    questionnaire: 'hall-service@1',
  })
  for (let turn = 0; turn < turns; turn += 1) {
    const ours = await offerVotes(owner.db, CAST / turns, `ours ${turn} `, FAR, 'each')
    const plain = await offerVotes(owner.db, CAST / turns, `plain ${turn} `, FAR, 'each')
    // As the database's own look-through would have seen them on a day of such numbers.
    await sql`analyze rating_services, rating_used, rating_ballots`.execute(owner.db)
    times.ours += await inParallel(ours, (service) =>
      castBallot(db, { service, form: 'full', key: key.id, sealed }, new Date().toISOString()),
    )
    times.plain += await inParallel(plain, (service) =>
      inTransaction(db, async (trx) => {
        await trx.insertInto('rating_used').values({ service, grp }).execute()
        const ballot = { id: randomUUID(), grp, form: 'full' as const, key: key.id, sealed: Buffer.from(sealed) }
        await trx.insertInto('rating_ballots').values(ballot).execute()
      }),
    )
  }
  const rate = (ms: number): number => (CAST * 1_000) / ms
  return [
    measured('votes accepted', rate(times.ours), 'votes/s', {
      name: 'plain inserts of the same rows, a transaction each',
      value: rate(times.plain),
    }),
  ]
}

/** Does them all, `RATERS` at a time; how long it took, in ms. */
async function inParallel(services: readonly string[], deed: (service: string) => Promise<void>): Promise<number> {
  const began = performance.now()
  const left = [...services]
  await Promise.all(
    Array.from({ length: RATERS }, async () => {
      for (let service = left.pop(); service !== undefined; service = left.pop()) await deed(service)
    }),
  )
  return performance.now() - began
}

/** What goes over the line for each level, and how long the answer takes. */
async function benchDuress({ server, owner }: Ground, key: BenchKey): Promise<Measured[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const sent = new Map<Level, Set<number>>(LEVELS.map((level) => [level, new Set()]))
  const times = new Map<Level, number[]>(LEVELS.map((level) => [level, []]))
  try {
    for (let round = 0; round < DURESS_ROUNDS; round += 1) {
      const services = await offerVotes(owner.db, LEVELS.length, `duress ${round} `, FAR, 'each')
      for (const [nth, level] of LEVELS.entries()) {
        const ballot = Buffer.from(sealBallot(contentOf(level), key.publicKey)).toString('base64')
        const token = tokenOf(server.keys.pepper, services[nth] ?? '')
        const began = performance.now()
        const bytes = await posted(agent, `${server.url}/api/rating/votes`, { token, key: key.id, ballot })
        times.get(level)?.push(performance.now() - began)
        sent.get(level)?.add(bytes)
      }
    }
  } finally {
    agent.destroy()
  }
  const lengths = new Set([...sent.values()].flatMap((those) => [...those]))
  const medians = LEVELS.map((level) => percentile(times.get(level) ?? [], 0.5))
  const apart_ms = Math.max(...medians) - Math.min(...medians)
  const against = `${DURESS_ROUNDS} votes of each level over HTTP`
  return [
    { bench: 'lengths on the line over all levels', value: lengths.size, unit: 'lengths', against, ratio: null },
    measured('median answer, level against level', apart_ms, 'ms', { name: 'the limit', value: DURESS_LIMIT_MS }),
  ]
}

/** Bytes of request and answer together. Throws where the vote was not taken. */
function posted(agent: Agent, url: string, body: object): Promise<number> {
  const text = JSON.stringify(body)
  const headers = {
    ...{ 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
    'idempotency-key': randomUUID(),
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      let bytes = 0
      answer.on('data', (piece: Buffer) => (bytes += piece.length))
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === 201) resolve(bytes + Buffer.byteLength(text) + answer.rawHeaders.join('').length)
        else reject(new Error(`a vote was answered with ${answer.statusCode}`))
      })
    })
    asked.on('error', reject)
    asked.end(text)
  })
}

async function benchDashboards(db: Db, { departments, votes }: VotesSize): Promise<Measured[]> {
  const times: number[] = []
  for (let nth = 0; nth < DASHBOARDS; nth += 1) {
    const hall = departmentOf((nth * 7_919) % departments)
    const began = performance.now()
    const seen = await readDashboard(db, { hall, days: YEAR, other: before(YEAR), question: 'overall' }, FAR)
    times.push(performance.now() - began)
    if (seen.satisfied === null) throw new Error(`${hall} has no figure`)
  }
  const limit = { name: 'the limit', value: DASHBOARD_LIMIT_MS }
  return ([0.5, 0.95] as const).map((share) =>
    measured(`dashboard over ${votes} votes, p${share * 100}`, percentile(times, share), 'ms', limit),
  )
}
