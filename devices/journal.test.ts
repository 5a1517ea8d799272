import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Journal, type JournalOptions, NotKept, openJournal } from './journal.ts'
import type { Reading } from './reading.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
const START_MS = Date.parse('2026-11-21T00:00:00.000Z')

let folder: string
let clock_ms: number
let mono_ms: number
let opened: Journal[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-journal-'))
  clock_ms = START_MS
  mono_ms = 0
  opened = []
})

afterEach(async () => {
  for (const journal of opened) await journal.close().catch(() => undefined)
  await rm(folder, { recursive: true })
})

/** As after `kill -9`: nothing of an earlier opening is closed, and another run begins. */
async function start(over: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({
    ...{ folder, key, now: () => clock_ms, monotonic: () => mono_ms, run: `${opened.length}`.padStart(16, '0') },
    ...over,
  })
  opened.push(journal)
  return journal
}

function scan(text: string): Reading {
  return {
    ...{ id: `id-${text}`, station: 'bench-1', device: 'scanner-1', deviceKind: 'scanner' },
    at: new Date(clock_ms).toISOString(),
    raw: Buffer.from(`${text}\r`),
    value: { kind: 'scan', text, symbology: null },
  }
}

const texts = (journal: Journal): string[] =>
  journal
    .waiting(0, 100_000)
    .map(({ record: { reading } }) => (reading.value.kind === 'scan' ? reading.value.text : ''))
const file = (): string => join(folder, 'journal')

test('keeps readings in order, numbered and chained, over a new start', async () => {
  const first = await start()
  await Promise.all(['A', 'B', 'C'].map((text) => first.append(scan(text))))
  const again = await start()
  expect(again.cut).toBe(null)
  expect(texts(again)).toEqual(['A', 'B', 'C'])
  const kept = again.waiting(0, 10)
  expect(kept.map(({ n }) => n)).toEqual([1, 2, 3])
  expect(kept.map(({ record }) => record.prev)).toEqual(['', kept[0]?.hash, kept[1]?.hash])
  expect(Buffer.from(kept[0]?.record.reading.raw ?? '', 'base64').toString()).toBe('A\r')
  expect((await again.append(scan('D'))).n).toBe(4)
})

test('a last record that was cut anywhere is found, put aside and reported; all before it stand', async () => {
  const journal = await start()
  await journal.append(scan('A'))
  const whole = (await readFile(file())).length
  await journal.append(scan('B'))
  const bytes = await readFile(file())
  for (let length = whole + 1; length < bytes.length; length += 1) {
    await writeFile(file(), bytes.subarray(0, length))
    clock_ms += 1
    const again = await start()
    expect(again.cut).toMatchObject({ why: 'torn', bytes: length - whole, after: 1 })
    expect(texts(again)).toEqual(['A'])
    expect(await readFile(again.cut?.file ?? '')).toEqual(bytes.subarray(whole, length))
  }
  const again = await start()
  expect(again.cut).toBe(null)
  expect((await again.append(scan('B2'))).n).toBe(2)
  expect(texts(await start())).toEqual(['A', 'B2'])
})

test('a byte changed anywhere is found; nothing from there on is believed', async () => {
  const journal = await start()
  await journal.append(scan('A'))
  const whole = (await readFile(file())).length
  for (const text of ['B', 'C']) await journal.append(scan(text))
  const bytes = await readFile(file())
  for (let at = whole; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8((bytes[at] ?? 0) ^ 0x20, at)
    await writeFile(file(), changed)
    clock_ms += 1
    const again = await start()
    expect(again.cut).not.toBe(null)
    expect(texts(again)[0]).toBe('A')
    expect(texts(again).length).toBeLessThan(3)
  }
})

test('records of another key are not taken for its own', async () => {
  const journal = await start()
  await journal.append(scan('A'))
  const other = await start({ key: generateKeyPairSync('ed25519').privateKey })
  expect(other.cut).toMatchObject({ why: 'altered', after: 0 })
  expect(texts(other)).toEqual([])
})

