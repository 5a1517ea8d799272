import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Actor, Reader } from '../../module.ts'
import { type Named, namesOf, textOf } from '../../names.ts'
import { Refusal, type Words } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import { categories } from '../categories.ts'
import { storageEnglish, storageNames } from '../keeping/storage-classes.ts'
import { namesOfPlaces } from '../keeping/store.ts'
import type { StocktakeScope } from './facts.ts'
import { said } from '../names.ts'
import type {
  ShownCountPhotos,
  ShownDifference,
  ShownPlace,
  ShownSample,
  ShownStocktake,
  StocktakeSummary,
} from '../protocol.ts'
import { type NumbersNow, numbersNow } from '../renumbering/numbers.ts'
import { rules } from '../rules.ts'
import { holdsPost, holdsSomewhere } from '../separation.ts'
import { isSettled } from './concluding.ts'
import { excludedFrom } from './counting.ts'
import { confidenceOf } from '../../draw.ts'
import { isConcerned, mayOrder } from './ordering.ts'
import { causeWords, verdictWords } from './shapes.ts'
import { type CountSheet, type Difference, placesAgain, type Stocktake, type StocktakePhase } from './stocktake.ts'
import '../tables.ts'

const phaseWords: Readonly<Record<StocktakePhase, Words>> = {
  ORDERED: { zh: '待抽取', en: 'To be drawn' },
  COUNTING: { zh: '首盘', en: 'First count' },
  RECOUNTING: { zh: '复盘', en: 'Recount' },
  EXPLAINING: { zh: '认定原因、待办结', en: 'Causes and closing' },
  CLOSED: { zh: '已办结', en: 'Closed' },
  CANCELLED: { zh: '已撤销', en: 'Cancelled' },
}

/** What is counted, in words; a case by the number that it goes by now. */
export function scopeWords(scope: StocktakeScope, numbers: NumbersNow): Words {
  switch (scope.kind) {
    case 'store':
      return { zh: '全库', en: 'The whole store' }
    case 'locations':
      return { zh: `${scope.locations.length} 个库位`, en: `shelves: ${scope.locations.length}` }
    case 'classes': {
      const [zh, en] = [scope.classes.map((one) => storageNames[one]), scope.classes.map((one) => storageEnglish[one])]
      return { zh: `库房类别：${zh.join('、')}`, en: `Storage: ${en.join(', ')}` }
    }
    case 'categories': {
      const names = scope.categories.map((one) => categories[one].name)
      return {
        zh: `类别：${names.map(({ zh }) => zh).join('、')}`,
        en: `Categories: ${names.map(({ en }) => en).join(', ')}`,
      }
    }
    case 'case':
      return { zh: `案件 ${numbers.of(scope.case)}`, en: `Case ${numbers.of(scope.case)}` }
  }
}

/**
 * A count that is this person's business.
 * @throws Refusal `custody.unknown-stocktake`
 */
export async function stocktakeFor(db: Reader, actor: Actor, code: string): Promise<Stocktake> {
  const found = await db.selectFrom('stocktakes').select('state').where('id', '=', code).executeTakeFirst()
  if (found === undefined || !isConcerned(actor, found.state))
    throw new Refusal('custody.unknown-stocktake', { stocktake: code })
  return found.state
}

/** Whoever counts sees no figure before it is over, and of what differs only what to look for. */
export function isBlind(actor: Actor, { phase, unit, counters }: Stocktake): boolean {
  if (phase === 'CLOSED' || phase === 'CANCELLED') return false
  return !mayOrder(actor, unit) || counters.includes(actor.person)
}

