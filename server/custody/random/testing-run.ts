import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { dice } from '../../../devices/fuzz-inputs.ts'
import type { Act, Answer } from '../../act.ts'
import type { Approval } from '../../approvals/approvals.ts'
import type { Db } from '../../database/connect.ts'
import { Invalid, Refusal } from '../../refusal.ts'
import { trialOf } from '../account/account-trial.ts'
import { readChain } from '../chain/chain.ts'
import type { DisposalType } from '../disposal/types.ts'
import type { Holding } from '../items/holdings.ts'
import type { Item } from '../items/item.ts'
import { PHOTO, taking } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { caseOfficers, cast, type Places, settleCast, STORE, UNIT } from './testing-cast.ts'
import { faultsOfLife } from './testing-life.ts'
import { goodsOf, type Standing, type Step, stepsOf, wantedBy } from './testing-steps.ts'

/** A house whose people do things by chance, each sequence with a case of its own. */
export interface House {
  readonly db: Db
  readonly act: Act
  readonly places: Places
  /** Cases so far; a case is never used twice. */
  cases: number
}

export interface Sequence {
  readonly seed: number
  readonly nth: number
}

/** How often each fact was written and each refusal given. */
export interface Tally {
  readonly facts: Map<string, number>
  readonly refusals: Map<string, number>
}

/** A sequence after which something does not hold: its seed, and the fewest of its steps that still do it. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

const START = '2026-03-02T01:00:00.000Z'
/** The door's own clock, later than everything that happens. */
export const DOOR_NOW = '2026-12-31T00:00:00.000Z'
const STEPS_MIN = 10
const STEPS_MAX = 20
const WAIT_MS = 10 * 3_600_000
const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** How many waits for a lock are waited again before the machine is said to be too slow. */
const LOCK_TRIES = 30
const LOCK_PAUSE_MS = 200

/** Settles the organisation and its shelves in a database that holds nothing yet. */
export async function openHouse(db: Db, act: Act): Promise<House> {
  return { db, act, places: await settleCast(act, START), cases: 0 }
}

/**
 * One sequence of acts by chance through the door, and everything that must hold of its case afterwards.
 * @throws Broken with the shortest beginning that breaks it, and of that the fewest steps
 */
async function runSequence(house: House, sequence: Sequence, tally: Tally): Promise<void> {
  const { steps, goodsChance } = chosen(sequence)
  const faults = await live(house, { steps, goodsChance, tally })
  if (faults.length === 0) return
  const none: Tally = { facts: new Map(), refusals: new Map() }
  const breaks = async (some: readonly Step[]): Promise<boolean> =>
    (await live(house, { steps: some, goodsChance, tally: none })).length > 0
  let fewest: readonly Step[] = steps
  for (let count = 0; count < steps.length; count += 1) {
    if (!(await breaks(steps.slice(0, count)))) continue
    fewest = steps.slice(0, count)
    break
  }
  for (let index = fewest.length - 1; index >= 0; index -= 1) {
    const without = fewest.toSpliced(index, 1)
    if (await breaks(without)) fewest = without
  }
  const told: string[] = []
  const last = await live(house, { steps: fewest, goodsChance, tally: none, tell: (line) => told.push(line) })
  const { seed, nth } = sequence
  // What breaks only beside other sequences is told as it was found.
  const what = last.length > 0 ? last : faults
  throw new Broken(`sequence ${nth} of seed ${seed}: ${what.join(' | ')}\n${told.join('\n')}`)
}

/** Which sequences, and how many at a time. */
export interface Lives {
  readonly seed: number
  /** The first; those before it are passed over. */
  readonly from?: number
  readonly sequences: number
  /** So many people act at the same moment. */
  readonly lanes: number
  /** Called with the number of sequences done. */
  readonly told?: (done: number) => void
}

/**
 * Sequences side by side in one house.
 * @throws Broken for the first that breaks something; the others end with the act that they are at
 */
