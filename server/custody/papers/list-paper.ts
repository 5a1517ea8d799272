import type { EnteredItem, EntrySlip } from '../../../labels/documents/entry-slip.ts'
import type { HandOverList } from '../../../labels/documents/hand-over-list.ts'
import type { Signer } from '../../../labels/documents/item-sheet.ts'
import type { Layout } from '../../../labels/layout.ts'
import { entrySlipLabel } from '../../../labels/templates/entry-slip.ts'
import type { Stock } from '../../../labels/templates/parts.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { countOf, type HandoverList } from '../intake/lists.ts'
import { sentBackOn } from '../intake/sent-back.ts'
import { incidentWords } from '../axes.ts'
import { valueWords } from '../import/columns.ts'
import { gramsOf } from '../weighing/weights.ts'
import {
  detailsOf,
  featuresOf,
  localDay,
  localMinute,
  organOf,
  specificationOf,
  staffNames,
  unsealed,
} from './paper-words.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import { type Received, receivedOn } from '../disposal/received.ts'
import type { Item } from '../items/item.ts'
import { drawnOnPaper } from '../signing/drawn.ts'
import { sidesOfList } from '../signing/sides.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** Characters of a reason that are set in a row. */
const REASON_MOST = 80

/**
 * The slip that a bench prints, with the day of the last entry. It names nobody: who received what stands on the form.
 * @throws Refusal `custody.unknown-list`, `custody.nothing-entered`; LabelRefused
 */
export async function drawSlip(db: Reader, code: string, issue: number, stock: Stock): Promise<Layout> {
  const row = await db.selectFrom('lists').select('state').where('id', '=', code).executeTakeFirst()
  if (row === undefined) throw new Refusal('custody.unknown-list', { list: code })
  const last = [...(await receivedOn(db, row.state)).values()].at(-1)
  if (last === undefined) throw new Refusal('custody.nothing-entered', { list: code })
  const { store } = await fromAndTo(db, row.state)
  return entrySlipLabel(
    {
      ...{ code, issue, store },
      day: localDay(last.at),
      entered: countOf(row.state, 'checked-in'),
      refused: countOf(row.state, 'refused'),
      pending: countOf(row.state, 'pending'),
    },
    stock,
  )
}

/** F-04 for all that a hand-over list names, whatever became of its lines since: of each, who received it and when. */
export async function handOverListOf(
  db: Reader,
  list: HandoverList,
  copy: HandOverList['copy'],
): Promise<HandOverList> {
  const codes = list.lines.map(({ item }) => item)
  const rows = await db.selectFrom('items').select('state').where('id', 'in', codes).orderBy('ordinal').execute()
  const its = rows.map(({ state }) => state)
  const said = await unsealed(db, its)
  const received = await receivedOn(db, list)
  const sides = await bothSides(db, list, received, { its, submitters: [list.submittedBy] })
  const refused = new Set(list.lines.filter(({ outcome }) => outcome === 'refused').map(({ item }) => item))
  const reasons = await sentBackOn(db, list)
  return {
    organisation: await organOf(db, list.unit),
    code: list.code,
    caseNumber: await caseNumbersOf(db, its),
    ...(await fromAndTo(db, list)),
    ...{ day: localDay(list.submittedAt), lastDay: localDay(list.submittedAt) },
    copy,
    items: its.map((item) => ({
      code: item.code,
      name: item.name,
      quantity: item.quantity,
      unit: item.quantityUnit,
      features: featuresOf(item, said),
      sealNumber: item.seal?.number ?? '',
      received: refused.has(item.code) ? sentBackSaid(reasons.get(item.code)) : sides.said(item.code),
      sentBack: refused.has(item.code),
    })),
    ...{ givers: sides.givers, receivers: sides.receivers },
  }
}

/** The column is narrow and a row stays on its page: the whole of a longer reason stands with the item. */
function sentBackSaid(reason: string | undefined): string {
  if (reason === undefined) return '退回补正'
  const characters = [...reason.replaceAll(/\s+/gu, ' ')]
  const said = characters.length > REASON_MOST ? `${characters.slice(0, REASON_MOST).join('')}…` : characters.join('')
  return `退回补正：${said}`
}

/**
 * F-05 for the items of a hand-over list that the store has taken in: of each, who received it, when, and where it was put then.
 * @throws Refusal `request.not-found` when nothing has come in
 */
