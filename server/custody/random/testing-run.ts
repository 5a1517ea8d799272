import { dice } from '../../../devices/fuzz-inputs.ts'
import type { Act } from '../../act.ts'
import type { Db } from '../../database/connect.ts'
import { Invalid, Refusal } from '../../refusal.ts'
import { Clock, type House, LIES_IN_STORE, Run, type Tally } from './testing-acts.ts'
import { cast, settleCast, settleOwnStore, STORE } from './testing-cast.ts'
import { goodsForSale, goodsOf, type Step, stepsOf, wantedBy } from './testing-steps.ts'

export interface Sequence {
  readonly seed: number
  readonly nth: number
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
/** One sequence in so many has a store of its own, which it can count whole and hand over; a house has room for some 1,200 of them. */
const OWN_STORE_ONE_IN = 10
/** One in so many is a tax case of which something was sold, whose money is divided. */
const SOLD_ONE_IN = 4
/** One in so many has a box, which is asked for, lent and brought back as a whole; every other of these with things of another case in it. */
const BOXED_ONE_IN = 3
/** What a box takes beside the rest. */
const STEPS_OF_BOX = 8
/** What a count and a hand-over take beside the rest. */
const STEPS_OF_COUNT = 14
const WAIT_MS = 10 * 3_600_000
const MINUTE_MS = 60_000
/** Settles the organisation and its shelves in a database that holds nothing yet. */
export async function openHouse(db: Db, act: Act): Promise<House> {
  const places = await settleCast(act, START)
  return { db, act, home: { store: STORE, cast, places }, cases: 0 }
}

/**
 * One sequence of acts by chance through the door, and everything that must hold of its case afterwards.
 * @throws Broken with the shortest beginning that breaks it, and of that the fewest steps
 */
async function runSequence(house: House, sequence: Sequence, tally: Tally): Promise<void> {
  const life = chosen(sequence)
  const { steps } = life
  const faults = await live(house, { ...life, tally })
  if (faults.length === 0) return
  const none: Tally = { facts: new Map(), refusals: new Map() }
  const breaks = async (some: readonly Step[]): Promise<boolean> =>
    (await live(house, { ...life, steps: some, tally: none })).length > 0
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
  const last = await live(house, { ...life, steps: fewest, tally: none, tell: (line) => told.push(line) })
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

function chosen({ seed, nth }: Sequence): Omit<Life, 'tally' | 'tell'> {
  const chance = dice(seed, nth)
  const hasStore = chance.under(OWN_STORE_ONE_IN) === 0
  const hasBox = nth % BOXED_ONE_IN === 1
  const more = (hasStore ? STEPS_OF_COUNT : 0) + (hasBox ? STEPS_OF_BOX : 0)
  const count = STEPS_MIN + chance.under(STEPS_MAX - STEPS_MIN + 1) + more
  const isSold = !hasStore && nth % SOLD_ONE_IN === 0
  return { steps: stepsOf(chance, count), goodsChance: { seed: seed ^ 1, nth }, hasStore, isSold, hasBox }
}

interface Life {
  readonly steps: readonly Step[]
  /** What the goods and the beginning are chosen by, whatever becomes of the steps. */
  readonly goodsChance: Sequence
  /** Whether its goods lie in a store of their own. */
  readonly hasStore: boolean
  /** Whether it is a tax case of which something was sold. */
  readonly isSold: boolean
  /** Whether it has a box with what lies in the store. */
  readonly hasBox: boolean
  readonly tally: Tally
  /** Hears each step and what came of it. */
  readonly tell?: (line: string) => void
}

/** Lives through the steps in a new case; what does not hold at the end. */
async function live(
  house: House,
  { steps, goodsChance, hasStore, isSold, hasBox, tally, tell }: Life,
): Promise<string[]> {
  house.cases += 1
  const nth = house.cases
  const number = `随机${nth}号`
  const clock = new Clock(Date.parse(START) + nth * MINUTE_MS)
  const home = hasStore ? await settleOwnStore(house.act, clock.now, nth) : house.home
  const run = new Run(house, home, { number, clock, tally })
  const chance = dice(goodsChance.seed, goodsChance.nth)
  const goods = isSold ? goodsForSale(`F${nth}`) : goodsOf(chance, `F${nth}`)
  await run.begin(goods, hasStore || isSold || hasBox ? LIES_IN_STORE : chance.under(3), isSold)
  if (hasBox) await run.beginBox(chance.under(2) === 0 ? goodsOf(chance, `G${nth}`) : [], 2 + chance.under(4))
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
