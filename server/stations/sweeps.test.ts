import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { startLlrpReader } from '../../devices/emulators/rfid-llrp.ts'
import type { TagReading } from '../../devices/reading.ts'
import { openStations } from '../../devices/station.ts'
import { stationOf, testBench } from '../../devices/testing-bench.ts'
import { EPC_RANDOM_BYTES, makeCode, makeEpc } from '../../labels/item-code.ts'
import type { Placement, Sight } from '../custody/stocktake/facts.ts'
import { reconcile, type Sheet } from '../custody/stocktake/reconcile.ts'
import { newPlace } from './place.ts'
import { newSession } from './session.ts'
import { openSweeps, type SweptTag } from './sweeps.ts'

/** A hand-held reader walks a store of two thousand items: real driver, real socket, an emulated reader. */

const WAIT_MS = 60_000
const TEST_MS = 300_000
const SHELVES = 10
const ON_A_SHELF = 200
const { keep } = testBench()

const codeOf = (kind: 'item' | 'location', serial: number): string =>
  makeCode({ kind, unit: '01', year: 2026, serial: serial + 1 })
const shelves = Array.from({ length: SHELVES }, (_, nth) => codeOf('location', nth))
const expected = Array.from({ length: SHELVES * ON_A_SHELF }, (_, nth): Placement => ({
  ...{ item: codeOf('item', nth), location: shelves[Math.floor(nth / ON_A_SHELF)] ?? '' },
}))
const epcOf = (nth: number): string => {
  const random = Buffer.alloc(EPC_RANDOM_BYTES)
  random.writeUInt32BE(nth + 1, EPC_RANDOM_BYTES - 4)
  return makeEpc(random)
}
const itemOf = new Map(expected.map(({ item }, nth) => [epcOf(nth), item]))

/** The reader with its driver, and what its sweeps tell while `question` is asked. */
async function walking() {
  const reader = keep(await startLlrpReader({ listen: 'tcp:0' }))
  const held = { id: 'rfid-1', kind: 'rfid', protocol: 'llrp', port: reader.address, role: 'handheld' } as const
  const config = stationOf('aisle-1', held)
  const place = newPlace(config, { version: 1, session: newSession(new Date().toISOString()) })
  const asked: { question: string | null } = { question: null }
  let told: SweptTag[] = []
  const sweeps = openSweeps({
    questionOf: () => asked.question,
    now_ms: Date.now,
    onSwept: (_place, { question, seen }) => {
      if (question === asked.question) told.push(...seen)
    },
  })
  keep({ close: async () => sweeps.close() })
  let taken = 0
  const onTag = (tag: TagReading): void => {
    if (sweeps.saw(place, tag)) taken += 1
  }
  keep(
    openStations([config], {
      ...{ onReading: () => undefined, onState: () => undefined, onKeypad: () => undefined, onTag },
      ...{ now: Date.now, newId: () => randomUUID() },
    }),
  )
  return {
    field: reader.field,
    taken: () => taken,
    begin(question: string | null): void {
      told = []
      asked.question = question
    },
    /** How each tag was heard at last. */
    heard: (): ReadonlyMap<string, SweptTag['how']> => new Map(told.map(({ epc, how }) => [epc, how])),
    told: () => told,
  }
}

it(
  'two thousand items are heard shelf by shelf and reconciled: found, missing, on the wrong shelf',
  async () => {
    const { field, begin, heard, told } = await walking()
    const [missing, moved] = [7, 11]
    const sheets: Sheet[] = []
    for (const [nth, location] of shelves.entries()) {
      const own = expected.flatMap((_, item) => (Math.floor(item / ON_A_SHELF) === nth ? [item] : []))
      const here = own.filter((item) => item !== missing && item !== moved)
      // One of the first shelf lies on the last.
      if (nth === SHELVES - 1) here.push(moved)
      field.clear()
      for (const item of here) field.put({ epc: epcOf(item) })
      const from = new Date().toISOString()
      begin(location)
      await vi.waitFor(
        () => {
          const clear = heard()
          // The reader may still tell of the shelf before; what lies on this one is what is waited for.
          expect(here.filter((item) => clear.get(epcOf(item)) !== 'strong')).toEqual([])
        },
        { timeout: WAIT_MS, interval: 100 },
      )
      const sights = told().map(({ epc, how, at }): Sight => ({ kind: 'item', item: itemOf.get(epc) ?? '', how, at }))
      begin(null)
      sheets.push({ location, by: 'li', from, to: new Date().toISOString(), done: true, swept: true, sights })
    }
    const lines = reconcile({
      ...{ expected, known: expected, sheets, stays: new Map(), store: 'store-1' },
      ...{ belongs: () => true, readable: () => true },
    })
    const verdicts = Map.groupBy(lines, ({ verdict }) => verdict)
    expect(verdicts.get('FOUND')).toHaveLength(expected.length - 2)
    expect(verdicts.get('MISSING')?.map(({ item }) => item)).toEqual([expected[missing]?.item])
    expect(verdicts.get('MISPLACED')).toMatchObject([{ item: expected[moved]?.item, seenAt: shelves.at(-1) }])
  },
  TEST_MS,
)

it(
  'a faint tag is told as what it is, and once it is clear, as that; one of somebody else is not told at all',
  async () => {
    const { field, begin, told, taken } = await walking()
    const [faint, foreign] = [epcOf(1), 'E28011606000020000000001']
    const tid = field.put({ epc: faint, heard: { 1: -80 } })
    field.put({ epc: foreign })
    begin('L1')
    await vi.waitFor(() => expect(told().map(({ epc, how }) => [epc, how])).toEqual([[faint, 'weak']]), WAIT_MS)
    field.put({ epc: faint, tid, heard: { 1: -45 } })
    await vi.waitFor(
      () =>
        expect(told().map(({ how, first }) => [how, first])).toEqual([
          ['weak', true],
          ['strong', false],
        ]),
      WAIT_MS,
    )
    expect(taken()).toBeGreaterThan(0)
  },
  TEST_MS,
)

it(
  'a new shelf is a sweep of its own: what was told of the one before is told again',
  async () => {
    const { field, begin, told } = await walking()
    field.put({ epc: epcOf(1) })
    for (const shelf of ['L1', 'L2']) {
      begin(shelf)
      await vi.waitFor(() => expect(told().map(({ epc }) => epc)).toContain(epcOf(1)), WAIT_MS)
    }
  },
  TEST_MS,
)
