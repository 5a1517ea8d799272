import { type Form, MAX_ROWS } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Fact, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { ledgerOf } from '../account/account-trial.ts'
import { custodyWords, trackWords } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { keptOpenIn } from '../disposal/closing.ts'
import { doneWordsOf } from '../disposal/done-words.ts'
import { keptOpenWords } from '../disposal/words.ts'
import { factWords } from '../exports/fact-words.ts'
import { type Item, presentHolder } from '../items/item.ts'
import { livesOf } from './paper-entries.ts'
import { localDay, localMinute, organOf, staffNames } from './paper-words.ts'
import { PAPERS } from './papers.ts'
import { gramsOf } from '../weighing/weights.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { numberNow } from '../renumbering/renumbering.ts'

/** One sheet, for whoever asked; it is no numbered paper. */
const COPY = { number: 1, of: 1, recipient: '查阅人' } as const
const HASH_DIGITS = 16

/** @throws Refusal `custody.nothing-for-paper`, `custody.cannot-draw` for more rows than a paper takes */
function mustFit(rows: number): void {
  if (rows === 0) throw new Refusal('custody.nothing-for-paper')
  if (rows > MAX_ROWS)
    throw new Refusal('custody.cannot-draw', {
      zh: `超过 ${MAX_ROWS} 行，请导出 Excel 或 CSV`,
      en: `more than ${MAX_ROWS} rows; export it as Excel or CSV`,
    })
}

/**
 * 一案一账 on paper: where each item is now, and the account in double entry.
 * @param its all items of the case, in their order
 * @throws Refusal as `mustFit`
 */
export async function accountPaper(db: Reader, of: Case, its: readonly Item[], now: string): Promise<Form> {
  mustFit(its.length)
  const { accounts, balances } = await ledgerOf(db, of)
  const holders = its.map(presentHolder)
  const named = await namesOf(db, [...holders, `unit/${of.unit}`])
  const shelves = await db
    .selectFrom('locations')
    .select(['id', 'name'])
    .where('id', 'in', ['', ...new Set(its.flatMap(({ location }) => location ?? []))])
    .execute()
  const places = new Map(shelves.map(({ id, name }) => [id, name]))
  const kept = its.map((item) => (item.custodyStatus === 'OUT' ? undefined : keptOpenIn(item, of)))
  return sheet({
    ...{ kind: 'account', organisation: await organOf(db, of.unit), code: null, copy: COPY },
    facts: [
      { name: '案号', value: numberNow(of) },
      { name: '承办部门', value: named(`unit/${of.unit}`).name },
      { name: '案件类型', value: trackWords[of.track].zh },
      { name: '承办人员', value: (await staffNames(db, of.officers)).join('、') },
      { name: '截至', value: localMinute(now) },
      { name: '试算', value: balances ? '平衡' : '不平' },
      ...accounts.map(({ words, pieces, fen, mg }) => ({
        name: words.zh,
        value: `${pieces} 件，${(fen / 100).toFixed(2)} 元，${gramsOf(mg)} 克`,
      })),
      ...exceptionsOf(kept),
    ],
    rows: its.map((item, index) => [
      String(index + 1),
      ...[item.code, item.name, item.quantity, item.quantityUnit],
      `${custodyWords[item.custodyStatus].zh}${kept[index] === undefined ? '' : '，依法例外'}`,
      named(holders[index] ?? '').name,
      item.location === null ? '' : (places.get(item.location) ?? item.location),
    ]),
    statement: '本表由台账生成，以台账为准。',
    signatures: ['制表人', '核对人'].map((role) => ({ role, name: null, absence: null })),
  })
}

/** 依法例外: what lawfully stays open, by the ground and the document that it rests on; nothing where nothing does. */
function exceptionsOf(kept: readonly Item['keptOpen'][]): { readonly name: string; readonly value: string }[] {
  const grounds = kept.flatMap((one) =>
    one === undefined ? [] : [`${keptOpenWords[one.ground].zh}，文书 ${one.document}`],
  )
  const counted = [...Map.groupBy(grounds, (ground) => ground)].map(([ground, { length }]) => `${length} 件：${ground}`)
  return counted.length === 0 ? [] : [{ name: '依法例外', value: counted.join('；') }]
}

