import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBallot, sealBallot } from '../../devices/ballot/seal.ts'
import { connect } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { ballotOf, CLERK, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'
import { readPeriodKeys } from './tally-keys.ts'
import { openWaitingBallots } from './waiting.ts'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
})
afterAll(() => hall.close())
beforeEach(() => hall.server.database.ownerDb.deleteFrom('rating_ballots').execute())

const patience = { timeout: 20_000 }

/** What the ballots that wait say, opened as the tally would. */
async function ballots() {
  const keys = await readPeriodKeys(hall.folder)
  const rows = await hall.server.database.ownerDb.selectFrom('rating_ballots').selectAll().execute()
  return rows.map(({ sealed, key, form, grp }) => {
    const pair = keys.find(({ id }) => id === key)
    if (pair === undefined) throw new Error(`no key ${key}`)
    return { ...openBallot(sealed, pair), form, grp }
  })
}

const services = async (): Promise<number> =>
  (await hall.server.deps.db.selectFrom('rating_services').select('id').execute()).length

/**
 * The clerk presses 请评价 until a service has come of it: the same key again within half a second is taken for the echo of a line that hears
 * itself.
 */
async function ask(window: number): Promise<void> {
  const before = await services()
  await vi.waitFor(
    async () => {
      if ((await services()) > before) return
      await hall.pads.clerk(window, [0x0b])
      throw new Error('not asked yet')
    },
    { timeout: 20_000, interval: 700 },
  )
}

