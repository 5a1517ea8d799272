import { createPublicKey, type KeyObject } from 'node:crypto'
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  baseFrame,
  type Cut,
  frameOf,
  type JournalBase,
  type JournalRecord,
  RECORD_BYTES_MAX,
  scanJournal,
  type Sealed,
  sealRecord,
} from './journal-record.ts'
import type { OfflineMark } from './agent/held-list.ts'
import type { SealedPress } from './ballot/sealed-press.ts'
import type { Reading, ReadingValue } from './reading.ts'

/** Readings that may wait for the server: four times the 5,000 of 72 hours. A further one is refused, and none is dropped for it. */
export const WAITING_MAX = 20_000
const WAITING_BYTES_MAX = 64 * 1024 * 1024
/** Acknowledged records are taken out of the file when they are this many bytes. */
const DEAD_BYTES_MAX = 1024 * 1024

const FILE = 'journal'

/** Why a reading could not be kept; it was not taken, and whoever scanned has to know. */
export type JournalFault = 'journal-full' | 'journal-broken' | 'reading-too-large'

export class NotKept extends Error {
  readonly fault: JournalFault
  constructor(fault: JournalFault, detail: string) {
    super(`${fault}: ${detail}`)
    this.name = 'NotKept'
    this.fault = fault
  }
}

/** What was cut off when the journal was opened. The bytes stand in `file`, for whoever wants to know. */
export interface JournalCut {
  readonly why: Cut
  readonly bytes: number
  /** The last record that is whole. */
  readonly after: number
  readonly file: string
}

export interface Kept extends Sealed {
  readonly record: JournalRecord
}

export interface JournalOptions {
  /** Of this journal alone; must be there. */
  readonly folder: string
  /** Ed25519, of this endpoint. */
  readonly key: KeyObject
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number
  /** Names this run of the program: between two runs the monotonic clock says nothing. */
  readonly run: string
  readonly waitingMax?: number
}

/** What a journal takes: what a device saw, or a rater's press that was sealed before. */
export type JournalEntry = Reading<ReadingValue | SealedPress>

export interface Journal {
  /** What was cut off at the opening; null when the file was whole. */
  readonly cut: JournalCut | null
  /**
   * Resolves when the reading, and what a bench without its server made of it, is on disk. Those that come together go to the disk together.
   * @throws NotKept
   */
  append(reading: JournalEntry, offline?: OfflineMark): Promise<Kept>
  /** Up to `limit` records after `after` that nobody has acknowledged, in order. */
  waiting(after: number, limit: number): readonly Kept[]
  /** How many wait, since when, and what is wrong, if anything. */
  state(): {
    readonly last: number
    readonly backlog: number
    readonly oldestAt: string | null
    readonly fault: JournalFault | null
  }
  /** The server has everything up to `n`: it need not be kept here. */
  acknowledge(n: number): Promise<void>
  /** Goes on after a number that the server knows and this empty journal does not. @throws RangeError when records wait or it is not ahead */
  continueAfter(base: JournalBase): Promise<void>
  /** How long ago a record was made: by the clock that only goes forward where it is of this run, and never less than the other says. */
  age_ms(record: JournalRecord): number
  /** Resolves when what was to be written is. */
  close(): Promise<void>
}

