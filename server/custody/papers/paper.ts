import type { Measure as MeasureOnPaper, SeizureList } from '../../../labels/documents/seizure-list.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import type { Layout } from '../../../labels/layout.ts'
import { itemCard } from '../../../labels/templates/item-card.ts'
import { locationLabel } from '../../../labels/templates/location.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { sealStrip, STRIP_STOCK } from '../../../labels/templates/seal-strip.ts'
import type { Stock } from '../../../labels/templates/parts.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { issuedWhole, type ShownWhole } from '../account-number/on-papers.ts'
import type { MeasureStatus } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { checksOnPaper } from '../checklist/shown.ts'
import { type Book, categories } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { maskedDetails, roomOnCard } from '../intake/details.ts'
import { drawSlip } from './list-paper.ts'
import { type HoldersShare, takenBy, takenFrom } from './holders.ts'
import { factsOf } from './paper-entries.ts'
import {
  detailsOf,
  featuresBeside,
  localDay,
  organOf,
  signatureOf,
  specificationOf,
  staffNames,
  unsealed,
} from './paper-words.ts'
import { carrierOf, numberOfStrip } from './strip-codes.ts'
import { drawnOn } from '../signing/drawn.ts'
import { videosOnPaper } from '../videos/on-paper.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { numberNow } from '../renumbering/renumbering.ts'

/**
 * The card or label of a code as it will look on this stock. Item cards show no person, no title and no amount.
 * @throws LabelRefused when it cannot be drawn; Refusal `custody.unknown-item`, `custody.unknown-location`, `custody.unknown-container`
 */
export async function drawCode(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  if (code.startsWith('L')) return drawLocation(db, code, issue, stock)
  if (code.startsWith('C')) return drawContainer(db, code, issue, stock)
  return code.startsWith('D') ? drawSlip(db, code, issue, stock) : drawItem(db, code, issue, stock)
}

async function drawItem(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  const row = await db.selectFrom('items').select('state').where('id', '=', code).executeTakeFirst()
  if (row === undefined) throw new Refusal('custody.unknown-item', { item: code })
  const item = row.state
  const { last } = await db
    .selectFrom('items')
    .select((eb) => eb.fn.max('ordinal').as('last'))
    .where('case_number', '=', item.case)
    .executeTakeFirstOrThrow()
  const stored = item.holdings.find(({ who }) => who.startsWith('store/'))
  const { name } = categories[item.category]
  return itemCard(
    {
      code,
      issue,
      name: item.name,
      quantity: item.quantity,
      unit: item.quantityUnit,
      category: name.zh,
      storageClass: roomOnCard(item.category, item.marks),
      caseNumber: (await numbersNow(db, [item.case])).of(item.case),
      seq: item.ordinal,
      of: last,
      date:
        stored === undefined
          ? { kind: 'measure', day: localDay(item.measure.takenAt) }
          : { kind: 'intake', day: localDay(stored.from) },
      sealNumber: item.seal?.number ?? null,
    },
    stock,
  )
}

/**
 * 封条 of an item: with the seal that it wears, or, before it is put on, with a number to come (rules T-16).
 * @throws LabelRefused when it cannot be drawn; Refusal `custody.nothing-for-paper` where there is no seal and no number
 */
export async function drawSeal(db: Reader, item: Item, coming: string | undefined, today: string): Promise<Layout> {
  const number = coming ?? item.seal?.number
  if (number === undefined) throw new Refusal('custody.nothing-for-paper')
  const sealedAt = coming === undefined || coming === item.seal?.number ? item.seal?.sealedAt : undefined
  return sealStrip({
    ...{ organisation: await organOf(db, item.unit), number, day: localDay(sealedAt ?? today) },
    caseNumber: (await numbersNow(db, [item.case])).of(item.case),
  })
}

/**
 * A strip that was wanted for a printer.
 * @throws LabelRefused where the printer is loaded with labels that have no room for an official seal, or as `drawSeal`
 */
export async function drawStrip(db: Reader, labelCode: string, wantedAt: string, stock: Stock): Promise<Layout> {
  const code = carrierOf(labelCode)
  const row = await db.selectFrom('items').select('state').where('id', '=', code).executeTakeFirst()
  if (row === undefined) throw new Refusal('custody.unknown-item', { item: code })
  if (stock !== STRIP_STOCK)
    throw new LabelRefused('stock-too-small', '封条', {
      zh: `封条须用 ${STRIP_STOCK} 毫米的标签纸，打印机装的是 ${stock}`,
      en: `A seal strip takes labels of ${STRIP_STOCK} mm; the printer is loaded with ${stock}`,
    })
  return drawSeal(db, row.state, numberOfStrip(labelCode) ?? undefined, wantedAt)
}

async function drawLocation(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  const found = await db
    .selectFrom('locations')
    .innerJoin('stores', 'stores.id', 'locations.store')
    .select(['locations.name as name', 'stores.name as store'])
    .where('locations.id', '=', code)
    .executeTakeFirst()
  if (found === undefined) throw new Refusal('custody.unknown-location', { location: code })
  return locationLabel({ code, issue, name: found.name, path: `${found.store} › ${found.name}` }, stock)
}

/** Where a box stands changes, so its label names only the store. */
async function drawContainer(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  const found = await db
    .selectFrom('containers')
    .innerJoin('stores', 'stores.id', 'containers.store')
    .select(['containers.name as name', 'stores.name as store'])
    .where('containers.id', '=', code)
    .executeTakeFirst()
  if (found === undefined) throw new Refusal('custody.unknown-container', { container: code })
  return locationLabel({ code, issue, name: found.name, path: `${found.store} › 容器` }, stock)
}

