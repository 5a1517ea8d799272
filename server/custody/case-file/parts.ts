import { sql } from 'kysely'
import { paginate } from '../../../labels/documents/form.ts'
import type { Form } from '../../../labels/documents/form.ts'
import type { BoundPart } from '../../../labels/documents/bind-pdf.ts'
import { formPdf } from '../../../labels/documents/form-pdf.ts'
import { photoPages, photoSheets, type SheetPhoto } from '../../../labels/documents/photo-sheets.ts'
import type { Files } from '../../files/files.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { numbersArchived } from '../account-number/on-papers.ts'
import type { Case } from '../cases/cases.ts'
import { itemsOfCase } from '../exports/item-exports.ts'
import type { Item } from '../items/item.ts'
import { isWhole, readArchived } from '../papers/archived.ts'
import { localDay, localMinute } from '../papers/paper-words.ts'
import { copiesOf, type Paper, PAPER_KINDS, PAPERS } from '../papers/papers.ts'
import { accountPaper, chainPaper } from '../papers/report-papers.ts'
import { checkpointForm, type FileHead, itemForm } from './forms.ts'
import { printable } from './printable.ts'
import { signedParts } from './signed.ts'
import '../tables.ts'
import { numberNow } from '../renumbering/renumbering.ts'

/** Enough for half the width of a page at 300 dots an inch; the whole picture stays in the store. */
const SIDE_PIXELS = 1_000

/** What the parts are made of: one state of the tables, and how far each register was signed. */
export interface FileSource {
  readonly db: Reader
  readonly files: Files
  readonly of: Case
  readonly head: FileHead
  readonly now: string
  /** The signed checkpoint of each register that is quoted. */
  readonly notes: ReadonlyMap<string, string>
  /** How many entries each of them covers. */
  readonly sizes: ReadonlyMap<string, number>
  readonly publicKey: string
}

/** A part of the file: known by its pages before it is drawn, so that the list of contents can stand in front of it. */
export interface FilePart {
  readonly group: 'papers' | 'signed' | 'account' | 'items' | 'checkpoint'
  readonly title: string
  readonly number: string
  readonly day: string
  readonly note: string
  readonly pages: number
  readonly draw: () => AsyncGenerator<BoundPart>
}

/** Every part in its order: the papers that stand, in the order of the forms, each before what was signed on it; the account; the items; the checkpoints. */
export async function fileParts(source: FileSource): Promise<FilePart[]> {
  const { db, of, head, now, notes, publicKey } = source
  const its = await itemsOfCase(db, of.number)
  const account = await accountPaper(db, of, its, now)
  const checkpoint = checkpointForm(head, notes, publicKey)
  const parts = await paperParts(source)
  parts.push(formPart({ ...source, group: 'account', title: '涉案财物台账', number: numberNow(of) }, account))
  for (const item of its) parts.push(await itemPart(source, item))
  parts.push(formPart({ ...source, group: 'checkpoint', title: '台账检查点', number: '' }, checkpoint))
  return parts
}

function formPart(
  { now, ...of }: Pick<FilePart, 'group' | 'title' | 'number'> & Pick<FileSource, 'now'>,
  form: Form,
): FilePart {
  const { group, title, number } = of
  const pages = paginate(form).length
  return {
    ...{ group, title, number, day: localDay(now), note: '', pages },
    draw: async function* () {
      yield { pdf: await formPdf(form, new Date(now)), from: 0, to: pages }
    },
  }
}

