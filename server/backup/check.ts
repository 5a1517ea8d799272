import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { ACTIVITY } from '../ledger/activity.ts'
import type { Header, PhotoFault, RegisterAt, Row, Totals } from './format.ts'
import { readParts } from './read.ts'
import { BackupDamaged } from './refused.ts'
import { parseRow } from './tables.ts'

export interface LostPhoto {
  readonly sha256: string
  readonly fault: PhotoFault
}

/** A backup that was read from end to end and is whole. */
export interface CheckedBackup {
  readonly header: Header
  readonly totals: Totals
  readonly lostPhotos: readonly LostPhoto[]
  /** Contents of the keys folder by file name; empty unless the backup was made with its keys. */
  readonly keys: ReadonlyMap<string, string>
  /** The notes kept apart, by register. */
  readonly checkpoints: ReadonlyMap<string, string>
  /** Size of the file. */
  readonly bytes: number
}

/** How PostgreSQL begins bytes. */
const BYTEA_HEX = /^\\x/

/**
 * Reads a whole backup: every byte against the seal and its signature, every row, every photo against its hash, and the last entry of each
 * register against the header.
 * @throws BackupDamaged, BackupRefused as `readParts`
 */
export async function checkBackup(file: string, passphrase: Buffer | null = null): Promise<CheckedBackup> {
  const keys = new Map<string, string>()
  const checkpoints = new Map<string, string>()
  const lostPhotos: LostPhoto[] = []
  const heads = new Map<string, RegisterAt>()
  let header: Header | undefined
  let totals: Totals | undefined
  let columns: readonly string[] = []
  for await (const part of readParts(file, passphrase)) {
    switch (part.part) {
      case 'header':
        header = part.header
        break
      case 'key':
        keys.set(part.file, part.text)
        break
      case 'table':
        columns = part.columns
        break
      case 'rows':
        for (const row of rowsOf(file, part.lines, columns.length)) {
          const at = standOf(part.table, columns, row)
          if (at !== null) heads.set(at.register, at)
        }
        break
      case 'photo':
        if (createHash('sha256').update(part.content).digest('hex') !== part.sha256)
          throw new BackupDamaged(file, `照片 ${part.sha256} / a photo is not what its hash says`)
        break
      case 'lost-photo':
        lostPhotos.push({ sha256: part.sha256, fault: part.fault })
        break
      case 'checkpoint':
        checkpoints.set(part.register, part.note)
        break
      case 'totals':
        totals = part.totals
        break
    }
  }
  if (header === undefined || totals === undefined) throw new BackupDamaged(file, '中途结束 / it ends half-way')
  for (const { register, size, head } of header.registers) {
    const found = heads.get(register) ?? { size: 0, head: null }
    if (found.size !== size || found.head !== head)
      throw new BackupDamaged(file, `台账 ${register} 与头部不符 / register ${register} is not what the header says`)
  }
  return { header, totals, lostPhotos, keys, checkpoints, bytes: (await stat(file)).size }
}

function rowsOf(file: string, lines: readonly string[], columns: number): readonly Row[] {
  try {
    return lines.map((line) => parseRow(line, columns))
  } catch (error) {
    if (error instanceof SyntaxError) throw new BackupDamaged(file, error.message, { cause: error })
    throw error
  }
}

/** Where a register, or the activity log, stands with this row as its last; null for rows of other tables. */
function standOf(table: string, columns: readonly string[], row: Row): RegisterAt | null {
  if (table !== 'entries' && table !== ACTIVITY) return null
  const text = (column: string): string => row[columns.indexOf(column)] ?? ''
  const register = table === ACTIVITY ? ACTIVITY : text('register')
  return { register, size: Number(text('seq')), head: text('hash').replace(BYTEA_HEX, '') }
}
