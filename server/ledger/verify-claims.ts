import { sql } from 'kysely'
import { ACTIVITY } from './activity.ts'
import { type CheckpointFolder, originOf, readCheckpoints } from './checkpoint.ts'
import type { ClaimedRoot } from './checkpoint-claims.ts'
import { fault, type LedgerFault } from './fault.ts'
import { type NoteKey, NoteRefused, openNote, parseCheckpoint, reasonOf } from './note.ts'
import type { Look } from './verify-look.ts'

export interface ClaimDependencies {
  /** The notes kept apart, by register; see `readNotes`. */
  readonly notes: ReadonlyMap<string, string>
  readonly key: NoteKey
  readonly installation: string
}

/** The notes kept apart, read before the store is looked at: one that is signed meanwhile would cover what the look does not see. */
export async function readNotes(folder: CheckpointFolder): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>()
  for (const register of await folder.registers()) {
    const note = await folder.read(register)
    if (note !== null) notes.set(register, note)
  }
  return notes
}

/**
 * What was ever signed of a register (or of the activity log, under its name): the note kept apart and every one in the database, each
 * with its signature and origin checked.
 */
export async function claimedRoots(
  look: Look,
  { notes, key, installation }: ClaimDependencies,
  register: string,
): Promise<{ claims: ClaimedRoot[]; faults: LedgerFault[] }> {
  const claims: ClaimedRoot[] = []
  const faults: LedgerFault[] = []
  const read = (note: string, by: ClaimedRoot['by'], size: number | null): void => {
    try {
      const checkpoint = parseCheckpoint(openNote(note, key))
      if (checkpoint.origin !== originOf(installation, register))
        throw new NoteRefused(`检查点属于 ${checkpoint.origin}`, `it is the checkpoint of ${checkpoint.origin}`)
      if (size !== null && checkpoint.size !== size)
        throw new NoteRefused(
          `检查点覆盖 ${checkpoint.size} 条，列为 ${size} 条`,
          `it covers ${checkpoint.size}, listed as ${size}`,
        )
      claims.push({ size: checkpoint.size, root: checkpoint.root, by })
    } catch (error) {
      const { zh, en } = reasonOf(error)
      faults.push(fault(register, null, `检查点无效：${zh}`, `a checkpoint does not hold: ${en}`))
    }
  }
  const apart = notes.get(register)
  if (apart !== undefined) read(apart, 'file', null)
  for (let last = 0; ;) {
    const page = await look.see((db) => readCheckpoints(db, register, last, look.rowsAPiece))
    for (const { size, note } of page) read(note, 'database', size)
    const final = page.at(-1)
    if (final === undefined) return { claims, faults }
    last = final.size
  }
}

/** Checkpoints of registers that are not there any more: what was signed and is gone. */
export async function claimsOfNothing(
  look: Look,
  { notes }: ClaimDependencies,
  registers: readonly string[],
): Promise<LedgerFault[]> {
  const known = new Set([ACTIVITY, ...registers])
  const inDatabase = await look.see((db) =>
    sql<{ register: string }>`
      select distinct c.register from checkpoints c
      where c.register <> ${ACTIVITY} and not exists (select 1 from registers r where r.id = c.register) order by 1
    `.execute(db),
  )
  const gone = new Set([...notes.keys(), ...inDatabase.rows.map(({ register }) => register)])
  return [...gone]
    .filter((register) => !known.has(register))
    .map((register) =>
      fault(register, 1, '整本台账不见了，它的检查点仍在', 'the whole register is gone, its checkpoint is not'),
    )
}
