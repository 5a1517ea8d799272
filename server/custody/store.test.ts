import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Who } from '../act.ts'
import { clientConfig } from '../database/connect.ts'
import type { Command } from '../module.ts'
import { testServer, type TestServer } from '../testing.ts'
import { readChain } from './chain/chain.ts'
import { general, PHOTO, taking } from './testing.ts'
import { onFilm } from './testing-film.ts'

const LIST = 200

let server: TestServer
let superuser: pg.Client
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let causes = 0

beforeAll(async () => {
  server = await testServer()
  superuser = new pg.Client(clientConfig(server.database.superConfig, true))
  await superuser.connect()
  await does('zhang-wei', {
    type: 'custody.open-case',
    number: '二案',
    title: '某案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers: ['zhang-wei', 'li-na'],
  })
})
afterAll(async () => {
  await superuser.end()
  await server.close()
})

/** Signed over by the officer who submitted. */
const GIVEN = { with: ['zhang-wei'] }

function at(): string {
  return new Date(clock).toISOString()
}

function does(person: string, command: Command & Record<string, unknown>, who: Partial<Who> = {}): Promise<Answer> {
  clock += 1_000
  return server.deps.act({ person, ...who }, command, { cause: `test ${(causes += 1)}`, at: at() })
}

async function registered(count: number): Promise<string[]> {
  const items = Array.from({ length: count }, () => general)
  const { result } = await does('zhang-wei', { type: 'custody.register', case: '二案', items, ...taking })
  const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await does('zhang-wei', { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  return codes
}

async function shelfOf(capacity: number): Promise<string> {
  const { result } = await does('chen-jing', {
    type: 'custody.add-location',
    store: 'store-1',
    name: '大架',
    storageClass: 'ordinary',
    capacity,
  })
  return String(result['code'])
}

async function storedOnes(count: number): Promise<{ codes: string[]; shelf: string }> {
  const codes = await registered(count)
  const shelf = await shelfOf(count)
  await onFilm(server.deps, codes)
  await does('zhang-wei', { type: 'custody.hand-over', items: codes, store: 'store-1' })
  await does('chen-jing', { type: 'custody.check-in', items: codes, location: shelf }, GIVEN)
  return { codes, shelf }
}

async function granted(codes: readonly string[]): Promise<string> {
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: codes, dueAt, purpose: 'IDENTIFICATION' }
  const { result } = await does('zhang-wei', { type: 'approvals.ask', deed, reason: '辨认' })
  await does('qian-lei', { type: 'approvals.grant', approval: String(result['id']) })
  return String(result['id'])
}

/** What nobody may do, done by somebody with every right: no trigger fires. */
async function tamper(statement: string, values: readonly unknown[]): Promise<void> {
  await superuser.query('set session_replication_role = replica')
  await superuser.query(statement, [...values])
  await superuser.query('set session_replication_role = origin')
}

describe('acts side by side', () => {
  it('serials are given out once, however many register at the same time', async () => {
    clock += 1_000
    const moment = at()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server.deps.act(
          { person: index % 2 === 0 ? 'zhang-wei' : 'li-na' },
          { type: 'custody.register', case: '二案', items: [general, general], ...taking } as Command,
          { cause: `register ${index}`, at: moment },
        ),
      ),
    )
    const codes = answers.flatMap(({ result }) => result['items'] as unknown as { code: string; ordinal: number }[])
    expect(new Set(codes.map(({ code }) => code)).size).toBe(40)
    expect(new Set(codes.map(({ ordinal }) => ordinal)).size).toBe(40)
  })

  it(`a list of ${LIST} is checked in by one act, all or none`, async () => {
    const codes = await registered(LIST)
    const small = await shelfOf(LIST - 1)
    await onFilm(server.deps, codes)
    await does('zhang-wei', { type: 'custody.hand-over', items: codes, store: 'store-1' })
    const full = does('chen-jing', { type: 'custody.check-in', items: codes, location: small }, GIVEN)
    await expect(full).rejects.toMatchObject({ code: 'custody.location-full' })
    const lying = await sql<{ n: number }>`select count(*) as n from items where location = ${small}`.execute(
      server.database.db,
    )
    expect(lying.rows[0]?.n).toBe(0)
    const large = await shelfOf(LIST)
    const { facts } = await does('chen-jing', { type: 'custody.check-in', items: codes, location: large }, GIVEN)
    expect(facts).toHaveLength(2 * LIST + 1)
    const { faults } = await readChain(server.database.db, codes[LIST - 1] ?? '')
    expect(faults).toEqual([])
  })

  it('one number, two departments at once: one case, and the other is told that it is there', async () => {
    clock += 1_000
    const open = (person: string, unit: string, number: string): Promise<unknown> => {
      const command = { type: 'custody.open-case', number, title: '某案', track: 'TAX', unit, officers: [person] }
      return server.deps.act({ person }, command as Command, { cause: `open ${number}`, at: at() })
    }
    for (let round = 1; round <= 30; round += 1) {
      const number = `同号-${round}`
      const ended = await Promise.allSettled([
        open('zhang-wei', 'dept-1', number),
        open('wang-qiang', 'dept-2', number),
      ])
      const lost = ended.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown)
      expect(lost, number).toMatchObject([{ code: 'custody.case-exists' }])
    }
  })

  it('the same cause again answers the same and does nothing', async () => {
    const [item = ''] = await registered(1)
    clock += 1_000
    await onFilm(server.deps, [item])
    const command = { type: 'custody.hand-over', items: [item], store: 'store-1' } as Command
    const options = { cause: 'once', at: at() }
    const first = await server.deps.act({ person: 'zhang-wei' }, command, options)
    const again = await server.deps.act({ person: 'zhang-wei' }, command, options)
    expect(again).toEqual({ ...first, repeated: true })
  })
})

