import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Act, Answer } from '../../act.ts'
import type { Approval } from '../../approvals/approvals.ts'
import type { Db } from '../../database/connect.ts'
import { trialOf } from '../account/account-trial.ts'
import { readChain } from '../chain/chain.ts'
import type { DisposalType } from '../disposal/types.ts'
import type { Holding } from '../items/holdings.ts'
import type { Item } from '../items/item.ts'
import type { ChainEntry } from '../protocol.ts'
import { PHOTO, recordingOf, taking } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { faultsOfBoxes } from './testing-box-life.ts'
import { readBoxes, readBoxLives } from './testing-box-reads.ts'
import { caseOfficers, type Home, UNIT } from './testing-cast.ts'
import { faultsOfCounts } from './testing-count-life.ts'
import { countingOf, readCounts } from './testing-count-reads.ts'
import type { CountCommand } from './testing-count-steps.ts'
import { faultsOfLife } from './testing-life.ts'
import { faultsOfMoney, owing, PRICE_FEN } from './testing-money.ts'
import { faultsOfRoles } from './testing-roles.ts'
import type { goodsOf, Standing } from './testing-steps.ts'

/** A house whose people do things by chance, each sequence with a case of its own. */
export interface House {
  readonly db: Db
  readonly act: Act
  /** The store where the goods of most sequences go. */
  readonly home: Home
  /** Cases so far; a case is never used twice. */
  cases: number
}

/** How often each fact was written and each refusal given. */
export interface Tally {
  readonly facts: Map<string, number>
  readonly refusals: Map<string, number>
}

const SECOND_MS = 1_000
/** How a life begins whose goods were checked in already. */
export const LIES_IN_STORE = 2
/** How many waits for a lock are waited again before the machine is said to be too slow. */
const LOCK_TRIES = 30
const LOCK_PAUSE_MS = 200

/** The time of one sequence. */
export class Clock {
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

/** The acts of one sequence, and what must hold of all that they left. */
export class Run {
  readonly #house: House
  readonly #home: Home
  readonly #number: string
  readonly #clock: Clock
  readonly #tally: Tally
  readonly #approvals: string[] = []
  readonly #counts: string[] = []
  readonly #boxes: string[] = []
  /** Its cases: its own first, then whose things lie beside. */
  readonly #cases: string[]
  #causes = 0

  constructor(
    house: House,
    home: Home,
    { number, clock, tally }: { readonly number: string; readonly clock: Clock; readonly tally: Tally },
  ) {
    this.#house = house
    this.#home = home
    this.#number = number
    this.#cases = [number]
    this.#clock = clock
    this.#tally = tally
  }

  /**
   * Registers the goods; in one of three beginnings they are on their way to the store, in one they lie there. What is `sold` is a tax case whose
   * goods lay there: the first of them was sold, and less is owed than it brought.
   */
  async begin(goods: ReturnType<typeof goodsOf>, beginning: number, sold = false): Promise<void> {
    const codes = await this.#taken(this.#number, goods, beginning, sold)
    if (sold) await this.#sell(codes.slice(0, 1))
  }

