/** The objects of a PDF that pdfkit wrote: a plain table of offsets, one generation, no encryption, a resources object for each page. */

const TABLE_LINE_BYTES = 20
const REFERENCE = /\b(\d+) 0 R\b/g

/** One object: what stands before its stream, and the stream with its marks where it has one. */
export interface PdfObject {
  readonly said: string
  readonly stream: Buffer | null
}

export class PdfObjects {
  readonly #pdf: Buffer
  /** Where each object begins, and where the next thing does. */
  readonly #spans = new Map<number, readonly [from: number, to: number]>()

  /** @throws Error for what is no PDF of this kind */
  constructor(pdf: Buffer) {
    this.#pdf = pdf
    const end = /startxref\n(\d+)\n%%EOF\s*$/.exec(pdf.subarray(-64).toString('latin1'))
    const table = Number(end?.[1])
    const head = /^xref\n0 (\d+)\n/.exec(pdf.subarray(table, table + 32).toString('latin1'))
    if (head === null) throw new Error('no PDF with a plain table of offsets')
    const offsets: [number, number][] = []
    for (let id = 1; id < Number(head[1]); id += 1) {
      const at = table + head[0].length + id * TABLE_LINE_BYTES
      offsets.push([id, Number(pdf.subarray(at, at + 10).toString('latin1'))])
    }
    offsets.sort(([, one], [, other]) => one - other)
    for (const [i, [id, from]] of offsets.entries()) this.#spans.set(id, [from, offsets[i + 1]?.[1] ?? table])
  }

  /** @throws Error when there is no such object */
  object(id: number): PdfObject {
    const [from, to] = this.#spans.get(id) ?? [0, 0]
    const bytes = this.#pdf.subarray(from, to)
    const begin = `${id} 0 obj\n`
    const end = bytes.lastIndexOf('\nendobj')
    if (end < 0 || bytes.subarray(0, begin.length).toString('latin1') !== begin) throw new Error(`no object ${id}`)
    const stream = bytes.indexOf('>>\nstream\n')
    return stream < 0
      ? { said: bytes.subarray(begin.length, end).toString('latin1'), stream: null }
      : {
          said: bytes.subarray(begin.length, stream + 2).toString('latin1'),
          stream: bytes.subarray(stream + 2, end),
        }
  }

  /** The pages in their order. */
  pages(): number[] {
    const trailer = this.#pdf.subarray(this.#pdf.lastIndexOf('trailer')).toString('latin1')
    const tree = this.member(this.member(this.#refIn(trailer, 'Root'), 'Catalog', 'Pages'), 'Pages')
    const kids = /\/Kids \[([^\]]*)\]/.exec(this.object(tree).said)?.[1] ?? ''
    return [...kids.matchAll(REFERENCE)].map(([, id]) => Number(id))
  }

  /**
   * The object that a member of an object refers to; without a member the object itself.
   * @throws Error when the object is of another type, or has no such member
   */
  member(id: number, type: string, name?: string): number {
    const { said } = this.object(id)
    if (!said.includes(`/Type /${type}\n`)) throw new Error(`object ${id} is no ${type}`)
    return name === undefined ? id : this.#refIn(said, name)
  }

  /** All that these objects need, themselves included, and not what they are part of. */
  needed(ids: readonly number[]): number[] {
    const found = new Set(ids)
    for (const id of found)
      for (const [, other] of this.object(id)
        .said.replace(/\/Parent \d+ 0 R\n/, '')
        .matchAll(REFERENCE))
        found.add(Number(other))
    return [...found]
  }

  #refIn(said: string, name: string): number {
    const id = new RegExp(`/${name} (\\d+) 0 R`).exec(said)?.[1]
    if (id === undefined) throw new Error(`no ${name}`)
    return Number(id)
  }
}

/** The same with other numbers for what it refers to. */
export function renumbered(said: string, numbers: ReadonlyMap<number, number>): string {
  return said.replaceAll(REFERENCE, (_, id: string) => `${numbers.get(Number(id)) ?? 0} 0 R`)
}