describe('what the database itself refuses', () => {
  it('a second holder at the same time', async () => {
    const [item = ''] = await registered(1)
    const second = superuser.query(
      `insert into holdings (item, ordinal, who, from_at, to_at) values ($1, 2, 'person/thief', now(), null)`,
      [item],
    )
    await expect(second).rejects.toMatchObject({ code: '23P01' })
  })

  it('an item in store without a place, a decision by who asked', async () => {
    const [item = ''] = await registered(1)
    const lost = superuser.query(`update items set custody_status = 'IN_STORE' where id = $1`, [item])
    await expect(lost).rejects.toMatchObject({ code: '23514' })
    const { codes } = await storedOnes(1)
    await granted(codes)
    const own = superuser.query('update approvals set decided_by = requester where decided_by is not null')
    await expect(own).rejects.toMatchObject({ code: '23514' })
  })
})

describe('a chain that was touched is not intact', () => {
  const touches: [what: string, statement: string, says: RegExp][] = [
    ['the card', `update items set state = jsonb_set(state, '{name}', '"铜条"') where id = $1`, /card/],
    [
      'the text of an entry',
      `update entries set text = replace(text, '"quantity":"1"', '"quantity":"2"') where subject = 'item/' || $1 and n = 1`,
      /does not give its hash/,
    ],
    ['a removed entry', `delete from entries where subject = 'item/' || $1 and n = 2`, /fact 2 is missing/],
    [
      'the entry before one of its own',
      `update entries e set hash = sha256('x') from entries own
       where own.subject = 'item/' || $1 and own.n = 3 and e.register = own.register and e.seq = own.seq - 1`,
      /does not continue/,
    ],
    [
      'the other half of a pair',
      `delete from entries where subject = 'item/' || $1 and type = 'custody.released-to-store'`,
      /missing/,
    ],
  ]
  for (const [what, statement, says] of touches) {
    it(what, async () => {
      const { codes } = await storedOnes(1)
      const [item = ''] = codes
      expect((await readChain(server.database.db, item)).faults).toEqual([])
      await tamper(statement, [item])
      const { faults } = await readChain(server.database.db, item)
      expect(faults.map((one) => one.what.en).join('\n')).toMatch(says)
    })
  }
})
