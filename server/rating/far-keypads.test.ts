import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EmulatedPad, startPad } from '../../devices/emulators/keypad-pad.ts'
import { type EmulatedTablet, startTablet } from '../../devices/emulators/keypad-tablet.ts'
import { type EmulatedKeypadBus, startKeypadBus } from '../../devices/emulators/keypad.ts'
import { HELD_FROM } from '../../devices/keypad/held-key.ts'
import { until } from '../agents/testing-process.ts'
import { FarHall, LIMITS } from './testing-far.ts'
import { runVoteCuts } from './testing-vote-cuts.ts'
import { ballotOf, CLERK } from './testing.ts'

/** Pads behind agents: real processes, real sockets, a line that is cut. What the drivers make of bytes is in devices/keypad. */

const PC = 'hall-pc'
const OTHER_PC = 'side-pc'
const DAY_MS = 86_400_000
const patience = { timeout: 60_000, interval: 20 }

let far: FarHall
let bus: EmulatedKeypadBus
let tablet: EmulatedTablet
let pad: EmulatedPad
let side: EmulatedPad

beforeAll(async () => {
  far = await FarHall.open()
  ;[bus, tablet, pad, side] = await Promise.all([
    startKeypadBus({ listen: 'tcp:0' }),
    startTablet({ port: 0 }),
    startPad({ input: 'evdev', listen: `pty:${join(far.hall.server.dataDir, 'event3')}` }),
    startPad({ input: 'bytes', listen: 'tcp:0' }),
  ])
  const keypad = (id: string, pc: string, port: string) =>
    ({ id, kind: 'keypad', port: `agent:${pc}/${port}`, ...LIMITS }) as const
  await far.counter('bus-1', [{ ...keypad('pad', PC, bus.address), protocol: 'ff68', address: 1 }])
  await far.counter('tablet-1', [{ ...keypad('pad', PC, tablet.address), protocol: 'sundyn' }])
  await far.counter('keys-1', [
    { ...keypad('pad', PC, pad.address), protocol: 'keys' },
    { ...keypad('side', OTHER_PC, side.address), protocol: 'keys', profile: 'keys-serial' },
  ])
  await far.join(PC)
  for (const counter of ['bus-1', 'tablet-1', 'keys-1']) await shown(counter, 'pad', 'ready')
}, 120_000)
afterAll(async () => {
  await far.close()
  await Promise.all([bus, tablet, pad, side].map((one) => one.close()))
})
beforeEach(() => far.owner.deleteFrom('rating_ballots').execute())

async function shown(counter: string, device: string, state: string): Promise<void> {
  await until(`${counter} ${device} ${state}`, async () => {
    const answer = await far.hall.server.as('xu-system', { url: '/api/devices' })
    const rows = answer.json<{ devices: { id: string; station: string; state: string }[] }>().devices
    return rows.find((row) => row.station === counter && row.id === device)?.state === state ? true : null
  })
}

const events = (pc: string, event: 'asked' | 'ballot-kept', counter: string): number =>
  far
    .agent(pc)
    .of(event)
    .filter(({ station }) => station === counter).length

/** A vote is offered at this counter, and the pads of the PC have put the question. */
async function asked(counter: string, pc = PC): Promise<{ readonly service: string; readonly token: string }> {
  await far.hall.signOn(CLERK, counter)
  const before = events(pc, 'asked', counter)
  const served = await far.hall.served(counter)
  await until(`${counter} asked`, () => (events(pc, 'asked', counter) > before ? true : null))
  return served
}

/** Resolves with the number in the PC's journal of the ballot that comes of a press. */
async function kept(counter: string, press: () => Promise<void> | void, pc = PC): Promise<number> {
  const before = far.agent(pc).of('ballot-kept').length
  await press()
  return until(`a ballot of ${counter}`, () => far.agent(pc).of('ballot-kept')[before]?.n ?? null)
}

/** Resolves when the server has what a PC's journal has up to this number. */
async function arrived(n: number, pc = PC): Promise<void> {
  await until(`record ${n} of ${pc}`, async () => {
    const { body } = await far.hall.get<{ agents: { name: string; records: number }[] }>('xu-system', '/api/agents')
    const row = body.agents.find(({ name }) => name === pc)
    return row !== undefined && row.records >= n ? true : null
  })
}

/** The second best level of each. */
const KINDS = [
  ['ff68', 'bus-1', () => bus.press(1, 2)],
  ['sundyn', 'tablet-1', () => tablet.press('2')],
  ['keys', 'keys-1', () => pad.press(2)],
] as const