test('what is acknowledged is taken out of the file, and the numbers go on', async () => {
  const journal = await start()
  // More than a megabyte, so that the file is written anew.
  for (let one = 0; one < 2_000; one += 50)
    await Promise.all(Array.from({ length: 50 }, (_, more) => journal.append(scan(`${one + more}`.padEnd(200, 'x')))))
  const before = (await readFile(file())).length
  await journal.acknowledge(1_999)
  expect(journal.state()).toMatchObject({ last: 2_000, backlog: 1 })
  expect((await readFile(file())).length).toBeLessThan(before / 100)
  const again = await start()
  expect(again.cut).toBe(null)
  expect(again.waiting(0, 10).map(({ n }) => n)).toEqual([2_000])
  await again.acknowledge(2_000)
  expect(await again.append(scan('next'))).toMatchObject({ n: 2_001 })
  expect(await readdir(folder)).toEqual(['journal'])
})

test('when too much waits, new readings are refused by name and none of the old is dropped', async () => {
  const journal = await start({ waitingMax: 3 })
  const together = await Promise.allSettled(['A', 'B', 'C', 'D'].map((text) => journal.append(scan(text))))
  expect(together.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  await expect(journal.append(scan('E'))).rejects.toMatchObject({ fault: 'journal-full' })
  expect(journal.state().fault).toBe('journal-full')
  expect(texts(await start())).toEqual(['A', 'B', 'C'])
  await journal.acknowledge(1)
  await expect(journal.append(scan('F'))).resolves.toMatchObject({ n: 4 })
})

test('what raters press is never written', async () => {
  const journal = await start()
  const press: Reading = { ...scan('5'), deviceKind: 'keypad' }
  await expect(journal.append(press)).rejects.toBeInstanceOf(NotKept)
  expect((await readFile(file())).includes('bench-1')).toBe(false)
})

test('a reading is never younger than either clock says, and a clock that is set back makes none younger', async () => {
  const journal = await start()
  const { record } = await journal.append(scan('A'))
  mono_ms += 10_000
  clock_ms -= 3_600_000
  expect(journal.age_ms(record)).toBe(10_000)
  clock_ms += 7_200_000
  expect(journal.age_ms(record)).toBe(3_600_000)
  mono_ms = 5
  clock_ms = START_MS + 60_000
  // Of another run, the clock that only goes forward says nothing.
  expect((await start()).age_ms(record)).toBe(60_000)
})

test('goes on after a number that only the server knows, and not where records wait', async () => {
  const journal = await start()
  await journal.continueAfter({ after: 7, hash: 'a'.repeat(64) })
  expect(await journal.append(scan('A'))).toMatchObject({ n: 8, record: { prev: 'a'.repeat(64) } })
  await expect(journal.continueAfter({ after: 9, hash: '' })).rejects.toBeInstanceOf(RangeError)
  expect((await start()).waiting(0, 1)).toMatchObject([{ n: 8 }])
})

test(
  '72 hours and 5,000 readings without a server, three torn last lines: all are there, in order',
  { timeout: 120_000 },
  async () => {
    const READINGS = 5_000
    const TORN_AFTER = new Set([1_200, 2_700, 4_100])
    let journal = await start()
    const expected: string[] = []
    for (let one = 0; one < READINGS; one += 1) {
      clock_ms += (72 * 3_600_000) / READINGS
      mono_ms += (72 * 3_600_000) / READINGS
      expected.push(`S-${one}`)
      if (one % 50 === 49) {
        await Promise.all(expected.slice(one - 49).map((text) => journal.append(scan(text))))
        if (TORN_AFTER.has(one + 1)) {
          // The power goes while the next record is being written: it was never accepted.
          const { length } = await readFile(file())
          await journal.append(scan('torn'))
          await truncate(file(), length + 40)
          journal = await start()
          expect(journal.cut).toMatchObject({ why: 'torn', bytes: 40, after: one + 1 })
        }
      }
    }
    const last = await start()
    expect(texts(last)).toEqual(expected)
    const [oldest] = last.waiting(0, 1)
    expect(oldest === undefined ? 0 : last.age_ms(oldest.record)).toBeGreaterThan(71 * 3_600_000)
  },
)
