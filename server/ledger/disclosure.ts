import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Json, Reader } from '../module.ts'
import { type CheckpointDependencies, originOf, signCheckpoint } from './checkpoint.ts'
import { type HashName, parseEntry } from './entry.ts'
import { NotCheckable } from './export.ts'
import { fault, type LedgerFault } from './fault.ts'
import { linesIn } from './lines.ts'
import { inclusionHolds, inclusionSpans, leafHash, nodeHash, type Span } from './merkle.ts'
import { type Checkpoint, type NoteKey, openNote, parseCheckpoint, signNote } from './note.ts'
import { entryPages, readRegister } from './read.ts'

/**
 * Some entries of registers that hold others too, each with the proof that it stands where it says: what is disclosed of one case says nothing
 * of the others. The first line names the registers with their signed checkpoints, and signs that the lines after it are all there was to
 * disclose: checkpoints alone would not miss the last fact of a subject. Then one JSON line an entry, with its exact text and the audit path
 * (RFC 6962) from it to the root that was signed.
 */
interface DisclosureHeader {
  readonly disclosure: 1
  /** `case/<number>`: what it is about. */
  readonly about: string
  readonly registers: readonly { readonly register: string; readonly hash: HashName; readonly checkpoint: string }[]
  /** Lines that follow. */
  readonly entries: number
  /** A signed note over `about`, the number of lines and their hash; see {@link statementText}. */
  readonly statement: string
}

interface DisclosedLine {
  readonly entry: string
  readonly proof: readonly string[]
}

/** Roots of parts of a tree whose leaves are all at hand; larger parts are hashed once. */
class Parts {
  readonly #hash: HashName
  readonly #leaves: readonly Buffer[]
  readonly #known = new Map<string, Buffer>()

  constructor(hash: HashName, leaves: readonly Buffer[]) {
    this.#hash = hash
    this.#leaves = leaves
  }