/** Counts of stores that are this person's business, the latest first. */
export async function listStocktakes(
  db: Reader,
  actor: Actor,
  { limit, after, store }: Page & { readonly store: string | null },
): Promise<Stocktake[]> {
  const kept = actor.appointments.filter(({ post }) => post === 'custodian').map(({ place }) => place)
  const heads: readonly string[] = rules.head_posts.value
  const headed = actor.appointments.filter(({ post }) => heads.includes(post)).map(({ place }) => place)
  const all = holdsSomewhere(actor, 'supervisor')
  const found = await sql<{ state: Stocktake }>`
    select s.state from stocktakes s
    where (${all} or s.store = any(${kept}::text[]) or s.unit = any(${headed}::text[]))
      and (${store}::text is null or s.store = ${store})
      and (${after}::text is null or (s.ordered_at, s.id) < (select ordered_at, id from stocktakes where id = ${after}))
    order by s.ordered_at desc, s.id desc limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** In the order given, with what this person may see and do of each. Names and numbers are read for all at once. */
export async function summariesOfStocktakes(
  db: Reader,
  found: readonly Stocktake[],
  actor: Actor,
  now: string,
): Promise<StocktakeSummary[]> {
  const named = await namesOf(
    db,
    found.flatMap(({ store, orderedBy }) => [`store/${store}`, `person/${orderedBy}`]),
  )
  const numbers = await numbersOfScopes(db, found)
  return found.map((one) => summaryOf(one, { actor, named, numbers, now }))
}

/** By what numbers the cases go that these counts are of. */
export function numbersOfScopes(db: Reader, found: readonly Pick<Stocktake, 'scope'>[]): Promise<NumbersNow> {
  return numbersNow(
    db,
    found.flatMap(({ scope }) => (scope.kind === 'case' ? [scope.case] : [])),
  )
}

interface Summing {
  readonly actor: Actor
  readonly named: (who: string) => Named
  readonly numbers: NumbersNow
  readonly now: string
}

function summaryOf(one: Stocktake, { actor, named, numbers, now }: Summing): StocktakeSummary {
  const { code, store, scope, phase, orderedBy, orderedAt, dueAt, sample, closed, figures } = one
  return {
    ...{ code, orderedAt, dueAt, store: named(`store/${store}`), scope: scopeWords(scope, numbers) },
    ...{ phase: said(phase, phaseWords), orderedBy: named(`person/${orderedBy}`), isSample: sample !== null },
    overdue: phase !== 'CLOSED' && phase !== 'CANCELLED' && dueAt < now,
    closedAt: closed?.at ?? null,
    figures: isBlind(actor, one) ? null : figures,
  }
}

/** One count, as far as this person may see it. */
export async function showStocktake(
  db: Reader,
  one: Stocktake,
  { actor, sheets, now }: { readonly actor: Actor; readonly sheets: readonly CountSheet[]; readonly now: string },
): Promise<ShownStocktake> {
  const { sample, differences, phase, counters, closed, cancelled } = one
  const round = phase === 'COUNTING' ? 1 : phase === 'RECOUNTING' ? 2 : null
  const blind = isBlind(actor, one)
  const recounters = walkersAmong(sheets, 2)
  const people = [
    ...[one.orderedBy, ...counters, ...recounters, ...walkersAmong(sheets, 1), ...(closed?.signers ?? [])],
    ...[sample?.drawn?.by, cancelled?.by].flatMap((person) => person ?? []),
    ...differences.flatMap(({ cause }) => cause?.by ?? []),
  ]
  const named = await namesOf(db, [`store/${one.store}`, ...people.map((person) => `person/${person}`)])
  const asked = round === 2 ? differences.flatMap(({ item }) => item ?? []) : (sample?.drawn?.items ?? [])
  const moved = one.moved.map(({ item }) => item)
  const names = await namesOfItems(
    db,
    [one.store],
    [...asked, ...moved, ...differences.flatMap(({ item }) => item ?? [])],
  )
  const contents = await readPersonal(db, refsOf(one))
  const shelves = await namesOfPlaces(db, blind ? [] : differences.flatMap(shelvesOf))
  return {
    ...summaryOf(one, { actor, named, numbers: await numbersOfScopes(db, [one]), now }),
    round,
    counters: counters.map((person) => named(`person/${person}`)),
    places: await shownPlaces(db, one, { actor, sheets, named }),
    lookFor: round === null ? [] : [...new Set(asked)].sort().map((item) => ({ item, name: names.get(item) ?? '' })),
    sample: blind || sample === null ? null : shownSample(one, sample, named),
    differences: blind ? null : differences.map((each) => shownDifference(each, { names, shelves, contents, named })),
    moved: blind ? null : one.moved.map((each) => ({ ...each, name: names.get(each.item) ?? '' })),
    photos: blind ? null : await shownPhotos(db, sheets, named),
    recounters: recounters.map((person) => named(`person/${person}`)),
    closed: closed === null ? null : { at: closed.at, signers: closed.signers.map((each) => named(`person/${each}`)) },
    cancelled:
      cancelled === null
        ? null
        : {
            ...{ by: named(`person/${cancelled.by}`), at: cancelled.at },
            reason: textOf(contents.get(cancelled.reason.ref)),
          },
    yours: yoursOf(one, actor, sheets),
  }
}

function yoursOf(one: Stocktake, actor: Actor, sheets: readonly CountSheet[]): ShownStocktake['yours'] {
  const { phase, counters, store, unit } = one
  const orders = mayOrder(actor, unit)
  const keeps = holdsPost(actor, 'custodian', store)
  const counts = keeps && counters.includes(actor.person)
  const walked = walkersAmong(sheets, 1).includes(actor.person)
  const recounts = phase === 'RECOUNTING' && !walked && (keeps || orders)
  const decides = orders && !counters.includes(actor.person)
  const over = phase === 'CLOSED' || phase === 'CANCELLED'
  return {
    draw: phase === 'ORDERED' && orders,
    count: phase === 'COUNTING' && counts,
    recount: recounts,
    conclude:
      (phase === 'COUNTING' && (counts || orders)) ||
      (recounts && (orders || walkersAmong(sheets, 2).includes(actor.person))) ||
      (phase === 'EXPLAINING' && decides),
    explain: phase === 'EXPLAINING' && decides,
    cancel: orders && !over,
  }
}

/** Who has walked a shelf in that round, each once. */
export function walkersAmong(sheets: readonly CountSheet[], round: 1 | 2): string[] {
  return [...new Set(sheets.filter((sheet) => sheet.round === round).map(({ by }) => by))]
}

async function shownPlaces(
  db: Reader,
  stocktake: Stocktake,
  {
    actor,
    sheets,
    named,
  }: { readonly actor: Actor; readonly sheets: readonly CountSheet[]; readonly named: (who: string) => Named },
): Promise<ShownPlace[]> {
  const { phase, places, differences } = stocktake
  const round = phase === 'RECOUNTING' ? 2 : 1
  const not = round === 2 ? excludedFrom(stocktake, actor) : new Set<string>()
  const counted = round === 2 && walkersAmong(sheets, 1).includes(actor.person)
  const route = round === 2 ? placesAgain(differences) : places
  const names = await namesOfPlaces(db, route)
  const walked = Map.groupBy(
    sheets.filter((sheet) => sheet.round === round),
    ({ location }) => location,
  )
  return route.map((code) => {
    const its = walked.get(code) ?? []
    const state = its.length === 0 ? 'todo' : its.some(({ done }) => done) ? 'done' : 'walking'
    const by = [...new Set(its.map((sheet) => sheet.by))].map((person) => named(`person/${person}`))
    const barred = counted ? 'counted' : not.has(code) ? 'placed' : null
    return { code, name: names.get(code) ?? code, state, by, barred }
  })
}

/** What was photographed, by sheet, in the order in which they came in. */
async function shownPhotos(
  db: Reader,
  sheets: readonly CountSheet[],
  named: (who: string) => Named,
): Promise<ShownCountPhotos[]> {
  const photographed = sheets.filter(({ photos }) => photos !== undefined)
  const names = await namesOfPlaces(db, [...new Set(photographed.map(({ location }) => location))])
  return photographed.map(({ location, round, by, to, photos = [] }) => ({
    ...{ location, name: names.get(location) ?? location, round, at: to, photos },
    by: named(`person/${by}`),
  }))
}

/** Of those of the items that the store has to do with: a stranger's code tells nobody what it is. */
export async function namesOfItems(
  db: Reader,
  stores: readonly string[],
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from items where id = any(${[...new Set(codes)]}::text[]) and store = any(${[...stores]}::text[])
  `.execute(db)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

/** A reference, where the number of a tag would not be one. */
const REFERENCE = /^[0-9a-f]{8}-/

/** Where what a count keeps sealed stands. */
export function refsOf({ differences, cancelled }: Stocktake): string[] {
  const unknown = differences.flatMap((one) =>
    one.unknown !== null && REFERENCE.test(one.unknown) ? [one.unknown] : [],
  )
  const notes = differences.flatMap(({ cause }) => cause?.note?.ref ?? [])
  return [...unknown, ...notes, ...(cancelled === null ? [] : [cancelled.reason.ref])]
}

/** What is known of a thing by name: the item, what could be read of something else, or the number of its tag. */
function nameOfDifference(
  { item, unknown }: Pick<Difference, 'item' | 'unknown'>,
  names: ReadonlyMap<string, string>,
  contents: Awaited<ReturnType<typeof readPersonal>>,
): string {
  if (item !== null) return names.get(item) ?? ''
  return textOf(contents.get(unknown ?? '')) ?? unknown ?? ''
}

/** Every shelf that a difference names. */
function shelvesOf({ expectedAt, seenAt, second }: Difference): string[] {
  return [expectedAt, seenAt, second?.seenAt].flatMap((shelf) => shelf ?? [])
}

function shownDifference(
  one: Difference,
  {
    names,
    shelves,
    contents,
    named,
  }: {
    readonly names: ReadonlyMap<string, string>
    readonly shelves: ReadonlyMap<string, string>
    readonly contents: Awaited<ReturnType<typeof readPersonal>>
    readonly named: (who: string) => Named
  },
): ShownDifference {
  const { n, item, expectedAt, seenAt, how, voided, why, second, cause } = one
  return {
    ...{ n, item, expectedAt, seenAt, how, voided, why },
    name: nameOfDifference(one, names, contents),
    shelves: Object.fromEntries(shelvesOf(one).map((shelf) => [shelf, shelves.get(shelf) ?? shelf])),
    verdict: said(one.verdict, verdictWords),
    settled: isSettled(one),
    second: second === null ? null : { verdict: said(second.verdict, verdictWords), seenAt: second.seenAt },
    cause:
      cause === null
        ? null
        : {
            ...{ cause: said(cause.cause, causeWords), by: named(`person/${cause.by}`), at: cause.at },
            note: cause.note === null ? null : textOf(contents.get(cause.note.ref)),
          },
  }
}

/** Tenths of a percent, rounded down: nothing is claimed that the draw does not give. */
function percentOf(share: number): number {
  return Math.floor(share * 1_000) / 10
}

function shownSample(
  { expected, order }: Stocktake,
  { missing, confidence_percent, size, seedHash, drawn }: NonNullable<Stocktake['sample']>,
  named: (who: string) => Named,
): ShownSample {
  return {
    ...{ missing, confidence_percent, size, seedHash, order, population: expected.length },
    reached_percent: percentOf(confidenceOf(expected.length, missing, size)),
    drawn:
      drawn === null ? null : { seed: drawn.seed, at: drawn.at, items: drawn.items, by: named(`person/${drawn.by}`) },
  }
}
