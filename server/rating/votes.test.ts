import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newTallyKeyPair, SEALED_BYTES, sealBallot } from '../../devices/ballot/seal.ts'
import { openRow, type StoredPersonal } from '../ledger/personal.ts'
import { type Command, SYSTEM } from '../module.ts'
import type { CounterConsole, Summary } from './protocol.ts'
import { castBallot } from './cast.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
})
afterAll(() => hall.close())

describe('before anything is set up', () => {
  it('no vote is offered: nobody is there, and nothing could be sealed', async () => {
    const body = { counter: 'counter-1' }
    expect(await hall.post(MANAGER, '/api/rating/services', body)).toMatchObject({ code: 'rating.nobody-there' })
    await hall.signOn(CLERK, 'counter-1')
    const opened = await hall.post<{ service: string }>(CLERK, '/api/rating/services', body)
    expect(opened.status).toBe(201)
    const invite = `/api/rating/services/${opened.body.service}/invite`
    expect(await hall.post(CLERK, invite)).toMatchObject({ status: 409, code: 'rating.no-key' })
    expect((await hall.server.app.inject({ url: '/api/rating/key' })).json()).toMatchObject({ code: 'rating.no-key' })
    await hall.tally()
    expect((await hall.post(CLERK, invite)).status).toBe(200)
  })
})

describe('a counter', () => {
  it('is a clerk’s own from his signing on: another takes over, and one sits at one counter', async () => {
    const of = async (counter: string) =>
      (await hall.get<CounterConsole>(MANAGER, `/api/rating/counters/${counter}`)).body.clerk?.id ?? null
    await hall.signOn(CLERK, 'counter-1')
    await hall.signOn(OTHER_CLERK, 'counter-1')
    expect([await of('counter-1'), await of('counter-2')]).toEqual([OTHER_CLERK, null])
    const opening = { counter: 'counter-1' }
    expect(await hall.post(CLERK, '/api/rating/services', opening)).toMatchObject({ code: 'rating.not-yours' })
    await hall.signOn(CLERK, 'counter-2')
    await hall.signOn(CLERK, 'counter-1')
    expect([await of('counter-1'), await of('counter-2')]).toEqual([CLERK, null])
    await hall.signOn(OTHER_CLERK, 'counter-2')
    const off = (who: string) => hall.post(who, '/api/rating/counters/counter-2/sign-off')
    expect(await off(CLERK)).toMatchObject({ code: 'rating.not-yours' })
    expect((await off(OTHER_CLERK)).status).toBe(200)
    expect(await of('counter-2')).toBeNull()
  })

  it('is for clerks of its hall; what is no counter, or not for the asker, gets one answer', async () => {
    for (const [who, code] of [
      ['zhang-wei', 'access.no-post'],
      [MANAGER, 'access.no-post'],
    ] as const)
      expect(await hall.post(who, '/api/rating/counters/counter-1/sign-on')).toMatchObject({ code })
    expect(await hall.post(CLERK, '/api/rating/counters/bench-9/sign-on')).toMatchObject({
      code: 'rating.unknown-counter',
    })
    for (const [who, counter] of [
      ['zhang-wei', 'counter-1'],
      [CLERK, 'counter-9'],
    ] as const)
      expect(await hall.get(who, `/api/rating/counters/${counter}`)).toMatchObject({
        status: 404,
        code: 'rating.unknown-counter',
      })
  })

  it('has matters that the head of the hall lists', async () => {
    const matter = { hall: HALL, matter: 'invoice', name: '发票领用' }
    expect(await hall.post(CLERK, '/api/rating/matters', matter)).toMatchObject({ code: 'access.no-post' })
    expect(await hall.post('qian-lei', '/api/rating/matters', matter)).toMatchObject({ code: 'rating.not-your-hall' })
    expect((await hall.post(MANAGER, '/api/rating/matters', matter)).status).toBe(201)
    expect(await hall.post(MANAGER, '/api/rating/matters', matter)).toMatchObject({ code: 'rating.matter-there' })
    const body = { counter: 'counter-1', matter: 'invented' }
    expect(await hall.post(MANAGER, '/api/rating/services', body)).toMatchObject({ code: 'rating.unknown-matter' })
  })
})

