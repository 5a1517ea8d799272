import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeBallot, type BallotContent, type Level } from '../../devices/ballot/ballot.ts'
import { sealBallot } from '../../devices/ballot/seal.ts'
import { castPaper } from './campaigns/cast.ts'
import { codesOf, hashOfCode } from './campaigns/codes.ts'
import { castBallot } from './cast.ts'
import type { Counts, Levels } from './counts.ts'
import { connect } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { BURST_FROM } from './flags/flags.ts'
import { castFix } from './fixes/cast.ts'
import type { ShownVersion } from './questionnaires/protocol.ts'
import { LEAST_BALLOTS } from './tally.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

/**
 * The game of T17 over every way to vote: services, what is left of a version that is over, ratings of answers, and the papers of a campaign. The
 * attacker has each used-mark with the transaction that wrote it, every sealed ballot wherever it is carried, the write-ahead log, all batches, and
 * knows who was served, answered, or given which code. Beside it the same votes of the last round stand in a table as a careless program would keep
 * them, and he must win there by the log alone, or the game proves nothing.
 */

const ROUNDS = 6
const A_ROUND = LEAST_BALLOTS + 2
const LEFT = { 'counter-1': 8, 'counter-2': 7 } as const
const [SUPERVISOR, LEADER] = ['zhou-ping', 'sun-bo'] as const
const DEPARTMENTS = ['dept-1', 'dept-2'] as const
const THREE_DAYS_MS = 3 * 86_400_000
const LEVELS: readonly Level[] = [5, 4, 3, 2, 1]
/** Of a hundred voters. */
const SHARES: Readonly<Record<Level, number>> = { 5: 55, 4: 25, 3: 10, 2: 6, 1: 4 }
/** What a guess may gain over always saying what most say (reliability G18). */
const GAIN_MOST = 1 / LEAST_BALLOTS + 0.02
/** Of a sealed ballot, enough to know it again. */
const KNOWN_BY = 24

let hall: TestHall
/** What each voter said, by what his used-mark names (of a campaign by the department too): nobody but this test knows. */
const truth = new Map<string, Level>()
/** What the attacker saw of each sealed ballot: whose used-mark the same transaction wrote. */
const whose = new Map<string, string>()
/** Of which votes a batch was made, and what it came to. */
const batches: { readonly votes: readonly string[]; readonly counts: Counts }[] = []
/** Votes that the attacker knows to be flagged: he has seen when each was offered, and which flags were counted in its transaction. */
const flagged = new Set<string>()
/** Of this many in a round that is told apart, and the others, which come one after the other. */
const APART = { plain: 14, burst: 16, spaced_ms: 150_000 } as const
const contents: Buffer[] = []

let state = 23
function drawn(): Level {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  let at = (state / 2 ** 32) * 100
  for (const level of LEVELS) {
    at -= SHARES[level]
    if (at < 0) return level
  }
  return 1
}

function sealed(content: BallotContent, to: Uint8Array): Uint8Array {
  contents.push(Buffer.from(encodeBallot(content)))
  return sealBallot(content, to)
}

interface Seen {
  readonly sealed: string
  readonly grp: string
  readonly vote: string | null
}

/** Every ballot that lies there, with what the same transaction marked as used: a service, an answer, or a code and the department it judged. */
async function look(): Promise<Seen[]> {
  const { rows } = await sql<Seen>`
    select encode(b.sealed, 'hex') as sealed, b.grp,
      coalesce(u.service, f.follow_up || ' answer', encode(p.hash, 'hex') || ' ' || split_part(b.grp, '/', 3)) as vote
    from rating_ballots b left join rating_used u on u.xmin = b.xmin left join rating_fix_used f on f.xmin = b.xmin
    left join rating_papers_used p on p.xmin = b.xmin
  `.execute(hall.server.database.ownerDb)
  for (const { sealed: bytes, vote } of rows) if (vote !== null && !whose.has(bytes)) whose.set(bytes, vote)
  return rows
}

/** A run of the tally, watched: a ballot that is carried into another group is known again by its bytes. */
async function watchedTally(): Promise<void> {
  const before = await look()
  const owner = hall.server.database.ownerDb
  const known = new Set((await owner.selectFrom('rating_batches').select('id').execute()).map(({ id }) => id))
  await hall.tally()
  const left = new Set((await look()).map(({ sealed: bytes }) => bytes))
  const gone = before.filter(({ sealed: bytes }) => !left.has(bytes))
  const made = (await owner.selectFrom('rating_batches').select(['id', 'grp', 'counts', 'n']).execute()).filter(
    ({ id }) => !known.has(id),
  )
  for (const { grp, counts, n } of made) {
    const own = gone.filter((one) => one.grp === grp)
    // What was gathered first was counted in a group that none of them had lain in.
    const votes = (own.length === n ? own : gone).map(({ sealed: bytes }) => whose.get(bytes) ?? '')
    expect(votes).toHaveLength(n)
    batches.push({ votes, counts: counts as Counts })
  }
}

