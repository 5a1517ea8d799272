import type { Actor, Circumstances, Decision, FactDraft, Json, Sealed } from '../../module.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { agree, amountOf, type CashFigures, type CashPieces, figuresOf, piecesOf, samePieces } from './figures.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { currencies, type CurrencyCode } from './currencies.ts'
import { type CustodyFact, draft } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { tellHeads } from '../disposal/notices.ts'
import { caseOf, itemOf, mustBeAble, presentRegister, type Scene } from '../scene.ts'
import type { CountCash } from '../schemas.ts'
import { holdsPost, mustBeApart, mustHandle, mustKeep } from '../separation.ts'
import { mayMove } from '../transitions.ts'
import { NOT_WEIGHED } from '../weighing/weights.ts'

/** Where a count is taken: by two officers before the item goes on a list, or by its officer and the store's custodian. */
export type CashSide = 'department' | 'store'

export type CashCount = {
  readonly by: string
  readonly side: CashSide
  readonly at: string
  /** Sealed as soon as it is given; nobody reads it while the round is open. */
  readonly figures: Sealed
}

/** 双人盲点: one person after another, none knowing what the others found. */
export type CashRound = {
  /** The hand-over list it is counted for; null for the first time, at the department. */
  readonly list: string | null
  readonly counts: readonly CashCount[]
  /** `open`: waits for the second. `differs`: both are shown and a third decides. `disputed`: no two agree. */
  readonly outcome: 'open' | 'differs' | 'agreed' | 'disputed'
}

/** What two people agreed on. */
export type CashAgreed = {
  readonly list: string | null
  readonly counters: readonly string[]
  readonly currency: CurrencyCode
  readonly amount_minor: number
  readonly pieces: readonly CashPieces[]
  /** Of the count that stands. */
  readonly figures: Sealed
  readonly at: string
}

export type ItemCash = { readonly rounds: readonly CashRound[]; readonly agreed: readonly CashAgreed[] }

/** What counting looks at besides the scene: the content behind the seals of the counts of this item. */
export type CashScene = Scene & { readonly contents: ReadonlyMap<string, Json> }

type CashFact = Extract<CustodyFact, { type: 'custody.cash-counted' | 'custody.cash-agreed' | 'custody.cash-disputed' }>

/** An item's counts after one more fact about them. */
export function evolveCash({ rounds, agreed }: ItemCash, fact: CashFact): ItemCash {
  const last = rounds.at(-1)
  const before = rounds.slice(0, -1)
  switch (fact.type) {
    case 'custody.cash-counted': {
      const { round, list, side, figures } = fact.body
      const count = { by: fact.actor, side, at: fact.at, figures }
      if (last === undefined || round > rounds.length)
        return { rounds: [...rounds, { list, counts: [count], outcome: 'open' }], agreed }
      return { rounds: [...before, { ...last, counts: [...last.counts, count], outcome: 'differs' }], agreed }
    }
    case 'custody.cash-agreed': {
      const { list, counters, currency, amount_minor, pieces, figures } = fact.body
      const one = { list, counters, currency, amount_minor, pieces, figures, at: fact.at }
      return { rounds: last === undefined ? [] : [...before, { ...last, outcome: 'agreed' }], agreed: [...agreed, one] }
    }
    case 'custody.cash-disputed':
      return { rounds: last === undefined ? [] : [...before, { ...last, outcome: 'disputed' }], agreed }
  }
}

function isOver({ outcome }: CashRound): boolean {
  return outcome === 'agreed' || outcome === 'disputed'
}

/** The round that a count given now would belong to; null where it would begin one. */
function roundAtHand(item: Item): CashRound | null {
  const last = item.cash?.rounds.at(-1)
  if (last === undefined || isOver(last) || last.list !== item.list) return null
  const begun = last.counts[0]?.at ?? ''
  // Who could not agree has had it looked into: it is counted anew.
  return item.concluded.some(({ concludedAt }) => concludedAt > begun) ? null : last
}

/**
 * One person's count. The first is sealed; the second stands if it is the same; if not, a third person counts, and stands with whom it
 * agrees. No two alike, or something else than what was agreed on before, opens an incident.
 */
