import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OfflineDeed, OfflineMark } from '../../devices/agent/held-list.ts'
import { OFFLINE_READINGS_MAX } from '../../devices/agent/offline.ts'
import { HELLO_MS } from '../../devices/agent/protocol.ts'
import type { Reading } from '../../devices/reading.ts'
import { newId } from '../id.ts'
import { AgentBench } from './testing.ts'
import { heldOn, journalOn, scanReading } from './testing-journal.ts'
import { GOLD_MG, OfflineGoods, OfflineStation } from './testing-offline.ts'
import { until } from './testing-process.ts'

/** Every so many readings a line is done; the rest is what hands do at a bench: what is refused, and what is scanned twice. */
const LINES = 50
const EACH = OFFLINE_READINGS_MAX / LINES
const KILLS = 10

/** An estimate of a clock errs by as much as the answer was delayed; an agent drops a connection whose answer takes longer. */
const CLOCK_ERR_MS = 2 * HELLO_MS

let bench: AgentBench
let goods: OfflineGoods
let station: OfflineStation
let safe: string

beforeAll(async () => {
  bench = await AgentBench.open()
  goods = await OfflineGoods.open(bench)
  safe = await goods.shelf('保险柜', LINES)
  const server = await bench.startServer()
  station = await OfflineStation.open(bench, 'bench-1', () => server.desk)
}, 120_000)

afterAll(async () => {
  await bench.close()
  await station.close()
}, 60_000)

test(
  'as much as a bench may record is drained while its program is killed: every line once, in order',
  { timeout: 900_000 },
  async () => {
    const { list, items, seals } = await goods.list(LINES)
    await station.openList(list)
    await station.cut()
    await station.agent.kill()
    await record(items, seals)
    bench.proxy.mend()
    let before = 0
    for (let kill = 1; kill <= KILLS; kill += 1) {
      station.agent = bench.start(station.pc)
      const wanted = Math.floor((OFFLINE_READINGS_MAX * kill) / (KILLS + 1))
      before = await until('more of the readings', async () => {
        const { records } = await bench.row(station.pc)
        return records >= Math.max(wanted, before + 1) ? records : null
      })
      await station.agent.kill()
    }
    station.agent = bench.start(station.pc)
    await until(
      'all of the readings',
      async () => ((await bench.row(station.pc)).records === OFFLINE_READINGS_MAX ? true : null),
      600_000,
    )
    const entries = await sql<{ item: string; at: string }>`
      select substr(subject, 6) as item, text::jsonb->>'at' as at from entries
      where type = 'custody.checked-in' order by seq
    `.execute(bench.db)
    expect(entries.rows.map(({ item }) => item)).toEqual(items)
    // Each connection measures the PC's clock anew: between two of them a moment may go back by as much as a measurement errs.
    const moments = entries.rows.map(({ at }) => Date.parse(at))
    const back = moments.map((moment, nth) => (moments[nth - 1] ?? moment) - moment)
    expect(Math.max(...back)).toBeLessThan(CLOCK_ERR_MS)
    expect(await goods.conflicts(list)).toEqual([])
    const kept = await sql<{ readings: number }>`
      select count(*) as readings from station_readings where station = 'bench-1' and outcome like 'offline.%'
    `.execute(bench.db)
    expect(kept.rows).toEqual([{ readings: OFFLINE_READINGS_MAX }])
    expect((await bench.row(station.pc)).faults).toEqual([])
    expect(await goods.faults()).toEqual([])
  },
)

/** Writes what a bench would have recorded into the journal of its PC, under the pass that it holds. */
async function record(items: readonly string[], seals: readonly string[]): Promise<void> {
  const held = await heldOn(bench.dataDir(station.pc), 'bench-1')
  const journal = await journalOn(bench.dataDir(station.pc))
  const kept: Promise<unknown>[] = []
  for (let n = 1; n <= OFFLINE_READINGS_MAX; n += 1) {
    const deed: OfflineDeed = {
      ...{ pass: held.pass, list: held.list, item: items[n / EACH - 1] ?? '', location: safe },
      ...{ weighed: { weight_mg: GOLD_MG, reading: weighedId }, sealNumber: seals[n / EACH - 1] ?? null },
    }
    const isWeighing = n % EACH === EACH - 1
    const mark: OfflineMark =
      n % EACH === 0 ? { code: 'recorded', deed } : { code: isWeighing ? 'weighed' : 'not-on-list', deed: null }
    const reading = isWeighing ? weighing() : scanReading(`NOT-OURS-${n}`)
    if (isWeighing) weighedId = reading.id
    kept.push(journal.append(reading, mark))
    if (kept.length === EACH) await Promise.all(kept.splice(0))
  }
  await journal.close()
}

let weighedId = ''

function weighing(): Reading {
  return {
    ...{ id: newId(), station: 'bench-1', device: 'scale-1', deviceKind: 'scale' },
    at: new Date().toISOString(),
    raw: Buffer.from('S S    100.000 g\r\n'),
    value: { kind: 'weight', weight_mg: GOLD_MG, stable: true },
  }
}