export async function runSequences(house: House, { seed, from = 0, sequences, lanes, told }: Lives): Promise<Tally> {
  const tally: Tally = { facts: new Map(), refusals: new Map() }
  let next = from
  let done = 0
  let broken = false
  const lane = async (): Promise<void> => {
    while (next < from + sequences && !broken) {
      const nth = next
      next += 1
      try {
        await runSequence(house, { seed, nth }, tally)
      } catch (error) {
        broken = true
        throw error
      }
      done += 1
      told?.(done)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return tally
}

function chosen({ seed, nth }: Sequence): { steps: Step[]; goodsChance: Sequence } {
  const chance = dice(seed, nth)
  const count = STEPS_MIN + chance.under(STEPS_MAX - STEPS_MIN + 1)
  return { steps: stepsOf(chance, count), goodsChance: { seed: seed ^ 1, nth } }
}

interface Life {
  readonly steps: readonly Step[]
  /** What the goods and the beginning are chosen by, whatever becomes of the steps. */
  readonly goodsChance: Sequence
  readonly tally: Tally
  /** Hears each step and what came of it. */
  readonly tell?: (line: string) => void
}

/** Lives through the steps in a new case; what does not hold at the end. */
async function live(house: House, { steps, goodsChance, tally, tell }: Life): Promise<string[]> {
  house.cases += 1
  const nth = house.cases
  const number = `随机${nth}号`
  const clock = new Clock(Date.parse(START) + nth * MINUTE_MS)
  const run = new Run(house, number, clock, tally)
  const chance = dice(goodsChance.seed, goodsChance.nth)
  await run.begin(goodsOf(chance, `F${nth}`), chance.under(3))
  const faults: string[] = []
  for (const [index, step] of steps.entries()) {
    const wanted = wantedBy(step, await run.standing(`${nth}-${index}`))
    if (wanted.verb === 'wait') clock.pass(WAIT_MS)
    try {
      const { facts } = await run.does(wanted.person, wanted.with, wanted.command)
      tell?.(
        `  ${wanted.verb} by ${wanted.person} with ${wanted.with.join(', ')}: ${facts.map(({ type }) => type).join(' ')}`,
      )
    } catch (error) {
      const code = refusalOf(error)
      tell?.(`  ${wanted.verb} by ${wanted.person} with ${wanted.with.join(', ')}: ${code ?? String(error)}`)
      if (code === null)
        faults.push(`${wanted.verb} by ${wanted.person}: ${error instanceof Error ? error.stack : String(error)}`)
      else {
        tally.refusals.set(code, (tally.refusals.get(code) ?? 0) + 1)
        faults.push(...openWords(error))
      }
    }
    if (faults.length > 0) break
  }
  return [...faults, ...(await run.faults())]
}

class Clock {
  #now_ms: number

  constructor(start_ms: number) {
    this.#now_ms = start_ms
  }

  get now(): string {
    return new Date(this.#now_ms).toISOString()
  }

  pass(ms: number): void {
    this.#now_ms += ms
  }
}

/** The acts of one sequence. */
class Run {
  readonly #house: House
  readonly #number: string
  readonly #clock: Clock
  readonly #tally: Tally
  readonly #approvals: string[] = []
  #causes = 0

  constructor(house: House, number: string, clock: Clock, tally: Tally) {
    this.#house = house
    this.#number = number
    this.#clock = clock
    this.#tally = tally
  }

  /** Registers the goods; in one of three beginnings they are on their way to the store, in one they lie there. */
  async begin(goods: ReturnType<typeof goodsOf>, beginning: number): Promise<void> {
    const { officer, colleague, custodian, otherCustodian } = cast
    const opening = { type: 'custody.open-case', title: '某案', track: 'SUPERVISION', unit: UNIT } as const
    await this.does(officer, [], { ...opening, number: this.#number, officers: caseOfficers })
    const { result } = await this.does(officer, [], {
      ...{ type: 'custody.register', case: this.#number, items: goods, ...taking },
    })
    if (beginning === 0) return
    const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
    await this.does(officer, [], { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
    const money = codes.filter((_, nth) => goods[nth]?.category === 'cash')
    const lines = [{ face_minor: 10_000, bundles: 0, loose: 7 }]
    const count = async (...counters: string[]): Promise<void> => {
      for (const item of money)
        for (const one of counters) await this.does(one, [], { type: 'custody.count-cash', item, lines })
    }
    await count(officer, colleague)
    await this.does(officer, [], { type: 'custody.hand-over', items: codes, store: STORE })
    if (beginning === 1) return
    await count(officer, custodian)
    const shelves = this.#house.places[STORE]
    const items = codes.map((item, nth) => {
      const { category, weight_mg, seal } = goods[nth] ?? { category: 'general' }
      const location = (category === 'general' ? shelves?.ordinary : shelves?.precious) ?? ''
      return {
        item,
        location,
        ...(weight_mg === undefined ? {} : { weight_mg }),
        ...(seal && { sealNumber: seal.number }),
      }
    })
    await this.does(custodian, [officer, otherCustodian], { type: 'custody.check-in', items })
  }

  async does(person: string, signers: readonly string[], command: CustodyCommand): Promise<Answer> {
    this.#clock.pass(SECOND_MS)
    const { act, db } = this.#house
    const options = { cause: `${this.#number} ${(this.#causes += 1)}`, at: this.#clock.now }
    const answer = await onceServed(() => act({ person, with: signers }, command as never, options))
    for (const { type, register, seq } of answer.facts) {
      this.#tally.facts.set(type, (this.#tally.facts.get(type) ?? 0) + 1)
      if (type !== 'approvals.asked') continue
      const { subject } = await db
        .selectFrom('entries')
        .select('subject')
        .where('register', '=', register)
        .where('seq', '=', seq)
        .executeTakeFirstOrThrow()
      this.#approvals.push(subject.slice('approval/'.length))
    }
    return answer
  }

  async standing(mark: string): Promise<Standing> {
    const { db, places } = this.#house
    const items = await this.#items()
    const papers = items.flatMap(({ disposal }) => disposal ?? [])
    const found =
      papers.length === 0
        ? []
        : await db.selectFrom('disposals').select(['id', 'state']).where('id', 'in', papers).execute()
    const approvals = await this.#asked()
    const ways = new Map<string, DisposalType>(found.map(({ id, state }) => [id, state.way]))
    const { state } = await db
      .selectFrom('cases')
      .select('state')
      .where('id', '=', this.#number)
      .executeTakeFirstOrThrow()
    const approved = state.approvedMeasures ?? []
    return { number: this.#number, items, approvals, approved, ways, places, now: this.#clock.now, mark }
  }

  async #asked(): Promise<Approval[]> {
    if (this.#approvals.length === 0) return []
    const { db } = this.#house
    const found = await db.selectFrom('approvals').select(['id', 'state']).where('id', 'in', this.#approvals).execute()
    const states = new Map(found.map(({ id, state }) => [id, state]))
    return this.#approvals.flatMap((id) => states.get(id) ?? [])
  }

  async #items(): Promise<Item[]> {
    const { db } = this.#house
    const query = db.selectFrom('items').select('state').where('case_number', '=', this.#number).orderBy('ordinal')
    return (await query.execute()).map(({ state }) => state)
  }

  /** Everything that must hold of this case. */
  async faults(): Promise<string[]> {
    const { db } = this.#house
    const items = await this.#items()
    const of = { unit: UNIT, officers: caseOfficers }
    const faults: string[] = []
    for (const { code, category } of items) {
      const chain = await readChain(db, code)
      const rows = await db
        .selectFrom('holdings')
        .select(['who', 'from_at', 'to_at'])
        .where('item', '=', code)
        .orderBy('ordinal')
        .execute()
      const holdings = rows.map(({ who, from_at, to_at }): Holding => ({
        who,
        from: instant(from_at),
        to: to_at && instant(to_at),
      }))
      const broken = chain.faults.map(({ what }) => what.en)
      const life = faultsOfLife(chain.entries, { category, holdings }, of)
      faults.push(...[...broken, ...life].map((one) => `${code} ${one}`))
    }
    const { wrong } = await trialOf(db, items)
    if (wrong.length > 0) faults.push(`the account of ${this.#number} is off: ${wrong.join(', ')}`)
    return faults
  }
}

function instant(at: string): string {
  return new Date(at).toISOString()
}

/** The code of a refusal; null for what is none, which is a bug. */
function refusalOf(error: unknown): string | null {
  if (error instanceof Refusal) return error.code
  return error instanceof Invalid ? 'request.invalid' : null
}

/** A refusal that says `{item}` to somebody. */
function openWords(error: unknown): string[] {
  if (!(error instanceof Refusal)) return []
  const { detail, remedy } = error.notice()
  const open = [detail, remedy].some((words) => /\{\w+\}/.test(words.zh + words.en))
  return open ? [`${error.code} leaves a place open`] : []
}

/** Until the database has had a turn for it: on a slow machine an act may wait too long for its lock. */
async function onceServed<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act()
    } catch (error) {
      const busy =
        (error instanceof pg.DatabaseError && error.code === '55P03') ||
        (error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect'))
      if (!busy || tries >= LOCK_TRIES) throw error
      await pause(LOCK_PAUSE_MS)
    }
  }
}