describe('the pads of a counter, by their bytes', () => {
  it('let a clerk ask with one key: a service, its vote, and one sealed press', async () => {
    await hall.signOn(CLERK, 'counter-1')
    const before = await services()
    await hall.pads.clerk(1, [0x0b])
    await expect.poll(() => hall.pads.shows(1), patience).toBe('success')
    await hall.pads.press(1, 3)
    await expect.poll(() => hall.waiting(), patience).toBe(1)
    expect(await ballots()).toMatchObject([
      { level: 5, key: { code: '03', profile: 'ff68' }, form: 'short', grp: expect.stringContaining(CLERK) as string },
    ])
    expect(await services()).toBe(before + 1)
    const [latest] = await hall.server.deps.db
      .selectFrom('rating_services')
      .select('state')
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(latest?.state).toMatchObject({ by: 'keypad', counter: 'counter-1', clerk: CLERK, closed: true })
  })

  it('take the first press alone, whatever the pad does after', async () => {
    await ask(1)
    await hall.pads.press(1, 0)
    await hall.pads.press(1, 3)
    await hall.pads.press(1, 3)
    await expect.poll(() => hall.pads.answers(1), patience).toBeGreaterThanOrEqual(4)
    await expect.poll(() => hall.waiting(), patience).toBe(1)
    expect(await ballots()).toMatchObject([{ level: 1 }])
  })

  it('take no press that nobody asked for', async () => {
    const used = await hall.used()
    const answers = hall.pads.answers(1)
    await hall.pads.press(1, 3)
    await expect.poll(() => hall.pads.answers(1), patience).toBe(answers + 1)
    expect([await hall.waiting(), await hall.used()]).toEqual([0, used])
  })

  it('are asked by the queue system’s call, and share the vote with the screen: whichever is first', async () => {
    const { service, token } = await hall.served('counter-1')
    // The pad is asked once the notice has come; presses before that count for nothing.
    await expect
      .poll(async () => {
        await hall.pads.press(1, 2)
        return hall.waiting()
      }, patience)
      .toBe(1)
    const vote = await hall.vote(token, ballotOf(1))
    expect(vote).toMatchObject({ code: 'rating.vote-used' })
    expect(await ballots()).toMatchObject([{ level: 4 }])
    expect(service).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('tell the clerk that asking failed where nobody is signed on, and take no press then', async () => {
    await hall.pads.clerk(2, [0x0b])
    await expect.poll(() => hall.pads.shows(2), patience).toBe('failure')
    const answers = hall.pads.answers(2)
    await hall.pads.press(2, 3)
    await expect.poll(() => hall.pads.answers(2), patience).toBe(answers + 1)
    expect(await hall.waiting()).toBe(0)
  })

  it('of two counters on one line serve each its own clerk', async () => {
    await hall.signOn(OTHER_CLERK, 'counter-2')
    await ask(2)
    await ask(1)
    await hall.pads.press(2, 1)
    await hall.pads.press(1, 3)
    await expect.poll(() => hall.waiting(), patience).toBe(2)
    const said = (await ballots()).map(({ level, grp }) => `${grp.split('/')[2]} ${level}`)
    expect(said.toSorted()).toEqual([`${CLERK} 5`, `${OTHER_CLERK} 3`])
  })

  it('ask for who is there now, not for who left a service open', async () => {
    const before = await hall.waiting()
    const left = await hall.post<{ service: string }>(CLERK, '/api/rating/services', { counter: 'counter-1' })
    expect(left.status).toBe(201)
    await hall.signOn(OTHER_CLERK, 'counter-1')
    await ask(1)
    await hall.pads.press(1, 3)
    await expect.poll(() => hall.waiting(), patience).toBe(before + 1)
    expect((await ballots()).filter(({ grp }) => grp.startsWith(`hall-1/counter-1/${OTHER_CLERK}/`))).toHaveLength(1)
    await hall.signOn(CLERK, 'counter-1')
  })

  it('leave nothing of a press anywhere but in the sealed ballot', async () => {
    const shown: string[] = []
    for (const key of [0, 1, 2, 3]) {
      const before = await hall.waiting()
      await ask(1)
      await hall.pads.press(1, key)
      await expect.poll(() => hall.waiting(), patience).toBe(before + 1)
      const rows = await Promise.all(
        (['station_devices', 'station_readings', 'activity'] as const).map((table) =>
          hall.server.database.ownerDb
            .selectFrom(table as 'rating_used')
            .selectAll()
            .execute(),
        ),
      )
      shown.push(JSON.stringify(rows))
    }
    for (const text of shown) expect(text).not.toMatch(/"level"|"press"|\b(?:very )?satisfied/)
    // An organ has a level too, of government.
    const { rows: entries } = await sql`select * from entries where type not like 'org.unit-%'`.execute(
      hall.server.database.ownerDb,
    )
    expect(entries).not.toEqual([])
    expect(JSON.stringify(entries)).not.toMatch(/\blevel\b|"key"/)
    const { status } = await hall.get(MANAGER, '/api/rating/summary?hall=hall-1')
    expect(status).toBe(200)
  })
})

describe('a press while the database is away', () => {
  it('waits on the disk, and is cast once', async () => {
    const folder = join(hall.server.dataDir, 'ballots')
    const used = await hall.used()
    await ask(1)
    await hall.server.database.ownerDb.transaction().execute(async (trx) => {
      await sql`lock table rating_used in access exclusive mode`.execute(trx)
      await hall.pads.press(1, 1)
      await expect.poll(() => readdir(folder).catch(() => []), patience).toHaveLength(1)
    })
    await expect.poll(() => readdir(folder), patience).toEqual([])
    expect(await ballots()).toMatchObject([{ level: 3, form: 'short' }])
    expect(await hall.used()).toBe(used + 1)
  })

  it('outlives its process, however long the next one is away, and counts once whoever casts it', async () => {
    const folder = join(hall.server.dataDir, 'left')
    const used = await hall.used()
    const [service = ''] = await hall.servedMany('counter-1', 1)
    const { id: key, publicKey } = await hall.key()
    const sealed = sealBallot(ballotOf(4), Buffer.from(publicKey, 'base64'))
    const ballot = { service, form: 'short', key, sealed } as const
    // No server listens in that folder.
    const nobody = { host: hall.server.dataDir, port: 1, user: 'x', password: 'x', database: 'x' }
    const away = connect(nobody, { log: quietLog })
    const first = openWaitingBallots({ db: away.db, folder, log: quietLog })
    await first.keep(ballot)
    await first.close()
    await away.close()
    expect([await hall.used(), await hall.waiting()]).toEqual([used, 0])
    hall.pass(2 * VOTE_LIFE_MS)
    const torn = `${'0'.repeat(36)}.ballot`
    await writeFile(join(folder, torn), '{')
    const second = openWaitingBallots({ db: hall.server.deps.db, folder, log: quietLog })
    await expect.poll(() => readdir(folder), patience).toEqual([torn])
    expect([await hall.used(), await hall.waiting()]).toEqual([used + 1, 1])
    await second.keep(ballot)
    await expect.poll(() => readdir(folder), patience).toEqual([torn])
    await second.close()
    expect([await hall.used(), await hall.waiting()]).toEqual([used + 1, 1])
  })
})
