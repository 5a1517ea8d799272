import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Db, inTransaction } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import { Frontier, leafHash } from './merkle.ts'
import {
  type Checkpoint,
  checkpointText,
  type NoteKey,
  openNote,
  parseCheckpoint,
  signNote,
  type Signer,
} from './note.ts'
import { entryPages, readRegister } from './read.ts'

/** Where the last signed checkpoint of each register is kept, apart from the database: one file a register. */
export interface CheckpointFolder {
  read(register: string): Promise<string | null>
  write(register: string, note: string): Promise<void>
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
  constructor(register: string, reason: string) {
    super(`register ${register}: ${reason}`)
    this.name = 'RegisterForked'
    this.register = register
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

/**
 * Signs a register as it stands now and keeps the note in the database and in the folder apart. Grows the tree from the last checkpoint
 * only. The same size is never signed twice, and none is signed that does not extend the last one.
 * @returns the note, or null for an empty register
 * @throws RegisterForked when the note kept apart covers more than there is, or another history
 */
export async function signCheckpoint(
  { db, folder, signer, key, installation, now }: CheckpointDependencies,
  register: string,
): Promise<string | null> {
  const note = await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`checkpoint ${register}`}, 2))`.execute(trx)
    const head = await readRegister(trx, register)
    const apartNote = await folder.read(register)
    const apart = apartNote === null ? null : parseCheckpoint(openNote(apartNote, key))
    if (apart !== null && apart.origin !== originOf(installation, register)) {
      throw new RegisterForked(register, `the checkpoint kept apart belongs to ${apart.origin}`)
    }
    if (head === null || head.size === 0) {
      if (apart !== null)
        throw new RegisterForked(register, `the checkpoint kept apart covers ${apart.size} entries, there are none`)
      return null
    }
    if (apart !== null && apart.size > head.size) {
      throw new RegisterForked(
        register,
        `the checkpoint kept apart covers ${apart.size} entries, there are ${head.size}`,
      )
    }
    // The note kept apart is what we trust. A tree in the database, which its administrator may exchange, is believed as far as it leads
    // to that note; one that goes beyond it would let a rewritten history be signed.
    const last = await lastCheckpoint(trx, register, apart?.size ?? head.size)
    const trusted = apart ?? (last === null ? null : noteOfRow(register, last, key, originOf(installation, register)))
    const frontier = new Frontier(head.hash, last?.size ?? 0, last?.frontier ?? [])
    refuseOtherRoot(register, trusted, frontier)
    for await (const page of entryPages(trx, register, frontier.size)) {
      for (const entry of page) {
        if (entry.seq !== frontier.size + 1) throw new RegisterForked(register, `entry ${frontier.size + 1} is missing`)
        frontier.push(leafHash(head.hash, entry.text))
        refuseOtherRoot(register, trusted, frontier)
      }
    }
    const signed = signNote(
      checkpointText({ origin: originOf(installation, register), size: frontier.size, root: frontier.root() }),
      signer,
    )
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

/** What every checkpoint in the database says, smallest first. */
export async function readCheckpoints(db: Reader, register: string): Promise<{ size: number; note: string }[]> {
  const found = await sql<{ size: number; note: string }>`
    select size, note from checkpoints where register = ${register} order by size
  `.execute(db)
  return found.rows
}

export function originOf(installation: string, register: string): string {
  return `${installation}/${register}`
}

async function lastCheckpoint(db: Reader, register: string, upTo: number): Promise<CheckpointRow | null> {
  const found = await sql<CheckpointRow>`
    select size, frontier, note from checkpoints where register = ${register} and size <= ${upTo} order by size desc limit 1
  `.execute(db)
  return found.rows[0] ?? null
}

/** What the note in a row says; only ours, and only about this row, counts. */
function noteOfRow(register: string, { size, note }: CheckpointRow, key: NoteKey, origin: string): Checkpoint {
  try {
    const checkpoint = parseCheckpoint(openNote(note, key))
    if (checkpoint.size === size && checkpoint.origin === origin) return checkpoint
  } catch (error) {
    throw new RegisterForked(register, `a checkpoint in the database does not hold: ${String(error)}`)
  }
  throw new RegisterForked(register, 'a checkpoint in the database is about something else')
}

function refuseOtherRoot(register: string, apart: Checkpoint | null, frontier: Frontier): void {
  if (apart !== null && apart.size === frontier.size && !apart.root.equals(frontier.root())) {
    throw new RegisterForked(register, `the first ${apart.size} entries are not those signed before`)
  }
}
