import type { Layout } from '../../labels/layout.ts'
import type { EnteredItem, EntrySlip } from '../../labels/documents/entry-slip.ts'
import type { HandOverList } from '../../labels/documents/hand-over-list.ts'
import type { Measure as MeasureOnPaper, SeizureList } from '../../labels/documents/seizure-list.ts'
import { entrySlipLabel } from '../../labels/templates/entry-slip.ts'
import { itemCard } from '../../labels/templates/item-card.ts'
import { locationLabel } from '../../labels/templates/location.ts'
import type { Stock } from '../../labels/templates/parts.ts'
import { makeCode } from '../../labels/item-code.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Reader, Sealed } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { textOf } from '../names.ts'
import type { MeasureStatus } from './axes.ts'
import type { Case } from './cases.ts'
import { categories } from './categories.ts'
import type { Presence } from './custody.ts'
import type { Item } from './items.ts'
import { countOf, type HandoverList } from './lists.ts'
import '../ledger/tables.ts'
import './tables.ts'

/** The organ's time zone: paper carries local days (contract: times are stored in UTC and shown in the organisation's zone). */
const ZONE = 'Asia/Shanghai'

const STORAGE_NAMES = {
  ordinary: '常规',
  cold: '冷藏恒温',
  classified: '涉密',
  precious: '贵重',
  electronic: '电子防磁',
  vehicle: '车辆',
  bulk: '大宗',
  'long-term': '长期',
} as const

/** `2026-11-21` where the organ is. */
export function localDay(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date(at))
}

/**
 * The card or label of a code as it will look on this stock. Item cards show no person, no title and no amount.
 * @throws LabelRefused when it cannot be drawn; Refusal `custody.unknown-item`, `custody.unknown-location`
 */
