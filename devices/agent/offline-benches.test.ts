import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openJournal, type Journal } from '../journal.ts'
import type { Reading, ReadingValue } from '../reading.ts'
import { heldFiles, type HeldHere } from './held-files.ts'
import type { HeldList } from './held-list.ts'
import { badgeDigest } from './offline.ts'
import { OFFLINE_LOCK_MS, type OfflineBenches, openOfflineBenches } from './offline-benches.ts'

const WAIT_MS = 30_000
const held: HeldList = {
  ...{ station: 'bench-1', list: 'D1', pass: 'PASS', shiftLeft_ms: 3_600_000 },
  custodian: { name: '李', salt: 'ab', badge: badgeDigest('ab', 'B-1') },
  lines: [
    {
      ...{ item: 'W1', label: 'W1', name: '金条', weighed: { expected_mg: 100_000, tolerance_mg: 200 } },
      ...{ sealNumber: null, storage: ['safe'] },
    },
    { item: 'W2', label: 'W2', name: '手机', weighed: null, sealNumber: null, storage: ['safe'] },
  ],
  shelves: [{ location: 'L1', label: 'L1', name: '保险柜', storage: 'safe', room: 9 }],
  cards: { confirm: 'X-CONFIRM4Z', cancel: 'X-CANCEL00', weigh: 'X-WEIGH00', lock: 'X-LOCK00' },
}
const open = { waiting: ['W1', 'W2'], locked: false, load: null }
const silent: ReadingValue = { kind: 'fault', fault: { code: 'no-answer', detail: '' } }
const heavy: ReadingValue = { kind: 'weight', weight_mg: 100_000, stable: true }

let folder: string
let journal: Journal
let benches: OfflineBenches
/** What the scale answers, one question after the other; the last for good. */
let answers: ReadingValue[]
let monotonic_ms: number
let wall_ms: number
let said: string[]
let told: { readonly station: string; readonly list: string | null }[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-benches-'))
  const { privateKey: key } = generateKeyPairSync('ed25519')
  ;[answers, said, told, monotonic_ms, wall_ms] = [[silent], [], [], 0, Date.parse('2026-03-02T01:00:00.000Z')]
  const clocks = { now: () => wall_ms, monotonic: () => monotonic_ms, run: '0'.repeat(16) }
  journal = await openJournal({ folder, key, ...clocks })
  benches = await openOfflineBenches({
    ...{ files: await heldFiles(folder), journal, ...clocks },
    stations: {
      weigh: () => Promise.resolve(reading('scale', (answers.length > 1 ? answers.shift() : answers[0]) ?? silent)),
      feedback: () => Promise.resolve(null),
    },
    onSaid: (_, { code }) => said.push(code),
    onHeld: (station, list) => told.push({ station, list }),
    onKept: () => undefined,
    onPanLeft: () => undefined,
    onShown: () => undefined,
    onNotSaved: (error) => {
      throw error
    },
  })
})

afterEach(async () => {
  await benches.close()
  await journal.close()
  await rm(folder, { recursive: true })
})

function reading(kind: 'scanner' | 'scale', value: ReadingValue): Reading {
  return {
    ...{ id: randomUUID(), station: 'bench-1', device: `${kind}-1`, deviceKind: kind },
    ...{ at: new Date(wall_ms).toISOString(), raw: new Uint8Array(0), value },
  }
}

async function scan(text: string): Promise<string> {
  const before = said.length
  expect(benches.take(reading('scanner', { kind: 'scan', text, symbology: null }))).toBe(true)
  await saidSince(before)
  return said[before] ?? ''
}

const saidSince = (before: number) =>
  vi.waitFor(() => expect(said.length).toBeGreaterThan(before), { timeout: WAIT_MS, interval: 5 })

const onDisk = async (): Promise<HeldHere> =>
  JSON.parse(await readFile(join(folder, 'held', 'bench-1.json'), 'utf8')) as HeldHere

test('a list is told to be held when it is on the disk, and to be held no more when it is gone', async () => {
  const seen = (list: string | null) =>
    vi.waitFor(() => expect(told.at(-1)).toEqual({ station: 'bench-1', list }), { timeout: WAIT_MS, interval: 1 })
  benches.hold('bench-1', held, open)
  expect(told).toEqual([])
  await seen('D1')
  expect((await onDisk()).held).toEqual(held)
  benches.hold('bench-1', null, open)
  await seen(null)
  await expect(onDisk()).rejects.toThrow('ENOENT')
})

test('an answer that was lost is said once, and the next one counts: nothing has to be scanned again', async () => {
  benches.hold('bench-1', held, open)
  benches.setAway(true)
  answers = [silent, silent, silent, heavy]
  expect(await scan('W1')).toBe('item-in-hand')
  await saidSince(2)
  expect(said).toEqual(['item-in-hand', 'device-fault', 'weighed'])
  expect(await scan('L1')).toBe('shelf-chosen')
})

test('two minutes without a scan lock it, and its last word, which names a thing, is gone', async () => {
  benches.hold('bench-1', held, open)
  benches.setAway(true)
  answers = [heavy]
  await scan('W1')
  await saidSince(1)
  expect(benches.shown()[0]).toMatchObject({ bench: { locked: false }, said: { about: 'W1' } })
  monotonic_ms += OFFLINE_LOCK_MS
  await vi.waitFor(() => expect(benches.shown()[0]).toMatchObject({ bench: { locked: true }, said: null }), {
    timeout: WAIT_MS,
  })
  expect(await scan('L1')).toBe('is-locked')
  expect(await scan('B-1')).toBe('resumed')
})

test('the clock put back lengthens no shift: the one that only goes forward counts', async () => {
  benches.hold('bench-1', held, open)
  benches.setAway(true)
  wall_ms -= 7_200_000
  monotonic_ms += held.shiftLeft_ms - 1
  expect(await scan('W2')).toBe('item-in-hand')
  monotonic_ms += 1
  expect(await scan('L1')).toBe('shift-over')
})
