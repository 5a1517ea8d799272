import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type BoundPart, bindPdf } from '../../../labels/documents/bind-pdf.ts'
import { type Form, paginate } from '../../../labels/documents/form.ts'
import { formPdf } from '../../../labels/documents/form-pdf.ts'
import type { Files } from '../../files/files.ts'
import { type CheckpointDependencies, signCheckpoint } from '../../ledger/checkpoint.ts'
import { parseCheckpoint } from '../../ledger/note.ts'
import type { Reader } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import { unitRegister } from '../custody.ts'
import { type ContentsLine, contentsForm, coverForm, fileHead } from './forms.ts'
import { type FilePart, fileParts } from './parts.ts'
import '../tables.ts'
import { numberNow } from '../renumbering/renumbering.ts'

const GROUPS = {
  papers: '文书',
  signed: '签名原件扫描件（附于各文书之后）',
  account: '涉案财物台账',
  items: '物品卡、照片和流转记录',
  checkpoint: '台账检查点',
} as const

export interface CaseFileDependencies extends CheckpointDependencies {
  readonly files: Files
  readonly publicKey: string
}

/**
 * 案卷: cover, contents, papers with what was signed on them, account, items and checkpoints of a case as one PDF with a running page number, of one state of the tables.
 * It grows in a file without a name, one part at a time; that file is gone once it is closed.
 * @returns the file, whole; the caller closes it
 * @throws Refusal `custody.nothing-for-paper`, `custody.cannot-draw`, `custody.paper-damaged`; RegisterForked
 */
export async function buildCaseFile(deps: CaseFileDependencies, of: Case): Promise<FileHandle> {
  const { db, files, publicKey, now } = deps
  // Signed first: what is quoted then lies within what was signed.
  const notes = new Map<string, string>()
  for (const register of await registersOf(db, of)) {
    const note = await signCheckpoint(deps, register)
    if (note !== null) notes.set(register, note)
  }
  const sizes = new Map([...notes].map(([register, note]) => [register, sizeOf(note)]))
  const file = await unnamedFile()
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const at = now()
        const head = await fileHead(trx, of, at)
        const parts = await fileParts({ db: trx, files, of, head, now: at, notes, sizes, publicKey })
        const { fronts, pages } = front(parts, (contents, covered, total) => [
          coverForm(head, covered, total),
          contentsForm(head, contents),
        ])
        const binding = { title: `案卷 ${numberNow(of)}`, madeAt: new Date(at), pages }
        for await (const piece of bindPdf(allOf(fronts, parts, new Date(at)), binding)) await file.write(piece)
      })
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

interface CoverOf {
  readonly title: string
  readonly pieces: number
  readonly page: number
}

/** Cover and contents say where the rest begins, which their own length decides; that does not depend on the numbers in them. */
function front(
  parts: readonly FilePart[],
  draw: (contents: readonly ContentsLine[], cover: readonly CoverOf[], pages: number) => readonly [Form, Form],
): { fronts: readonly [Form, Form]; pages: number } {
  const starting = (from: number): ReturnType<typeof draw> => {
    let page = from
    const lines = parts.map(({ title, number, day, note, pages }) => {
      const line = { title, number, day, note, page }
      page += pages
      return line
    })
    const cover = Object.entries(GROUPS).flatMap(([group, title]) => {
      const first = parts.findIndex((part) => part.group === group)
      const pieces = parts.filter((part) => part.group === group).length
      return first < 0 ? [] : [{ title, pieces, page: lines[first]?.page ?? from }]
    })
    return draw(lines, cover, page - 1)
  }
  const own = starting(1).reduce((sum, form) => sum + paginate(form).length, 0)
  return {
    fronts: starting(own + 1),
    pages: own + parts.reduce((sum, part) => sum + part.pages, 0),
  }
}

async function* allOf(fronts: readonly Form[], parts: readonly FilePart[], madeAt: Date): AsyncGenerator<BoundPart> {
  for (const form of fronts) yield { pdf: await formPdf(form, madeAt), from: 0, to: paginate(form).length }
  for (const part of parts) yield* part.draw()
}

/** The registers in which the case and its items stand. */
async function registersOf(db: Reader, of: Case): Promise<string[]> {
  const found = await sql<{ register: string }>`
    select distinct e.register from entries e
    where e.subject in (select 'item/' || id from items where case_number = ${of.number}) order by e.register
  `.execute(db)
  return [...new Set([unitRegister(of.unit), ...found.rows.map(({ register }) => register)])]
}

function sizeOf(note: string): number {
  return parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1)).size
}

/** Open to read and write, for nobody else, and in no folder any more. */
async function unnamedFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-file-'))
  try {
    return await open(join(folder, 'file.pdf'), 'wx+', 0o600)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