/**
 * The life of an item on paper: every entry of its registers, with the hash by which it is found there.
 * @param within which entries it tells of; all when not said
 * @throws Refusal as `mustFit`
 */
export async function chainPaper(
  db: Reader,
  item: Item,
  now: string,
  within: (fact: Fact) => boolean = () => true,
): Promise<Form> {
  const facts = (await livesOf(db, [item.code])).filter(within)
  mustFit(facts.length)
  const done = await doneWordsOf(db, facts)
  const named = await namesOf(
    db,
    facts.flatMap(({ actor, with: others }) => [actor, ...others].map((person) => `person/${person}`)),
  )
  return sheet({
    ...{ kind: 'chain', organisation: await organOf(db, item.unit), code: null, copy: COPY },
    facts: [
      { name: '编码', value: item.code },
      { name: '名称', value: item.name },
      { name: '案号', value: (await numbersNow(db, [item.case])).of(item.case) },
      { name: '保管状态', value: custodyWords[item.custodyStatus].zh },
      { name: '截至', value: localMinute(now) },
    ],
    rows: facts.map((fact, index) => [
      String(index + 1),
      ...[localMinute(fact.at), saidOf(fact, done(fact)), named(`person/${fact.actor}`).name],
      fact.with.map((person) => named(`person/${person}`).name).join('、'),
      `${fact.register} ${fact.seq}`,
      fact.hash.slice(0, HASH_DIGITS),
    ]),
    statement: '本表由台账生成；每条记录的全文和哈希以台账为准，可导出后在另一台电脑上校验。',
    signatures: ['制表人', '核对人'].map((role) => ({ role, name: null, absence: null })),
  })
}

/** What an entry tells: of a disposal its way too, and what the thing is since. */
function saidOf(fact: Fact, done: Words | null): string {
  const { zh } = factWords(fact.type)
  const { becomes, proceeds } = fact.body as { readonly becomes?: string; readonly proceeds?: string }
  const since = done === null ? undefined : (becomes ?? proceeds)
  return [done === null ? zh : `${zh}：${done.zh}`, ...(since === undefined ? [] : [`现为 ${since}`])].join('；')
}

/**
 * 卷宗封面: whose the file is, and the papers that lie in it. It names no party and no title (rules P-01).
 * @throws Refusal `custody.cannot-draw` for more papers than a cover takes
 */
export async function coverPaper(db: Reader, of: Case, now: string): Promise<Form> {
  const found = await db
    .selectFrom('papers')
    .innerJoin('paper_cases', 'paper_cases.paper', 'papers.id')
    .select('papers.state')
    .where('paper_cases.case_number', '=', of.number)
    .where('papers.stands', '=', true)
    .orderBy('papers.issued_at')
    .orderBy('papers.id')
    .execute()
  const papers = found.map(({ state }) => state)
  mustFit(Math.max(1, papers.length))
  const named = await namesOf(db, [`unit/${of.unit}`])
  const rows = papers.map(({ kind, number, issuedAt, pages }, index) => [
    ...[
      String(index + 1),
      number,
      `${PAPERS[kind].form} ${PAPERS[kind].title.zh}`,
      localDay(issuedAt),
      String(pages),
      '',
    ],
  ])
  return sheet({
    ...{ kind: 'cover', organisation: await organOf(db, of.unit), code: null, copy: COPY },
    facts: [
      { name: '案号', value: numberNow(of) },
      { name: '案件类型', value: trackWords[of.track].zh },
      { name: '承办部门', value: named(`unit/${of.unit}`).name },
      { name: '承办人员', value: (await staffNames(db, of.officers)).join('、') },
      { name: '立账时间', value: localMinute(of.openedAt) },
      { name: '结案时间', value: of.closed === undefined ? '' : localMinute(of.closed.at) },
      { name: '截至', value: localMinute(now) },
    ],
    rows: rows.length > 0 ? rows : [['', '', '尚未出具文书', '', '', '']],
    statement: '卷内文书以存档为准；已被替代的文书不在目录内。',
    signatures: ['立卷人', '检查人'].map((role) => ({ role, name: null, absence: null })),
  })
}
