import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { AgentBench } from './testing.ts'
import { deedOf, heldOn, journalOn, scanReading } from './testing-journal.ts'
import { CUSTODIAN, DONE, type OfflineGoods, OfflineStation, openHouse, setUpAnew } from './testing-offline.ts'
import { until } from './testing-process.ts'

/** One bench with devices on two PCs, each of which may go on with its list; a scanner that is moved while a list is open. */

let bench: AgentBench
let goods: OfflineGoods
let left: OfflineStation
let right: OfflineStation
let safe: string
let server: Awaited<ReturnType<AgentBench['startServer']>>

beforeAll(async () => {
  ;({ bench, goods, safe, server } = await openHouse())
  await setUpAnew(bench, 'bench-2', [])
  left = await OfflineStation.open(bench, 'bench-1', () => server.desk)
  right = await OfflineStation.open(bench, 'bench-1', () => server.desk, left)
}, 120_000)

afterEach(() => bench.proxy.mend())

afterAll(async () => {
  await bench.close()
  await left.close()
  await right.close()
}, 60_000)

/** Opens a list that both PCs then hold. */
async function openOnBoth(list: string): Promise<void> {
  const before = right.agent.of('held').length
  await left.openList(list)
  await until(`${list} held by the second PC`, () =>
    right.agent
      .of('held')
      .slice(before)
      .some((one) => one.list === list)
      ? true
      : null,
  )
}

async function cancelWork(): Promise<void> {
  if ((await left.session()).state === 'locked')
    await left.screen({ kind: 'badge', badge: CUSTODIAN.badge, sight: 'first' })
  if ((await left.session()).state === 'signing-in') await left.screen({ kind: 'pin', pin: CUSTODIAN.pin })
  if ((await left.session()).state === 'working') await left.screen({ kind: 'command', word: 'CANCEL' })
}

/** How often each of these items came into the store by the register. */
async function checkedIn(items: readonly string[]): Promise<readonly number[]> {
  const found = await sql<{ subject: string }>`
    select subject from entries where type = 'custody.checked-in' and subject = any(${items.map((one) => `item/${one}`)}::text[])
  `.execute(bench.db)
  return items.map((item) => found.rows.filter(({ subject }) => subject === `item/${item}`).length)
}

test(
  'two PCs that hold one list may do the same line: it is done once, and the other is a conflict that a person sees',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(3)
    await openOnBoth(list)
    await left.cut()
    await right.cut()
    expect(await left.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    expect(await left.checkIn(items[1] ?? '', safe)).toEqual(DONE)
    expect(await right.checkIn(items[1] ?? '', safe)).toEqual(DONE)
    expect(await right.checkIn(items[2] ?? '', safe)).toEqual(DONE)
    bench.proxy.mend()
    await goods.inStore(items)
    const conflicts = await until('the conflict', async () => {
      const found = await goods.conflicts(list)
      return found.length > 0 ? found : null
    })
    expect(conflicts).toMatchObject([{ item: items[1], station: 'bench-1', custodian: CUSTODIAN.id, settled: null }])
    expect(await checkedIn(items)).toEqual([1, 1, 1])
    for (const { agent } of [left, right])
      await until('the list closed on both', () => (agent.of('held').at(-1)?.list === null ? true : null))
    expect(await goods.faults()).toEqual([])
  },
)

test(
  'a scanner that is given to another station takes its PC’s hold with it: what it reads then is nothing of the list',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(1)
    await openOnBoth(list)
    const before = right.agent.of('held').length
    await right.giveScannerTo('bench-2')
    await until('the list taken from the second PC', () =>
      right.agent.of('held').slice(before).at(-1)?.list === null ? true : null,
    )
    await right.agent.deviceReady('scanner-2')
    await right.cut()
    const [kept, said] = [right.agent.of('kept').length, right.said().length]
    await right.scanner.scan(items[0] ?? '')
    await right.agent.saw('kept', kept + 1)
    expect(right.said()).toHaveLength(said)
    // The first PC goes on.
    await left.cut()
    expect(await left.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    bench.proxy.mend()
    await goods.inStore(items)
    expect(await goods.conflicts(list)).toEqual([])
    await setUpAnew(bench, 'bench-2', [])
    await setUpAnew(bench, 'bench-1', [...left.devices, ...right.devices])
    await right.ready()
  },
)

test(
  'one that is given away after the line has dropped: what was recorded with it is a conflict, and is not done',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(1)
    await cancelWork()
    await openOnBoth(list)
    await right.cut()
    expect(await right.checkIn(items[0] ?? '', safe)).toEqual(DONE)
    await right.giveScannerTo('bench-2')
    bench.proxy.mend()
    const [conflict] = await until('a conflict', async () => {
      const found = await goods.conflicts(list)
      return found.length === 1 ? found : null
    })
    expect(conflict).toMatchObject({
      item: items[0],
      code: 'stations.offline-device',
      station: 'bench-1',
      location: safe,
    })
    expect((await goods.item(items[0] ?? '')).custodyStatus).toBe('PENDING_HANDOVER')
    await setUpAnew(bench, 'bench-2', [])
    await setUpAnew(bench, 'bench-1', [...left.devices, ...right.devices])
    await right.ready()
  },
)

test(
  'whoever writes himself a pass fills no register: his records are kept, done by nobody, and the PC is flagged',
  { timeout: 180_000 },
  async () => {
    const { list, items } = await goods.list(1)
    await cancelWork()
    await openOnBoth(list)
    await right.cut()
    await right.agent.kill()
    const { pass } = await heldOn(bench.dataDir(right.pc), 'bench-1')
    const other = await heldOn(bench.dataDir(left.pc), 'bench-1')
    const journal = await journalOn(bench.dataDir(right.pc))
    const forged = [
      deedOf(`${pass}A`, list, items[0] ?? '', safe),
      deedOf(pass, 'W0126000999900', items[0] ?? '', safe),
      // Another PC's.
      deedOf(other.pass, list, items[0] ?? '', safe),
    ]
    const reading = { ...scanReading('X-CONFIRM4Z'), device: 'scanner-2' }
    for (const [nth, deed] of forged.entries())
      await journal.append({ ...reading, id: reading.id.slice(0, -1) + nth }, { code: 'recorded', deed })
    const { last } = journal.state()
    await journal.close()
    bench.proxy.mend()
    right.agent = bench.start(right.pc)
    await until('all of it', async () => ((await bench.row(right.pc)).records === last ? true : null))
    expect(await goods.conflicts(list)).toEqual([])
    expect(await checkedIn(items)).toEqual([0])
    const { faults } = await bench.row(right.pc)
    const flagged = faults.filter(({ code }) => code === 'wrong-record').map(({ n }) => n)
    expect(flagged).toEqual(forged.map((_deed, nth) => last - nth))
    expect(await goods.faults()).toEqual([])
  },
)
