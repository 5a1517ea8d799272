import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Act, openDoor } from '../../act.ts'
import { clientConfig } from '../../database/connect.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { Command } from '../../module.ts'
import { seedStations } from '../../stations/registry.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { readChain } from '../chain/chain.ts'
import { readItem } from '../reads.ts'
import { custodyRoutes } from '../routes.ts'
import type { Scene } from '../scene.ts'
import { gold, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const FRAME = Buffer.from('S S    100.000 g\r\n', 'latin1')
const EARLIER = Buffer.from('S S     98.000 g\r\n', 'latin1')
const FRAME_SHA256 = createHash('sha256').update(FRAME).digest('hex')
const STATION = { id: 'bench-1', place: 'store-1' }
const OFFICERS = ['zhang-wei', 'li-na']

let server: TestServer
let superuser: pg.Client
let safe: string
let codes: string[]
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let causes = 0

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  superuser = new pg.Client(clientConfig(server.database.superConfig, true))
  await superuser.connect()
  const bench = { id: 'bench-1', name: '一号入库台', kind: 'bench', place: 'store-1', devices: [] } as const
  await seedStations(server.deps.db, server.deps.act, [bench])
  for (const [reading, kind, raw] of [
    ['w-1', 'weight', FRAME],
    ['w-0.9', 'weight', EARLIER],
    ['s-1', 'scan', null],
  ])
    await superuser.query(
      `insert into station_readings (station, reading, device, at, kind, raw, outcome) values ('bench-1', $1, 'scale-1', now(), $2, $3, '')`,
      [reading, kind, raw],
    )
  const officer = 'zhang-wei'
  const open = { number: '称重案', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: OFFICERS }
  await does(officer, { type: 'custody.open-case', ...open })
  const items = ['F-1', 'F-2', 'F-3'].map((number) => ({ ...gold, seal: { number, signers: OFFICERS } }))
  const { result } = await does(officer, { type: 'custody.register', case: '称重案', items, ...taking })
  codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await does(officer, { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  await onFilm(server.deps, codes)
  await does(officer, { type: 'custody.hand-over', items: codes, store: 'store-1' })
  const shelf = {
    type: 'custody.add-location',
    store: 'store-1',
    name: '保险柜',
    storageClass: 'precious',
    capacity: 9,
  }
  safe = String((await does('chen-jing', shelf)).result['code'])
})
afterAll(async () => {
  await superuser.end()
  await server.close()
})

function does(person: string, command: Command & Record<string, unknown>, station: typeof STATION | null = null) {
  clock += 1_000
  const at = new Date(clock).toISOString()
  const signers = command.type === 'custody.check-in' ? ['zhang-wei'] : []
  return server.deps.act({ person, with: signers, station }, command, { cause: `test ${(causes += 1)}`, at })
}

/** What nobody may do, done by somebody with every right: no trigger fires. */
async function tamper(statement: string, values: readonly unknown[] = []): Promise<void> {
  await superuser.query('set session_replication_role = replica')
  await superuser.query(statement, [...values])
  await superuser.query('set session_replication_role = origin')
}

function checkIn(item: string | undefined, seal: string, line: Record<string, unknown>) {
  const items = [{ item, location: safe, weight_mg: 100_000, sealNumber: seal, photoMatches: true, ...line }]
  return { type: 'custody.check-in', items }
}

/** The door of a program that takes every frame for this weight. */
function believing(weight_mg: number): Act {
  const { db, now } = server.deps
  const modules = server.modules.map((module) => {
    const takesIn = module.handlers['custody.check-in']
    if (takesIn === undefined) return module
    const load: typeof takesIn.load = async (trx, command, circumstances) => {
      const scene = (await takesIn.load(trx, command, circumstances)) as Scene
      const frames = [...scene.frames].map(
        ([id, frame]) => [id, { ...frame, weights_mg: new Set([weight_mg]) }] as const,
      )
      return { ...scene, frames: new Map(frames) }
    }
    return { ...module, handlers: { ...module.handlers, 'custody.check-in': { ...takesIn, load } } }
  })
  return openDoor({ db, modules, causeKey: server.keys.pepper, hash: 'sha256', now }).act
}

async function faults() {
  const { key, installation } = server.keys
  const { modules } = server
  const db = server.database.ownerDb
  return (await verifyStore({ db, modules, folder: checkpointFolderOf(server.keys), key, installation })).faults
}

async function weighingsOf(item: string, type: string): Promise<unknown[]> {
  const { entries } = await readChain(server.deps.db, item)
  return entries.filter((entry) => entry.type === type).map(({ body }) => (body as { weighing?: unknown }).weighing)
}

describe('a weight', () => {
  it.each([
    ['of a reading that nobody took', { reading: 'w-0' }],
    ['of a reading that was no weighing', { reading: 's-1' }],
    ['that names a reading and no weight', { reading: 'w-1', weight_mg: undefined }],
  ])('%s is refused', async (_, line) => {
    const given = JSON.parse(JSON.stringify(checkIn(codes[0], 'F-1', line))) as Command & Record<string, unknown>
    await expect(does('chen-jing', given, STATION)).rejects.toMatchObject({ code: 'custody.weighing-unknown' })
  })

  it('names no reading of a scale when it comes over HTTP, or from another station', async () => {
    server.setNow(new Date((clock += 1_000)).toISOString())
    const { type: _, ...line } = checkIn(codes[0], 'F-1', { reading: 'w-1' })
    const payload = { ...line, signatures: [signatureOf('zhang-wei')] }
    const answer = await server.as('chen-jing', { method: 'POST', url: '/api/custody/check-in', payload })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'custody.weighing-unknown'])
    const elsewhere = { id: 'bench-2', place: 'store-1' }
    await expect(does('chen-jing', checkIn(codes[0], 'F-1', { reading: 'w-1' }), elsewhere)).rejects.toMatchObject({
      code: 'custody.weighing-unknown',
    })
  })

  it.each([100_001, 99_999, 1])('of %i mg is refused where the frame of its reading says 100 g', async (weight_mg) => {
    const given = checkIn(codes[0], 'F-1', { reading: 'w-1', weight_mg })
    await expect(does('chen-jing', given, STATION)).rejects.toMatchObject({ code: 'custody.weighing-differs' })
  })

  it('that the scale of the bench gave is bound to its frame, here and wherever it is said again', async () => {
    const [bar = ''] = codes
    const weighing = { by: 'scale', station: 'bench-1', reading: 'w-1', raw_sha256: FRAME_SHA256 }
    const before = [{ weight_mg: 98_000, reading: 'w-0.9' }]
    const invented = checkIn(bar, 'F-1', { reading: 'w-1', before: [{ weight_mg: 97_000, reading: 'w-0.9' }] })
    await expect(does('chen-jing', invented, STATION)).rejects.toMatchObject({ code: 'custody.weighing-differs' })
    await does('chen-jing', checkIn(bar, 'F-1', { reading: 'w-1', before }), STATION)
    const [taken] = (await readChain(server.deps.db, bar)).entries.filter(({ type }) => type === 'custody.checked-in')
    expect(taken?.body).toMatchObject({
      weighedBefore: [{ weight_mg: 98_000, weighing: { by: 'scale', reading: 'w-0.9' } }],
    })
    expect(await weighingsOf(bar, 'custody.checked-in')).toEqual([weighing])
    expect((await readItem(server.deps.db, bar))?.weights.map((one) => one.weighing)).toEqual([
      { by: 'hand' },
      weighing,
    ])
    const dueAt = new Date(clock + 86_400_000).toISOString()
    const deed = { command: 'borrow', items: [bar], dueAt, purpose: 'APPRAISAL' }
    const { result } = await does('zhang-wei', { type: 'approvals.ask', deed, reason: '鉴定' })
    const approval = result['id']
    await does('qian-lei', { type: 'approvals.grant', approval })
    const unweighed = { type: 'custody.borrow', items: [bar], approval } as Command
    const lend = server.deps.act({ person: 'chen-jing', with: ['zhang-wei'], station: STATION }, unweighed, {
      cause: 'unweighed',
      at: new Date((clock += 1_000)).toISOString(),
    })
    await expect(lend).rejects.toMatchObject({ code: 'custody.weight-missing' })
    clock += 1_000
    await server.deps.act(
      { person: 'chen-jing', with: ['zhang-wei'], station: STATION },
      { type: 'custody.borrow', items: [{ item: bar, weight_mg: 100_000, reading: 'w-1' }], approval } as Command,
      { cause: 'lend', at: new Date(clock).toISOString() },
    )
    expect(await weighingsOf(bar, 'custody.lent')).toEqual([weighing])
    expect((await readItem(server.deps.db, bar))?.weights.map((one) => one.weighing)).toEqual([
      { by: 'hand' },
      weighing,
      weighing,
    ])
  })

  it('that a person typed says so', async () => {
    const [, bar = ''] = codes
    await does('chen-jing', checkIn(bar, 'F-2', {}))
    expect(await weighingsOf(bar, 'custody.registered')).toEqual([{ by: 'hand' }])
    expect(await weighingsOf(bar, 'custody.checked-in')).toEqual([{ by: 'hand' }])
  })
})

