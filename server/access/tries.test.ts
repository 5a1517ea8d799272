import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPerson } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'
import { oneHost, type Place } from './place.ts'
import { pruneSignIns } from './prune.ts'
import { signIn } from './sign-in.ts'
import { PLACE_FREE_TRIES, TRIES_A_DAY, TRIES_BEFORE_PAUSE, waitAfter } from './tries.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const HOME: Place = { address: '10.2.0.1' }
const BENCH: Place = { station: 'bench-1' }
let strangers = 0
/** A desk that nobody has sat at. */
const elsewhere = (): Place => ({ address: `10.3.0.${(strangers += 1)}` })

async function attempt(credentials: object, place: Place): Promise<string> {
  try {
    await server.deps.signIn.authenticate(credentials as never, place)
    return 'ok'
  } catch (error) {
    return (error as { code: string }).code
  }
}
const wrongPin = (person: string, place: Place) => attempt({ badge: demoPerson(person).badge, pin: '000000' }, place)
const rightPin = (person: string, place: Place) =>
  attempt({ badge: demoPerson(person).badge, pin: demoPerson(person).pin }, place)

/** As if so much time had gone by since every try until now. */
const later = (interval: string) =>
  sql`update sign_in_tries set at = at - ${interval}::interval`.execute(server.deps.db)

async function times(count: number, one: () => Promise<string>): Promise<string[]> {
  const said: string[] = []
  for (let index = 0; index < count; index += 1) said.push(await one())
  return said
}

describe('tries on one name', () => {
  it('pause after five wrong ones, and stop after ten in a day, right ones in between or not', async () => {
    expect(await rightPin('zhang-wei', HOME)).toBe('ok')
    expect(await times(TRIES_BEFORE_PAUSE, () => wrongPin('zhang-wei', HOME))).toEqual([
      ...Array.from({ length: 4 }, () => 'access.wrong-secret'),
      'access.locked-out',
    ])
    expect(await rightPin('zhang-wei', HOME)).toBe('access.locked-out')
    await later('16 minutes')
    expect(await rightPin('zhang-wei', HOME)).toBe('ok')
    const second = await times(TRIES_A_DAY - TRIES_BEFORE_PAUSE, () => wrongPin('zhang-wei', HOME))
    expect(second.at(-1)).toBe('access.locked-for-today')
    await later('20 hours')
    expect(await rightPin('zhang-wei', HOME)).toBe('access.locked-for-today')
    await later('4 hours')
    expect(await rightPin('zhang-wei', HOME)).toBe('ok')
  })

  it('elsewhere do not shut somebody out where he has signed in before', async () => {
    expect(await rightPin('chen-jing', BENCH)).toBe('ok')
    const said: string[] = []
    for (let round = 0; round < 3; round += 1) {
      said.push(...(await times(5, () => wrongPin('chen-jing', elsewhere()))))
      await later('16 minutes')
    }
    expect(said.slice(TRIES_A_DAY)).toEqual(Array.from({ length: 5 }, () => 'access.locked-for-today'))
    expect(await rightPin('chen-jing', elsewhere()), 'at a place that never was his').toBe('access.locked-for-today')
    expect(await rightPin('chen-jing', BENCH)).toBe('ok')
  })

  it('count by person, not by badge, and for a name that nobody has just the same', async () => {
    const nobody = elsewhere()
    const said = await times(TRIES_BEFORE_PAUSE + 1, () => attempt({ badge: 'B000000', pin: '274019' }, nobody))
    const somebody = elsewhere()
    expect(await times(TRIES_BEFORE_PAUSE + 1, () => wrongPin('ji-audit', somebody))).toEqual(said)
    const kept = await sql<{ subject: string }>`select subject from sign_in_tries`.execute(server.deps.db)
    expect(JSON.stringify(kept.rows)).not.toContain('B000000')
  })

  it('are counted before they are looked at, also when they come to two servers at once', async () => {
    const { badge } = demoPerson('he-fang')
    const place = elsewhere()
    const one = signIn(server.deps.db, server.keys.pepper)
    const other = signIn(server.deps.db, server.keys.pepper)
    const said = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        (index % 2 === 0 ? one : other).authenticate({ badge, pin: String(300_000 + index) }, place).then(
          () => 'ok',
          ({ code }: { code: string }) => code,
        ),
      ),
    )
    const kept = await sql`select from sign_in_tries where subject = 'pin of he-fang'`.execute(server.deps.db)
    expect(kept.rows).toHaveLength(TRIES_BEFORE_PAUSE)
    expect(said.filter((code) => code === 'access.wrong-secret').length).toBeLessThan(TRIES_BEFORE_PAUSE)
    expect(new Set(said)).toEqual(new Set(['access.wrong-secret', 'access.locked-out']))
  })

  it('take as long for nobody as for somebody', async () => {
    const { login } = demoPerson('feng-yan')
    const timed = async (name: string): Promise<number> => {
      const began = process.cpuUsage()
      await attempt({ login: name, password: 'not the password' }, elsewhere())
      return process.cpuUsage(began).user
    }
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let round = 0; round < 4; round += 1) {
      known.push(await timed(login))
      unknown.push(await timed(`nobody-${round}`))
    }
    // Without its hash, the answer for nobody would come in a fraction of the time.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3)
  })
})

