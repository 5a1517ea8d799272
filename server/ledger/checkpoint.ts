import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import type { Words } from '../refusal.ts'
import { Frontier, leafHash } from './merkle.ts'
import {
  type Checkpoint,
  checkpointText,
  type NoteKey,
  openNote,
  parseCheckpoint,
  signNote,
  type Signer,
  NoteRefused,
  reasonOf,
} from './note.ts'
import { ACTIVITY, ACTIVITY_HASH, activitySize, readActivity } from './activity.ts'
import type { HashName } from './entry.ts'
import { ENTRIES_A_PAGE, readEntries, readRegister } from './read.ts'

/** Where the last signed checkpoint of each register, and of the activity log, is kept apart from the database: one file each. */
export interface CheckpointFolder {
  read(register: string): Promise<string | null>
  write(register: string, note: string): Promise<void>
  /** Names of the registers whose note is there; `activity` among them. */
  registers(): Promise<string[]>
}

const NOTE_SUFFIX = '.note'

/** Files are replaced whole and fsynced, so a power cut leaves the old note or the new one. */
export function checkpointFolder(path: string): CheckpointFolder {
  const file = (register: string): string => join(path, `${register}${NOTE_SUFFIX}`)
  return {
    read: async (register) => {
      try {
        return await readFile(file(register), 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    write: async (register, note) => {
      await mkdir(path, { recursive: true, mode: 0o700 })
      const next = `${file(register)}.next`
      const handle = await open(next, 'w', 0o600)
      try {
        await handle.writeFile(note)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(next, file(register))
      const folder = await open(path, 'r')
      try {
        await folder.sync()
      } finally {
        await folder.close()
      }
    },
    registers: async () => {
      try {
        const names = await readdir(path)
        return names.filter((name) => name.endsWith(NOTE_SUFFIX)).map((name) => name.slice(0, -NOTE_SUFFIX.length))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    },
  }
}

/** The register is older or other than what was signed before: signing on would fork it. */
export class RegisterForked extends Error {
  readonly register: string
  readonly words: Words
  constructor(register: string, { zh, en }: Words, options?: ErrorOptions) {
    super(`台账 ${register}：${zh} / register ${register}: ${en}`, options)
    this.name = 'RegisterForked'
    this.register = register
    this.words = { zh, en }
  }
}

interface CheckpointRow {
  readonly size: number
  readonly frontier: Buffer[]
  readonly note: string
}

export interface CheckpointDependencies {
  readonly db: Db
  readonly folder: CheckpointFolder
  readonly signer: Signer
  readonly key: NoteKey
  readonly installation: string
  readonly now: () => string
}

/** What can be signed: a register or the activity log. Both only ever grow. */
interface Signable {
  readonly hash: HashName
  readonly size: number
  read(after: number): Promise<readonly { readonly seq: number; readonly text: string }[]>
}

async function signable(trx: Trx, name: string): Promise<Signable | null> {
  if (name === ACTIVITY) {
    const size = await activitySize(trx)
    return { hash: ACTIVITY_HASH, size, read: (after) => readActivity(trx, after, ENTRIES_A_PAGE) }
  }
  const head = await readRegister(trx, name)
  return head === null ? null : { ...head, read: (after) => readEntries(trx, name, after, ENTRIES_A_PAGE) }
}

/**
 * Signs a register, or the activity log under its name, as it stands now and keeps the note in the database and in the folder apart.
 * Grows the tree from the last checkpoint only. The same size is never signed twice, and none is signed that does not extend the last one.
 * @returns the note, or null for an empty register
 * @throws RegisterForked when the note kept apart covers more than there is, or another history
 */
export async function signCheckpoint(
  { db, folder, signer, key, installation, now }: CheckpointDependencies,
  register: string,
): Promise<string | null> {
  const note = await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`checkpoint ${register}`}, 2))`.execute(trx)
    const head = await signable(trx, register)
    const apartNote = await folder.read(register)
    const origin = originOf(installation, register)
    const apart = apartNote === null ? null : openApart(register, apartNote, key)
    if (apart !== null && apart.origin !== origin) throw foreign(register, apart.origin)
    const size = head?.size ?? 0
    if (apart !== null && apart.size > size) throw shorter(register, apart.size, size)
    if (head === null || size === 0) return null
    // The note kept apart is what we trust. A tree in the database, which its administrator may exchange, is believed as far as it leads
    // to that note; one that goes beyond it would let a rewritten history be signed.
    const last = await lastCheckpoint(trx, register, apart?.size ?? size)
    const trusted = apart ?? (last === null ? null : noteOfRow(register, last, key, origin))
    const frontier = frontierOf(register, head.hash, last)
    refuseOtherRoot(register, trusted, frontier)
    for (;;) {
      const page = await head.read(frontier.size)
      if (page.length === 0) break
      for (const entry of page) {
        if (entry.seq !== frontier.size + 1) throw missing(register, frontier.size + 1)
        frontier.push(leafHash(head.hash, entry.text))
        refuseOtherRoot(register, trusted, frontier)
      }
    }
    const signed = signNote(checkpointText({ origin, size: frontier.size, root: frontier.root() }), signer)
    if (last?.size === frontier.size) return signed
    // There already when we stopped last time between the commit and the file.
    await sql`
      insert into checkpoints (register, size, frontier, note, signed_at)
      values (${register}, ${frontier.size}, ${[...frontier.roots]}::bytea[], ${signed}, ${now()})
      on conflict (register, size) do nothing
    `.execute(trx)
    return signed
  })
  if (note !== null && note !== (await folder.read(register))) await folder.write(register, note)
  return note
}

/** Up to `limit` checkpoints in the database that cover more than `after` entries, smallest first. */
export async function readCheckpoints(
  db: Reader,
  register: string,
  after: number,
  limit: number,
): Promise<{ size: number; note: string }[]> {
  const found = await sql<{ size: number; note: string }>`
    select size, note from checkpoints where register = ${register} and size > ${after} order by size limit ${limit}
  `.execute(db)
  return found.rows
}

/** The first line of a checkpoint: which register of which installation it speaks of, so that one is never taken for another's. */
export function originOf(installation: string, register: string): string {
  return `${installation}/${register}`
}

async function lastCheckpoint(db: Reader, register: string, upTo: number): Promise<CheckpointRow | null> {
  const found = await sql<CheckpointRow>`
    select size, frontier, note from checkpoints where register = ${register} and size <= ${upTo} order by size desc limit 1
  `.execute(db)
  return found.rows[0] ?? null
}

function openApart(register: string, note: string, key: NoteKey): Checkpoint {
  try {
    return parseCheckpoint(openNote(note, key))
  } catch (error) {
    const { zh, en } = reasonOf(error)
    const words = { zh: `另存的检查点无效：${zh}`, en: `the checkpoint kept apart does not hold: ${en}` }
    throw new RegisterForked(register, words, { cause: error })
  }
}

/** What the note in a row says; only ours, and only about this row, counts. */
function noteOfRow(register: string, { size, note }: CheckpointRow, key: NoteKey, origin: string): Checkpoint {
  let checkpoint: Checkpoint
  try {
    checkpoint = parseCheckpoint(openNote(note, key))
  } catch (error) {
    throw notHolding(register, error)
  }
  if (checkpoint.size === size && checkpoint.origin === origin) return checkpoint
  throw notHolding(
    register,
    new NoteRefused(
      `它是 ${checkpoint.origin} ${checkpoint.size} 条的检查点`,
      `it is about ${checkpoint.origin} ${checkpoint.size}`,
    ),
  )
}

function frontierOf(register: string, hash: HashName, last: CheckpointRow | null): Frontier {
  try {
    return new Frontier(hash, last?.size ?? 0, last?.frontier ?? [])
  } catch (error) {
    throw notHolding(register, error)
  }
}

function refuseOtherRoot(register: string, trusted: Checkpoint | null, frontier: Frontier): void {
  if (trusted === null || trusted.size !== frontier.size || trusted.root.equals(frontier.root())) return
  throw new RegisterForked(register, {
    zh: `前 ${trusted.size} 条已不是当初签署的内容`,
    en: `the first ${trusted.size} entries are not those signed before`,
  })
}

function notHolding(register: string, cause: unknown): RegisterForked {
  const { zh, en } = reasonOf(cause)
  const words = { zh: `库内检查点无效：${zh}`, en: `a checkpoint in the database does not hold: ${en}` }
  return new RegisterForked(register, words, { cause })
}

function foreign(register: string, origin: string): RegisterForked {
  return new RegisterForked(register, {
    zh: `另存的检查点属于 ${origin}`,
    en: `the checkpoint kept apart belongs to ${origin}`,
  })
}

function shorter(register: string, covered: number, size: number): RegisterForked {
  return new RegisterForked(register, {
    zh: `另存的检查点载明 ${covered} 条，现有 ${size} 条`,
    en: `the checkpoint kept apart covers ${covered} entries, there are ${size}`,
  })
}

function missing(register: string, seq: number): RegisterForked {
  return new RegisterForked(register, { zh: `缺第 ${seq} 条`, en: `entry ${seq} is missing` })
}