const MEASURES_ON_PAPER: Partial<Readonly<Record<MeasureStatus, MeasureOnPaper>>> = {
  SEIZED: 'seize',
  WITHHELD: 'withhold',
  SEALED_UP: 'seal-up',
  EXTRACTED: 'extract',
  REGISTERED_PRESERVED: 'preserve',
  FROZEN: 'freeze',
  VOLUNTARY_RECEIVED: 'hand-in',
}

/** Which list is drawn, and of which things it shows the number of an account whole. */
interface DrawnList extends Pick<SeizureList, 'book' | 'copy'> {
  readonly isWhole: ShownWhole
}

/**
 * F-02 for what one notice took of one holder, of one book: evidence, or what was only on the person. None of them learns what was taken of another.
 * @param part as `takenBy` names it
 * @throws Refusal `request.not-found`
 */
export async function seizureListOf(
  db: Reader,
  of: Case,
  part: string,
  book: Book,
  copy: SeizureList['copy'],
): Promise<SeizureList> {
  const share = await takenFrom(db, of.number, part, (item) => categories[item.category].book === book)
  if (share === undefined) throw new Refusal('request.not-found', { what: part })
  return listOf(db, of, share.items, { book, copy, isWhole: issuedWhole })
}

/**
 * F-02 of one notice and one book as it is looked at, for each holder, the first first.
 * @param drawn of which things the number of an account is shown whole, with book and copy
 * @throws Refusal `request.not-found`
 */
export async function seizureListsOf(
  db: Reader,
  of: Case,
  noticeNumber: string,
  drawn: DrawnList,
): Promise<SeizureList[]> {
  const shares = await takenBy(
    db,
    of.number,
    (item) => item.measure.noticeNumber === noticeNumber && categories[item.category].book === drawn.book,
  )
  if (shares.length === 0) throw new Refusal('request.not-found', { what: noticeNumber })
  return Promise.all(shares.map(({ items }) => listOf(db, of, items, drawn)))
}

async function listOf(
  db: Reader,
  of: Case,
  items: HoldersShare['items'],
  { book, copy, isWhole }: DrawnList,
): Promise<SeizureList> {
  const [first] = items
  const { noticeNumber } = first.measure
  const said = await unsealed(db, items)
  const details = await detailsOf(db, items)
  const shown = (item: Item) => (isWhole(item) ? details(item.code) : maskedDetails(details(item.code)))
  const holder = await signatureOf(db, first.holder)
  const officers = await staffNames(db, first.measure.officers)
  const drawnBy = await drawnOn(db, items)
  const signer = (index: number): SeizureList['witness'] => {
    const person = first.measure.officers[index]
    return {
      ...{ name: officers[index] ?? null, absence: null },
      ...(person === undefined ? {} : drawnBy('officer', person)),
    }
  }
  return {
    organisation: await organOf(db, of.unit),
    book,
    measure:
      of.track === 'DISCIPLINE' && first.measure.kind === 'SEALED_UP'
        ? 'seal-away'
        : (MEASURES_ON_PAPER[first.measure.kind] ?? 'seize'),
    ofTax: of.track === 'TAX',
    caseNumber: numberNow(of),
    noticeNumber,
    source: sourceOf(holder.name, first.measure.kind),
    entered: await entriesOnPaper(db, items),
    place: said(first.measure.place),
    day: localDay(first.measure.takenAt),
    copy,
    checks: book === 'evidence' ? await checksOnPaper(db, of, items, noticeNumber) : '',
    items: items.map((item) => ({
      code: item.code,
      name: item.name,
      specification: onPaper(specificationOf(details(item.code))),
      quantity: item.quantity,
      unit: item.quantityUnit,
      features: featuresBeside(item, shown(item), said),
      remark: [
        ...(item.seal === null ? [] : [`封签 ${item.seal.number}`]),
        ...(item.photos.length === 0 ? [] : [`照片 ${item.photos.length} 张`]),
      ].join('；'),
    })),
    holder: { role: '持有人', ...holder, ...drawnBy('holder', null) },
    witness: { ...(await signatureOf(db, first.witness)), ...drawnBy('witness', null) },
    investigators: [signer(0), signer(1)],
    videos: videosOnPaper(items, 'measure'),
  }
}

function sourceOf(holder: string | null, kind: MeasureStatus): string {
  if (holder === null) return '持有人不在场，见签名处'
  return kind === 'VOLUNTARY_RECEIVED' ? `${holder} 主动上交` : `持有人 ${holder}`
}

/** Under which numbers these items were entered, a run of them as one: `第 12-71 号`. What came of another item has no such entry. */
async function entriesOnPaper(db: Reader, its: readonly Item[]): Promise<string> {
  const [first] = its
  if (first === undefined) return ''
  const facts = await factsOf(
    db,
    its.map(({ code }) => code),
    ['custody.registered'],
  )
  const runs: { from: number; to: number }[] = []
  for (const seq of facts.map((fact) => fact.seq).toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && seq === last.to + 1) last.to = seq
    else runs.push({ from: seq, to: seq })
  }
  if (runs.length === 0) return ''
  const unit = await db.selectFrom('units').select('name').where('id', '=', first.unit).executeTakeFirst()
  const numbers = runs.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join('、')
  return `${unit?.name ?? first.unit} 第 ${numbers} 号`
}