/** Every paper of a case, in the order they were issued. */
async function papersOf(db: Reader, { number }: Case): Promise<Paper[]> {
  const found = await sql<{ state: Paper }>`
    select p.state from papers p join paper_cases c on c.paper = p.id
    where c.case_number = ${number} order by p.issued_at, p.id
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** Under what the read log has the numbers of accounts that the file shows whole: on papers that stand, and on what was signed of those before. */
export async function numbersInFile(db: Reader, of: Case): Promise<string[]> {
  const papers = await papersOf(db, of)
  return numbersArchived(
    db,
    papers.filter(({ replacedBy, scans = [] }) => replacedBy === undefined || scans.length > 0),
  )
}

/** Papers of the case that stand, each with those that it took the place of and with what was signed by hand on it or on one of those. */
async function paperParts(source: FileSource): Promise<FilePart[]> {
  const { db, of } = source
  const papers = await papersOf(db, of)
  const before = new Map(
    papers.flatMap((one) => (one.replacedBy === undefined ? [] : [[one.replacedBy, one] as const])),
  )
  const standing = papers
    .filter(({ replacedBy }) => replacedBy === undefined)
    .toSorted((one, other) => PAPER_KINDS.indexOf(one.kind) - PAPER_KINDS.indexOf(other.kind))
  const parts: FilePart[] = []
  for (const paper of standing) {
    const replaced = replacedOf(paper, before)
    const part = await paperPart(
      db,
      paper,
      replaced.map(({ number }) => number),
    )
    parts.push(part)
    for (const one of [paper, ...replaced]) parts.push(...(await shownScans(source, one)))
  }
  return parts
}

/** What was signed on one of them; nothing where its file was lawfully erased, since a scan shows what the file said. */
async function shownScans(source: FileSource, paper: Paper): Promise<FilePart[]> {
  const scans = await signedParts(source, paper)
  return scans.length === 0 || (await readArchived(source.db, paper)) === null ? [] : scans
}

function replacedOf(paper: Paper, before: ReadonlyMap<string, Paper>): Paper[] {
  const earlier = before.get(paper.id)
  return earlier === undefined ? [] : [earlier, ...replacedOf(earlier, before)]
}

/**
 * The copy that belongs into the file, as it was archived. One whose file was lawfully erased keeps its line and has no page.
 * @throws Refusal `custody.paper-damaged`
 */
async function paperPart(db: Reader, paper: Paper, replaced: readonly string[]): Promise<FilePart> {
  const { form, title } = PAPERS[paper.kind]
  const copies = copiesOf(paper)
  const pdf = await readArchived(db, paper)
  if (pdf !== null && !isWhole(pdf, paper)) throw new Refusal('custody.paper-damaged', { number: paper.number })
  const each = paper.pages / copies.length
  const own = Math.max(0, copies.indexOf('附卷'))
  // Copies that differ in length are bound all.
  const [from, to] = Number.isInteger(each) ? [own * each, (own + 1) * each] : [0, paper.pages]
  return {
    ...{ group: 'papers', title: `${form} ${title.zh}`, number: paper.number, day: localDay(paper.issuedAt) },
    note: [
      ...(pdf === null ? ['文件已依法清除'] : []),
      ...(replaced.length === 0 ? [] : [`替代 ${replaced.join('、')}`]),
    ].join('；'),
    pages: pdf === null ? 0 : to - from,
    draw: async function* () {
      const file = await readArchived(db, paper)
      if (file !== null) yield { pdf: file, from, to }
    },
  }
}

/** 一物一卡: its card, its photos, and its life as far as the checkpoints cover it. */
async function itemPart(source: FileSource, item: Item): Promise<FilePart> {
  const { db, now } = source
  const forms = async (): Promise<readonly [Form, Form]> => [
    await itemForm(db, item),
    await chainPaper(db, item, now, ({ register, seq }) => seq <= (source.sizes.get(register) ?? 0)),
  ]
  const [card, chain] = (await forms()).map((form) => paginate(form).length)
  const photos = photoPages(item.photos.length)
  const [cardPages, chainPages] = [card ?? 0, chain ?? 0]
  const { code } = item
  return {
    ...{ group: 'items', title: `物品卡、流转记录：${item.name}`, number: code, day: localDay(now) },
    ...{ note: photos === 0 ? '' : `照片 ${item.photos.length} 张`, pages: cardPages + photos + chainPages },
    draw: async function* () {
      const [first, last] = await forms()
      const at = new Date(now)
      yield { pdf: await formPdf(first, at), from: 0, to: cardPages }
      if (photos > 0)
        yield {
          pdf: await photoSheets(`${code} ${item.name}（照片）`, photosOf(source, item), at),
          from: 0,
          to: photos,
        }
      yield { pdf: await formPdf(last, at), from: 0, to: chainPages }
    },
  }
}

async function* photosOf(source: FileSource, { photos }: Item): AsyncGenerator<SheetPhoto> {
  const named = await namesOf(
    source.db,
    photos.map(({ by }) => `person/${by}`),
  )
  for (const { photo, at, by } of photos)
    yield {
      jpeg: await printable(source, photo, SIDE_PIXELS),
      caption: `${localMinute(at)} ${named(`person/${by}`).name}`,
      sha256: photo,
    }
}
