import { makeCode } from '../../../labels/item-code.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { amountOf, type CashFigures, piecesOf } from '../cash/figures.ts'
import { currencyOf } from '../cash/cash.ts'
import { categories } from '../categories.ts'
import { draft, type Facts, storeRegister, unitRegister } from '../custody.ts'
import { roomOnCard } from '../intake/details.ts'
import { mustBeDrawable } from '../papers/drawable.ts'
import type { Proceeds } from '../disposal/proceeds.ts'
import type { Regrouping } from './facts.ts'
import type { Share } from './lineage.ts'
import { type InClear, mustNameNobody } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import type { Label } from '../papers/labels.ts'
import { featuresOnPaper, localDay } from '../papers/paper-words.ts'
import { mustBeUndisputed } from '../disposal/proposing.ts'
import { type RegisterState, yearOf } from '../intake/registering.ts'
import { rules } from '../rules.ts'
import { caseOf, mustBeAble, mustBeReachable, type Scene, storeOf } from '../scene.ts'
import { sealersOf } from '../seals/sealing.ts'
import { mustBeApart, mustBeEnough, mustBeOpen, mustHandle, mustKeep } from '../separation.ts'
import { NOT_WEIGHED, type Weighed } from '../weighing/weights.ts'

/** What splitting and merging look at besides the items: the next numbers of the case's department, and the labels that become void. */
export type RegroupScene = Scene &
  Pick<RegisterState, 'unitNumber' | 'nextSerial' | 'nextOrdinal' | 'names'> & {
    /** By item, every issue of its card. */
    readonly labels: ReadonlyMap<string, readonly Label[]>
  }

/** What is new about an item that comes of others; everything else is as it was with them. */
export interface Formed {
  readonly name: string
  readonly quantity: string
  /** As typed; null where those of the first item stay. */
  readonly features: string | null
  readonly weighed: Weighed
  readonly cash: CashFigures | null
  /** Of a part of the money of a sale, and the department that answers for it. */
  readonly money?: { readonly proceeds: Proceeds; readonly share: Share; readonly keeper: string }
}

/**
 * Two people at least: what a store keeps, its custodian regroups with an officer of the case; what the department holds, two of its officers.
 * @throws Refusal `custody.complaint-open`, `custody.reserved`, `custody.regroup-signers`, and those of who may act on an item
 */
export function mustRegroup(scene: Scene, item: Item, how: Regrouping, circumstances: Circumstances): void {
  mustBeUndisputed(item)
  mustBeAble(item, how, circumstances)
  const of = caseOf(scene, item.case)
  if (item.custodyStatus === 'IN_STORE') {
    mustKeep(circumstances, storeOf(item))
    mustBeOpen(of)
    mustBeApart(circumstances.actor, of)
    mustBeEnough(scene, circumstances, item, of)
    mustBeReachable(scene, item)
  } else mustHandle(circumstances.actor, of)
  const officers = sealersOf(scene, of, circumstances).length
  const needed = item.custodyStatus === 'IN_STORE' ? 1 : rules.officers_per_measure.value
  if (officers < needed) throw new Refusal('custody.regroup-signers', { item: item.code, needed })
  const { reservation } = item
  if (reservation !== null && reservation.validUntil >= circumstances.at)
    throw new Refusal('custody.reserved', { item: item.code, person: reservation.requester })
}

/** What stands in the new items' facts: numbered one after another, all or none. */
export class Forming {
  readonly #scene: RegroupScene
  readonly #how: Regrouping
  readonly #from: readonly Item[]
  readonly #circumstances: Circumstances
  readonly given: { code: string; epc: string; ordinal: number }[] = []

  /** @param from the items that they come of, at least one; the first lends what is not said anew */
  constructor(scene: RegroupScene, how: Regrouping, from: readonly Item[], circumstances: Circumstances) {
    this.#scene = scene
    this.#how = how
    this.#from = from
    this.#circumstances = circumstances
  }

  form(first: Item, { name, quantity, features, weighed, cash, money }: Formed): FactDraft {
    const { unitNumber: unit, nextSerial, nextOrdinal, names } = this.#scene
    const { mint, at } = this.#circumstances
    const index = this.given.length
    const year = yearOf(at)
    const serial = nextSerial + index
    const ordinal = nextOrdinal + index
    const code = makeCode({ kind: 'item', unit, year, serial })
    const epc = mint.epc({ unit, year, serial })
    const place = this.#how === 'split' ? { line: index + 1 } : {}
    const inClear: InClear[] = [{ field: 'name', name: { zh: '名称', en: 'name' }, text: name }]
    mustNameNobody(inClear, names, place)
    mustFitCard(first, { code, ordinal, name, quantity, features: features ?? '', weight_mg: weighed.weight_mg }, place)
    this.given.push({ code, epc, ordinal })
    return draft(unitRegister(first.unit), 'custody.formed', `item/${code}`, {
      ...{ how: this.#how, from: this.#from.map((item) => item.code), year, serial, ordinal, epc, name, quantity },
      ...inheritedBy(first),
      features: features === null ? first.features : mint.seal(features),
      ...weighed,
      cash: cash === null ? null : this.#counted(first, cash),
      ...money,
    })
  }

  /** Whoever signs the act has counted it; what was counted before vouches for both. */
  #counted(first: Item, cash: CashFigures): Facts['custody.formed']['cash'] {
    const { actor, with: signers, mint } = this.#circumstances
    return {
      ...{ currency: currencyOf(first), amount_minor: amountOf(cash), pieces: piecesOf(cash) },
      ...{ figures: mint.seal({ lines: [...cash.lines], serials: [] }), counters: [actor.person, ...signers] },
    }
  }
}

