import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newTallyKeyPair, sealBallot } from '../../devices/ballot/seal.ts'
import type { Dashboard } from './seeing/protocol.ts'
import { VOTE_LIFE_MS } from './services.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from './testing.ts'

/** T16: each way to stuff the box, what stops it, and how many ballots it is left with. */

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

interface Script {
  readonly script: string
  readonly stoppedBy: string
  readonly counted: number
  /** Answers what it was told. */
  readonly run: () => Promise<unknown>
  readonly told: unknown
}

const SCRIPTS: readonly Script[] = [
  {
    ...{ script: 'a ballot is sent again', stoppedBy: 'one used-mark a service', counted: 1 },
    run: async () => {
      const { token } = await hall.served('counter-1')
      const { id: key, publicKey } = await hall.key()
      const payload = { token, key, ballot: await sealed(publicKey) }
      return [(await hall.send(payload)).code, (await hall.send(payload)).code]
    },
    told: [undefined, 'rating.vote-used'],
  },
  {
    ...{ script: 'a token is guessed', stoppedBy: '256 bits that follow from the pepper', counted: 0 },
    run: async () => {
      const { service, token } = await hall.served('counter-1')
      const other = (await hall.served('counter-1')).token.split('.')[1] ?? ''
      const forged = [`${service}.${'A'.repeat(43)}`, `${service}.${other}`, `${crypto.randomUUID()}.${other}`]
      expect(forged).not.toContain(token)
      return Promise.all(forged.map(async (one) => (await hall.vote(one, ballotOf(5))).code))
    },
    told: ['rating.wrong-token', 'rating.wrong-token', 'rating.wrong-token'],
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
      await press(2, 1)
      return [first, (await hall.vote(token, ballotOf(5))).code]
    },
    told: [undefined, 'rating.vote-used'],
  },
  {
    ...{ script: 'a vote comes after its time', stoppedBy: 'the life of a vote', counted: 0 },
    run: async () => {
      const { token } = await hall.served('counter-1')
      hall.pass(VOTE_LIFE_MS)
      return (await hall.vote(token, ballotOf(5))).code
    },
    told: 'rating.vote-over',
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
  },
  {
    ...{ script: 'two pads are swapped', stoppedBy: 'a press belongs to the counter that asked', counted: 0 },
    run: async () => {
      hall.pass(VOTE_LIFE_MS)
      await askAtPad(1)
      await press(2, 2)
      return null
    },
    told: null,
  },
  {
    ...{ script: 'a device is forged', stoppedBy: 'the tally’s key, and pads that are set up', counted: 0 },
    run: async () => {
      const { token } = await hall.served('counter-2')
      const own = Buffer.from(newTallyKeyPair().publicKey).toString('base64')
      const answer = await hall.send({ token, key: 'forged', ballot: await sealed(own) })
      await hall.pads.press(STRANGER, 3)
      return answer.code
    },
    told: 'rating.wrong-key',
  },
]

describe('stuffing the box', () => {
  test.each(SCRIPTS)('$script: $stoppedBy', { timeout: 60_000 }, async ({ run, told, counted }) => {
    const before = [await hall.waiting(), await hall.used()]
    expect(await run()).toEqual(told)
    await expect.poll(() => hall.waiting(), PATIENCE).toBe((before[0] ?? 0) + counted)
    expect(await hall.used()).toBe((before[1] ?? 0) + counted)
  })

  test('leaves an account in which every vote is one that was offered', async () => {
    hall.pass(VOTE_LIFE_MS)
    const { account } = await hall.tally()
    expect(account).toMatchObject({ used: 3, open: 0, balanced: true })
    expect(account.used).toBeLessThanOrEqual(account.issued)
  })
})
