import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newTallyKeyPair, openBallot, sealing, type TallyKeyPair } from '../ballot/seal.ts'
import type { FarVote } from '../ballot/sealed-press.ts'
import { type Journal, NotKept, openJournal } from '../journal.ts'
import { type PressContent, RatingPress } from '../keypad/press.ts'
import type { Asked, KeypadValue } from '../keypad/counters.ts'
import { type Ballots, openBallots } from './ballots.ts'
import { type ServerClock, serverClock } from './server-clock.ts'

const START_MS = Date.parse('2026-03-02T01:00:00.000Z')
const LIFE_MS = 300_000
const RUN = '0'.repeat(16)
const { privateKey } = generateKeyPairSync('ed25519')

let folder: string
let journal: Journal
let tally: TallyKeyPair
let mono_ms: number
let wall_ms: number
let clock: ServerClock
let ballots: Ballots
/** What the counters were told, and whom the server was asked for. */
let told: string[]
let online: boolean
let nth: number

beforeEach(async () => {
  await sealing
  folder = await mkdtemp(join(tmpdir(), 'clearhold-ballots-'))
  mono_ms = 5_000
  wall_ms = START_MS
  told = []
  online = true
  nth = 0
  tally = newTallyKeyPair()
  journal = await openJournal({ folder, key: privateKey, now: () => wall_ms, monotonic: () => mono_ms, run: RUN })
  clock = serverClock(() => mono_ms)
  clock.heard(START_MS, mono_ms, mono_ms)
  ballots = openBallots({
    clock,
    stations: {
      ask: (station): Promise<Asked> => {
        happened({ kind: 'asked', round: `round ${station}`, by: 'station' }, null)
        return Promise.resolve({ round: `round ${station}`, fault: null })
      },
      withdraw: (station) => told.push(`withdraw ${station}`),
      signal: (station, signal) => {
        told.push(`${signal} ${station}`)
        return Promise.resolve(null)
      },
    },
    askServer: (event, station) => {
      if (online) told.push(`server ${event} ${station}`)
      return online
    },
    onAsked: (station) => told.push(`asked ${station}`),
    onAttempt: (station, attempt) => told.push(`${attempt} ${station}`),
    keep: async (ballot) => void (await journal.append(ballot)),
  })
})
afterEach(async () => {
  await journal.close()
  await rm(folder, { recursive: true })
})

function vote(expires_ms = START_MS + LIFE_MS): FarVote {
  const publicKey = Buffer.from(tally.publicKey).toString('base64')
  return { pass: 'p'.repeat(94), expires_ms, questionnaire: 'hall-service@1', key: { id: '2026-03', publicKey } }
}

function happened(value: KeypadValue, device: string | null = 'pad'): string {
  nth += 1
  const id = `019c0000-0000-7000-8000-${String(nth).padStart(12, '0')}`
  void ballots.take({ id, station: 'c-1', device, at: new Date(wall_ms).toISOString(), raw: new Uint8Array(8), value })
  return id
}

const press = (content: Partial<PressContent> = {}): void => {
  const whole = { key: '03', level: 5, reason: null, profile: 'ff68', profileVersion: 1, ...content } as const
  happened({ kind: 'rated', round: 'round c-1', press: new RatingPress(whole) })
}

const kept = (count: number) => vi.waitFor(() => expect(journal.state().backlog).toBe(count), { timeout: 20_000 })

/** Nothing was put into the journal by then: what is put in after it stands first. */
async function nothingKept(): Promise<void> {
  await ballots.ask('c-1', vote(Number.MAX_SAFE_INTEGER))
  press({ level: 2 })
  await kept(1)
  expect(opened().map(({ level }) => level)).toEqual([2])
}

function opened() {
  return journal.waiting(0, 100).map(({ record: { reading } }) => {
    if (reading.value.kind !== 'ballot') throw new Error(reading.value.kind)
    return openBallot(Buffer.from(reading.value.sealed, 'base64'), tally)
  })
}

const PRESSES: readonly Partial<PressContent>[] = [
  ...([1, 2, 3, 4, 5] as const).map((level) => ({ key: `0${level}`, level })),
  { key: 'FF', level: null },
  { key: '9', level: null, reason: 'bad-attitude' },
  { key: 'ABCDEF01', level: 1, profile: 'ff68-five', profileVersion: 12 },
]

