import { type Form, MAX_ROWS, onPaper } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { custodyWords, measureWords, trackWords } from '../axes.ts'
import { quantityWords } from '../cash/cash.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { type Item, presentHolder } from '../items/item.ts'
import { featuresOf, localDay, localMinute, organOf, signatureOf, staffNames, unsealed } from '../papers/paper-words.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { numberNow } from '../renumbering/renumbering.ts'

/** One copy, for whoever asked. */
const COPY = { number: 1, of: 1, recipient: '查阅人' } as const
const SIGNATURES = ['立卷人', '检查人'].map((role) => ({ role, name: null, absence: null }))

/** A line of the list of contents. */
export interface ContentsLine {
  readonly title: string
  readonly number: string
  readonly day: string
  /** Where it begins. */
  readonly page: number
  readonly note: string
}

/** A part of the file, for its cover. */
export interface CoverLine {
  readonly title: string
  readonly pieces: number
  readonly page: number
}

/** What stands at the head of every page of ours. */
export interface FileHead {
  readonly organisation: string
  readonly facts: Form['facts']
}

/** Whose the file is; no party and no title of the case (rules P-01). */
export async function fileHead(db: Reader, of: Case, now: string): Promise<FileHead> {
  const named = await namesOf(db, [`unit/${of.unit}`])
  return {
    organisation: await organOf(db, of.unit),
    facts: [
      { name: '案号', value: numberNow(of) },
      { name: '案件类型', value: trackWords[of.track].zh },
      { name: '承办部门', value: named(`unit/${of.unit}`).name },
      { name: '承办人员', value: (await staffNames(db, of.officers)).join('、') },
      { name: '立账时间', value: localMinute(of.openedAt) },
      { name: '结案时间', value: of.closed === undefined ? '' : localMinute(of.closed.at) },
      { name: '截至', value: localMinute(now) },
    ],
  }
}

/**
 * Form of the cover of a case file, one row a volume part with the page it begins on. `pages` counts the whole file, this sheet included. No
 * party and no title of the case stands on it.
 */
export function coverForm({ organisation, facts }: FileHead, lines: readonly CoverLine[], pages: number): Form {
  return sheet({
    ...{ kind: 'file-cover', organisation, code: null, copy: COPY, signatures: SIGNATURES },
    facts: [...facts, { name: '页数', value: `${pages} 页` }],
    rows: lines.map(({ title, pieces, page }, index) => [String(index + 1), title, String(pieces), String(page)]),
    statement:
      '本卷由台账和文书存档生成；文书以存档原件为准，手写签名的扫描件附后；已被替代的文书只在目录中注明。每页右上角为全卷页号。',
  })
}

/** @throws Refusal `custody.cannot-draw` for more lines than a form takes */
export function contentsForm({ organisation, facts }: FileHead, lines: readonly ContentsLine[]): Form {
  if (lines.length > MAX_ROWS)
    throw new Refusal('custody.cannot-draw', {
      zh: `卷内超过 ${MAX_ROWS} 份`,
      en: `more than ${MAX_ROWS} parts in the file`,
    })
  return sheet({
    ...{ kind: 'file-contents', organisation, code: null, copy: COPY, signatures: SIGNATURES },
    facts: facts.slice(0, 1),
    rows: lines.map(({ title, number, day, page, note }, index) => [
      String(index + 1),
      ...[title, number, day, String(page), note],
    ]),
    statement: '页号为该份在全卷中的起始页；SHA-256 为图片原件校验值的前 16 位，全部见该页。',
  })
}

/** 物品卡: what an item is, how it was taken, and who has it. */
export async function itemForm(db: Reader, item: Item): Promise<Form> {
  const said = await unsealed(db, [item])
  const named = await namesOf(db, [presentHolder(item)])
  const shelf =
    item.location === null
      ? undefined
      : await db.selectFrom('locations').select('name').where('id', '=', item.location).executeTakeFirst()
  const [holder, witness] = [await signatureOf(db, item.holder), await signatureOf(db, item.witness)]
  const officers = await staffNames(db, item.measure.officers)
  const rows = [
    ['类别', categories[item.category].name.zh],
    ['数量', quantityWords(item).zh],
    ['特征', featuresOf(item, said)],
    ['措施', `${measureWords[item.measureStatus].zh}；${item.measure.noticeNumber}`],
    ['采取措施时间', localMinute(item.measure.takenAt)],
    ['地点', said(item.measure.place)],
    ['持有人', [holder.name, holder.absence].filter((part) => part !== null).join('，')],
    ['见证人', [witness.name, witness.absence].filter((part) => part !== null).join('，')],
    ['调查人员', officers.join('、')],
    ['封条', item.seal === null ? '' : `${item.seal.number}（${localDay(item.seal.sealedAt)}）`],
    ['保管状态', custodyWords[item.custodyStatus].zh],
    ['现由', named(presentHolder(item)).name],
    ['库位', shelf?.name ?? ''],
    ['照片', item.photos.length === 0 ? '' : `${item.photos.length} 张，附后`],
  ]
  return sheet({
    ...{ kind: 'item-page', organisation: await organOf(db, item.unit), code: null, copy: COPY },
    facts: [
      { name: '编码', value: item.code },
      { name: '名称', value: item.name },
      { name: '案号', value: (await numbersNow(db, [item.case])).of(item.case) },
      { name: '本案序号', value: String(item.ordinal) },
    ],
    rows: rows.map((row) => row.map(onPaper)).filter(([, value]) => value !== ''),
    statement: '本页由台账生成，以台账为准。',
    signatures: ['制表人', '核对人'].map((role) => ({ role, name: null, absence: null })),
  })
}

/** The signed checkpoints of the registers that the file quotes, line by line as they are signed. */
export function checkpointForm(
  { organisation, facts }: FileHead,
  notes: ReadonlyMap<string, string>,
  publicKey: string,
): Form {
  return sheet({
    ...{ kind: 'checkpoint', organisation, code: null, copy: COPY, signatures: SIGNATURES },
    facts: [...facts.slice(0, 1), { name: '验证公钥', value: publicKey }],
    rows: [...notes].flatMap(([register, note]) =>
      note
        .trimEnd()
        .split('\n')
        .map((line, index) => [index === 0 ? register : '', String(index + 1), line]),
    ),
    statement:
      '检查点由本机密钥签名，依次为台账、条数、树根、空行和签名。导出台账后可在另一台电脑上用公钥和检查点校验：卷内流转记录都在检查点所载的条数以内。',
  })
}
