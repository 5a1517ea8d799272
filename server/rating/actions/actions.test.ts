import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Level } from '../../../devices/ballot/ballot.ts'
import { sealBallot } from '../../../devices/ballot/seal.ts'
import { turnClocks } from '../../clock/keeper.ts'
import { quietLog } from '../../database/testing.ts'
import { triggers } from '../../modules.ts'
import { castBallot } from '../cast.ts'
import { VOTE_LIFE_MS } from '../services.ts'
import type { Dashboard } from '../seeing/protocol.ts'
import { ballotOf, CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'

const SUPERVISOR = 'zhou-ping'
const DAYS = { from: '2026-02-02', to: '2026-03-02' }

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
  await votes('counter-1', 30, 1)
  hall.pass(VOTE_LIFE_MS)
  await hall.tally()
}, 120_000)
afterAll(() => hall.close())

async function votes(counter: string, count: number, level: Level): Promise<void> {
  const { id: key, publicKey } = await hall.key()
  const { db } = hall.server.deps
  for (const service of await hall.servedMany(counter, count)) {
    const sealed = sealBallot(ballotOf(level), Buffer.from(publicKey, 'base64'))
    await castBallot(db, { service, form: 'full', key, sealed }, hall.now())
  }
}

const look = async (who = MANAGER) =>
  (await hall.get<Dashboard>(who, `/api/rating/dashboard?hall=${HALL}&from=${DAYS.from}&to=${DAYS.to}`)).body
const decide = (who: string, more: object = {}) =>
  hall.post<{ action: string }>(who, '/api/rating/actions', {
    ...{ hall: HALL, clerk: CLERK, rule: 'below-70', ...DAYS, adopt: true, note: '差评集中，应当谈话' },
    ...more,
  })
const confirm = (who: string, action: string, agree = true) =>
  hall.post(who, `/api/rating/actions/${action}/confirm`, { agree, note: agree ? '同意' : '先核实' })
const end = (who: string, action: string) => hall.post(who, `/api/rating/actions/${action}/end`, { note: '已谈话' })
const clocks = async () => {
  await turnClocks({ ...hall.server.deps, triggers, log: quietLog, now: () => hall.now() })
  return (
    await hall.server.deps.db.selectFrom('clocks').select(['rule', 'status']).where('rule', '=', 'DL-41').execute()
  ).map(({ status }) => status)
}

describe('what a threshold proposes', () => {
  it('is decided on by a person, on figures that are reckoned again, and by nobody about himself', async () => {
    expect((await look()).proposals).toMatchObject([{ clerk: { id: CLERK }, decided: false }])
    expect(await decide(CLERK)).toMatchObject({ status: 403 })
    expect(await decide(MANAGER, { clerk: OTHER_CLERK })).toMatchObject({ code: 'rating.nothing-proposed' })
    expect(await decide(MANAGER, { from: '2026-01-01', to: '2026-01-31' })).toMatchObject({
      code: 'rating.nothing-proposed',
    })
    expect(await decide(MANAGER, { from: DAYS.to, to: DAYS.from })).toMatchObject({ code: 'rating.wrong-days' })
  })

  it('takes effect when a second person agrees, within a term from then on, and ends when it was carried out', async () => {
    const { action } = (await decide(MANAGER)).body
    expect(await decide(SUPERVISOR)).toMatchObject({ status: 409, code: 'rating.action-there' })
    expect(await confirm(MANAGER, action)).toMatchObject({ status: 403, code: 'rating.action-own' })
    expect(await end(MANAGER, action)).toMatchObject({ code: 'rating.action-elsewhere' })
    expect(await clocks()).toEqual([])
    expect((await confirm(SUPERVISOR, action, false)).status).toBe(200)
    expect(await clocks()).toEqual([])
    const again = (await decide(MANAGER)).body.action
    expect((await confirm(SUPERVISOR, again)).status).toBe(200)
    expect(await confirm(SUPERVISOR, again)).toMatchObject({ status: 403 })
    expect(await clocks()).toEqual(['running'])
    const seen = await look(SUPERVISOR)
    expect(seen.proposals).toMatchObject([{ decided: true }])
    expect(seen.actions).toMatchObject([
      {
        ...{
          id: again,
          status: 'adopted',
          adopt: true,
          dueAt: expect.stringMatching(/^2026-03-09/),
          satisfied: { good: 0, n: 30 },
          clerk: { id: CLERK },
        },
        steps: [
          { step: 'decide', by: { id: MANAGER }, note: '差评集中，应当谈话' },
          { step: 'agree', by: { id: SUPERVISOR }, note: '同意' },
        ],
      },
      { id: action, status: 'returned' },
    ])
    expect((await end(MANAGER, again)).status).toBe(200)
    expect(await clocks()).toEqual(['ended'])
    expect(await end(MANAGER, again)).toMatchObject({ code: 'rating.action-elsewhere' })
    // On the very figures that were dealt with nobody begins anew.
    expect(await decide(MANAGER)).toMatchObject({ code: 'rating.action-there' })
  })

  it('stands in the register without what was said, and goes out with the year', async () => {
    const entries = await hall.server.database.ownerDb
      .selectFrom('entries' as 'rating_used')
      .selectAll()
      .execute()
    const said = entries.map((one) => JSON.stringify(one)).filter((one) => one.includes('rating.action-'))
    expect(said.length).toBeGreaterThan(4)
    expect(said.join()).not.toContain('应当谈话')
    const csv = (await hall.server.as(MANAGER, { url: `/api/rating/year.csv?hall=${HALL}&year=2026` })).body
    const [head = [], ...rows] = csv.split('\r\n').map((line) => line.replaceAll('"', '').split(','))
    const at = head.findIndex((name) => name.includes('处置建议采纳'))
    const own = rows.find((row) => row.some((cell) => cell.includes(CLERK)))
    expect(own?.slice(at, at + 3)).toEqual(['1', '1', '0'])
  })

  it('may be declined, which is as much a decision; for others there is none', async () => {
    await votes('counter-1', 10, 1)
    hall.pass(VOTE_LIFE_MS)
    await hall.tally()
    const { action } = (await decide(SUPERVISOR, { adopt: false, note: '系统故障所致' })).body
    expect(await confirm(OTHER_CLERK, action)).toMatchObject({ status: 403 })
    expect((await confirm(MANAGER, action)).status).toBe(200)
    expect((await look()).actions[0]).toMatchObject({ status: 'declined', adopt: false, dueAt: null })
    expect(await end(MANAGER, action)).toMatchObject({ code: 'rating.action-elsewhere' })
  })
})
