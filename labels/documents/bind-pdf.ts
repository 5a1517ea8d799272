/**
 * Binds PDFs that we wrote into one, page by page, with a running number over all of them. What is bound keeps its content: what its pages
 * need is taken over under new object numbers, and nothing else. One part is in memory at a time.
 */

import PDFDocument from 'pdfkit'
import { collect, POINTS_PER_MM, TextWriter } from '../pdf.ts'
import { widthOf } from '../text.ts'
import { PdfObjects, renumbered } from './pdf-objects.ts'

export interface BoundPart {
  /** As pdfkit writes it. */
  readonly pdf: Buffer
  /** Which of its pages are bound, counted from 0; `to` is not among them. */
  readonly from: number
  readonly to: number
}

export interface Binding {
  readonly title: string
  readonly madeAt: Date
  /** Pages of all parts together. */
  readonly pages: number
}

/** Where the running number stands: above everything that a form draws. */
const FOLIO = { right_mm: 195, baseline_mm: 9.5, size_mm: 3 } as const
const [CATALOG, TREE, INFO, BEFORE, AFTER, FIRST_FREE] = [1, 2, 3, 4, 5, 6] as const
const A4_POINTS = '595.28 841.89'

/**
 * The bound file, piece by piece.
 * @throws Error when the parts have another number of pages than was said, or one is no PDF of ours
 */
export async function* bindPdf(parts: AsyncIterable<BoundPart>, binding: Binding): AsyncGenerator<Buffer> {
  const out = new Objects()
  const kids: number[] = []
  yield out.begin()
  // The state that a part leaves behind does not reach the number.
  yield out.object(BEFORE, streamOf('q\n'))
  yield out.object(AFTER, streamOf('\nQ\n/Folio Do\n'))
  for await (const { pdf, from, to } of parts) {
    const source = new PdfObjects(pdf)
    const pages = source.pages().slice(from, to)
    const numbers = new PdfObjects(await drawNumbers(kids.length + 1, pages.length, binding.pages))
    const folios: number[] = []
    for (const piece of writeNumbers(out, numbers, folios)) yield piece
    for (const piece of writePages(out, source, pages, { folios, kids })) yield piece
  }
  if (kids.length !== binding.pages) throw new Error(`${kids.length} pages were bound, not ${binding.pages}`)
  const list = kids.map((kid) => `${kid} 0 R`).join(' ')
  yield out.object(TREE, `<<\n/Type /Pages\n/Count ${kids.length}\n/Kids [${list}]\n>>`)
  yield out.object(CATALOG, `<<\n/Type /Catalog\n/Pages ${TREE} 0 R\n>>`)
  yield out.object(INFO, `<<\n/Title ${textString(binding.title)}\n/CreationDate ${dateString(binding.madeAt)}\n>>`)
  yield out.end()
}

/** Numbers of pages, each as a drawing that a page can show above its own. */
function* writeNumbers(out: Objects, source: PdfObjects, folios: number[]): Generator<Buffer> {
  const pages = source.pages()
  const needed = source.needed(pages).filter((id) => !pages.includes(id))
  const ids = out.taken(needed)
  const resources = new Map(
    pages.map((page) => [source.member(page, 'Page', 'Contents'), source.member(page, 'Page', 'Resources')]),
  )
  for (const id of needed) {
    const { said, stream } = source.object(id)
    const its = resources.get(id)
    const more =
      its === undefined
        ? ''
        : `\n/Type /XObject\n/Subtype /Form\n/BBox [0 0 ${A4_POINTS}]\n/Resources ${ids.get(its) ?? 0} 0 R`
    yield out.object(
      ids.get(id) ?? 0,
      renumbered(said, ids).replace('<<', () => `<<${more}`),
      stream,
    )
  }
  folios.push(...[...resources.keys()].map((content) => ids.get(content) ?? 0))
}