test('of whatever key, a record has one length and differs in nothing but what only the tally opens', async () => {
  const texts = new Set<string>()
  for (const [at, content] of PRESSES.entries()) {
    nth = 10
    await ballots.ask('c-1', vote())
    press(content)
    await kept(1)
    const [one] = journal.waiting(0, 1)
    const { n, prev, reading } = one?.record ?? {}
    expect([n, opened()[0]?.level]).toEqual([at + 1, content.level])
    if (reading?.value.kind !== 'ballot') throw new Error('no ballot')
    expect(Buffer.from(reading.value.sealed, 'base64')).toHaveLength(1_072)
    const { sealed } = reading.value
    texts.add(
      (one?.text ?? '')
        .replace(sealed, sealed.length.toString())
        .replace(prev ?? '', '')
        .replace(`"n":${n}`, ''),
    )
    await journal.acknowledge(at + 1)
  }
  expect([...texts]).toHaveLength(1)
  expect([...texts][0]).toMatch(/"raw":"","value":\{"kind":"ballot","pass":"p+","key":"2026-03","sealed":"1432",/)
})

describe('a press', () => {
  test('that nobody offered a vote for is none', async () => {
    press()
    await nothingKept()
  })

  test('at a clerk’s question waits for what the server says', async () => {
    const event = happened({ kind: 'asked', round: 'round c-1', by: 'clerk' })
    press({ level: 4 })
    expect(told).toEqual([`server ${event} c-1`])
    ballots.offered(event, vote())
    await kept(1)
    expect(opened()).toMatchObject([{ level: 4 }])
    expect(told.slice(1)).toEqual(['done c-1', 'asked c-1'])
  })

  test.each(['nothing is offered', 'the line drops meanwhile', 'the line is down'])(
    'at a clerk’s question is none where %s, and the clerk is told',
    async (how) => {
      online = how !== 'the line is down'
      const event = happened({ kind: 'asked', round: 'round c-1', by: 'clerk' })
      press()
      if (how === 'nothing is offered') ballots.offered(event, null)
      if (how === 'the line drops meanwhile') ballots.away()
      await vi.waitFor(() => expect(told.slice(-2)).toEqual(['withdraw c-1', 'failed c-1']))
      await nothingKept()
    },
  )

  test('after the time of the vote by the server’s clock is none, wherever this PC’s clock was set', async () => {
    await ballots.ask('c-1', vote())
    mono_ms += LIFE_MS
    wall_ms -= 86_400_000
    press()
    await nothingKept()
  })

  test('in time says when it was by the server’s clock, beside the time of this PC', async () => {
    wall_ms += 3_600_000
    mono_ms += LIFE_MS - 1
    await ballots.ask('c-1', vote())
    press()
    await kept(1)
    const [one] = journal.waiting(0, 1)
    expect(one?.record.reading).toMatchObject({
      at: '2026-03-02T02:00:00.000Z',
      value: { pressedAt: '2026-03-02T01:04:59.999Z' },
    })
  })

  test('belongs to the vote that was asked for last', async () => {
    await ballots.ask('c-1', { ...vote(), pass: 'a' })
    await ballots.ask('c-1', { ...vote(), pass: 'b' })
    press()
    await kept(1)
    expect(journal.waiting(0, 1)[0]?.record.reading.value).toMatchObject({ pass: 'b' })
  })
})

test('a ballot is off the disk once the server has all that waits; in clear nothing of a pad ever is on it', async () => {
  await ballots.ask('c-1', vote())
  press()
  await kept(1)
  expect(await readFile(join(folder, 'journal'), 'latin1')).toContain('"ballot"')
  await journal.acknowledge(1)
  expect(await readFile(join(folder, 'journal'), 'latin1')).not.toContain('ballot')
  const at = new Date(wall_ms).toISOString()
  const scan = { kind: 'scan', text: '5', symbology: null } as const
  const clear = { id: 'x', station: 'c-1', device: 'pad', deviceKind: 'keypad', at, raw: Buffer.from('5') } as const
  await expect(journal.append({ ...clear, value: scan })).rejects.toBeInstanceOf(NotKept)
  const ballot = { kind: 'ballot', pass: '', key: '', sealed: '', pressedAt: at } as const
  await expect(journal.append({ ...clear, value: ballot })).rejects.toBeInstanceOf(NotKept)
})