describe('pads behind an agent', () => {
  it('flag a press that nothing had asked for, as pads here do; one made while the line was down when it is back (R20)', async () => {
    const flagged = async () => {
      const { rows } = await sql<{ n: number }>`
        select coalesce(sum(n), 0)::int as n from rating_flags where counter = 'bus-1' and kind = 'unasked' and clerk = ''
      `.execute(far.owner)
      return rows[0]?.n
    }
    await bus.press(1, 2)
    await expect.poll(flagged, patience).toBe(1)
    await far.cut(PC)
    for (const key of [2, 0]) await bus.press(1, key)
    const joined = far.agent(PC).of('joined').length
    far.proxy.mend()
    await until(`${PC} is back`, () => (far.agent(PC).of('joined').length > joined ? true : null))
    await expect.poll(flagged, patience).toBe(3)
    // What was pressed is in no journal.
    expect(await far.hall.waiting()).toBe(0)
  })

  it.each(KINDS)('%s: a press is one vote, and the next ones are none', async (_protocol, counter, press) => {
    const used = await far.hall.used()
    await asked(counter)
    await kept(counter, press)
    await press()
    await expect.poll(() => far.hall.waiting(), patience).toBe(1)
    expect(await far.ballots()).toMatchObject([{ level: 4, form: 'short', counter, key: { version: 1 } }])
    expect(await far.hall.used()).toBe(used + 1)
    // Whoever stands before the PC is not told that somebody pressed just now.
    expect(far.agent(PC).said).toContain('asked')
    expect(far.agent(PC).said).not.toContain('ballot')
  })

  it('let the clerk ask by his own key, and show him what came of it', async () => {
    await far.hall.signOn(CLERK, 'bus-1')
    const before = events(PC, 'asked', 'bus-1')
    await bus.clerk(1, [0x0b])
    await until('the clerk’s question', () => (events(PC, 'asked', 'bus-1') > before ? true : null))
    await expect.poll(() => bus.shows(1), patience).toBe('success')
    await kept('bus-1', () => bus.press(1, 0))
    await expect.poll(() => far.ballots(), patience).toMatchObject([{ level: 1, counter: 'bus-1' }])
  })

  it('leave nothing on the server that says which ballot came of which service', async () => {
    await asked('bus-1')
    await arrived(await kept('bus-1', () => bus.press(1, 3)))
    const records = await sql<{ text: string }>`select text from agent_records`.execute(far.owner)
    expect(records.rows.length).toBeGreaterThan(0)
    expect(records.rows.filter(({ text }) => text.includes('ballot'))).toEqual([])
    await expect.poll(() => far.journal(PC), patience).not.toContain('sealed')
  })

  it('lose to a phone that was first, which the screens of that counter hear at once, and nobody is at fault', async () => {
    const { token } = await asked('keys-1')
    const [its, other] = await Promise.all([far.screen('keys-1'), far.screen('bus-1')])
    expect(await far.hall.vote(token, ballotOf(1))).toMatchObject({ status: 201 })
    await expect.poll(() => its.heard, patience).toContainEqual({ type: 'rating' })
    expect(other.heard).not.toContainEqual({ type: 'rating' })
    for (const screen of [its, other]) screen.close()
    await arrived(await kept('keys-1', () => pad.press(1)))
    expect(await far.ballots()).toMatchObject([{ level: 1, form: 'full' }])
    expect(await far.faults(PC)).toEqual([])
  })
})