export function countCash(scene: CashScene, command: CountCash, circumstances: Circumstances): Decision {
  const item = itemOf(scene, command.item)
  if (!categories[item.category].counted) throw new Refusal('custody.not-cash', { item: item.code })
  mustBeAble(item, 'count-cash', circumstances)
  const side = sideOf(scene, item, circumstances)
  if (isCounted(item)) throw new Refusal('custody.cash-counted-already', { item: item.code })
  const round = roundAtHand(item)
  mustBeAnother(round, side, item, circumstances.actor)
  const currency = currencyOf(item)
  const given = figuresOf(currency, command.lines, command.serials ?? [])
  const like = round?.counts.find((count) => agree(readFigures(scene, count), given))
  // While nobody agrees with it, a count is nowhere to be found by what stands in it.
  const serials = like === undefined ? [] : [...new Set([...readFigures(scene, like).serials, ...given.serials])]
  const figures = circumstances.mint.seal(given, serials)
  const at = { register: presentRegister(item), subject: `item/${item.code}` }
  const counted = draft(at.register, 'custody.cash-counted', at.subject, {
    ...{ round: (item.cash?.rounds.length ?? 0) + (round === null ? 1 : 0), list: item.list },
    ...{ side, figures },
  })
  if (round === null) return { facts: [counted], result: { outcome: 'open' } }
  if (like === undefined && round.counts.length === 1) return { facts: [counted], result: { outcome: 'differs' } }
  if (like === undefined) {
    const disputed = draft(at.register, 'custody.cash-disputed', at.subject, { list: item.list })
    return {
      facts: [counted, disputed, ...shortageOf(scene, item, circumstances)],
      result: { outcome: 'disputed' },
    }
  }
  const agreed = draft(at.register, 'custody.cash-agreed', at.subject, {
    ...{ list: item.list, counters: [like.by, circumstances.actor.person], currency },
    ...{ amount_minor: amountOf(given), pieces: piecesOf(given), figures: like.figures },
  })
  // What was found before stands: where it was short, that has been looked into.
  const before = item.cash?.agreed.at(-1)
  const isShort = before !== undefined && !samePieces(before.pieces, piecesOf(given))
  return {
    facts: [counted, agreed, ...(isShort ? shortageOf(scene, item, circumstances) : [])],
    result: { outcome: isShort ? 'short' : 'agreed' },
  }
}

/** Who counts for whom: officers of the case at the department; for a list also the custodian who is to take it in. */
function sideOf(
  scene: Pick<Scene, 'cases'>,
  item: Item,
  circumstances: Pick<Circumstances, 'actor' | 'station'>,
): CashSide {
  const { actor } = circumstances
  const of = caseOf(scene, item.case)
  if (item.list === null || item.store === null || !holdsPost(actor, 'custodian', item.store)) {
    mustHandle(actor, of)
    return 'department'
  }
  mustKeep(circumstances, item.store)
  mustBeApart(actor, of)
  return 'store'
}

/** Nobody counts twice in a round; for a list the first two are of both sides. */
function mustBeAnother(round: CashRound | null, side: CashSide, item: Item, actor: Actor): void {
  if (round === null) return
  if (round.counts.some(({ by }) => by === actor.person))
    throw new Refusal('custody.cash-same-counter', { person: actor.person })
  if (item.list !== null && round.counts.length === 1 && round.counts[0]?.side === side)
    throw new Refusal('custody.cash-other-side', { item: item.code })
}

function readFigures({ contents }: CashScene, { figures }: CashCount): CashFigures {
  const content = contents.get(figures.ref)
  if (content === undefined) throw new Error(`the count ${figures.ref} has no content`)
  return content as unknown as CashFigures
}

function shortageOf(scene: Scene, item: Item, circumstances: Circumstances): FactDraft[] {
  return [
    draft(presentRegister(item), 'custody.incident-opened', `item/${item.code}`, {
      ...{ kind: 'shortage', note: null, points: [], found: { ...NOT_WEIGHED, sealBroken: false } },
      opener: circumstances.actor.person,
    }),
    ...tellHeads(scene, [item], circumstances),
  ]
}

/** Of an item whose category is counted. Throws where it has none: its registration was to ask for it, so that is a bug and no refusal. */
export function currencyOf({ marks, code }: Pick<Item, 'marks' | 'code'>): CurrencyCode {
  const currency = marks?.currency
  if (currency === undefined || !(currency in currencies)) throw new Error(`${code} has no currency`)
  return currency as CurrencyCode
}

/** Whether this person could give the next count of an item; what is asked at the station, the act itself asks. */
export function mayCount(item: Item, of: Case, actor: Actor): boolean {
  if (!categories[item.category].counted || item.incident !== null || !mayMove(item, 'count-cash') || isCounted(item))
    return false
  try {
    const side = sideOf({ cases: new Map([[of.number, of]]) }, item, { actor, station: null })
    mustBeAnother(roundAtHand(item), side, item, actor)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Whether two people agreed on what is in it, for where it stands now. */
export function isCounted(item: Item): boolean {
  return item.cash?.agreed.some(({ list }) => list === item.list) === true
}

/** How much of it there is, as every screen and form says it: cash that nobody has counted is no `1 件`, which would be read as one note. */
export function quantityWords(item: Pick<Item, 'category' | 'quantity' | 'quantityUnit' | 'cash' | 'proceeds'>): Words {
  const { category, quantity, quantityUnit, cash, proceeds } = item
  // Money of a sale only ever lay in an account: its sum is known from the start.
  if (categories[category].counted && proceeds === undefined && (cash?.agreed ?? []).length === 0)
    return { zh: '未清点', en: 'uncounted' }
  return { zh: `${quantity} ${quantityUnit}`, en: `${quantity} ${quantityUnit}` }
}

/**
 * What is counted goes on to the next hands only when two people found the same; what was short, when that was looked into.
 * @throws Refusal `custody.cash-not-counted`
 */
export function mustBeCounted(item: Item): void {
  if (categories[item.category].counted && !isCounted(item))
    throw new Refusal('custody.cash-not-counted', { item: item.code })
}