export async function entrySlipOf(db: Reader, list: HandoverList, copy: EntrySlip['copy']): Promise<EntrySlip> {
  const received = await receivedOn(db, list)
  const all = [...received.values()]
  const [first, last] = [all[0], all.at(-1)]
  if (first === undefined || last === undefined) throw new Refusal('request.not-found', { what: list.code })
  const taken = [...received.keys()]
  const rows = await db.selectFrom('items').select('state').where('id', 'in', taken).orderBy('ordinal').execute()
  const its = rows.map(({ state }) => state)
  const places = await db.selectFrom('locations').select(['id', 'name']).where('store', '=', list.store).execute()
  const placeNames = new Map(places.map(({ id, name }) => [id, name]))
  const details = await detailsOf(db, its)
  const sides = await bothSides(db, list, received, { its, submitters: [] })
  return {
    organisation: await organOf(db, list.unit),
    code: list.code,
    caseNumber: await caseNumbersOf(db, its),
    ...(await fromAndTo(db, list)),
    ...{ day: localDay(first.at), lastDay: localDay(last.at) },
    copy,
    items: its.map((item): EnteredItem => ({
      code: item.code,
      tag: item.tag?.state === 'bound' ? item.epc : '',
      name: item.name,
      specification: onPaper(specificationOf(details(item.code))),
      quantity: item.quantity,
      unit: item.quantityUnit,
      place: placeNames.get(received.get(item.code)?.location ?? '') ?? '',
      received: sides.said(item.code),
      sealNumber: item.seal?.number ?? '',
      photosAndValue: photosAndValueOf(item, received.get(item.code)),
      condition: conditionOf(item, received.get(item.code)),
    })),
    ...{ givers: sides.givers, receivers: sides.receivers },
  }
}

/** Photos of what was wrong are counted where that is told. */
function photosAndValueOf({ photos, valueStatus }: Item, received: Received | undefined): string {
  const shown = photos.filter(({ at, incident }) => incident === undefined && at <= (received?.at ?? at))
  return `照片 ${shown.length} 张；${valueWords[valueStatus].zh}`
}

/** What the comparison at the bench found of one item: each point that was looked at, and what was wrong with it then. */
function conditionOf(item: Item, received: Received | undefined): string {
  if (received === undefined) return ''
  const { at, weight_mg, sealNumber, photoCompared } = received
  const before = item.weights.findLast((one) => one.at < at)?.weight_mg
  const apart = weight_mg === null || before === undefined ? 0 : weight_mg - before
  const wrong = [...item.concluded, ...(item.incident === null ? [] : [item.incident])].filter(
    ({ openedAt }) => openedAt === at,
  )
  return [
    ...wrong.map(({ kind }) => `${incidentWords[kind].zh}，见异常情况登记表`),
    ...(photoCompared ? ['照片相符'] : []),
    ...(sealNumber === null ? [] : [`封条 ${sealNumber} 相符`]),
    ...(weight_mg === null ? [] : [`复称 ${gramsOf(weight_mg)} 克${apart === 0 ? '' : `，差 ${gramsOf(apart)} 克`}`]),
    ...(photoCompared || sealNumber !== null || weight_mg !== null ? [] : ['逐件清点，与清单相符']),
  ].join('；')
}

/** Everybody of either side, each once in the order of the acts, and what is said of one item: when it was received, and by whom. */
async function bothSides(
  db: Reader,
  list: HandoverList,
  received: ReadonlyMap<string, Received>,
  { its, submitters }: { readonly its: readonly Item[]; readonly submitters: readonly string[] },
): Promise<{ givers: Signer[]; receivers: Signer[]; said: (item: string) => string }> {
  const all = [...received.values()]
  const givers = [...new Set([...submitters, ...all.flatMap((one) => one.givers)])]
  const receivers = [...new Set(all.map(({ receiver }) => receiver))]
  const [giverNames, receiverNames] = [await staffNames(db, givers), await staffNames(db, receivers)]
  const nameOf = new Map(receivers.map((person, index) => [person, receiverNames[index] ?? person]))
  const drawnBy = await drawnOnPaper(db, its, { code: list.code, act: null }, sidesOfList(list, received))
  return {
    givers: givers.map((person, index) => ({ name: giverNames[index] ?? person, ...drawnBy('giver', person) })),
    receivers: receivers.map((person, index) => ({
      name: receiverNames[index] ?? person,
      ...drawnBy('taker', person),
    })),
    said: (item) => {
      const one = received.get(item)
      return one === undefined ? '' : `${localMinute(one.at)} ${nameOf.get(one.receiver) ?? one.receiver}`
    },
  }
}

async function fromAndTo(db: Reader, list: HandoverList): Promise<{ source: string; store: string }> {
  const [unit, store] = await Promise.all([
    db.selectFrom('units').select('name').where('id', '=', list.unit).executeTakeFirst(),
    db.selectFrom('stores').select('name').where('id', '=', list.store).executeTakeFirst(),
  ])
  return { source: unit?.name ?? list.unit, store: store?.name ?? list.store }
}

/** By what numbers the cases of these items go. */
async function caseNumbersOf(db: Reader, its: readonly Item[]): Promise<string> {
  const cases = [...new Set(its.map((item) => item.case))]
  const numbers = await numbersNow(db, cases)
  return cases.map((one) => numbers.of(one)).join('、')
}