describe('the one vote of a service', () => {
  it('is the clerk’s who is there, and a number has one service', async () => {
    const { service } = await hall.served('counter-1', { number: 'A017', matter: 'invoice' })
    const again = { counter: 'counter-1', number: 'A017' }
    expect(await hall.post(MANAGER, '/api/rating/services', again)).toMatchObject({ code: 'rating.number-taken' })
    const found = await hall.server.deps.db
      .selectFrom('rating_services')
      .select('grp')
      .where('id', '=', service)
      .executeTakeFirst()
    expect(found?.grp).toBe(`hall-1/counter-1/${CLERK}/invoice/hall-service@1`)
  })

  it('is one for all that a person has done in one go, whichever of it is named', async () => {
    const open = (more: object) =>
      hall.post<{ service: string }>(MANAGER, '/api/rating/services', { counter: 'counter-1', ...more })
    const first = (await open({ number: 'P001' })).body.service
    const second = (await open({ number: 'P002', joins: true })).body.service
    await open({ number: 'P003', matter: 'invoice', joins: true })
    const seen = await hall.get<CounterConsole>(CLERK, '/api/rating/counters/counter-1')
    expect(seen.body.service).toMatchObject({ number: 'P001', further: ['P002', 'P003'] })
    const invited = await hall.post<{ token: string }>(MANAGER, `/api/rating/services/${second}/invite`)
    expect(invited.body.token).toMatch(new RegExp(`^${first}\\.`))
    expect(await hall.post(MANAGER, `/api/rating/services/${first}/invite`)).toMatchObject({
      code: 'rating.service-over',
    })
    expect(await open({ joins: true })).toMatchObject({ status: 409, code: 'rating.nothing-to-join' })
    const rows = await hall.server.deps.db
      .selectFrom('rating_services')
      .select(['number', 'grp', 'closed'])
      .where('number', 'like', 'P00%')
      .orderBy('number')
      .execute()
    expect(rows).toEqual([
      { number: 'P001', grp: `hall-1/counter-1/${CLERK}/general/hall-service@1`, closed: true },
      { number: 'P002', grp: null, closed: true },
      { number: 'P003', grp: null, closed: true },
    ])
    expect((await hall.vote(invited.body.token, ballotOf(4))).status).toBe(201)
    expect(await hall.vote(invited.body.token, ballotOf(4))).toMatchObject({ code: 'rating.vote-used' })
  })

  it('is offered once; a request that is sent again is given the same right', async () => {
    const body = { counter: 'counter-1' }
    const { body: opened } = await hall.post<{ service: string }>(MANAGER, '/api/rating/services', body)
    const invite = `/api/rating/services/${opened.service}/invite`
    const first = await hall.post<{ token: string }>(MANAGER, invite, {}, 'one')
    const second = await hall.post<{ token: string }>(MANAGER, invite, {}, 'one')
    expect(second.body.token).toBe(first.body.token)
    expect(await hall.post(MANAGER, invite)).toMatchObject({ code: 'rating.service-over' })
  })

  it('is not handed to the clerk, whose console says nothing of whether it was used', async () => {
    const body = { counter: 'counter-1' }
    const { body: opened } = await hall.post<{ service: string }>(CLERK, '/api/rating/services', body)
    const invited = await hall.post<{ token: null }>(CLERK, `/api/rating/services/${opened.service}/invite`)
    expect(invited.body.token).toBeNull()
    const { token } = await hall.served('counter-1')
    const seen = async () => JSON.stringify((await hall.get(CLERK, '/api/rating/counters/counter-1')).body)
    const before = await seen()
    expect((await hall.vote(token, ballotOf(1))).status).toBe(201)
    expect(await seen()).toBe(before)
  })

  it('is not handed to the head of the hall either, where it is his own service', async () => {
    const appoint = { type: 'org.appoint', person: MANAGER, post: 'clerk', place: HALL } as Command
    await hall.server.deps.act({ person: SYSTEM }, appoint, { cause: 'head at a counter' })
    await hall.signOn(MANAGER, 'counter-2')
    expect((await hall.served('counter-2')).token).toBeNull()
    expect((await hall.served('counter-1')).token).toMatch(/^[0-9a-f-]{36}\./)
    await hall.signOn(OTHER_CLERK, 'counter-2')
  })

  it('counts once of two hundred that come at once, and never again', { timeout: 120_000 }, async () => {
    const { token } = await hall.served('counter-1')
    const [waiting, used] = [await hall.waiting(), await hall.used()]
    const key = await hall.key()
    const answers = await Promise.all(Array.from({ length: 200 }, () => hall.vote(token, ballotOf(5), key)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ code }) => code))).toEqual(
      new Set(['rating.vote-used']),
    )
    expect([await hall.waiting(), await hall.used()]).toEqual([waiting + 1, used + 1])
  })

  it('is over after its life, and leaves neither mark nor ballot', async () => {
    const { token } = await hall.served('counter-1')
    const [waiting, used] = [await hall.waiting(), await hall.used()]
    hall.pass(VOTE_LIFE_MS)
    expect(await hall.vote(token, ballotOf(5))).toMatchObject({ status: 409, code: 'rating.vote-over' })
    expect([await hall.waiting(), await hall.used()]).toEqual([waiting, used])
  })

  it('is not in time where the moment of its press is none', async () => {
    const { service } = await hall.served('counter-1')
    const { id: key, publicKey } = await hall.key()
    const sealed = sealBallot(ballotOf(5), Buffer.from(publicKey, 'base64'))
    const ballot = { service, form: 'short', key, sealed } as const
    for (const at of ['2026-13-41T25:61:61.000Z', ''])
      await expect(castBallot(hall.server.deps.db, ballot, at), at).rejects.toMatchObject({ code: 'rating.vote-over' })
  })

  it('is cast by its own token alone', async () => {
    const { service, token } = await hall.served('counter-1')
    const other = await hall.served('counter-1')
    const forged = [
      `${service}.${'A'.repeat(43)}`,
      `${service}.${other.token.split('.')[1]}`,
      token.slice(0, -1),
      service,
      '',
    ]
    for (const one of forged) expect(await hall.vote(one, ballotOf(5))).toMatchObject({ code: 'rating.wrong-token' })
    // The right of a service that was never offered a vote.
    const { body } = await hall.post<{ service: string }>(MANAGER, '/api/rating/services', { counter: 'counter-1' })
    expect(body.service).not.toBe(service)
    expect((await hall.vote(token, ballotOf(5))).status).toBe(201)
  })

  it('takes a sealed ballot of one length, under a key that is in use', async () => {
    const { token } = await hall.served('counter-1')
    const { publicKey } = await hall.key()
    const sealed = sealBallot(ballotOf(5), Buffer.from(publicKey, 'base64'))
    const ballot = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    expect(await hall.send({ token, key: '1999-01', ballot: ballot(sealed) })).toMatchObject({
      code: 'rating.wrong-key',
    })
    for (const wrong of [sealed.subarray(3), new Uint8Array(SEALED_BYTES + 3)])
      expect(await hall.send({ token, key: (await hall.key()).id, ballot: ballot(wrong) })).toMatchObject({
        code: 'request.invalid',
      })
    expect((await hall.send({ token, key: (await hall.key()).id, ballot: ballot(sealed) })).status).toBe(201)
  })

  it('answers every level with the same bytes', async () => {
    const answers = new Set<string>()
    for (const level of [1, 2, 3, 4, 5] as const) {
      const { token } = await hall.served('counter-1')
      const { id, publicKey } = await hall.key()
      const more = level < 3 ? { words: '很慢', reasons: ['slow'] } : {}
      const ballot = Buffer.from(sealBallot(ballotOf(level, more), Buffer.from(publicKey, 'base64')))
      const payload = { token, key: id, ballot: ballot.toString('base64') }
      const answer = await hall.server.app.inject({
        ...{ method: 'POST', url: '/api/rating/votes', payload },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      const { date: _, ...headers } = answer.headers
      answers.add(JSON.stringify([JSON.stringify(payload).length, answer.statusCode, headers, answer.body]))
    }
    expect(answers.size).toBe(1)
  })
})