describe('the frame of a scale', () => {
  const put = `insert into station_readings (station, reading, device, at, kind, raw, outcome) values ('bench-1', 'w-1', 'scale-1', now(), 'weight', $1, '')`

  afterEach(async () => {
    await tamper(`delete from station_readings where reading = 'w-1'`)
    await tamper(put, [FRAME])
  })

  it('holds when nobody touched it', async () => {
    expect(await faults()).toEqual([])
  })

  it.each([
    [
      'changed',
      `update station_readings set raw = replace(raw::text, '313030', '393030')::bytea where reading = 'w-1'`,
    ],
    ['blanked', `update station_readings set raw = null where reading = 'w-1'`],
    ['taken away', `delete from station_readings where reading = 'w-1'`],
  ])('that is %s is found, with the entry that stands on it', async (how, statement) => {
    await tamper(statement)
    const [first] = await faults()
    expect(first?.register).toBe('store.store-1')
    const entry = await superuser.query<{ type: string }>(
      `select type from entries where register = 'store.store-1' and seq = $1`,
      [first?.seq],
    )
    expect(entry.rows).toEqual([{ type: 'custody.checked-in' }])
    expect(first?.what.en).toMatch(how === 'changed' ? /raw bytes of its weighing were changed/ : /are gone/)
  })

  it.each([
    ['changed', `update station_readings set outcome = 'x' where reading = 's-1'`],
    ['taken away', `delete from station_readings where reading = 'w-1'`],
    ['emptied', 'truncate station_readings'],
  ])('is not %s by its owner either', async (_, statement) => {
    await expect(superuser.query(statement)).rejects.toThrow(/append-only/)
  })

  it('stays when readings without one are forgotten', async () => {
    await superuser.query(`delete from station_readings where raw is null`)
    const left = await superuser.query(`select reading from station_readings order by reading`)
    expect(left.rows).toEqual([{ reading: 'w-0.9' }, { reading: 'w-1' }])
  })
})

it('a weight that is not what its frame says is found, though the frame is whole', async () => {
  const [, , bar = ''] = codes
  expect(await faults()).toEqual([])
  await believing(100_001)(
    { person: 'chen-jing', with: ['zhang-wei'], station: STATION },
    checkIn(bar, 'F-3', { reading: 'w-1', weight_mg: 100_001 }),
    { cause: 'believed', at: new Date((clock += 1_000)).toISOString() },
  )
  expect(await faults()).toMatchObject([
    {
      register: 'store.store-1',
      what: { en: expect.stringContaining('its weight is not what the scale said') as string },
    },
  ])
})
