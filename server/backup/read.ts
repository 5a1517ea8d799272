import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { PHOTO_BYTES_MAX } from '../files/header.ts'
import { parseVerifierKey } from '../ledger/note.ts'
import { type BackupBytes, backupBytes } from './bytes.ts'
import { FORMAT, type Header, type Line, LINE_BYTES_MAX, type PhotoFault, type Totals } from './format.ts'
import { BackupDamaged, BackupRefused } from './refused.ts'
import { readSeal, type Seal } from './seal.ts'

/** A backup as it goes by, in the order of the file. */
export type Part =
  | { readonly part: 'header'; readonly header: Header }
  | { readonly part: 'key'; readonly file: string; readonly text: string }
  | { readonly part: 'table'; readonly table: string; readonly columns: readonly string[] }
  | { readonly part: 'rows'; readonly table: string; readonly lines: readonly string[] }
  | { readonly part: 'photo'; readonly sha256: string; readonly content: Buffer }
  | { readonly part: 'lost-photo'; readonly sha256: string; readonly fault: PhotoFault }
  | { readonly part: 'checkpoint'; readonly register: string; readonly note: string }
  | { readonly part: 'totals'; readonly totals: Totals }

const ROWS_A_PART = 1_000
const PART_CHARACTERS_MAX = 1024 * 1024
const READ_BYTES = 256 * 1024
const NEWLINE = 0x0a
const ROW_BEGINS = '['

/**
 * Reads a backup once, from end to end. Whoever takes the parts must not rely on any of them before the last one has come: only then is
 * every byte known to be the one that was sealed. Memory holds one photo or one batch of rows.
 * @param passphrase of an encrypted one
 * @throws BackupDamaged, BackupRefused `format-newer`, `passphrase-needed`, `passphrase-wrong`
 */
export async function* readParts(path: string, passphrase: Buffer | null = null): AsyncGenerator<Part> {
  const file = await open(path, 'r')
  try {
    const bytes = await backupBytes(path, file, passphrase)
    const seal = await readSeal(bytes)
    if (seal === undefined) throw new BackupDamaged(path, '结尾没有封签 / no seal at its end')
    try {
      yield* readSealed(path, bytes, seal)
    } catch (error) {
      if (isDamage(error)) throw new BackupDamaged(path, error.message, { cause: error })
      throw error
    }
  } finally {
    await file.close()
  }
}

async function* readSealed(path: string, bytes: BackupBytes, seal: Seal): AsyncGenerator<Part> {
  const hash = createHash('sha256')
  const gunzip = createGunzip({ chunkSize: READ_BYTES })
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  // What goes wrong in it arrives where the last stream is read.
  pipeline(bytes.stream(seal.start), hashed, gunzip, () => undefined)
  let publicKey = ''
  try {
    for await (const part of parse(new Source(gunzip))) {
      if (part.part === 'header') {
        if (part.header.format > FORMAT) throw newerFormat(path)
        publicKey = part.header.publicKey
      }
      if (part.part === 'totals') {
        if (hash.digest('hex') !== seal.sha256)
          throw new Damage('其内容与封签不符 / its content is not what was sealed')
        checkSignature(seal, publicKey)
      }
      yield part
    }
  } finally {
    gunzip.destroy()
  }
}

function checkSignature(seal: Seal, publicKey: string): void {
  try {
    seal.check(parseVerifierKey(publicKey))
  } catch (error) {
    throw new Damage('封签的签名不成立 / the signature of its seal does not hold', { cause: error })
  }
}

class Damage extends Error {}