function* writePages(
  out: Objects,
  source: PdfObjects,
  pages: readonly number[],
  { folios, kids }: { readonly folios: readonly number[]; readonly kids: number[] },
): Generator<Buffer> {
  const needed = source.needed(pages)
  const ids = out.taken(needed)
  const folioOf = new Map(pages.map((page, i) => [source.member(page, 'Page', 'Resources'), folios[i] ?? 0]))
  for (const id of needed) {
    const { said, stream } = source.object(id)
    const folio = folioOf.get(id)
    if (pages.includes(id)) {
      const own = said.replace(/\/Parent \d+ 0 R/, '/Parent').replace(/\/Contents (\d+) 0 R/, '/Contents [B $1 0 R A]')
      const bound = renumbered(own, ids)
        .replace('/Parent', `/Parent ${TREE} 0 R`)
        .replace('[B ', `[${BEFORE} 0 R `)
        .replace(' A]', ` ${AFTER} 0 R]`)
      yield out.object(ids.get(id) ?? 0, bound)
    } else {
      const own = renumbered(said, ids)
      yield out.object(ids.get(id) ?? 0, folio === undefined ? own : withFolio(own, folio), stream)
    }
  }
  kids.push(...pages.map((page) => ids.get(page) ?? 0))
}

function withFolio(resources: string, folio: number): string {
  const named = `/Folio ${folio} 0 R`
  return resources.includes('/XObject <<')
    ? resources.replace('/XObject <<', `/XObject <<\n${named}`)
    : resources.replace('<<', `<<\n/XObject <<\n${named}\n>>`)
}

/** A page for each number, with nothing on it but that. */
async function drawNumbers(first: number, count: number, of: number): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false })
  const finished = collect(document)
  const writer = new TextWriter(document)
  for (let number = first; number < first + count; number += 1) {
    document.addPage({ size: 'A4', margin: 0 })
    document.scale(POINTS_PER_MM)
    const text = `案卷第 ${number} 页 共 ${of} 页`
    const x_mm = FOLIO.right_mm - widthOf(text, FOLIO.size_mm, 400)
    writer.write(x_mm, FOLIO.baseline_mm, text, FOLIO.size_mm, 400, 'black')
  }
  document.end()
  return finished
}

function streamOf(content: string): string {
  return `<<\n/Length ${content.length}\n>>\nstream\n${content}\nendstream`
}

function textString(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
}

function dateString(at: Date): string {
  return `(D:${at.toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z)`
}

/** Numbers objects and remembers where each begins: all that is kept of what was written. */
class Objects {
  readonly #offsets: number[] = []
  #free: number = FIRST_FREE
  #written = 0

  begin(): Buffer {
    return this.#raw(Buffer.from('%PDF-1.4\n%\u00ff\u00ff\u00ff\u00ff\n', 'latin1'))
  }

  /** A new number for each. */
  taken(ids: readonly number[]): Map<number, number> {
    return new Map(ids.map((id) => [id, this.#free++]))
  }

  object(number: number, said: string, stream: Buffer | null = null): Buffer {
    this.#offsets[number] = this.#written
    const head = Buffer.from(`${number} 0 obj\n${said}`, 'latin1')
    const parts = stream === null ? [head] : [head, stream]
    return this.#raw(Buffer.concat([...parts, Buffer.from('\nendobj\n', 'latin1')]))
  }

  end(): Buffer {
    const table = this.#written
    const lines = Array.from({ length: this.#free - 1 }, (_, i) => {
      const offset = this.#offsets[i + 1] ?? 0
      return `${String(offset).padStart(10, '0')} 00000 n \n`
    })
    return this.#raw(
      Buffer.from(
        `xref\n0 ${this.#free}\n0000000000 65535 f \n${lines.join('')}` +
          `trailer\n<<\n/Size ${this.#free}\n/Root ${CATALOG} 0 R\n/Info ${INFO} 0 R\n>>\nstartxref\n${table}\n%%EOF\n`,
        'latin1',
      ),
    )
  }

  #raw(bytes: Buffer): Buffer {
    this.#written += bytes.length
    return bytes
  }
}