/** What an item takes over from the one it comes of, and where that lies. */
function inheritedBy(item: Item) {
  const { suspectedCrime, foundUnrelatedAt, taxPaidAt, upheld, reviewable, reviewedAbove, keptOpen, decisionToServe } =
    item
  const { confirmed, relevance, unfilmed, recordingLater, videos = [] } = item
  const taking = videos.filter(({ of }) => of === 'measure')
  return {
    ...{ case: item.case, unit: item.unit, track: item.track, category: item.category },
    ...{ quantityUnit: item.quantityUnit, valueStatus: item.valueStatus, measure: item.measure },
    ...{ holder: item.holder, witness: item.witness, cannotSeal: item.cannotSeal },
    ...{ details: item.details ?? null, marks: item.marks ?? null, sealStatus: item.sealStatus },
    ...{ store: item.store, location: item.location, container: item.container ?? null },
    inherited: {
      ...(suspectedCrime === undefined ? {} : { suspectedCrime }),
      ...(foundUnrelatedAt === undefined ? {} : { foundUnrelatedAt }),
      ...(taxPaidAt === undefined ? {} : { taxPaidAt }),
      ...(upheld === undefined ? {} : { upheld }),
      ...(reviewable === undefined ? {} : { reviewable }),
      ...(reviewedAbove === undefined ? {} : { reviewedAbove }),
      ...(decisionToServe === undefined ? {} : { decisionToServe }),
      ...(keptOpen === undefined ? {} : { keptOpen }),
      ...(confirmed === undefined ? {} : { confirmed }),
      ...(relevance === undefined ? {} : { relevance }),
      ...(unfilmed === undefined ? {} : { unfilmed }),
      ...(recordingLater === undefined ? {} : { recordingLater }),
      ...(taking.length === 0 ? {} : { videos: taking }),
    },
  }
}

interface OnCard {
  readonly code: string
  readonly ordinal: number
  readonly name: string
  readonly quantity: string
  readonly features: string
  readonly weight_mg: number | null
}

function mustFitCard(item: Item, { features, weight_mg, ...card }: OnCard, place: { readonly line?: number }): void {
  mustBeDrawable(
    {
      ...{ ...card, caseNumber: item.case, unit: item.quantityUnit },
      ...{ category: categories[item.category].name.zh, storageClass: roomOnCard(item.category, item.marks) },
      ...{ sealNumber: null, day: localDay(item.measure.takenAt) },
      features: featuresOnPaper(features, '', weight_mg),
    },
    place,
  )
}

/**
 * An item that is no more: in the book of the store that kept it, in that of its department, and its cards are void.
 * @param into codes of what came of it, at least one
 */
export function ending(
  { labels }: Pick<RegroupScene, 'labels'>,
  item: Item,
  into: readonly string[],
  of: (giver: number | undefined) => FactDraft,
  before: number,
  how: Regrouping,
): FactDraft[] {
  const { code, store, custodyStatus } = item
  const subject = `item/${code}`
  const stored = custodyStatus === 'IN_STORE' && store !== null
  const giver = stored ? [draft(storeRegister(store), 'custody.regrouped-in-store', subject, { store, how, into })] : []
  const voided = (labels.get(code) ?? [])
    .filter((label) => !label.void)
    .map((label) => draft(label.register, 'custody.label-voided', `label/${label.id}`, { by: into[0] ?? '' }))
  return [...giver, of(stored ? before : undefined), ...voided]
}

/** The sum of weighings; nothing where there is none. A sum is no scale's reading: it stands as what people vouch for. */
export function weighedTogether(all: readonly Weighed[]): Weighed {
  const weights = all.flatMap(({ weight_mg }) => weight_mg ?? [])
  if (weights.length === 0) return NOT_WEIGHED
  return { weight_mg: weights.reduce((sum, one) => sum + one, 0), weighing: { by: 'hand' } }
}

/** The sum of decimal digits, exactly. */
export function sumOf(quantities: readonly string[]): string {
  const decimals = rules.quantity_decimals.value
  const total = quantities.reduce((sum, quantity) => {
    const [whole = '0', fraction = ''] = quantity.split('.')
    return sum + BigInt(whole + fraction.padEnd(decimals, '0'))
  }, 0n)
  const digits = total.toString().padStart(decimals + 1, '0')
  const [whole, fraction] = [digits.slice(0, -decimals), digits.slice(-decimals).replace(/0+$/, '')]
  return fraction === '' ? whole : `${whole}.${fraction}`
}