async function serve(counter: string, count: number, onEach?: (level: Level) => Promise<void>): Promise<string[]> {
  const { id: key, publicKey } = await hall.key()
  const services = await hall.servedMany(counter, count)
  for (const service of services) {
    const level = drawn()
    truth.set(service, level)
    await onEach?.(level)
    const ballot = {
      service,
      form: 'full' as const,
      key,
      sealed: sealed(ballotOf(level), Buffer.from(publicKey, 'base64')),
    }
    await castBallot(hall.server.deps.db, ballot, hall.now())
  }
  return services
}

/** A round in which enough come in a burst to be told apart: he sees which by the order of the marks, as the server does. */
async function serveApart(): Promise<void> {
  for (let nth = 0; nth < APART.plain; nth += 1) {
    await serve('counter-2', 1)
    hall.pass(APART.spaced_ms)
  }
  const burst = await serve('counter-2', APART.burst)
  for (const vote of burst.slice(BURST_FROM - 1)) flagged.add(vote)
}

async function openAnotherVersion(): Promise<void> {
  const content = {
    ...{ anonymity: 'contact-apart', asksWords: false, reasons: [] },
    questions: [{ words: { zh: '等候时间', en: 'Waiting time' } }],
  }
  await hall.post(MANAGER, '/api/rating/questionnaires', { hall: HALL, content })
  const { body } = await hall.get<{ versions: ShownVersion[] }>(MANAGER, `/api/rating/questionnaires?hall=${HALL}`)
  const [draft] = body.versions
  const seen = { open: true, draftedAt: draft?.draftedAt }
  const { status } = await hall.post(SUPERVISOR, `/api/rating/questionnaires/${draft?.id}/decide`, seen)
  expect(status).toBe(200)
}

/** Each was answered by the other clerk, and rates the answer by the right that the head of the hall passed on. */
async function rateAnswers(count: number): Promise<void> {
  const step = (id: string, body: object) => hall.post(OTHER_CLERK, `/api/rating/follow-ups/${id}/step`, body)
  const { id: key, publicKey } = await hall.key()
  for (let nth = 0; nth < count; nth += 1) {
    const { service, token } = await hall.served('counter-1')
    const asked = await hall.server.app.inject({
      ...{ method: 'POST', url: '/api/rating/answers', payload: { token, contact: '13800000000', words: '材料' } },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect(asked.statusCode).toBe(201)
    await hall.post(MANAGER, `/api/rating/follow-ups/${service}/assign`, { handler: OTHER_CLERK })
    await step(service, { step: 'call', reached: true, note: '已联系' })
    await step(service, { step: 'settle', how: 'rectified', note: '已补办' })
    await step(service, { step: 'feed-back', note: '已告知' })
    expect((await hall.post(MANAGER, `/api/rating/follow-ups/${service}/ask-fix`)).status).toBe(200)
    const level = drawn()
    truth.set(`${service} answer`, level)
    const content = ballotOf(level, { questionnaire: 'answer@1' })
    const ballot = { followUp: service, key, sealed: sealed(content, Buffer.from(publicKey, 'base64')) }
    await castFix(hall.server.deps.db, ballot, hall.now())
  }
}

async function holdCampaign(voters: number): Promise<void> {
  const content = {
    ...{ title: '评议', from: '2026-03-02', to: '2026-12-31', questionnaire: 'conduct@1', departments: DEPARTMENTS },
    groups: [{ name: '服务对象', target: voters, weight: null }],
  }
  const written = { unit: 'organ', content }
  const { campaign } = (await hall.post<{ campaign: string }>(SUPERVISOR, '/api/rating/campaigns', written)).body
  const decide = async (what: string) =>
    expect((await hall.post(LEADER, `/api/rating/campaigns/${campaign}/decide`, { what })).status).toBe(200)
  await decide('open')
  const seed = 'c'.repeat(64)
  await hall.post(SUPERVISOR, `/api/rating/campaigns/${campaign}/issues`, { group: 'g1', count: voters, seed })
  const { id: key, publicKey } = await hall.key()
  for (const code of codesOf(seed, voters)) {
    const ballots = DEPARTMENTS.map((department) => {
      const level = drawn()
      truth.set(`${hashOfCode(code)?.toString('hex')} ${department}`, level)
      const said = ballotOf(level, { questionnaire: 'conduct@1' })
      return { department, sealed: sealed(said, Buffer.from(publicKey, 'base64')) }
    })
    await castPaper(hall.server.deps.db, code, { key, ballots }, hall.now())
  }
  await decide('close')
}

/** A page of the log, and what stands at its head and at the head of a file's first page; a record goes on behind it. */
const PAGE = { bytes: 8192, head: 24, firstHead: 40 } as const

/** Where the log ends now: its file, and how far into it. */
interface LogPlace {
  readonly file: string
  readonly offset: number
}

async function asSuperuser<T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> {
  const { db, close } = connect(hall.server.database.superConfig, { log: quietLog, unlimited: true })
  try {
    return (await query.execute(db)).rows
  } finally {
    await close()
  }
}

async function logPlace(): Promise<LogPlace> {
  const [place] = await asSuperuser(
    sql<LogPlace>`select file_name as file, file_offset as offset from pg_walfile_name_offset(pg_current_wal_insert_lsn())`,
  )
  if (place === undefined) throw new Error('the log has an end')
  return place
}

/** The write-ahead log between two places as it lies on the disk, its records in one piece. */
async function readLog(from: LogPlace, until: LogPlace): Promise<Buffer> {
  const files = await asSuperuser(
    sql<{ name: string; bytes: Buffer }>`
      select name, pg_read_binary_file('pg_wal/' || name) as bytes from pg_ls_waldir()
      where name between ${from.file} and ${until.file} order by name`,
  )
  const pieces = files.flatMap(({ name, bytes }) => {
    const [begin, end] = [name === from.file ? from.offset : 0, name === until.file ? until.offset : bytes.length]
    return Array.from({ length: Math.ceil(bytes.length / PAGE.bytes) }, (_, nth) => {
      const at = nth * PAGE.bytes
      const head = nth === 0 ? PAGE.firstHead : PAGE.head
      return bytes.subarray(Math.max(at + head, begin), Math.max(Math.min(at + PAGE.bytes, end), begin))
    })
  })
  return Buffer.concat(pieces)
}

/** What the last round of services has left in the log. */
let log: Buffer
/** Who was served in it, in order. */
let last: string[] = []

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await hall.signOn(OTHER_CLERK, 'counter-2')
  const owner = hall.server.database.ownerDb
  // Made where its round begins: a page that is logged as a whole would show votes of rounds before.
  const keepNaively = async (level: Level): Promise<void> => {
    await sql`insert into naive_votes values (${`naive/${crypto.randomUUID()}/${level}`})`.execute(owner)
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    // The round before shows each page as a whole once; none falls due again while the last is on.
    if (round === ROUNDS - 1) await asSuperuser(sql`checkpoint`)
    if (round === ROUNDS) await sql`create table naive_votes (vote text not null)`.execute(owner)
    const begin = await logPlace()
    last = await serve('counter-1', A_ROUND, round === ROUNDS ? keepNaively : undefined)
    if (round === ROUNDS) log = await readLog(begin, await logPlace())
    await watchedTally()
  }
  for (const [counter, count] of Object.entries(LEFT)) await serve(counter, count)
  await openAnotherVersion()
  await watchedTally()
  await serveApart()
  await watchedTally()
  hall.pass(THREE_DAYS_MS)
  await watchedTally()
  await rateAnswers(LEAST_BALLOTS)
  await watchedTally()
  await holdCampaign(A_ROUND)
  await watchedTally()
}, 600_000)
afterAll(() => hall.close())