describe('a key that is held down at a pad behind an agent', () => {
  const held = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select coalesce(sum(n), 0)::int as n from rating_flags where counter = 'bus-1' and kind = 'held'
    `.execute(far.owner)
    return rows[0]?.n ?? 0
  }

  it('is one vote and one flag a question, as at pads here; also when the line was down meanwhile (R20)', async () => {
    const used = await far.hall.used()
    for (const [nth, isAway] of [false, true].entries()) {
      await asked('bus-1')
      if (isAway) await far.cut(PC)
      const joined = far.agent(PC).of('joined').length
      const n = await kept('bus-1', () => bus.press(1, 0))
      for (let times = 0; times < 2 * HELD_FROM; times += 1) await bus.press(1, 0)
      if (isAway) {
        far.proxy.mend()
        await until(`${PC} is back`, () => (far.agent(PC).of('joined').length > joined ? true : null))
      }
      await arrived(n)
      await expect.poll(held, patience).toBe(nth + 1)
    }
    expect(await far.hall.used()).toBe(used + 2)
  })
})

describe('without the line', () => {
  it('what was offered can be pressed; days and a killed program later it is one vote', async () => {
    const used = await far.hall.used()
    await asked('bus-1')
    await far.cut(PC)
    const n = await kept('bus-1', () => bus.press(1, 1))
    await far.agent(PC).kill()
    expect(await far.journal(PC)).toContain('"kind":"ballot"')
    far.hall.pass(3 * DAY_MS)
    far.start(PC)
    far.proxy.mend()
    await arrived(n)
    expect(await far.ballots()).toMatchObject([{ level: 3, counter: 'bus-1' }])
    expect(await far.hall.used()).toBe(used + 1)
    await shown('bus-1', 'pad', 'ready')
  })

  it.each([['killed once thanked'], ['cut, killed once thanked'], ['the pad dies']] as const)(
    'what a pad has said thank you for is a vote, and one: %s',
    async (blow) => {
      const before = await far.hall.used()
      await far.agent(PC).kill()
      const { kept, used, lost, invented } = await runVoteCuts({
        ...{ blows: [blow], random: () => 0.5, counter: 'bus-1', window: 1, bus, proxy: far.proxy },
        start: () => far.start(PC),
        offer: async () => (await far.hall.served('bus-1')).service,
        used: async (services) => {
          const rows = await far.owner
            .selectFrom('rating_used')
            .select('service')
            .where('service', 'in', services)
            .execute()
          return new Set(rows.map(({ service }) => service))
        },
      })
      expect({ lost, invented }).toEqual({ lost: [], invented: [] })
      if (blow.endsWith('thanked')) expect(kept).toBe(1)
      if (blow === 'the pad dies') expect(used).toBe(0)
      expect([await far.hall.waiting(), await far.hall.used()]).toEqual([used, before + used])
    },
  )

  it('a vote of the month before still counts within three days; then its key is gone, and somebody is told', async () => {
    const used = await far.hall.used()
    for (const [day, waiting] of [
      ['2026-04-03', 1],
      ['2026-05-05', 0],
    ] as const) {
      await asked('bus-1')
      await far.cut(PC)
      const n = await kept('bus-1', () => bus.press(1, 1))
      // The tally runs on the first day of the next month, and again on this one.
      far.hall.setDay(`${day.slice(0, 7)}-01`)
      await far.hall.tally()
      far.hall.setDay(day)
      await far.hall.tally()
      far.proxy.mend()
      await arrived(n)
      expect([await far.hall.waiting(), await far.hall.used()]).toEqual([waiting, used + 1])
      await far.owner.deleteFrom('rating_ballots').execute()
    }
    expect(await far.faults(PC)).toMatchObject([
      {
        code: 'failed',
        detail: {
          zh: expect.stringMatching(/^bus-1：选票没有计入：\p{Script=Han}/u),
          en: 'bus-1: a ballot is not counted: The key that this ballot is sealed to is no longer in use',
        },
      },
    ])
  })

  it('a clerk is told that nothing can be asked', async () => {
    await far.cut(PC)
    await bus.clerk(1, [0x0b])
    await expect.poll(() => bus.shows(1), patience).toBe('failure')
    far.proxy.mend()
    await until('joined again', () => (far.agent(PC).of('joined').length > 1 ? true : null))
  })

  it('two PCs may take the same vote: the first to come has it', async () => {
    await far.join(OTHER_PC)
    await shown('keys-1', 'side', 'ready')
    await asked('keys-1')
    await until('asked beside', () => (events(OTHER_PC, 'asked', 'keys-1') > 0 ? true : null))
    await far.cut(PC)
    await far.cut(OTHER_PC)
    const first = await kept('keys-1', () => pad.press(1))
    const second = await kept('keys-1', () => side.press(5), OTHER_PC)
    far.proxy.mend()
    await Promise.all([arrived(first), arrived(second, OTHER_PC)])
    expect(await far.ballots()).toHaveLength(1)
    expect(await far.faults(OTHER_PC)).toEqual([])
  })

  it('what comes after the key was revoked counts for nothing, and somebody is told', async () => {
    await asked('keys-1', OTHER_PC)
    await far.cut(OTHER_PC)
    const n = await kept('keys-1', () => side.press(1), OTHER_PC)
    const used = await far.hall.used()
    expect(await far.hall.post('xu-system', `/api/agents/${OTHER_PC}/revoke`)).toMatchObject({ status: 200 })
    far.proxy.mend()
    await expect.poll(() => far.faults(OTHER_PC), patience).toMatchObject([{ code: 'revoked' }])
    expect(n).toBe(2)
    expect([await far.hall.waiting(), await far.hall.used()]).toEqual([0, used])
  })
})
