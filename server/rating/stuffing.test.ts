import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newTallyKeyPair, sealBallot } from '../../devices/ballot/seal.ts'
import type { Dashboard, Signal, SignalKind } from './seeing/protocol.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

/** T16: each way to stuff the box, what stops it, how many ballots it is left with, and the flag that it leaves behind (G17). */

const PATIENCE = { timeout: 30_000 }
/** No counter has this pad. */
const STRANGER = 9
let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await hall.signOn(OTHER_CLERK, 'counter-2')
})
afterAll(() => hall.close())

async function sealed(publicKey: string): Promise<string> {
  return Buffer.from(sealBallot(ballotOf(5), Buffer.from(publicKey, 'base64'))).toString('base64')
}

const services = async (): Promise<number> =>
  (await hall.server.deps.db.selectFrom('rating_services').select('id').execute()).length

/** The clerk's key, until a service has come of it: the line takes a key pressed again at once for its own echo. */
async function askAtPad(window: number): Promise<void> {
  const before = await services()
  await vi.waitFor(
    async () => {
      if ((await services()) > before) return
      await hall.pads.clerk(window, [0x0b])
      throw new Error('not asked yet')
    },
    { timeout: 30_000, interval: 700 },
  )
}

/** Presses, and waits until the line has answered each. */
async function press(window: number, times: number): Promise<void> {
  const before = hall.pads.answers(window)
  for (let nth = 0; nth < times; nth += 1) await hall.pads.press(window, 3)
  await expect.poll(() => hall.pads.answers(window), PATIENCE).toBeGreaterThanOrEqual(before + times)
}

/** What the head of the hall is told of this counter or clerk. */
async function signalOf(id: string, kind: SignalKind): Promise<Signal | undefined> {
  const { body } = await hall.get<Dashboard>(MANAGER, `/api/rating/dashboard?hall=${HALL}`)
  return body.signals.find((signal) => signal.kind === kind && signal.id === id)
}

interface Script {
  readonly script: string
  readonly stoppedBy: string
  readonly counted: number
  /** Answers what it was told. */
  readonly run: () => Promise<unknown>
  readonly told: unknown
  /** The counter, or the clerk, and what is raised of it. */
  readonly raises: readonly [string, SignalKind]
}