/**
 * What this machine has seen and the server has not acknowledged yet. A reading counts as seen when its record is on disk (`fdatasync`); every
 * record is numbered, names the hash of the one before and is signed with the endpoint's key. A last write that was cut short is found at
 * the opening, put aside and reported. The file is written anew, aside and renamed, when much of it has been acknowledged. When too much waits, or
 * the disk takes no more, new readings are refused by name and nothing that was kept is lost.
 *
 * This file is in clear: of a keypad it takes ballots that were sealed before, without any bytes, and faults, whose bytes its driver masks. A
 * ballot is erased here as soon as the server has all that waits.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder, key, now, monotonic, run, waitingMax = WAITING_MAX } = options
  const path = join(folder, FILE)
  const found = await scanned(path, key)
  const cut = found.cut === null ? null : await putAside(folder, path, found, now())
  let base: JournalBase = found.base ?? { after: 0, hash: '' }
  let kept: Kept[] = found.records.map((one) => ({ ...one, record: JSON.parse(one.text) as JournalRecord }))
  let waitingBytes = kept.reduce((sum, one) => sum + frameOf(one).length, 0)
  let length = found.whole
  let dead = 0
  let deadBallots = false
  let broken: string | null = null
  let last = { n: kept.at(-1)?.n ?? base.after, hash: kept.at(-1)?.hash ?? base.hash }
  let file = await open(path, found.base === null ? 'w+' : 'r+', 0o600)
  if (found.base === null) await begin()

  let pending: {
    reading: JournalEntry
    offline: OfflineMark | undefined
    done: (one: Kept) => void
    failed: (error: unknown) => void
  }[] = []
  let work: Promise<void> = Promise.resolve()
  let draining = false

  async function begin(): Promise<void> {
    const bytes = baseFrame(base)
    await file.write(bytes, 0, bytes.length, 0)
    await file.datasync()
    await syncFolder(folder)
    length = bytes.length
  }

  /** One thing at a time happens to the file. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    const done = work.then(task)
    work = done.catch(() => undefined)
    return done
  }

  async function drain(): Promise<void> {
    draining = false
    const group = pending
    pending = []
    const made: { readonly kept: Kept; readonly frame: Buffer; readonly done: (one: Kept) => void }[] = []
    let tip = last
    for (const { reading, offline, done, failed } of group) {
      const refusal = refused(made.length, reading)
      if (refusal !== null) {
        failed(refusal)
        continue
      }
      const record: JournalRecord = {
        ...{ n: tip.n + 1, prev: tip.hash, at: new Date(now()).toISOString(), mono_ms: monotonic(), run },
        reading: { ...reading, raw: Buffer.from(reading.raw).toString('base64') },
        ...(offline === undefined ? {} : { offline }),
      }
      const sealed = sealRecord(record, key)
      const frame = frameOf(sealed)
      if (frame.length > RECORD_BYTES_MAX) {
        failed(new NotKept('reading-too-large', `${frame.length} bytes`))
        continue
      }
      made.push({ kept: { ...sealed, record }, frame, done })
      tip = { n: sealed.n, hash: sealed.hash }
    }
    if (made.length === 0) return
    const bytes = Buffer.concat(made.map(({ frame }) => frame))
    try {
      await written(bytes)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      for (const { failed } of group) failed(new NotKept('journal-broken', detail))
      return
    }
    length += bytes.length
    waitingBytes += bytes.length
    last = tip
    for (const one of made) {
      kept.push(one.kept)
      one.done(one.kept)
    }
  }

  function refused(before: number, reading: JournalEntry): NotKept | null {
    if (broken !== null) return new NotKept('journal-broken', broken)
    if (!isFitToKeep(reading)) return new NotKept('journal-broken', 'a press in clear never stands in a journal')
    if (kept.length + before >= waitingMax || waitingBytes >= WAITING_BYTES_MAX)
      return new NotKept('journal-full', `${kept.length} readings wait`)
    return null
  }

  /** On disk when it resolves. What was written in part is taken back; where even that fails nothing more is trusted to this file. */
  async function written(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;)
        done += (await file.write(bytes, done, bytes.length - done, length + done)).bytesWritten
    } catch (error) {
      await file.truncate(length).catch((worse: unknown) => {
        broken = String(worse)
      })
      throw error
    }
    try {
      await file.datasync()
    } catch (error) {
      // What the disk has of it is not known, and asking again may be answered falsely: only a new start looks again.
      broken = String(error)
      throw error
    }
  }

  /** Writes the file anew without what was acknowledged. If we stop before the rename the old one stands. */
  async function compact(): Promise<void> {
    const bytes = Buffer.concat([baseFrame(base), ...kept.map(frameOf)])
    const aside = `${path}.new`
    const next = await open(aside, 'w+', 0o600)
    try {
      await next.writeFile(bytes)
      await next.datasync()
      await rename(aside, path)
      await syncFolder(folder)
    } catch (error) {
      await next.close()
      await rm(aside, { force: true })
      throw error
    }
    await file.close()
    file = next
    length = bytes.length
    dead = 0
    deadBallots = false
  }

  return {
    cut,
    append(reading, offline) {
      return new Promise((done, failed) => {
        pending.push({ reading, offline, done, failed })
        if (draining) return
        draining = true
        void inTurn(drain)
      })
    },
    waiting(after, limit) {
      const from = Math.max(0, after - (kept[0]?.n ?? 1) + 1)
      return kept.slice(from, from + limit)
    },
    state: () => ({
      last: last.n,
      backlog: kept.length,
      oldestAt: kept[0]?.record.at ?? null,
      fault: broken !== null ? 'journal-broken' : kept.length >= waitingMax ? 'journal-full' : null,
    }),
    acknowledge: (n) =>
      inTurn(async () => {
        const gone = kept.slice(0, Math.max(0, n - (kept[0]?.n ?? n + 1) + 1))
        const latest = gone.at(-1)
        if (latest === undefined) return
        kept = kept.slice(gone.length)
        base = { after: latest.n, hash: latest.hash }
        const bytes = gone.reduce((sum, one) => sum + frameOf(one).length, 0)
        waitingBytes -= bytes
        dead += bytes
        // A disk without room for this keeps the old file: larger than it need be, and whole.
        deadBallots ||= gone.some(({ record }) => record.reading.value.kind === 'ballot')
        const erases = dead >= DEAD_BYTES_MAX || (deadBallots && kept.length === 0)
        if (erases && broken === null) await compact().catch(() => undefined)
      }),
    continueAfter: (next) =>
      inTurn(async () => {
        if (kept.length > 0 || next.after <= last.n) throw new RangeError(`the journal is at ${last.n}`)
        base = next
        last = { n: next.after, hash: next.hash }
        await compact()
      }),
    age_ms({ at, mono_ms, run: of }) {
      const byWall = now() - Date.parse(at)
      return Math.max(0, byWall, of === run ? monotonic() - mono_ms : 0)
    },
    async close() {
      await work
      if (broken === null && dead > 0) await compact().catch(() => undefined)
      await file.close()
    },
  }
}

