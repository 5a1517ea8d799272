import { createPublicKey, verify } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { newTallyKeyPair, sealBallot, SEALED_BYTES } from '../../devices/ballot/seal.ts'
import { type Counts, NO_LEVELS } from './counts.ts'
import type { Summary } from './protocol.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { LEAST_BALLOTS } from './tally.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await hall.signOn(OTHER_CLERK, 'counter-2')
})
afterAll(() => hall.close())

async function votes(counter: string, levels: readonly Level[], more: Parameters<typeof ballotOf>[1] = {}) {
  for (const level of levels) {
    const { token } = await hall.served(counter)
    expect((await hall.vote(token, ballotOf(level, more))).status).toBe(201)
  }
}

const batches = async () =>
  (await hall.server.deps.db.selectFrom('rating_batches').selectAll().orderBy('day').execute()).map(
    ({ n, counts, ...rest }) => ({ ...rest, n, counts: counts as Counts }),
  )

describe('the tally', () => {
  it('leaves a group alone until ten ballots are there', async () => {
    await votes('counter-1', [5, 5, 5, 4, 4, 4, 3, 2, 1])
    expect(await hall.tally()).toMatchObject({ batches: 0, ballots: 0, account: { waiting: 9, counted: 0 } })
    expect(await batches()).toEqual([])
  })

  it('then opens it as a whole, and nothing of the ballots is left', async () => {
    await votes('counter-1', [5], { words: '讲得清楚', reasons: ['clear'] })
    await votes('counter-2', [1, 1, 1])
    const { account, ...done } = await hall.tally()
    expect(done).toMatchObject({ batches: 1, ballots: 10 })
    expect(account).toMatchObject({ used: 13, counted: 10, waiting: 3, expired: 0, balanced: true })
    const [batch, ...more] = await batches()
    expect(more).toEqual([])
    expect(batch).toMatchObject({ grp: `hall-1/counter-1/${CLERK}/general/hall-service@1`, form: 'full', n: 10 })
    expect(batch?.counts).toEqual({
      ...{ v: 1, unread: 0, answers: {}, reasons: { clear: 1 } },
      overall: { 1: 1, 2: 1, 3: 1, 4: 3, 5: 4 },
    })
    expect(await hall.waiting()).toBe(3)
    const words = await hall.server.deps.db.selectFrom('rating_words').select(['hall', 'words']).execute()
    expect(words).toEqual([{ hall: HALL, words: '讲得清楚' }])
  })

  it('counts an answer only where ten gave it', async () => {
    await votes('counter-1', [5, 5, 5, 5, 5, 5], { answers: { attitude: 5, integrity: 4 } })
    await votes('counter-1', [4, 4, 4, 4], { answers: { attitude: 3 } })
    await hall.tally()
    const latest = (await batches()).find(({ counts }) => Object.keys(counts.answers).length > 0)
    expect(latest?.counts.answers).toEqual({ attitude: { 1: 0, 2: 0, 3: 4, 4: 0, 5: 6 } })
  })

  it('counts a ballot that nobody can read as one that was cast', async () => {
    const { id } = await hall.key()
    const foreign = sealBallot(ballotOf(5), newTallyKeyPair().publicKey)
    expect(foreign).toHaveLength(SEALED_BYTES)
    const { token } = await hall.served('counter-1')
    const sent = await hall.send({ token, key: id, ballot: Buffer.from(foreign).toString('base64') })
    expect(sent.status).toBe(201)
    await votes('counter-1', [5, 5, 5, 5, 5, 5, 5, 5, 5])
    // Ten are there and nine can be read: it hides nobody, so all of them go on waiting.
    expect(await hall.tally()).toMatchObject({ batches: 0, account: { waiting: 13, balanced: true } })
    await votes('counter-1', [5])
    const { account } = await hall.tally()
    expect(account.balanced).toBe(true)
    expect((await batches()).map(({ counts }) => counts.unread).toSorted()).toEqual([0, 0, 1])
  })

  it('accounts for silence as 未评价, and never as a vote', async () => {
    await hall.served('counter-1')
    await hall.served('counter-1')
    const open = await hall.tally()
    expect(open.account).toMatchObject({ open: 2, expired: 0, balanced: true })
    hall.pass(VOTE_LIFE_MS)
    expect((await hall.tally()).account).toMatchObject({ open: 0, expired: 2, balanced: true })
    const { body } = await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}`)
    expect(body.total).toMatchObject({ unrated: 2, counted: 30 })
    expect(body.account).toMatchObject({ expired: 2, balanced: true })
  })

  it('finds a ballot that was taken away, or put in', async () => {
    const db = hall.server.database.ownerDb
    const [row] = await db.selectFrom('rating_ballots').selectAll().limit(1).execute()
    if (row === undefined) throw new Error('no ballot waits')
    await db.deleteFrom('rating_ballots').where('id', '=', row.id).execute()
    expect((await hall.tally()).account.balanced).toBe(false)
    await db.insertInto('rating_ballots').values(row).execute()
    expect((await hall.tally()).account.balanced).toBe(true)
  })

  it('signs each statement, and each names the one before', async () => {
    const { rows } = await sql<{ text: string; signature: Buffer; signing_key: Buffer }>`
      select a.text, a.signature, k.signing_key from rating_accounts a join rating_keys k on k.id = a.key order by a.seq
    `.execute(hall.server.deps.db)
    const spki = Buffer.from('302a300506032b6570032100', 'hex')
    for (const { text, signature, signing_key } of rows) {
      const key = createPublicKey({ key: Buffer.concat([spki, signing_key]), format: 'der', type: 'spki' })
      expect(verify(null, Buffer.from(text), key, signature)).toBe(true)
      expect(verify(null, Buffer.from(`${text} `), key, signature)).toBe(false)
    }
    const prevs = rows.map(({ text }) => (JSON.parse(text) as { prev: string }).prev)
    expect(prevs[0]).toBe('')
    expect(new Set(prevs).size).toBe(prevs.length)
  })

  it('takes no fewer than ten, whoever asks', async () => {
    await expect(hall.tally(LEAST_BALLOTS - 1)).rejects.toThrow(RangeError)
    const owner = hall.server.database.ownerDb
    const counts = JSON.stringify({ overall: { ...NO_LEVELS, 5: 9 } })
    const small = { id: crypto.randomUUID(), grp: 'x', form: 'full', day: '2026-03-02', n: 9, counts } as const
    await expect(owner.insertInto('rating_batches').values(small).execute()).rejects.toThrow(/check/)
  })
})

describe('the role of the tally', () => {
  it.each([
    'select * from rating_services',
    'select service from rating_used',
    'select grp from rating_used',
    'select text from entries',
    'select state from people',
    'select ctid from rating_ballots',
    'select xmin from rating_ballots',
    'update rating_batches set n = 11',
    'delete from rating_accounts',
    "insert into rating_used values ('00000000-0000-7000-8000-000000000000', 'x')",
  ])('may not: %s', async (statement) => {
    await expect(sql.raw(statement).execute(hall.tallyDb)).rejects.toThrow(/permission denied/)
  })

  it.each([
    'select sealed from rating_ballots',
    'delete from rating_ballots',
    'insert into rating_batches (id) select id from rating_batches',
    "update rating_keys set public_key = '\\x00'",
  ])('is what the server is not: %s', async (statement) => {
    await expect(sql.raw(statement).execute(hall.server.deps.db)).rejects.toThrow(/permission denied/)
  })
})

describe('a new period', () => {
  it('has a key of its own; what too few said is carried over, and the old key is destroyed three days later', async () => {
    const before = await hall.waiting()
    expect(before).toBe(3)
    hall.setDay('2026-04-01')
    expect(await hall.tally()).toMatchObject({ carried: 3, destroyed: [], account: { balanced: true } })
    expect((await hall.key()).id).toBe('2026-04')
    hall.setDay('2026-04-03')
    expect(await hall.tally()).toMatchObject({ carried: 0, destroyed: [] })
    hall.setDay('2026-04-04')
    expect(await hall.tally()).toMatchObject({ carried: 0, destroyed: ['2026-03'], account: { balanced: true } })
    expect(await readdir(hall.folder)).toEqual(['tally-2026-04.key'])
    // Cut off in the middle of destroying it, the next run ends what was begun.
    await writeFile(join(hall.folder, 'tally-2026-03.key'), 'neither key nor nothing', { mode: 0o600 })
    await hall.tally()
    expect(await readdir(hall.folder)).toEqual(['tally-2026-04.key'])
    await votes('counter-2', [5, 5, 5, 5, 5, 5, 5])
    expect(await hall.tally()).toMatchObject({ batches: 1, ballots: 10, account: { waiting: 0, balanced: true } })
    const [latest] = (await batches()).filter(({ grp }) => grp.includes(OTHER_CLERK))
    expect(latest?.counts.overall).toEqual({ 1: 3, 2: 0, 3: 0, 4: 0, 5: 7 })
  })

  it('takes no ballot that is sealed to the old one', async () => {
    const { token } = await hall.served('counter-2')
    const { publicKey } = await hall.key()
    expect(await hall.vote(token, ballotOf(5), { id: '2026-03', publicKey })).toMatchObject({
      status: 409,
      code: 'rating.wrong-key',
    })
    expect((await hall.vote(token, ballotOf(5))).status).toBe(201)
    expect((await hall.tally()).account.balanced).toBe(true)
  })
})

describe('a group larger than one batch', () => {
  it('is counted in one run to its last ballot, by batches of ten or more', { timeout: 60_000 }, async () => {
    const { id: key, publicKey } = await hall.key()
    const grp = 'hall-9/counter-9/nobody/general/hall-service@1'
    // Thousands of votes are cast by no test: one sealed ballot stands for all.
    const sealed = Buffer.from(sealBallot(ballotOf(4), Buffer.from(publicKey, 'base64')))
    await sql`
      insert into rating_ballots (id, grp, form, key, sealed)
      select gen_random_uuid(), ${grp}, 'full', ${key}, ${sealed}::bytea from generate_series(1, 5003)
    `.execute(hall.server.database.ownerDb)
    expect(await hall.tally()).toMatchObject({ batches: 2, ballots: 5_003 })
    const own = (await batches()).filter((one) => one.grp === grp)
    expect(own.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual([13, 4_990])
  })
})