describe('what is kept of votes', () => {
  it('is in no register, no log and no cause: there is a mark that one was used, and sealed bytes', async () => {
    const { token, service } = await hall.served('counter-1')
    const said = '一句只有我会说的话'
    expect((await hall.vote(token, ballotOf(1, { words: said }))).status).toBe(201)
    const tables = ['entries', 'causes', 'activity', 'personal', 'rating_services', 'rating_used', 'rating_ballots']
    for (const table of tables) {
      const rows = await hall.server.database.ownerDb
        .selectFrom(table as 'rating_used')
        .selectAll()
        .execute()
      const text = JSON.stringify(rows)
      expect(text, table).not.toContain(said)
      expect(text, table).not.toContain(token.split('.')[1])
    }
    const { rows: sealed } = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal`.execute(
      hall.server.database.ownerDb,
    )
    for (const row of sealed) expect(openRow(row)?.content).not.toContain(said)
    const ballots = await hall.server.database.ownerDb.selectFrom('rating_ballots').selectAll().execute()
    expect(JSON.stringify(ballots)).not.toContain(service)
    expect(new Set(ballots.flatMap((one) => Object.keys(one)))).toEqual(
      new Set(['id', 'grp', 'form', 'key', 'sealed', 'marks']),
    )
  })
})

describe('results', () => {
  it('are for the head of the hall and for supervisors', async () => {
    const url = `/api/rating/summary?hall=${HALL}`
    for (const who of [CLERK, 'zhang-wei', 'qian-lei', 'xu-system'])
      expect(await hall.get(who, url), who).toMatchObject({ status: 403, code: 'rating.not-for-you' })
    for (const who of [MANAGER, 'zhou-ping']) expect((await hall.get(who, url)).status, who).toBe(200)
  })

  it('name what was offered and unrated at once, and of votes nothing before ten of a group are counted', async () => {
    const { body } = await hall.get<Summary>(MANAGER, `/api/rating/summary?hall=${HALL}&by=clerk`)
    expect(body.rows.find(({ id }) => id === CLERK)).toMatchObject({ counted: 0, overall: null, satisfied: null })
    expect(body.total.unrated).toBeGreaterThan(0)
    const other = newTallyKeyPair()
    expect(other.publicKey).toHaveLength(32)
  })
})
