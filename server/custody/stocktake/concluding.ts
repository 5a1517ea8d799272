import type { Actor, Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, storeRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import type { ConcludeStocktake, ExplainDifference } from './schemas.ts'
import { holdsPost } from '../separation.ts'
import { isOfScope, mustBeThere, mustOrder } from './ordering.ts'
import { agrees, type Line, reconcile, type Sheet, unwalked } from './reconcile.ts'
import type { Stay } from './stays.ts'
import type { FoundDifference, StocktakeFigures } from './shapes.ts'
import {
  type CountSheet,
  type Difference,
  isFull,
  listedIn,
  placesAgain,
  type Stocktake,
  verdictOfDifference,
} from './stocktake.ts'

export interface ConcludeState {
  readonly stocktake: Stocktake | null
  readonly sheets: readonly CountSheet[]
  /** Of items that moved since the order, and of those that were perceived without being expected: see `Counted`. */
  readonly stays: ReadonlyMap<string, readonly Stay[]>
  /** Of every item that is expected or has stays. */
  readonly items: ReadonlyMap<string, Pick<Item, 'case' | 'category' | 'tag'>>
  /** Who put an item where it lies: item to person. */
  readonly placers: ReadonlyMap<string, string>
  readonly signers: ReadonlyMap<string, Actor>
}

/**
 * Ends the round in hand: the first count, the recount, and at last the whole, which two people sign.
 * @throws Refusal `custody.stocktake-unwalked` while a shelf was not walked to its end, `custody.stocktake-unexplained`,
 * `custody.stocktake-signature`, and who may not
 */
export function concludeStocktake(
  state: ConcludeState,
  command: ConcludeStocktake,
  circumstances: Circumstances,
): Decision {
  const stocktake = mustBeThere(state.stocktake, command.stocktake, circumstances.actor)
  switch (stocktake.phase) {
    case 'ORDERED':
      throw new Refusal('custody.stocktake-undrawn')
    case 'COUNTING':
      return endFirstCount(stocktake, state, circumstances)
    case 'RECOUNTING':
      return endRecount(stocktake, state, circumstances)
    case 'EXPLAINING':
      return close(stocktake, state, circumstances)
    case 'CLOSED':
    case 'CANCELLED':
      throw new Refusal('custody.stocktake-over')
  }
}

function endFirstCount(stocktake: Stocktake, state: ConcludeState, { actor }: Circumstances): Decision {
  if (!stocktake.counters.includes(actor.person)) mustOrder(actor, stocktake)
  const sheets = sheetsOf(state.sheets, 1)
  mustBeWalked(stocktake.places, sheets)
  const lines = reconcileFirst(stocktake, sheets, state)
  const differences = lines
    .filter((line) => !agrees(line))
    .map((line, index): FoundDifference => {
      const { why, ...rest } = line
      const placedBy = line.item === null ? null : (state.placers.get(line.item) ?? null)
      return { n: index + 1, ...rest, why: why === null ? null : entryOf(why), placedBy }
    })
  const moved = lines.flatMap(({ why }) => (why !== null && why.at > stocktake.orderedAt ? [why] : []))
  const figures = figuresOf(stocktake, lines, differences.length)
  return fact(stocktake, 'custody.stocktake-counted', { figures, full: isFull(stocktake), moved, differences })
}

/** What the first count comes to. */
function reconcileFirst(
  stocktake: Stocktake,
  sheets: readonly Sheet[],
  { stays, items }: Pick<ConcludeState, 'stays' | 'items'>,
): Line[] {
  const { scope, sample, store } = stocktake
  const listed = listedIn(stocktake)
  const places = new Set(stocktake.places)
  const belongs = (code: string): boolean => {
    const item = items.get(code)
    if (sample !== null || item === undefined || !isOfScope(scope, item)) return false
    return stays.get(code)?.some(({ location }) => location !== null && places.has(location)) === true
  }
  const readable = (code: string): boolean => items.get(code)?.tag?.state === 'bound'
  return reconcile({ expected: listed, known: stocktake.expected, sheets, stays, store, belongs, readable })
}

function endRecount(stocktake: Stocktake, state: ConcludeState, { actor }: Circumstances): Decision {
  const sheets = sheetsOf(state.sheets, 2)
  if (!sheets.some(({ by }) => by === actor.person)) mustOrder(actor, stocktake)
  const { differences, store, figures } = stocktake
  mustBeWalked(placesAgain(differences), sheets)
  const expected = differences.flatMap(({ item, expectedAt }) =>
    item === null || expectedAt === null ? [] : [{ item, location: expectedAt }],
  )
  // Whatever was found by hand can be found by hand again.
  const lines = reconcile({
    ...{ expected, known: [...stocktake.expected, ...expected], sheets, stays: state.stays, store },
    ...{ belongs: () => false, readable: () => true },
  })
  const byItem = new Map(lines.flatMap((line) => (line.item === null ? [] : [[line.item, line] as const])))
  const results = differences.map(({ n, item, seenAt, unknown }) => {
    const line = item === null ? strangerAgain(lines, seenAt, unknown) : byItem.get(item)
    if (line === undefined) return { n, verdict: 'GONE' as const, seenAt: null, how: null, why: null }
    const { verdict, how, why } = line
    return { n, verdict, seenAt: line.seenAt, how, why: why === null ? null : entryOf(why) }
  })
  const second = new Map(results.map((result) => [result.n, result]))
  const left = differences.filter((one) => !isSettled({ ...one, second: second.get(one.n) ?? null })).length
  const first = figures ?? { expected: 0, found: 0, moved: 0, differences: 0, alsoSeen: 0 }
  const found = results.filter(({ n, verdict }) => verdict === 'FOUND' && isListed(stocktake, n)).length
  const movedNow = results.filter(({ n, verdict }) => verdict === 'MOVED' && isListed(stocktake, n)).length
  return fact(stocktake, 'custody.stocktake-recounted', {
    figures: { ...first, found: first.found + found, moved: first.moved + movedNow, differences: left },
    results,
  })
}

function isListed(stocktake: Stocktake, n: number): boolean {
  const difference = stocktake.differences.find((one) => one.n === n)
  if (difference === undefined || difference.item === null) return false
  // A thing that was found with a voided label was counted as found before.
  return difference.verdict !== 'FOUND' && listedIn(stocktake).some(({ item }) => item === difference.item)
}

/** The same tag, or something unknown at the same place. */
function strangerAgain(lines: readonly Line[], seenAt: string | null, unknown: string | null): Line | undefined {
  const strangers = lines.filter((line) => line.item === null)
  return strangers.find((line) => line.unknown === unknown) ?? strangers.find((line) => line.seenAt === seenAt)
}

/** The root cause of what is left, by who answers for the count: never by who counted. */
export function explainDifference(
  stocktake: Stocktake | null,
  command: ExplainDifference,
  { actor, mint }: Circumstances,
): Decision {
  const found = mustBeThere(stocktake, command.stocktake, actor)
  mustOrder(actor, found)
  if (found.phase !== 'EXPLAINING') throw new Refusal('custody.stocktake-phase')
  if (found.counters.includes(actor.person)) throw new Refusal('custody.stocktake-own')
  const { n, cause } = command
  const difference = found.differences.find((one) => one.n === n)
  if (difference === undefined) throw new Refusal('custody.unknown-difference', { n })
  const isMissing = verdictOfDifference(difference) === 'MISSING'
  if (cause === 'NOT_FOUND' && !isMissing) throw new Refusal('custody.difference-found', { n })
  const note = command.note === undefined ? null : mint.seal(command.note)
  return fact(found, 'custody.difference-explained', { difference: n, cause, note })
}

/** Whether the second person found that nothing is wrong: the cause is then the first count itself. */
export function isSettled({ second, voided }: Pick<Difference, 'second' | 'voided'>): boolean {
  if (second === null || voided !== null) return false
  return second.verdict === 'FOUND' || second.verdict === 'MOVED' || second.verdict === 'GONE'
}

function close(stocktake: Stocktake, { signers, items }: ConcludeState, circumstances: Circumstances): Decision {
  const { actor, mint } = circumstances
  mustOrder(actor, stocktake)
  if (stocktake.counters.includes(actor.person)) throw new Refusal('custody.stocktake-own')
  const open = stocktake.differences.filter((one) => !isSettled(one) && one.cause === null)
  if (open.length > 0) throw new Refusal('custody.stocktake-unexplained', { count: open.length })
  const counters = [...signers.values()].filter(
    ({ person, ...held }) =>
      person !== actor.person &&
      stocktake.counters.includes(person) &&
      holdsPost({ person, ...held }, 'custodian', stocktake.store),
  )
  if (counters.length + 1 < rules.stocktake_signers.value) throw new Refusal('custody.stocktake-signature')
  const lost = stocktake.differences.filter((one) => verdictOfDifference(one) === 'MISSING' && one.item !== null)
  const { code, store, unit } = stocktake
  const searches = lost.map((one): FactDraft => {
    const item = one.item ?? ''
    const of = items.get(item)?.case ?? ''
    const body = { store, unit, stocktake: code, item, case: of, location: one.expectedAt ?? '' }
    return draft(storeRegister(store), 'custody.unlocated', `search/${mint.id()}`, body)
  })
  const unlocated = lost.flatMap(({ item }) => item ?? [])
  const people = [actor.person, ...counters.map(({ person }) => person)].sort()
  const closed = draft(storeRegister(store), 'custody.stocktake-closed', `stocktake/${code}`, {
    ...{ unit, full: isFull(stocktake), signers: people, unlocated },
  })
  return { facts: [closed, ...searches], result: { unlocated } }
}

function sheetsOf(sheets: readonly CountSheet[], round: 1 | 2): CountSheet[] {
  return sheets.filter((sheet) => sheet.round === round)
}

function mustBeWalked(places: readonly string[], sheets: readonly Sheet[]): void {
  const left = unwalked(places, sheets)
  if (left.length > 0) throw new Refusal('custody.stocktake-unwalked', { count: left.length }, { places: left })
}

function figuresOf(stocktake: Stocktake, lines: readonly Line[], differences: number): StocktakeFigures {
  const listed = new Set(listedIn(stocktake).map(({ item }) => item))
  const found = lines.flatMap(({ verdict, item }) => (verdict === 'FOUND' && item !== null ? [item] : []))
  const ofList = found.filter((item) => listed.has(item)).length
  const moved = lines.filter(({ verdict }) => verdict === 'MOVED').length
  return { expected: listed.size, found: ofList, moved, differences, alsoSeen: found.length - ofList }
}

function entryOf({ item: _, ...entry }: NonNullable<Line['why']>): NonNullable<FoundDifference['why']> {
  return entry
}

function fact<T extends 'custody.stocktake-counted' | 'custody.stocktake-recounted' | 'custody.difference-explained'>(
  { store, code }: Stocktake,
  type: T,
  body: Parameters<typeof draft<T>>[3],
): Decision {
  return { facts: [draft(storeRegister(store), type, `stocktake/${code}`, body)] }
}