function mostOf(levels: Levels): Level {
  return LEVELS.reduce((best, level) => (levels[level] > levels[best] ? level : best), 5)
}

it('nobody guesses votes better than the counts of whole batches let him, however they were cast or carried', () => {
  expect(new Set(batches.flatMap(({ votes }) => votes))).toEqual(new Set(truth.keys()))
  const guesses = new Map<string, Level>()
  for (const { votes, counts } of batches) {
    for (const vote of votes) {
      const { apart } = counts
      guesses.set(vote, mostOf(apart === undefined ? counts.overall : flagged.has(vote) ? apart.flagged : apart.plain))
    }
  }
  // He was told of them apart: without that the game would be the one without flags.
  expect(batches.filter(({ counts }) => counts.apart !== undefined)).toHaveLength(1)
  const said = [...truth.values()]
  const commonest = Math.max(...LEVELS.map((level) => said.filter((one) => one === level).length))
  const right = [...truth].filter(([vote, level]) => guesses.get(vote) === level).length
  expect(right / truth.size).toBeLessThanOrEqual(commonest / truth.size + GAIN_MOST)
  const bad = [...truth].filter(([, level]) => level <= 2)
  const exposed = bad.filter(([vote]) => (guesses.get(vote) ?? 5) <= 2)
  expect(bad.length).toBeGreaterThan(8)
  expect(exposed.length / bad.length).toBeLessThanOrEqual(0.1 + 1 / LEAST_BALLOTS)
})

it('the log on the disk pairs services with sealed ballots, and says nothing of what is in them', () => {
  const pairs = [...whose].filter(([, vote]) => last.includes(vote))
  expect(pairs).toHaveLength(A_ROUND)
  for (const [bytes, vote] of pairs) {
    const at = log.indexOf(Buffer.from(bytes, 'hex').subarray(0, KNOWN_BY))
    expect(at).toBeGreaterThan(0)
    const before = log.subarray(0, at)
    const nearest = last.toSorted((one, other) => before.lastIndexOf(other) - before.lastIndexOf(one))[0]
    expect(nearest).toBe(vote)
  }
  for (const content of contents) expect(log.includes(content.subarray(2, content.indexOf('}') + 1))).toBe(false)
})

it('the log alone tells every vote of a table that keeps them as they come', () => {
  const found = [...log.toString('latin1').matchAll(/naive\/([0-9a-f-]{36})\/([1-5])/g)]
  const levels = [...new Map(found.map(([, mark, level]) => [mark, Number(level)])).values()]
  expect(levels).toEqual(last.map((service) => truth.get(service)))
})
