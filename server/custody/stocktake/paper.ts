import type { CountedShelf, StocktakeForm } from '../../../labels/documents/stocktake-form.ts'
import type { Reader } from '../../module.ts'
import { namesOfPlaces } from '../keeping/store.ts'
import { localDue, localMinute, organOf, staffNames } from '../papers/paper-words.ts'
import { isSettled } from './concluding.ts'
import { namesOfItems, numbersOfScopes, scopeWords, walkersAmong } from './reads.ts'
import { causeWords, verdictWords } from './shapes.ts'
import { type CountSheet, type Difference, listedIn, type Stocktake } from './stocktake.ts'

/** Who gets the copies, in the order they are numbered. */
export const STOCKTAKE_RECIPIENTS = ['保管部门', '监督部门'] as const

/**
 * F-18 盘点表.
 * @param blind without the book's figures, for who still counts
 */
export async function stocktakePaper(
  db: Reader,
  one: Stocktake,
  {
    blind,
    sheets,
    copy,
  }: { readonly blind: boolean; readonly sheets: readonly CountSheet[]; readonly copy: StocktakeForm['copy'] },
): Promise<StocktakeForm> {
  const { code, unit, differences, counters, closed, figures, sample, orderedBy } = one
  const told = figures !== null && !blind
  const shelves = told ? await countedShelves(db, one) : await blankShelves(db, one.places)
  const recounters = walkersAmong(sheets, 2)
  const overseer = closed?.by ?? orderedBy
  const left = differences.filter((difference) => !isSettled(difference)).length
  return {
    ...{ code, copy, shelves, organisation: await organOf(db, unit) },
    facts: [
      { name: '库房', value: await storeName(db, one.store) },
      { name: '范围', value: scopeWords(one.scope, await numbersOfScopes(db, [one])).zh },
      { name: '下达', value: localMinute(one.orderedAt) },
      { name: '期限', value: localDue(one.dueAt) },
      { name: '首盘结束', value: one.countedAt === null ? '' : localMinute(one.countedAt) },
      { name: '复盘结束', value: one.recountedAt === null ? '' : localMinute(one.recountedAt) },
      { name: '照片', value: told ? saidPhotos(sheets) : '' },
      ...(sample === null ? [] : sampleFacts(one, sample, told)),
    ],
    statement: told
      ? `应盘 ${figures.expected} 件，相符 ${figures.found} 件，盘点期间已办移动 ${figures.moved} 件，另见在位 ${figures.alsoSeen} 件；首盘差异 ${differences.length} 项，复盘后尚余 ${left} 项。`
      : '本表供盘点时使用，不列账面数。逐一核对库位与实物后填写，盘点人签名。',
    counters: await staffNames(db, walkedOr(counters, sheets)),
    recounters: await staffNames(db, recounters),
    overseer: (await staffNames(db, [overseer]))[0] ?? null,
  }
}

/** How many photos lie with the count; nothing where none was taken. */
function saidPhotos(sheets: readonly CountSheet[]): string {
  const count = new Set(sheets.flatMap(({ photos = [] }) => photos)).size
  return count === 0 ? '' : `${count} 张，存于系统`
}

/** Who has counted; before anybody has, who is to. */
function walkedOr(counters: readonly string[], sheets: readonly CountSheet[]): readonly string[] {
  const walked = walkersAmong(sheets, 1)
  return walked.length === 0 ? counters : walked
}

function sampleFacts({ expected, order }: Stocktake, sample: NonNullable<Stocktake['sample']>, told: boolean) {
  const { missing, confidence_percent, size, seedHash, drawn } = sample
  return [
    {
      name: '抽查',
      value: `${told ? expected.length : ''} 抽 ${size}，缺 ${missing} 件的发现把握 ${confidence_percent}%`,
    },
    { name: '种子 SHA-256', value: seedHash },
    { name: '下达记录', value: `${order.register} 第 ${order.seq} 条` },
    { name: '种子', value: drawn?.seed ?? '' },
  ]
}

async function storeName(db: Reader, store: string): Promise<string> {
  const found = await db.selectFrom('stores').select('name').where('id', '=', store).executeTakeFirst()
  return found?.name ?? store
}

async function blankShelves(db: Reader, places: readonly string[]): Promise<CountedShelf[]> {
  const names = await namesOfPlaces(db, places)
  const shelves = places.map((code) => ({
    ...{ code, name: names.get(code) ?? '', result: null },
  }))
  // A sample that is not drawn has no route yet, and a form has a line at least.
  return shelves.length > 0 ? shelves : [{ code: '', name: '待抽取', result: null }]
}

/**
 * A line for each shelf of the route. What belongs on a shelf that nobody walked stands where it was seen, and says where it belongs: of that
 * shelf the count knows no figure.
 */
async function countedShelves(db: Reader, one: Stocktake): Promise<CountedShelf[]> {
  const { differences, places, moved } = one
  const gone = new Set(moved.map(({ item }) => item))
  const booked = Map.groupBy(listedIn(one), ({ location }) => location)
  const walked = new Set(places)
  const at = Map.groupBy(differences, ({ expectedAt, seenAt }) =>
    expectedAt !== null && walked.has(expectedAt) ? expectedAt : (seenAt ?? expectedAt ?? ''),
  )
  const all = [...new Set([...places, ...at.keys()])].filter((code) => code !== '')
  const names = await namesOfPlaces(db, [...all, ...differences.flatMap(({ expectedAt }) => expectedAt ?? [])])
  const items = await namesOfItems(
    db,
    [one.store],
    differences.flatMap(({ item }) => item ?? []),
  )
  return all.map((code) => {
    const its = at.get(code) ?? []
    const book = booked.get(code) ?? []
    const wanting = its.filter((each) => each.expectedAt === code && !isThere(each)).length
    const counted = book.filter(({ item }) => !gone.has(item)).length - wanting
    const sayHere = (each: Difference): string => {
      const { expectedAt } = each
      const elsewhere = expectedAt !== null && expectedAt !== code
      return sayDifference(each, items) + (elsewhere ? `，账面库位 ${names.get(expectedAt) ?? expectedAt}` : '')
    }
    return {
      ...{ code, name: names.get(code) ?? code },
      result: { booked: book.length, counted, differences: its.map(sayHere) },
    }
  })
}

/** Whether it was found where it lies by the register, at last. */
function isThere({ verdict, second }: Difference): boolean {
  return (second?.verdict ?? verdict) === 'FOUND'
}

/** 复盘未再见 says of itself that it is of the second count. */
function saidAgain(verdict: Difference['verdict']): string {
  return verdict === 'GONE' ? verdictWords.GONE.zh : `复盘${verdictWords[verdict].zh}`
}

/** What could be read of an unknown thing may not be on paper at all; its number leads to it. */
function sayDifference(one: Difference, names: ReadonlyMap<string, string>): string {
  const { n, item, verdict, second, cause, voided } = one
  const thing = item === null ? `第 ${n} 项` : `${item} ${names.get(item) ?? ''}`
  const again = second === null ? '' : `，${saidAgain(second.verdict)}`
  const why = isSettled(one) ? causeWords.MISCOUNTED.zh : cause === null ? '' : causeWords[cause.cause].zh
  const label = voided === null ? '' : '，贴作废标签'
  return `${thing}：${verdictWords[verdict].zh}${label}${again}${why === '' ? '' : `，原因：${why}`}`
}
