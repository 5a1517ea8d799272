import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AgentBench, SYSTEM_ADMIN } from './testing.ts'
import { deedOf, heldOn, journalOn, scanReading } from './testing-journal.ts'
import {
  CANCEL,
  CONFIRM,
  CUSTODIAN,
  DONE,
  GOLD_MG,
  OFFICER,
  type OfflineGoods,
  OfflineStation,
  openHouse,
  OTHER,
} from './testing-offline.ts'
import { until } from './testing-process.ts'

let bench: AgentBench
let goods: OfflineGoods
let station: OfflineStation
let safe: string
let server: Awaited<ReturnType<AgentBench['startServer']>>

beforeAll(async () => {
  ;({ bench, goods, safe, server } = await openHouse())
  station = await OfflineStation.open(bench, 'bench-1', () => server.desk)
}, 120_000)

afterEach(() => bench.proxy.mend())

afterAll(async () => {
  await bench.close()
  await station.close()
}, 60_000)

test(
  'a bench goes on with its open list while the line is down, and each line is in the register once it is back',
  { timeout: 180_000 },
  async () => {
    const { list, items, seals } = await goods.list(3)
    const openedAt = bench.now()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    expect(await station.scan('W01990000001ZZ')).toBe('not-on-list')
    expect(await station.checkIn(items[1] ?? '', safe)).toEqual(DONE)
    expect((await goods.item(items[0] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
    const mendedAt = bench.now()
    bench.proxy.mend()
    await goods.inStore(items.slice(0, 2))

    const entries = await sql<{
      actor: string
      with: string[]
      at: string
      recorded: string
      cause: string
      body: object
    }>`
      select text::jsonb->>'actor' as actor, text::jsonb->'with' as with, text::jsonb->>'at' as at,
        text::jsonb->>'recordedAt' as recorded, text::jsonb->>'cause' as cause, text::jsonb->'body' as body
      from entries where type = 'custody.checked-in' and subject = any(${items.map((one) => `item/${one}`)}::text[])
      order by seq
    `.execute(bench.db)
    expect(entries.rows).toMatchObject([
      {
        actor: CUSTODIAN.id,
        with: [OFFICER.id],
        body: { weight_mg: GOLD_MG, weighing: { by: 'scale' }, sealNumber: seals[0] },
      },
      { actor: CUSTODIAN.id, with: [OFFICER.id], body: { location: safe, photoCompared: false, sealNumber: seals[1] } },
    ])
    for (const { at, recorded, cause } of entries.rows) {
      // As near as the PC's clocks tell: rather earlier than later, by as much as the last word from the server was delayed.
      expect(at >= openedAt && at <= mendedAt && recorded >= mendedAt).toBe(true)
      expect(cause).toMatch(/^agent:bench-1-pc\.1\.\d+$/)
    }
    const { load } = await goods.session('bench-1')
    expect(load).toMatchObject({ weight_mg: GOLD_MG, item: null })
    const { work } = await station.session()
    expect(work?.lines.map(({ item, state }) => [item, state])).toEqual([[items[2], 'waiting']])
    expect(await goods.conflicts(list)).toEqual([])
    expect(await goods.faults()).toEqual([])
  },
)

test(
  'a box is a place like a shelf: what went into it while the line was down lies in it and on its shelf',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(2)
    const box = await goods.box('首饰盒', safe, 1)
    await cancelWork()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', box)).toEqual(DONE)
    expect((await station.checkIn(items[1] ?? '', box))[2]).toBe('shelf-full')
    expect([await station.scan(safe), await station.scan(CONFIRM)]).toEqual(['shelf-chosen', 'recorded'])
    bench.proxy.mend()
    await goods.inStore(items)
    expect(await goods.item(items[0] ?? '')).toMatchObject({ location: safe, container: box })
    expect(await goods.item(items[1] ?? '')).not.toHaveProperty('container')
    expect(await goods.conflicts(list)).toEqual([])
    expect(await goods.faults()).toEqual([])
  },
)

test(
  'a program that is killed in the middle goes on, locked, with what was recorded; nothing is lost or doubled',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(2)
    await cancelWork()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    expect(await station.scan(items[1] ?? '')).toBe('item-in-hand')
    await station.restart()
    expect(await station.scan(items[1] ?? '')).toBe('is-locked')
    expect(await station.scan(OTHER.badge)).toBe('is-locked')
    expect(await station.scan(CUSTODIAN.badge)).toBe('resumed')
    expect(await station.scan(items[0] ?? '')).toBe('done-already')
    expect(await station.scan(safe)).toBe('item-wanted')
    expect(await station.checkIn(items[1] ?? '', safe)).toEqual(DONE)
    await station.restart()
    bench.proxy.mend()
    await goods.inStore(items)
    expect(await goods.conflicts(list)).toEqual([])
    await until('the list closed on that PC', () => (station.agent.of('held').at(-1)?.list === null ? true : null))
    const { work, state, verdict } = await station.session()
    expect(work).toBe(null)
    if (state === 'locked') for (const item of items) expect(JSON.stringify(verdict)).not.toContain(item)
    expect(await goods.faults()).toEqual([])
  },
)

test(
  'what can no longer be is a conflict: shown at the bench and on the list, kept in the register, settled by a person with a reason',
  { timeout: 180_000 },
  async () => {
    const { list, items, seals } = await goods.list(4)
    const small = await goods.shelf('小柜', 1)
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    expect(await station.checkIn(items[1] ?? '', small)).toEqual(DONE)
    expect(await station.scan(items[2] ?? '')).toBe('item-in-hand')
    const before = station.said().length
    station.scale.load(GOLD_MG + 201)
    await until('another weight refused', () => (station.said()[before]?.code === 'weight-differs' ? true : null))
    expect(await station.scan(safe)).toBe('weight-wanted')
    expect(await station.scan(CANCEL)).toBe('put-back')
    expect(await station.checkIn(items[3] ?? '', safe)).toEqual(DONE)

    // Meanwhile, at another bench: the first is taken in, and the small shelf is full.
    const line = { weight_mg: GOLD_MG, location: safe, sealNumber: seals[0] }
    await goods.act(OTHER.id, { type: 'custody.check-in', items: [{ item: items[0], ...line }] } as never, [OFFICER.id])
    const other = await goods.list(1)
    const full = { item: other.items[0], weight_mg: GOLD_MG, location: small, sealNumber: other.seals[0] }
    await goods.act(OTHER.id, { type: 'custody.check-in', items: [full] } as never, [OFFICER.id])

    bench.proxy.mend()
    await goods.inStore([items[3] ?? ''])
    const conflicts = await goods.conflicts(list)
    expect(conflicts).toMatchObject([
      { item: items[0], code: 'custody.wrong-order', custodian: CUSTODIAN.id, weight_mg: GOLD_MG, settled: null },
      { item: items[1], code: 'custody.location-full', location: small, station: 'bench-1', settled: null },
    ])
    expect((await goods.item(items[1] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
    await unlocked()
    await until('both at the bench', async () => ((await station.session()).conflicts.length === 2 ? true : null))

    const [first] = conflicts
    const settled = { type: 'custody.settle-conflict', conflict: first?.id, reason: '实物在保险柜，由刘洋入库' }
    await expect(goods.act(CUSTODIAN.id, settled as never)).rejects.toMatchObject({ code: 'custody.same-person' })
    await goods.act(OTHER.id, settled as never)
    await until('one at the bench', async () => ((await station.session()).conflicts.length === 1 ? true : null))
    await expect(
      goods.act(OTHER.id, { type: 'custody.settle-conflict', conflict: first?.id, reason: '再来' } as never),
    ).rejects.toMatchObject({ code: 'custody.conflict-settled' })
    await expect(
      goods.act(OFFICER.id, { type: 'custody.settle-conflict', conflict: conflicts[1]?.id, reason: '看过' } as never),
    ).rejects.toMatchObject({ code: 'access.no-post' })
    expect(await goods.faults()).toEqual([])
  },
)

test(
  'a bench that is locked at the server says what came of a record, and names no item',
  { timeout: 180_000 },
  async () => {
    const { list, items, seals } = await goods.list(2)
    await cancelWork()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    expect(await station.checkIn(items[1] ?? '', safe)).toEqual(DONE)
    const line = { weight_mg: GOLD_MG, location: safe, sealNumber: seals[1] }
    await goods.act(OTHER.id, { type: 'custody.check-in', items: [{ item: items[1], ...line }] } as never, [OFFICER.id])
    await station.screen({ kind: 'command', word: 'LOCK' })
    const { verdict: before } = await station.session()
    bench.proxy.mend()
    await until('a conflict', async () => ((await goods.conflicts(list)).length === 1 ? true : null))
    const { state, verdict } = await until('its word at the bench', async () => {
      const shown = await station.session()
      return shown.verdict?.code === 'custody.wrong-order' ? shown : null
    })
    expect([state, before?.code]).toEqual(['locked', 'stations.locked-now'])
    expect(verdict).toMatchObject({
      words: { zh: '断网时记录的一件物品未能入库，解锁后可见' },
      rule: null,
      remedy: null,
    })
    expect(await goods.item(items[0] ?? '')).toMatchObject({ custodyStatus: 'IN_STORE' })
  },
)

test(
  'an item that was sent back meanwhile, and stands on another list now, is not taken in by the old one',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(1)
    await cancelWork()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    const refused = { type: 'custody.refuse-item', items: [{ item: items[0], reason: '袋口未封' }] }
    await goods.act(OTHER.id, refused as never)
    await goods.act(OFFICER.id, { type: 'custody.hand-over', items, store: 'store-1' } as never)
    bench.proxy.mend()
    const [conflict] = await until('a conflict', async () => {
      const found = await goods.conflicts(list)
      return found.length === 1 ? found : null
    })
    expect(conflict).toMatchObject({ item: items[0], code: 'custody.list-not-open', location: safe })
    expect((await goods.item(items[0] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
  },
)

test(
  'rights are those of when it happened: who was shut out meanwhile has done nothing',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(1)
    await cancelWork()
    await station.openList(list, OTHER)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    await goods.act('xu-system', { type: 'org.deactivate', person: OTHER.id } as never)
    bench.proxy.mend()
    // Who was shut out has no badge either, and whoever showed it meanwhile is not known; his list may have been closed with his shift.
    const [conflict] = await until('a conflict', async () => {
      const found = await goods.conflicts(list)
      return found.length === 1 ? found : null
    })
    expect(conflict).toMatchObject({
      item: items[0],
      code: expect.stringMatching(/^(access.not-signed-in|stations.offline-badge|stations.offline-closed)$/),
      custodian: OTHER.id,
    })
  },
)

test('a list that was cancelled at the screen meanwhile takes no line any more', { timeout: 180_000 }, async () => {
  const { list, items } = await goods.list(1)
  await cancelWork()
  await station.openList(list)
  await station.cut()
  expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
  await cancelWork()
  expect((await station.session()).work).toBe(null)
  bench.proxy.mend()
  const [conflict] = await until('a conflict', async () => {
    const found = await goods.conflicts(list)
    return found.length === 1 ? found : null
  })
  expect(conflict).toMatchObject({ item: items[0], code: 'stations.offline-closed', custodian: CUSTODIAN.id })
  expect((await goods.item(items[0] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
})

test(
  'what was recorded with a scanner that has another name meanwhile is a conflict, and never gone without a word',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(1)
    await cancelWork()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    await station.nameScanner('scanner-9')
    bench.proxy.mend()
    const [conflict] = await until('a conflict', async () => {
      const found = await goods.conflicts(list)
      return found.length === 1 ? found : null
    })
    expect(conflict).toMatchObject({
      ...{ item: items[0], code: 'stations.offline-device', store: 'store-1', station: 'bench-1', location: safe },
      custodian: CUSTODIAN.id,
    })
    expect((await goods.item(items[0] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
    await station.nameScanner('scanner-1')
    await station.agent.deviceReady('scanner-1')
  },
)

test(
  'what a revoked PC had recorded is kept and flagged, not done, and asks for a look once an item',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(2)
    await cancelWork()
    await station.openList(list)
    await station.cut()
    expect(await station.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    // Whoever has the PC has its key: the same line again, a thing that is on no list of his, a pass of his own making.
    await station.agent.kill()
    const { pass } = await heldOn(bench.dataDir(station.pc), 'bench-1')
    const journal = await journalOn(bench.dataDir(station.pc))
    const forged = [
      deedOf(pass, list, items[0] ?? '', safe),
      deedOf(pass, list, 'W0126000999900', safe),
      deedOf(`${pass}A`, list, items[1] ?? '', safe),
    ]
    for (const deed of forged) await journal.append(scanReading('X-CONFIRM4Z'), { code: 'recorded', deed })
    const waiting = journal.state().last - (await bench.row(station.pc)).records
    await journal.close()
    station.agent = bench.start(station.pc)
    await station.ready()
    const revoked = await bench.server.as(SYSTEM_ADMIN, { method: 'POST', url: `/api/agents/${station.pc}/revoke` })
    expect(revoked.statusCode).toBe(200)
    bench.proxy.mend()
    await station.agent.saw('refused')
    expect(await goods.conflicts(list)).toMatchObject([{ item: items[0], code: 'agents.revoked', location: safe }])
    expect((await goods.item(items[0] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
    const fates = await sql<{ fate: string; records: number }>`
      select fate, count(*) as records from agent_records where agent = ${station.pc} and fate = 'revoked' group by fate
    `.execute(bench.db)
    expect(waiting).toBeGreaterThanOrEqual(DONE.length + forged.length)
    expect(fates.rows).toEqual([{ fate: 'revoked', records: waiting }])
    const { faults } = await bench.row(station.pc)
    expect(faults.filter(({ code }) => code === 'revoked')).toHaveLength(1 + forged.length)
    expect(await goods.faults()).toEqual([])
  },
)

/** A bench that locked while the line was down shows no item. */
async function unlocked(): Promise<void> {
  if ((await station.session()).state === 'locked')
    await station.screen({ kind: 'badge', badge: CUSTODIAN.badge, sight: 'first' })
  if ((await station.session()).state === 'signing-in') await station.screen({ kind: 'pin', pin: CUSTODIAN.pin })
}

async function cancelWork(): Promise<void> {
  await unlocked()
  if ((await station.session()).state === 'working') await station.screen({ kind: 'command', word: 'CANCEL' })
}
