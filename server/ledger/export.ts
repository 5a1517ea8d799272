import type { Readable } from 'node:stream'
import type { Reader } from '../module.ts'
import { ChainCheck } from './chain.ts'
import type { ClaimedRoot } from './checkpoint-claims.ts'
import { type HashName, NOTHING_BEFORE } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'
import { linesIn } from './lines.ts'
import { type Checkpoint, type NoteKey, openNote, parseCheckpoint } from './note.ts'
import { entryPages, readRegister } from './read.ts'

interface ExportHeader {
  readonly register: string
  readonly hash: HashName
  readonly from: number
  readonly to: number
  readonly prev: string
}

/**
 * A register as a file that anyone can check without us: a header, then one JSON line an entry with the exact text that was hashed.
 * @returns null when there is no such register
 */
export async function exportRegister(db: Reader, register: string): Promise<AsyncGenerator<string> | null> {
  const head = await readRegister(db, register)
  return head === null
    ? null
    : lines(db, { register, hash: head.hash, from: 1, to: head.size, prev: NOTHING_BEFORE.toString('hex') })
}

async function* lines(db: Reader, header: ExportHeader): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`
  for await (const page of entryPages(db, header.register)) {
    const upTo = page.filter(({ seq }) => seq <= header.to)
    yield upTo
      .map(
        ({ text, prev, hash }) =>
          `${JSON.stringify({ entry: text, prev: prev.toString('hex'), hash: hash.toString('hex') })}\n`,
      )
      .join('')
    if (upTo.length < page.length) return
  }
}

export interface FileReport {
  readonly register: string
  readonly entries: number
  /** SHA-256 (or SM3) tree root over all entries, base64; empty when no checkpoint was given. */
  readonly root: string
  /** What the checkpoint covers and whose signature on it was checked; `signedBy` is null when no key was given to check it with. */
  readonly checkpoint: { readonly size: number; readonly signedBy: string | null } | null
  readonly fault: LedgerFault | null
}

/** The file could not be checked at all: it is no export, or the key or checkpoint given cannot be used. */
export class NotCheckable extends Error {}

const HEX_HASH = /^[0-9a-f]{64}$/

/**
 * Checks an export with nothing but its bytes: numbering, links, hashes; with a checkpoint also that nothing was cut off or rewritten
 * since, and with a key that the checkpoint is the installation's own. A checkpoint without a key proves little: anybody can write one.
 * @throws NotCheckable
 */
export async function verifyExport(
  file: Readable,
  { key = null, checkpoint = null }: { key?: NoteKey | null; checkpoint?: string | null } = {},
): Promise<FileReport> {
  let check: ChainCheck | null = null
  let header: ExportHeader | null = null
  const given = checkpoint === null ? null : openCheckpoint(checkpoint, key)
  const covered = given === null ? null : { size: given.size, signedBy: key?.name ?? null }
  let lineNumber = 0
  for await (const line of linesIn(file)) {
    lineNumber += 1
    if (header === null || check === null) {
      header = parseHeader(line)
      check = new ChainCheck(
        header.register,
        header.hash,
        Buffer.from(header.prev, 'hex'),
        given === null ? [] : [claimOf(header, given)],
        header.from,
      )
      continue
    }
    const seq = header.from + lineNumber - 2
    const parsed = parseLine(line)
    if (typeof parsed === 'string') {
      const found = fault(header.register, seq, ...LINE_FAULTS[parsed](seq, lineNumber))
      return { register: header.register, entries: seq - header.from, root: '', checkpoint: covered, fault: found }
    }
    check.take({ register: header.register, seq: seqOf(parsed.entry) ?? seq, ...parsed, text: parsed.entry })
    if (check.fault !== null) break
  }
  if (header === null || check === null) throw new NotCheckable('文件是空的 / the file is empty')
  let found = check.end()
  if (header.from === 1 && header.prev !== NOTHING_BEFORE.toString('hex')) {
    found = fault(
      header.register,
      1,
      '抬头称第 1 条之前还有内容：开头被截去',
      'the header says that something stood before entry 1: the beginning was cut off',
    )
  } else if (found === null && check.head.seq < header.to) {
    const missing = check.head.seq + 1
    found = fault(
      header.register,
      missing,
      `缺第 ${missing} 条：文件载明到第 ${header.to} 条`,
      `entry ${missing} is missing: the file promises ${header.to}`,
    )
  } else if (found === null && check.head.seq > header.to) {
    found = fault(
      header.register,
      header.to + 1,
      `第 ${header.to + 1} 条超出文件载明的范围`,
      `entry ${header.to + 1} is more than the file promises`,
    )
  }
  return {
    register: header.register,
    entries: check.head.seq - header.from + 1,
    root: check.frontier.size > 0 ? check.frontier.root().toString('base64') : '',
    checkpoint: covered,
    fault: found,
  }
}

function parseHeader(line: string): ExportHeader {
  let header: Partial<ExportHeader> | null
  try {
    header = JSON.parse(line) as Partial<ExportHeader> | null
  } catch {
    throw new NotCheckable('第一行不是台账导出文件的抬头 / the first line is no header of a register export')
  }
  const { register, hash, from, to, prev } = header ?? {}
  if (
    typeof register !== 'string' ||
    (hash !== 'sha256' && hash !== 'sm3') ||
    !Number.isSafeInteger(from) ||
    !Number.isSafeInteger(to) ||
    Number(from) < 1 ||
    typeof prev !== 'string' ||
    !HEX_HASH.test(prev)
  ) {
    throw new NotCheckable('第一行不是台账导出文件的抬头 / the first line is no header of a register export')
  }
  const read = { register, hash, from: Number(from), to: Number(to), prev }
  if (JSON.stringify(read) !== line)
    throw new NotCheckable('抬头不是导出时的原样：有增添或改写 / the header is not as it was exported: it was altered')
  return read
}

const LINE_FAULTS = {
  unreadable: (seq, line) => [
    `文件第 ${line} 行（第 ${seq} 条所在的行）读不懂`,
    `line ${line} of the file, that of entry ${seq}, cannot be read`,
  ],
  altered: (seq, line) => [
    `文件第 ${line} 行（第 ${seq} 条所在的行）不是导出时的原样：有增添或改写`,
    `line ${line} of the file, that of entry ${seq}, is not as it was exported: something was added or rewritten`,
  ],
} satisfies Readonly<Record<string, (seq: number, line: number) => [zh: string, en: string]>>

/**
 * A line must be just what an export writes. The hash covers the entry alone: a member beside it, or one that is there twice, would be read by
 * people and other programs as if it had been proven with it.
 */
function parseLine(line: string): { entry: string; prev: Buffer; hash: Buffer } | keyof typeof LINE_FAULTS {
  try {
    const { entry, prev, hash } = JSON.parse(line) as Record<string, unknown>
    if (typeof entry !== 'string' || typeof prev !== 'string' || typeof hash !== 'string') return 'unreadable'
    if (!HEX_HASH.test(prev) || !HEX_HASH.test(hash)) return 'unreadable'
    if (JSON.stringify({ entry, prev, hash }) !== line) return 'altered'
    return { entry, prev: Buffer.from(prev, 'hex'), hash: Buffer.from(hash, 'hex') }
  } catch {
    return 'unreadable'
  }
}

/** The number an entry gives itself: what is missing is found by it. */
function seqOf(text: string): number | null {
  try {
    const { seq } = JSON.parse(text) as { seq?: unknown }
    return typeof seq === 'number' ? seq : null
  } catch {
    return null
  }
}

function openCheckpoint(note: string, key: NoteKey | null): Checkpoint {
  try {
    return parseCheckpoint(key === null ? note.slice(0, note.lastIndexOf('\n\n') + 1) : openNote(note, key))
  } catch (error) {
    throw new NotCheckable(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function claimOf(header: ExportHeader, { origin, size, root }: Checkpoint): ClaimedRoot {
  if (header.from !== 1)
    throw new NotCheckable('检查点只能对照从第 1 条开始的导出 / a checkpoint needs an export from entry 1')
  if (origin.slice(origin.indexOf('/') + 1) !== header.register)
    throw new NotCheckable(`检查点属于 ${origin} / it is the checkpoint of ${origin}`)
  return { size, root, by: 'given' }
}