function isDamage(error: unknown): error is Error {
  if (error instanceof Damage || error instanceof SyntaxError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('Z_')
}

function newerFormat(path: string): BackupRefused {
  return new BackupRefused('format-newer', {
    zh: `${path} 是更新版本的程序写的备份，本版本读不了。请安装新版本。`,
    en: `${path} was written by a later release, which this one cannot read. Install the later release.`,
  })
}

async function* parse(source: Source): AsyncGenerator<Part> {
  const seen = { tables: 0, rows: 0, photos: 0, photoBytes: 0, lostPhotos: 0, checkpoints: 0 }
  const first = parseLine(await source.line())
  if (!('header' in first) || typeof first.header.format !== 'number') throw new Damage('没有头部 / no header')
  yield { part: 'header', header: first.header }
  for (;;) {
    const line = parseLine(await source.line())
    if ('header' in line || 'rows' in line) throw new Damage('次序不对 / out of order')
    if ('key' in line) yield { part: 'key', file: line.key, text: line.text }
    else if ('table' in line) {
      seen.tables += 1
      yield { part: 'table', table: line.table, columns: line.columns }
      for await (const lines of rowsOf(source)) {
        seen.rows += lines.length
        yield { part: 'rows', table: line.table, lines }
      }
    } else if ('checkpoint' in line) {
      seen.checkpoints += 1
      yield { part: 'checkpoint', register: line.checkpoint, note: line.note }
    } else if ('fault' in line) {
      seen.lostPhotos += 1
      yield { part: 'lost-photo', sha256: line.photo, fault: line.fault }
    } else if ('photo' in line) {
      const content = await source.bytes(line.bytes)
      seen.photos += 1
      seen.photoBytes += content.length
      yield { part: 'photo', sha256: line.photo, content }
    } else {
      await source.end()
      const { totals } = line
      const whole = Object.entries(seen).every(([name, count]) => totals[name as keyof Totals] === count)
      if (!whole) throw new Damage('总数不符 / its totals do not hold')
      yield { part: 'totals', totals }
      return
    }
  }
}

async function* rowsOf(source: Source): AsyncGenerator<string[]> {
  let lines: string[] = []
  let characters = 0
  let rows = 0
  for (;;) {
    const text = await source.line()
    if (!text.startsWith(ROW_BEGINS)) {
      if (lines.length > 0) yield lines
      const line = parseLine(text)
      if (!('rows' in line) || line.rows !== rows) throw new Damage('表的行数不符 / a table lacks rows')
      return
    }
    rows += 1
    characters += text.length
    lines.push(text)
    if (lines.length >= ROWS_A_PART || characters >= PART_CHARACTERS_MAX) {
      yield lines
      lines = []
      characters = 0
    }
  }
}

function parseLine(text: string): Line {
  const line: unknown = JSON.parse(text)
  if (typeof line !== 'object' || line === null) throw new Damage('有一行不合格式 / a line is malformed')
  return line as Line
}

/** Lines and counted bytes out of a stream. */
class Source {
  readonly #chunks: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  async line(): Promise<string> {
    const pieces: Buffer[] = []
    let length = 0
    for (;;) {
      const end = this.#held.indexOf(NEWLINE)
      const piece = end < 0 ? this.#held : this.#held.subarray(0, end)
      length += piece.length
      if (length > LINE_BYTES_MAX) throw new Damage('有一行过长 / a line is too long')
      pieces.push(piece)
      if (end >= 0) {
        this.#held = this.#held.subarray(end + 1)
        return Buffer.concat(pieces).toString('utf8')
      }
      await this.#next()
    }
  }

  /** So many bytes, and the newline behind them. */
  async bytes(count: number): Promise<Buffer> {
    if (!Number.isInteger(count) || count < 0 || count > PHOTO_BYTES_MAX)
      throw new Damage('照片长度不对 / a wrong length')
    const pieces: Buffer[] = []
    let wanted = count
    for (;;) {
      const piece = this.#held.subarray(0, wanted)
      this.#held = this.#held.subarray(piece.length)
      pieces.push(piece)
      wanted -= piece.length
      if (wanted === 0) break
      await this.#next()
    }
    if ((await this.line()) !== '') throw new Damage('照片之后不是行尾 / a photo does not end where it should')
    return Buffer.concat(pieces)
  }

  async end(): Promise<void> {
    while (this.#held.length === 0) {
      const next = await this.#chunks.next()
      if (next.done === true) return
      this.#held = next.value
    }
    throw new Damage('结尾之后还有内容 / there is more after its end')
  }

  async #next(): Promise<void> {
    const next = await this.#chunks.next()
    if (next.done === true) throw new Damage('中途结束 / it ends half-way')
    this.#held = next.value
  }
}