export async function drawCode(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  if (code.startsWith('L')) return drawLocation(db, code, issue, stock)
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
  const { name, storage } = categories[item.category]
  return itemCard(
    {
      code,
      issue,
      name: item.name,
      quantity: item.quantity,
      unit: item.quantityUnit,
      category: name.zh,
      storageClass: STORAGE_NAMES[storage[0] ?? 'ordinary'],
      caseNumber: item.case,
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

async function drawSlip(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  const row = await db.selectFrom('lists').select('state').where('id', '=', code).executeTakeFirst()
  if (row === undefined) throw new Refusal('custody.unknown-list', { list: code })
  const { lines } = row.state
  const taken = lines.find(({ outcome }) => outcome === 'checked-in')
  if (taken === undefined) throw new Refusal('custody.nothing-entered', { list: code })
  const { store } = await fromAndTo(db, row.state)
  return entrySlipLabel(
    {
      ...{ code, issue, store },
      day: localDay((await checkedInBy(db, taken.item)).at),
      entered: countOf(row.state, 'checked-in'),
      refused: countOf(row.state, 'refused'),
      pending: countOf(row.state, 'pending'),
    },
    stock,
  )
}

const MEASURES_ON_PAPER: Partial<Readonly<Record<MeasureStatus, MeasureOnPaper>>> = {
  SEIZED: 'seize',
  WITHHELD: 'withhold',
  SEALED_UP: 'seal-up',
  EXTRACTED: 'extract',
  REGISTERED_PRESERVED: 'preserve',
}

/** F-02 for the items of a case that were taken by one notice. */
export async function seizureListOf(
  db: Reader,
  of: Case,
  noticeNumber: string,
  copy: SeizureList['copy'],
): Promise<SeizureList> {
  const rows = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', of.number)
    .orderBy('ordinal')
    .execute()
  const items = rows.map(({ state }) => state).filter((item) => item.measure.noticeNumber === noticeNumber)
  const [first] = items
  if (first === undefined) throw new Refusal('request.not-found', { what: noticeNumber })
  const said = await unsealed(db, items)
  const officers = await staffNames(db, first.measure.officers)
  const signer = (index: number) => ({ name: officers[index] ?? null, absence: null })
  return {
    organisation: await organOf(db, of.unit),
    code: makeCode({ kind: 'document', unit: first.code.slice(1, 3), year: first.year, serial: first.serial }),
    measure:
      of.track === 'DISCIPLINE' && first.measure.kind === 'SEALED_UP'
        ? 'seal-away'
        : (MEASURES_ON_PAPER[first.measure.kind] ?? 'seize'),
    caseNumber: of.number,
    noticeNumber,
    place: said(first.measure.place),
    day: localDay(first.measure.takenAt),
    copy,
    items: items.map((item) => ({
      code: item.code,
      name: item.name,
      specification: '',
      quantity: item.quantity,
      unit: item.quantityUnit,
      features: featuresOf(item, said),
      remark: item.seal === null ? '' : `封签 ${item.seal.number}`,
    })),
    holder: { role: '持有人', ...(await signatureOf(db, first.holder)) },
    witness: await signatureOf(db, first.witness),
    investigators: [signer(0), signer(1)],
  }
}

/** F-04 for all that a hand-over list names, whatever became of its lines since. */
export async function handOverListOf(
  db: Reader,
  list: HandoverList,
  copy: HandOverList['copy'],
): Promise<HandOverList> {
  const codes = list.lines.map(({ item }) => item)
  const rows = await db.selectFrom('items').select('state').where('id', 'in', codes).orderBy('ordinal').execute()
  const its = rows.map(({ state }) => state)
  const said = await unsealed(db, its)
  const taken = list.lines.find(({ outcome }) => outcome === 'checked-in')
  const people = [list.submittedBy, ...(taken === undefined ? [] : [(await checkedInBy(db, taken.item)).actor])]
  const [giver, receiver] = await staffNames(db, people)
  return {
    organisation: await organOf(db, list.unit),
    code: list.code,
    caseNumber: [...new Set(its.map((item) => item.case))].join('、'),
    ...(await fromAndTo(db, list)),
    day: localDay(list.submittedAt),
    copy,
    items: its.map((item) => ({
      code: item.code,
      name: item.name,
      quantity: item.quantity,
      unit: item.quantityUnit,
      features: featuresOf(item, said),
      sealNumber: item.seal?.number ?? '',
    })),
    giver: giver ?? list.submittedBy,
    receiver: receiver ?? null,
  }
}

async function fromAndTo(db: Reader, list: HandoverList): Promise<{ source: string; store: string }> {
  const [unit, store] = await Promise.all([
    db.selectFrom('units').select('name').where('id', '=', list.unit).executeTakeFirst(),
    db.selectFrom('stores').select('name').where('id', '=', list.store).executeTakeFirst(),
  ])
  return { source: unit?.name ?? list.unit, store: store?.name ?? list.store }
}

/** F-05 for the items of a hand-over list that are in the store. */
export async function entrySlipOf(db: Reader, list: HandoverList, copy: EntrySlip['copy']): Promise<EntrySlip> {
  const taken = list.lines.filter(({ outcome }) => outcome === 'checked-in').map(({ item }) => item)
  if (taken.length === 0) throw new Refusal('request.not-found', { what: list.code })
  const rows = await db.selectFrom('items').select('state').where('id', 'in', taken).orderBy('ordinal').execute()
  const its = rows.map(({ state }) => state)
  const places = await db.selectFrom('locations').select(['id', 'name']).where('store', '=', list.store).execute()
  const placeNames = new Map(places.map(({ id, name }) => [id, name]))
  const [ends, entry, [hander]] = await Promise.all([
    fromAndTo(db, list),
    checkedInBy(db, taken[0] ?? ''),
    staffNames(db, [list.submittedBy]),
  ])
  const [receiver] = await staffNames(db, [entry.actor])
  return {
    organisation: await organOf(db, list.unit),
    code: list.code,
    caseNumber: [...new Set(its.map((item) => item.case))].join('、'),
    ...ends,
    day: localDay(entry.at),
    copy,
    items: its.map((item): EnteredItem => ({
      code: item.code,
      name: item.name,
      specification: '',
      quantity: item.quantity,
      unit: item.quantityUnit,
      place: placeNames.get(item.location ?? '') ?? '',
      sealNumber: item.seal?.number ?? '',
      condition: '与清单相符',
    })),
    hander: hander ?? list.submittedBy,
    receiver: receiver ?? entry.actor,
  }
}

async function checkedInBy(db: Reader, item: string): Promise<{ actor: string; at: string }> {
  return db
    .selectFrom('entries')
    .select(['actor', 'at'])
    .where('subject', '=', `item/${item}`)
    .where('type', '=', 'custody.checked-in')
    .orderBy('n', 'desc')
    .executeTakeFirstOrThrow()
}

/** What was said of these items where they were taken; empty where nothing was, or where it was lawfully erased. */
async function unsealed(db: Reader, its: readonly Item[]): Promise<(sealed: Sealed | null) => string> {
  const contents = await readPersonal(
    db,
    its.flatMap(({ measure, features }) => [measure.place.ref, ...(features === null ? [] : [features.ref])]),
  )
  return (sealed) => textOf(contents.get(sealed?.ref ?? '')) ?? ''
}

function featuresOf({ features, weights }: Item, said: (sealed: Sealed | null) => string): string {
  const [first] = weights
  const weight = first === undefined ? '' : `重 ${gramsOf(first.weight_mg)} 克`
  return [said(features), weight].filter((part) => part !== '').join('；')
}

/** Milligrams as grams, exactly. */
function gramsOf(weight_mg: number): string {
  const digits = String(weight_mg).padStart(4, '0')
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`
}

async function signatureOf(
  db: Reader,
  { attendance, person, reason }: Presence,
): Promise<{ name: string | null; absence: string | null }> {
  const contents = await readPersonal(
    db,
    [person, reason].flatMap((sealed) => (sealed === null ? [] : [sealed.ref])),
  )
  const said = (sealed: Presence['person']): string | null =>
    sealed === null ? null : (textOf(contents.get(sealed.ref)) ?? '')
  const words = { SIGNED: null, REFUSED: '拒绝签名', ABSENT: '不在场' }[attendance]
  return { name: said(person), absence: words === null ? null : `${words}：${said(reason) ?? ''}` }
}

async function staffNames(db: Reader, people: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', people).execute()
  const names = await readPersonal(
    db,
    rows.map((row) => row.name_ref),
  )
  return people.map((person) => String(names.get(rows.find(({ id }) => id === person)?.name_ref ?? '') ?? person))
}

/** The name of the organ at the top of a unit's line. */
async function organOf(db: Reader, unit: string): Promise<string> {
  const rows = await db.selectFrom('units').select(['id', 'name', 'parent']).execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  let at = known.get(unit)
  while (at !== undefined && at.parent !== null) at = known.get(at.parent)
  return at?.name ?? unit
}