  /** A box with the first of what lies in the store, and, where there are such, things of another case beside it. */
  async beginBox(beside: ReturnType<typeof goodsOf>, capacity: number): Promise<void> {
    const { store, places } = this.#home
    const { custodian, otherCustodian } = this.#home.cast
    const other = `${this.#number}之二`
    if (beside.length > 0) {
      this.#cases.push(other)
      await this.#taken(other, beside, LIES_IN_STORE, false)
    }
    const location = places[store]?.precious ?? ''
    await this.does(custodian, [], { type: 'custody.add-container', store, name: '证物箱', location, capacity })
    const lying = (await this.#items()).filter((item) => item.location !== null)
    const [first, last] = [lying[0], lying.at(-1)]
    const items = [...new Set([first, last])].flatMap((item) => item?.code ?? [])
    const box = this.#boxes[0] ?? ''
    if (items.length > 0 && capacity > 1)
      await this.does(custodian, [otherCustodian], { type: 'custody.move', items, location: box })
  }

  async #taken(
    number: string,
    goods: ReturnType<typeof goodsOf>,
    beginning: number,
    sold: boolean,
  ): Promise<readonly string[]> {
    const { store, places } = this.#home
    const { officer, colleague, custodian, otherCustodian } = this.#home.cast
    const opening = {
      type: 'custody.open-case',
      title: '某案',
      track: sold ? 'TAX' : 'SUPERVISION',
      unit: UNIT,
    } as const
    await this.does(officer, [], { ...opening, number, officers: caseOfficers })
    // What is with the department still was taken on its notice alone, and wants its approval.
    const leave = beginning < LIES_IN_STORE && !sold ? {} : { approval: await this.#granted(number) }
    const measure = { ...taking.measure, ...leave }
    const { result } = await this.does(officer, [], {
      ...{ type: 'custody.register', case: number, items: goods, ...taking, measure },
    })
    const takenAt = this.#clock.now
    const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
    if (beginning === 0) return codes
    await this.does(officer, [], recordingOf(codes, takenAt))
    await this.does(officer, [], { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
    const money = codes.filter((_, nth) => goods[nth]?.category === 'cash')
    const lines = [{ face_minor: 10_000, bundles: 0, loose: 7 }]
    const count = async (...counters: string[]): Promise<void> => {
      for (const item of money)
        for (const one of counters) await this.does(one, [], { type: 'custody.count-cash', item, lines })
    }
    await count(officer, colleague)
    await this.does(officer, [], { type: 'custody.hand-over', items: codes, store })
    if (beginning === 1) return codes
    await count(officer, custodian)
    const shelves = places[store]
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
    return codes
  }

  /** 呈批获准: a seizure, as the department and the organ agree. */
  async #granted(number: string): Promise<string> {
    const { officer, approver, head } = this.#home.cast
    const deed = { command: 'take-measure', case: number, kind: 'SEIZED' } as const
    const { result } = await this.does(officer, [], { type: 'approvals.ask', deed, reason: '查办需要' })
    const approval = String(result['id'])
    for (const person of [approver, head]) await this.does(person, [], { type: 'approvals.grant', approval })
    return approval
  }

  /** Sold early, as the department and the organ agree. */
  async #sell(items: readonly string[]): Promise<void> {
    const { officer, custodian, approver, head, finance } = this.#home.cast
    const early = { ground: 'perishable', method: 'sell', estimate_fen: PRICE_FEN, holderOpinion: '同意变卖' } as const
    await this.does(officer, [], owing(this.#number, PRICE_FEN / 2))
    await this.does(officer, [], {
      ...{ type: 'custody.propose-disposal', items, suspectedCrime: false, opinion: '建议如此办理', sale: early },
      ...{ way: 'SELL', destination: 'special-account', appraisal: '价认〔2026〕1号' },
    })
    for (const person of [approver, head])
      await this.does(person, [], { type: 'approvals.grant', approval: this.#approvals.at(-1) ?? '' })
    const buyer = { name: '买受人丁', identity: '营业执照 91' }
    const sale = { contract: '成〔2026〕1号', price_fen: PRICE_FEN, voucher: '进账单 001', account: '专户 6222', buyer }
    await this.does(custodian, [finance], { type: 'custody.dispose', items, sale })
  }

  async does(person: string, signers: readonly string[], command: CustodyCommand | CountCommand): Promise<Answer> {
    this.#clock.pass(SECOND_MS)
    const { act, db } = this.#house
    const options = { cause: `${this.#number} ${(this.#causes += 1)}`, at: this.#clock.now }
    const answer = await onceServed(() => act({ person, with: signers }, command as never, options))
    for (const { type, register, seq } of answer.facts) {
      this.#tally.facts.set(type, (this.#tally.facts.get(type) ?? 0) + 1)
      if (type === 'custody.stocktake-ordered') this.#counts.push(String(answer.result['code']))
      if (type === 'custody.container-added') this.#boxes.push(String(answer.result['code']))
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
    const { db } = this.#house
    const home = this.#home
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
    const counting = await countingOf(db, { store: home.store, counts: this.#counts })
    const boxes = await readBoxes(db, this.#boxes)
    const number = this.#number
    return { number, items, boxes, approvals, approved, ways, home, counting, now: this.#clock.now, mark }
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
    const query = db.selectFrom('items').select(['state', 'case_number']).where('case_number', 'in', this.#cases)
    const found = await query.orderBy('ordinal').execute()
    const its = Map.groupBy(found, (one) => one.case_number)
    return this.#cases.flatMap((number) => (its.get(number) ?? []).map(({ state }) => state))
  }

  /** Everything that must hold of this case. */
  async faults(): Promise<string[]> {
    const { db } = this.#house
    const items = await this.#items()
    const of = { unit: UNIT, officers: caseOfficers }
    const faults: string[] = []
    const lives = new Map<string, readonly ChainEntry[]>()
    for (const { code, category } of items) {
      const chain = await readChain(db, code)
      lives.set(code, chain.entries)
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
    const cases = new Map(items.map((item) => [item.code, item.case]))
    const counted = await readCounts(db, { store: this.#home.store, counts: this.#counts })
    faults.push(...faultsOfCounts(counted, lives, { home: this.#home, cases }))
    faults.push(...faultsOfMoney(items, lives))
    const boxes = await readBoxLives(db, this.#boxes, items)
    faults.push(...faultsOfBoxes(boxes.entries, boxes.tables))
    for (const number of this.#cases) {
      const its = items.filter((item) => item.case === number)
      const ofCase = new Map(its.map(({ code }) => [code, lives.get(code) ?? []]))
      if (its.some(({ track }) => track === 'TAX')) faults.push(...faultsOfRoles(ofCase, caseOfficers))
      const { wrong } = await trialOf(db, its)
      if (wrong.length > 0) faults.push(`the account of ${number} is off: ${wrong.join(', ')}`)
    }
    return faults
  }
}

function instant(at: string): string {
  return new Date(at).toISOString()
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