/** Ballots come from keypads and have no bytes; nothing else of a keypad is kept but that it is in trouble. */
function isFitToKeep({ deviceKind, raw, value }: JournalEntry): boolean {
  if (value.kind === 'ballot') return deviceKind === 'keypad' && raw.length === 0
  return deviceKind !== 'keypad' || value.kind === 'fault'
}

async function scanned(path: string, key: KeyObject) {
  try {
    const bytes = await readFile(path)
    return { ...scanJournal(bytes, createPublicKey(key)), bytes }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { base: null, records: [], whole: 0, cut: null, bytes: Buffer.alloc(0) }
  }
}

/** Keeps the bytes that are cut off beside the journal, and cuts. */
async function putAside(
  folder: string,
  path: string,
  {
    bytes,
    whole,
    cut,
    records,
    base,
  }: { bytes: Buffer; whole: number; cut: Cut | null } & Pick<ReturnType<typeof scanJournal>, 'records' | 'base'>,
  now_ms: number,
): Promise<JournalCut> {
  const aside = join(folder, `${FILE}.cut-${now_ms}`)
  await writeFile(aside, bytes.subarray(whole), { mode: 0o600, flush: true })
  const file = await open(path, 'r+')
  try {
    await file.truncate(whole)
    await file.datasync()
  } finally {
    await file.close()
  }
  const after = records.at(-1)?.n ?? base?.after ?? 0
  return { why: cut ?? 'torn', bytes: bytes.length - whole, after, file: aside }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows gives no handle on a folder; its rename is durable without.
  if (process.platform === 'win32') return
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } finally {
    await handle?.close()
  }
}