const SCRIPTS: readonly Script[] = [
  {
    ...{ script: 'a ballot is sent again', stoppedBy: 'one used-mark a service', counted: 1 },
    run: async () => {
      const { token } = await hall.served('counter-1')
      const { id: key, publicKey } = await hall.key()
      const payload = { token, key, ballot: await sealed(publicKey) }
      const codes: unknown[] = []
      for (let times = 0; times < 4; times += 1) codes.push((await hall.send(payload)).code)
      return codes
    },
    told: [undefined, 'rating.vote-used', 'rating.vote-used', 'rating.vote-used'],
    raises: ['counter-1', 'again'],
  },
  {
    ...{ script: 'a token is guessed', stoppedBy: '256 bits that follow from the pepper', counted: 0 },
    run: async () => {
      const { service, token } = await hall.served('counter-1')
      const other = (await hall.served('counter-1')).token.split('.')[1] ?? ''
      const forged = ['A', 'B'].map((letter) => `${service}.${letter.repeat(43)}`)
      forged.push(`${service}.${other}`, `${crypto.randomUUID()}.${other}`)
      expect(forged).not.toContain(token)
      return Promise.all(forged.map(async (one) => (await hall.vote(one, ballotOf(5))).code))
    },
    told: ['rating.wrong-token', 'rating.wrong-token', 'rating.wrong-token', 'rating.wrong-token'],
    raises: ['counter-1', 'guessed'],
  },
  {
    ...{
      script: 'a token that was used goes on to another pad',
      stoppedBy: 'a pad has no vote of its own',
      counted: 1,
    },
    run: async () => {
      const { token } = await hall.served('counter-1')
      const first = (await hall.vote(token, ballotOf(5))).code
      await press(2, 5)
      return [first, (await hall.vote(token, ballotOf(5))).code]
    },
    told: [undefined, 'rating.vote-used'],
    raises: ['counter-2', 'unasked'],
  },
  {
    ...{ script: 'a vote comes after its time', stoppedBy: 'the life of a vote', counted: 0 },
    run: async () => {
      const { token } = await hall.served('counter-1')
      hall.pass(VOTE_LIFE_MS)
      const codes = new Set<unknown>()
      for (let times = 0; times < 5; times += 1) codes.add((await hall.vote(token, ballotOf(5))).code)
      return [...codes]
    },
    told: ['rating.vote-over'],
    raises: ['counter-1', 'late'],
  },
  {
    ...{ script: 'two pads are swapped', stoppedBy: 'a press belongs to the counter that asked', counted: 0 },
    run: async () => {
      hall.pass(VOTE_LIFE_MS)
      await askAtPad(1)
      await press(2, 5)
      return null
    },
    told: null,
    raises: ['counter-2', 'unasked'],
  },
  {
    ...{
      script: 'a clerk opens services that nobody had',
      stoppedBy: 'no token for him; told of as hurried',
      counted: 0,
    },
    run: async () => {
      const tokens: unknown[] = []
      for (let nth = 0; nth < 6; nth += 1) {
        const opened = await hall.post<{ service: string }>(OTHER_CLERK, '/api/rating/services', {
          counter: 'counter-2',
        })
        const url = `/api/rating/services/${opened.body.service}/invite`
        tokens.push((await hall.post<{ token: null }>(OTHER_CLERK, url)).body.token)
      }
      const { body } = await hall.get<Dashboard>(MANAGER, `/api/rating/dashboard?hall=${HALL}`)
      const signal = body.signals.find(({ kind, id }) => kind === 'hurried' && id === OTHER_CLERK)
      return [new Set(tokens), signal?.kind]
    },
    told: [new Set([null]), 'hurried'],
    raises: [OTHER_CLERK, 'hurried'],
  },
  {
    ...{ script: 'a key is held', stoppedBy: 'the first press of a round alone', counted: 1 },
    run: async () => {
      hall.pass(VOTE_LIFE_MS)
      await askAtPad(1)
      await press(1, 8)
      return null
    },
    told: null,
    raises: ['counter-1', 'held'],
  },
  {
    ...{ script: 'a device is forged', stoppedBy: 'the tally’s key, and pads that are set up', counted: 0 },
    run: async () => {
      const { token } = await hall.served('counter-2')
      const own = Buffer.from(newTallyKeyPair().publicKey).toString('base64')
      const codes = new Set<unknown>()
      for (let times = 0; times < 3; times += 1)
        codes.add((await hall.send({ token, key: 'forged', ballot: await sealed(own) })).code)
      await hall.pads.press(STRANGER, 3)
      return [...codes]
    },
    told: ['rating.wrong-key'],
    raises: ['counter-2', 'forged'],
  },
]

describe('stuffing the box', () => {
  test.each(SCRIPTS)('$script: $stoppedBy', { timeout: 60_000 }, async ({ run, told, counted, raises: [id, kind] }) => {
    const before = [await hall.waiting(), await hall.used()]
    const raisedBefore = (await signalOf(id, kind))?.count ?? 0
    expect(await run()).toEqual(told)
    await expect.poll(() => hall.waiting(), PATIENCE).toBe((before[0] ?? 0) + counted)
    expect(await hall.used()).toBe((before[1] ?? 0) + counted)
    await expect.poll(async () => (await signalOf(id, kind))?.count ?? 0, PATIENCE).toBeGreaterThan(raisedBefore)
  })

  test('leaves an account in which every vote is one that was offered', async () => {
    hall.pass(VOTE_LIFE_MS)
    const { account } = await hall.tally()
    expect(account).toMatchObject({ used: 3, open: 0, balanced: true })
    expect(account.used).toBeLessThanOrEqual(account.issued)
  })
})