  root({ from, to }: Span): Buffer {
    const length = to - from
    if (length === 1) return this.#leaves[from] as Buffer
    const key = length < KEPT_FROM ? null : `${from}-${to}`
    const known = key === null ? undefined : this.#known.get(key)
    if (known !== undefined) return known
    const split = from + 2 ** Math.ceil(Math.log2(length) - 1)
    const root = nodeHash(this.#hash, this.root({ from, to: split }), this.root({ from: split, to }))
    if (key !== null) this.#known.set(key, root)
    return root
  }
}

/** Smaller parts are sooner hashed again than kept. */
const KEPT_FROM = 64

/**
 * What the registers hold of these subjects, as the lines of a file that proves itself against their signed checkpoints.
 * @param subjects `kind/id`, as facts name them
 * @throws RegisterForked
 */
export async function discloseEntries(
  deps: CheckpointDependencies,
  about: string,
  subjects: readonly string[],
): Promise<string[]> {
  const { db } = deps
  const found = await sql<{ register: string }>`
    select distinct register from entries where subject = any(${[...subjects]}::text[]) order by register
  `.execute(db)
  const registers: { register: string; hash: HashName; checkpoint: string }[] = []
  const lines: string[] = []
  for (const { register } of found.rows) {
    const checkpoint = (await signCheckpoint(deps, register)) ?? ''
    const hash = (await readRegister(db, register))?.hash ?? 'sha256'
    registers.push({ register, hash, checkpoint })
    lines.push(...(await linesOf(db, { register, hash, size: sizeIn(checkpoint) }, new Set(subjects))))
  }
  const hash = createHash('sha256')
  for (const line of lines) hash.update(`${line}\n`)
  const origin = originOf(deps.installation, STATEMENT)
  const statement = signNote(statementText({ origin, about, entries: lines.length, hash }), deps.signer)
  const header: DisclosureHeader = { disclosure: 1, about, registers, entries: lines.length, statement }
  return [JSON.stringify(header), ...lines]
}

/** Where the origin of a checkpoint names its register, that of a statement says this: neither can be taken for the other. */
const STATEMENT = 'disclosure'

interface Stated {
  readonly origin: string
  readonly about: string
  readonly entries: number
  /** SHA-256 over the lines, each with the newline that ends it. */
  readonly hash: Hash
}

/** What a statement signs: origin, what it is about, how many lines follow and their hash in base64, a line each. */
function statementText({ origin, about, entries, hash }: Stated): string {
  return `${origin}\n${about}\n${entries}\n${hash.copy().digest('base64')}\n`
}

function bodyOf(note: string): string {
  return note.slice(0, note.lastIndexOf('\n\n') + 1)
}

function sizeIn(note: string): number {
  return parseCheckpoint(bodyOf(note)).size
}

async function linesOf(
  db: Reader,
  { register, hash, size }: { readonly register: string; readonly hash: HashName; readonly size: number },
  subjects: ReadonlySet<string>,
): Promise<string[]> {
  const leaves: Buffer[] = []
  const wanted: { index: number; text: string }[] = []
  for await (const page of entryPages(db, register))
    for (const { seq, text, subject } of page) {
      if (seq > size) continue
      leaves.push(leafHash(hash, text))
      if (subjects.has(subject)) wanted.push({ index: seq - 1, text })
    }
  const parts = new Parts(hash, leaves)
  return wanted.map(({ index, text }): string => {
    const proof = inclusionSpans(index, size).map((span) => parts.root(span).toString('base64'))
    const line: DisclosedLine = { entry: text, proof }
    return JSON.stringify(line)
  })
}

export interface DisclosureReport {
  readonly about: string
  readonly entries: number
  readonly registers: readonly { readonly register: string; readonly size: number }[]
  /** By whom the checkpoints were signed; null when no key was given to check it with. */
  readonly signedBy: string | null
  readonly fault: LedgerFault | null
}

/** The header of a disclosure; null where the line is that of another file. */
export function disclosureHeader(line: string): DisclosureHeader | null {
  try {
    const header = JSON.parse(line) as Partial<DisclosureHeader> | null
    return header?.disclosure === 1 && Array.isArray(header.registers) ? (header as DisclosureHeader) : null
  } catch {
    return null
  }
}

/**
 * Checks a disclosure with nothing but its bytes: each entry stands where it says under the signed root, of no subject is one left out
 * before another that is there, and all are those that were signed as the whole.
 * @throws NotCheckable
 */
export async function verifyDisclosure(file: Readable, key: NoteKey | null): Promise<DisclosureReport> {
  let header: DisclosureHeader | null = null
  let trees = new Map<string, Tree>()
  let signed = ''
  let entries = 0
  const hash = createHash('sha256')
  let found: LedgerFault | null = null
  let last: Place | null = null
  /** By subject, the numbers of its facts that were there: each subject numbers its own, whatever register they stand in. */
  const numbers = new Map<string, Set<number>>()
  let lineNumber = 0
  for await (const line of linesIn(file)) {
    lineNumber += 1
    if (header === null) {
      header = disclosureHeader(line)
      if (header === null)
        throw new NotCheckable('第一行不是披露文件的抬头 / the first line is no header of a disclosure')
      if (asWritten(header) !== line)
        throw new NotCheckable(
          '抬头不是导出时的原样：有增添或改写 / the header is not as it was exported: it was altered',
        )
      trees = treesOf(header, key)
      signed = opened(header.statement, key)
      continue
    }
    const said = readLine(line)
    found =
      said === null
        ? unreadable(line, lineNumber)
        : (faultOf(said, trees, numbers) ?? orderFault(last, said, [...trees.keys()]))
    if (said === null || found !== null) break
    last = said
    entries += 1
    hash.update(`${line}\n`)
  }
  if (header === null) throw new NotCheckable('文件是空的 / the file is empty')
  if (found === null && entries !== header.entries)
    found = fault(
      header.registers[0]?.register ?? '',
      null,
      `文件载明 ${header.entries} 条，只有 ${entries} 条`,
      `the file promises ${header.entries} entries and has ${entries}`,
    )
  found ??= gapIn(numbers)
  found ??= unstated(signed, { about: header.about, entries, hash })
  return {
    ...{ about: header.about, entries, fault: found, signedBy: key?.name ?? null },
    registers: [...trees].map(([register, { checkpoint }]) => ({ register, size: checkpoint.size })),
  }
}

function asWritten({ disclosure, about, registers, entries, statement }: DisclosureHeader): string {
  const named = registers.map(({ register, hash, checkpoint }) => ({ register, hash, checkpoint }))
  return JSON.stringify({ disclosure, about, registers: named, entries, statement })
}

/** The text of a note, its signature checked where there is a key to check it with. @throws NotCheckable */
function opened(note: string | undefined, key: NoteKey | null): string {
  if (note === undefined)
    throw new NotCheckable(
      '抬头没有签署条目齐全，无从知道末尾是否缺条，请重新导出 / the header does not sign that all entries are there, so one left out at the end would not be found; export it anew',
    )
  try {
    return key === null ? bodyOf(note) : openNote(note, key)
  } catch (error) {
    throw new NotCheckable(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Lines that are other than those the statement was signed over: one may be gone that leaves no gap. */
function unstated(signed: string, stated: Omit<Stated, 'origin'>): LedgerFault | null {
  const [origin = '', , promised = ''] = signed.split('\n')
  if (origin.endsWith(`/${STATEMENT}`) && signed === statementText({ origin, ...stated })) return null
  return fault(
    stated.about,
    null,
    `签署的是 ${promised} 条，与文件的 ${stated.entries} 条不是同一批：末尾有缺条或抬头被换`,
    `what was signed is ${promised} entries, and the ${stated.entries} in the file are not those: some were left out, or the header is another's`,
  )
}

interface Tree {
  readonly hash: HashName
  readonly checkpoint: Checkpoint
}

function treesOf({ registers }: DisclosureHeader, key: NoteKey | null): Map<string, Tree> {
  return new Map(
    registers.map(({ register, hash, checkpoint: note }) => {
      try {
        const checkpoint = parseCheckpoint(opened(note, key))
        if (checkpoint.origin.slice(checkpoint.origin.indexOf('/') + 1) !== register)
          throw new Error(`检查点属于 ${checkpoint.origin} / it is the checkpoint of ${checkpoint.origin}`)
        return [register, { hash, checkpoint }]
      } catch (error) {
        throw new NotCheckable(error instanceof Error ? error.message : String(error), { cause: error })
      }
    }),
  )
}

/** A fact of some subject that is not there though a later one is. */
function gapIn(numbers: ReadonlyMap<string, ReadonlySet<number>>): LedgerFault | null {
  for (const [subject, seen] of numbers) {
    const missing = Array.from({ length: Math.max(...seen) }, (_one, index) => index + 1).find((n) => !seen.has(n))
    if (missing !== undefined) return fault(subject, null, `缺第 ${missing} 条事实`, `its fact ${missing} was left out`)
  }
  return null
}

/** Where an entry says it stands. */
interface Place {
  readonly register: string
  readonly seq: number
}

interface ReadLine extends Place {
  readonly text: string
  readonly proof: readonly Buffer[]
  readonly body: Json
}

/** Null where a line is not just what a disclosure writes: what stands beside an entry is proven by nothing. */
function readLine(line: string): ReadLine | null {
  try {
    const { entry, proof } = JSON.parse(line) as DisclosedLine
    if (JSON.stringify({ entry, proof }) !== line) return null
    const { register, seq, body } = parseEntry(entry)
    return { register, seq, body, text: entry, proof: proof.map((one) => Buffer.from(one, 'base64')) }
  } catch {
    return null
  }
}

function unreadable(line: string, lineNumber: number): LedgerFault {
  const begins = line.slice(0, 60)
  return fault(
    '',
    null,
    `文件第 ${lineNumber} 行读不懂，或不是导出时的原样：${begins}`,
    `line ${lineNumber} of the file cannot be read, or is not as it was exported: ${begins}`,
  )
}

/** Each entry stands once and in its order: one that is there twice makes up for another in the count, and order tells what came first. */
function orderFault(last: Place | null, { register, seq }: Place, registers: readonly string[]): LedgerFault | null {
  if (last === null || registers.indexOf(last.register) < registers.indexOf(register)) return null
  if (last.register === register && last.seq < seq) return null
  return fault(
    register,
    seq,
    `第 ${seq} 条重复，或不在它的次序上（前面是 ${last.register} 第 ${last.seq} 条）`,
    `entry ${seq} is there twice or out of its order (${last.register} entry ${last.seq} stands before it)`,
  )
}

function faultOf(
  { text, proof, register, seq, body }: ReadLine,
  trees: ReadonlyMap<string, Tree>,
  numbers: Map<string, Set<number>>,
): LedgerFault | null {
  const tree = trees.get(register)
  if (tree === undefined)
    return fault(register, seq, '抬头没有这本台账的检查点', 'the header has no checkpoint of this register')
  const { hash, checkpoint } = tree
  const of = { index: seq - 1, size: checkpoint.size, leaf: leafHash(hash, text), root: checkpoint.root }
  if (!inclusionHolds(hash, proof, of))
    return fault(
      register,
      seq,
      '正文与签署的树根对不上：被改动，或不在此台账',
      'the text does not lead to the signed root: it was changed, or does not stand in this register',
    )
  const { subject, n } = body as { subject?: unknown; n?: unknown }
  if (typeof subject !== 'string' || typeof n !== 'number') return null
  numbers.set(subject, (numbers.get(subject) ?? new Set()).add(n))
  return null
}
