import { type CheckpointFolder, originOf } from '../ledger/checkpoint.ts'
import { type Checkpoint, type NoteKey, openNote, parseCheckpoint, parseVerifierKey } from '../ledger/note.ts'
import type { Header } from './format.ts'
import { BackupRefused } from './refused.ts'

/**
 * Compares a backup with the checkpoints that were kept apart, in the DATA_DIR it is to be restored into: what they cover and the backup
 * does not have would be lost, and signing on would fork the register.
 * @throws BackupRefused `older-than-checkpoint` naming each register and the entries it lacks, `checkpoint-foreign`
 */
export async function refuseOlder(
  folder: CheckpointFolder,
  { installation, publicKey, registers }: Header,
): Promise<void> {
  const key = parseVerifierKey(publicKey)
  const gaps: string[] = []
  for (const register of await folder.registers()) {
    const covered = openCheckpoint((await folder.read(register)) ?? '', key)
    if (covered?.origin !== originOf(installation, register)) throw foreign(register)
    const size = registers.find((at) => at.register === register)?.size ?? 0
    if (covered.size > size) gaps.push(`${register} ${size + 1}-${covered.size}`)
  }
  if (gaps.length === 0) return
  throw new BackupRefused('older-than-checkpoint', {
    zh: `备份比 DATA_DIR/checkpoints 中另存的检查点旧，缺少这些已签名的条目：${gaps.join('、')}。恢复后系统会拒绝启动（否则台账会分叉），因此没有恢复。请找更新的备份。若确已没有，经审批后把 checkpoints 移到别处作为证据保存，再行恢复；缺口须另行记录。`,
    en: `The backup is older than the checkpoints kept apart in DATA_DIR/checkpoints and lacks signed entries: ${gaps.join(', ')}. The server would refuse to start on it (its registers would fork), so nothing was restored. Find a newer backup. When there is none, and somebody entitled has approved it, move checkpoints elsewhere as evidence and restore again; the gap must be put on record.`,
  })
}

/** Keeps the notes of a backup apart again, except where a later one is there already. */
export async function keepNotes(
  folder: CheckpointFolder,
  notes: ReadonlyMap<string, string>,
  key: NoteKey,
): Promise<void> {
  for (const [register, note] of notes) {
    const there = await folder.read(register)
    if (there === null || sizeOf(note, key) > sizeOf(there, key)) await folder.write(register, note)
  }
}

function sizeOf(note: string, key: NoteKey): number {
  return openCheckpoint(note, key)?.size ?? 0
}

function openCheckpoint(note: string, key: NoteKey): Checkpoint | undefined {
  try {
    return parseCheckpoint(openNote(note, key))
  } catch {
    return undefined
  }
}

function foreign(register: string): BackupRefused {
  return new BackupRefused('checkpoint-foreign', {
    zh: `DATA_DIR/checkpoints 中 ${register} 的检查点不属于这份备份的系统，或已损坏。请恢复到另一个空的 DATA_DIR。`,
    en: `The checkpoint of ${register} in DATA_DIR/checkpoints belongs to another installation than the backup, or is damaged. Restore into another, empty DATA_DIR.`,
  })
}
