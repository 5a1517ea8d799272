import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dice } from '../../../devices/fuzz-inputs.ts'
import { openDoor } from '../../act.ts'
import { testDatabase, type TestDatabase } from '../../database/testing.ts'
import type { Reader } from '../../module.ts'
import { modules } from '../../modules.ts'
import { livesOf } from '../papers/paper-entries.ts'
import { DOOR_NOW, openHouse, runSequences } from '../random/testing-run.ts'
import { combined, NOTHING } from './accounting.ts'
import { type AnnualLine, annualOf, type Period } from './annual.ts'
import { annualLines } from './annual-reads.ts'
import { itemsEverOf } from './account-trial.ts'

const SEED = 20_270_131
const SEQUENCES = 16
const PERIODS = 12
const TEST_MS = 240_000
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  const { act } = openDoor({ db, modules, causeKey: randomBytes(32), hash: 'sha256', now: () => DOOR_NOW })
  await runSequences(await openHouse(db, act), { seed: SEED, sequences: SEQUENCES, lanes: 2 })
}, TEST_MS)
afterAll(() => database.close())

/** Life by life, a case at a time: every item that ever was of it, whatever happened to it and when. */
async function lifeByLife(db: Reader, period: Period): Promise<AnnualLine[]> {
  const cases = await db.selectFrom('cases').select('id').orderBy('id').execute()
  const lines: AnnualLine[] = []
  for (const { id } of cases)
    for (const { code } of await itemsEverOf(db, id))
      lines.push(...annualOf(await livesOf(db, [code]), period).filter((line) => line.case === id))
  return lines
}

/** Sums by case, class and account, in one order. */
function figuresOf(lines: readonly AnnualLine[]): Record<string, object> {
  const sums = new Map<string, typeof NOTHING>()
  const add = (key: string, amount: typeof NOTHING) => sums.set(key, combined(sums.get(key) ?? NOTHING, amount, 1))
  for (const { case: of, category, opening, came, left, closing } of lines) {
    const key = `${of} ${category}`
    add(`${key} opening`, opening)
    add(`${key} closing`, closing)
    for (const [account, amount] of came) add(`${key} came ${account}`, amount)
    for (const [account, amount] of left) add(`${key} left ${account}`, amount)
  }
  const told = [...sums].filter(([, amount]) => Object.values(amount).some((one) => one !== 0))
  return Object.fromEntries(told.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

it(
  'what the statements of the database say of any period is what every life says, and each line stands once',
  async () => {
    const { db } = database
    const found = await sql<{ at: string }>`
      select distinct to_json(at) #>> '{}' as at from entries where subject like 'item/%'
    `.execute(db)
    const moments = found.rows.map(({ at }) => new Date(at).toISOString()).toSorted()
    const { under } = dice(SEED)
    let opened = 0
    let left = 0
    for (let nth = 0; nth < PERIODS; nth += 1) {
      const [one = '', other = ''] = [under(moments.length), under(moments.length)]
        .map((at) => moments[at] ?? '')
        .toSorted()
      const period = nth === 0 ? { from: '2026-01-01', to: '2027-01-01' } : { from: one, to: other }
      const lines = await annualLines(db, 'all', { period, units: null })
      expect(figuresOf(lines), JSON.stringify(period)).toEqual(figuresOf(await lifeByLife(db, period)))
      expect(lines.every(({ balances }) => balances)).toBe(true)
      const keys = lines.map((line) => `${line.case} ${line.category}`)
      expect(new Set(keys).size).toBe(keys.length)
      opened += lines.filter(({ opening }) => opening.mg > 0 || opening.fen > 0).length
      left += lines.filter((line) => line.left.size > 0).length
    }
    // Periods in which nothing was there and nothing left prove nothing.
    expect(opened).toBeGreaterThan(0)
    expect(left).toBeGreaterThan(0)
  },
  TEST_MS,
)