describe('tries at one place', () => {
  it('cost a wait that doubles to a minute', () => {
    expect([0, PLACE_FREE_TRIES - 1].map(waitAfter)).toEqual([0, 0])
    expect([0, 1, 2, 3, 4, 5, 50].map((more) => waitAfter(PLACE_FREE_TRIES + more))).toEqual([2, 4, 8, 16, 32, 60, 60])
  })

  it('whatever the names: nobody gets through the PINs at one bench, and who is at home there does not wait', async () => {
    const bench: Place = { station: 'bench-9' }
    expect(await rightPin('liu-yang', bench)).toBe('ok')
    const guess = () => attempt({ badge: `B${Math.floor(strangers++)}X`, pin: '274019' }, bench)
    expect(await times(PLACE_FREE_TRIES, guess)).toEqual(
      Array.from({ length: PLACE_FREE_TRIES }, () => 'access.wrong-secret'),
    )
    // However long this machine takes, the last one was no moment ago.
    await later('-1 minute')
    expect(await guess()).toBe('access.slow-down')
    expect(await rightPin('sun-bo', bench)).toBe('access.slow-down')
    expect(await rightPin('liu-yang', bench)).toBe('ok')
    expect(await rightPin('sun-bo', elsewhere())).toBe('ok')
    await later('62 seconds')
    expect(await guess()).toBe('access.wrong-secret')
    await later('-1 minute')
    expect(await guess()).toBe('access.slow-down')
    await later('12 minutes')
    expect(await rightPin('sun-bo', bench)).toBe('ok')
  })

  it('an IPv6 host is one, whichever of its addresses it takes', () => {
    expect(oneHost('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(oneHost('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64')
    expect(oneHost('::1')).toBe('0:0:0:0::/64')
    expect(oneHost('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
    expect(oneHost('::ffff:10.0.0.1')).toBe('10.0.0.1')
    expect(oneHost('10.0.0.1')).toBe('10.0.0.1')
  })
})

describe('lifting the limits', () => {
  it('is the security administrator’s, at once, and no more than three times a day', async () => {
    const place = elsewhere()
    const unlock = async (by: string) =>
      (await server.as(by, { method: 'POST', url: '/api/people/qian-lei/unlock' })).statusCode
    await times(TRIES_BEFORE_PAUSE, () => wrongPin('qian-lei', place))
    expect(await rightPin('qian-lei', place)).toBe('access.locked-out')
    expect(await unlock('xu-system')).toBe(403)
    expect(await unlock('an-security')).toBe(204)
    expect(await rightPin('qian-lei', place)).toBe('ok')
    expect([await unlock('an-security'), await unlock('an-security'), await unlock('an-security')]).toEqual([
      204, 204, 429,
    ])
    expect(
      await sql`select from entries where type = 'org.sign-in-unlocked'`
        .execute(server.deps.db)
        .then(({ rows }) => rows),
    ).toHaveLength(3)
  })
})

describe('what is over', () => {
  it('is taken away: sessions, tries and places', async () => {
    const { db } = server.deps
    const count = async () =>
      (
        await sql<{ sessions: number; tries: number; places: number }>`
          select (select count(*) from sessions)::int as sessions, (select count(*) from sign_in_tries)::int as tries,
            (select count(*) from sign_in_places)::int as places
        `.execute(db)
      ).rows[0]
    await server.deps.signIn.open({ login: 'guo-tao', password: demoPerson('guo-tao').password }, HOME)
    await sql`
      insert into sign_in_tries (id, subject, place, known, wrong, at)
      values (${randomUUID()}, 'pin of nobody', 'address 10.9.9.9', false, true, now())
    `.execute(db)
    await pruneSignIns(db)
    const before = await count()
    expect(before?.sessions).toBeGreaterThan(0)
    await sql`update sessions set seen_at = seen_at - interval '1 hour'`.execute(db)
    await sql`update sign_in_places set ok_at = ok_at - interval '31 days'`.execute(db)
    await later('25 hours')
    await pruneSignIns(db)
    expect(await count()).toEqual({ sessions: 0, tries: 0, places: 0 })
  })

  it('also what was begun before the database was restored', async () => {
    const { db } = server.deps
    const access = server.deps.signIn
    const { login, password } = demoPerson('zhou-ping')
    const { token } = await access.open({ login, password }, HOME)
    expect(await access.find(token)).toMatchObject({ person: 'zhou-ping', mustChange: null })
    // A restore makes the tables anew and fills in the rows as they were.
    const owner = server.database.ownerDb
    await sql`create table restored (like sessions including all)`.execute(owner)
    await sql`insert into restored select * from sessions`.execute(owner)
    await sql`drop table sessions`.execute(owner)
    await sql`alter table restored rename to sessions`.execute(owner)
    await sql`grant select, insert, update, delete on sessions to public`.execute(owner)
    expect(await sql`select from sessions`.execute(db).then(({ rows }) => rows.length)).toBeGreaterThan(0)
    expect(await access.find(token)).toBeNull()
    const again = await access.open({ login, password }, HOME)
    expect(await access.find(again.token)).toMatchObject({ person: 'zhou-ping' })
  })
})
