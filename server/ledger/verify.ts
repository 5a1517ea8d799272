import { sql } from 'kysely'
import type { Db } from '../database/connect.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import type { Module } from '../module.ts'
import type { Words } from '../refusal.ts'
import { ACTIVITY } from './activity.ts'
import type { CheckpointFolder } from './checkpoint.ts'
import { fault, type LedgerFault } from './fault.ts'
import type { NoteKey } from './note.ts'
import { readRegisters } from './read.ts'
import { verifyActivity } from './verify-activity.ts'
import { checkCauses } from './verify-causes.ts'
import { claimedRoots, claimsOfNothing, readNotes } from './verify-claims.ts'
import { verifyEntries } from './verify-entries.ts'
import { type Look, oneMoment } from './verify-look.ts'
import { type Erasure, readErasures } from './erasures.ts'
import { verifyGuards } from './verify-guards.ts'
import { verifyTables } from './verify-tables.ts'

export interface VerifyReport {
  readonly registers: readonly { readonly register: string; readonly entries: number }[]
  /** Records of the activity log that hold. */
  readonly activity: number
  /** Subjects whose rows in the read tables were compared with a replay, and those that were not since a register of theirs is broken. */
  readonly subjects: number
  readonly unchecked: number
  /** Entries that erased personal content lawfully, and on what ground. */
  readonly erasures: readonly Erasure[]
  readonly faults: readonly LedgerFault[]
}

export interface CheckDependencies {
  readonly modules: readonly Module[]
  readonly folder: CheckpointFolder
  readonly key: NoteKey
  readonly installation: string
  /** The folder of the migrations that made the schema; the program's own unless it is given. */
  readonly migrations?: string
}

export interface VerifyDependencies extends CheckDependencies {
  readonly db: Db
}

/** What no register binds, so that a change there is not found. For people; said with every result. */
export const NOT_COVERED: Words = {
  zh: '没有记入台账的读数（station_readings）、人工填写的重量、标签打印尝试（label_attempts）、起因记录中的答复文字与指纹、口令与登录会话、设备与工位的当前状态',
  en: 'readings that no register names (station_readings), weights that a person typed, attempts at printing (label_attempts), the words and fingerprint kept with a cause, passwords and sessions, the present state of devices and stations',
}

/**
 * Checks what a database administrator could have touched: every entry of every register, the pairs between registers, personal content
 * against its commitments, weights against the frames of the scales, what each act caused, every checkpoint's signature and root, the activity log, the triggers and rights that
 * guard all of it, and every read table against a replay. `NOT_COVERED` names what it cannot judge. All of it as it stands at one moment.
 */
export function verifyStore({ db, ...deps }: VerifyDependencies): Promise<VerifyReport> {
  return oneMoment(db, (look) => checkStore(look, deps))
}

/**
 * Each register is reported up to its first fault; read tables are compared as far as their registers hold. `tell` hears of each fault when
 * it is found.
 */
export async function checkStore(
  look: Look,
  { modules, folder, key, installation, migrations = MIGRATIONS_FOLDER }: CheckDependencies,
  tell: (found: LedgerFault) => void = () => undefined,
): Promise<VerifyReport> {
  const deps = { notes: await readNotes(folder), key, installation }
  const faults: LedgerFault[] = []
  const found = (more: readonly LedgerFault[]): void => {
    faults.push(...more)
    for (const one of more) tell(one)
  }
  const counted: { register: string; entries: number }[] = []
  const registers = await look.see(readRegisters)
  for (const register of registers) {
    const { claims, faults: bad } = await claimedRoots(look, deps, register.id)
    const { entries, fault: first } = await verifyEntries(look, register, claims)
    found(first === null ? bad : [...bad, first])
    counted.push({ register: register.id, entries })
  }
  found(await unlisted(look))
  const broken = [...new Set(faults.map(({ register }) => register))]
  const ids = registers.map(({ id }) => id)
  found(await claimsOfNothing(look, deps, ids))
  found(await checkCauses(look))
  const { claims, faults: bad } = await claimedRoots(look, deps, ACTIVITY)
  const { records, fault: first } = await verifyActivity(look, claims)
  found(first === null ? bad : [...bad, first])
  found(await look.see((db) => verifyGuards(db, migrations)))
  const tables = await verifyTables(look, modules, broken)
  found(tables.faults)
  const erasures = await look.see(readErasures)
  const { subjects, unchecked } = tables
  return { registers: counted, activity: records, subjects, unchecked, erasures, faults }
}

/** From one register's first entry to the next one's, by the index. */
async function unlisted(look: Look): Promise<LedgerFault[]> {
  const found = await look.see((db) =>
    sql<{ register: string; seq: number }>`
      with recursive used as (
        select min(register) as register from entries
        union all
        select (select min(e.register) from entries e where e.register > u.register) from used u where u.register is not null
      )
      select u.register, (select min(e.seq) from entries e where e.register = u.register) as seq
      from used u where u.register is not null and not exists (select 1 from registers r where r.id = u.register)
    `.execute(db),
  )
  return found.rows.map(({ register, seq }) => fault(register, seq, '台账未登记', 'the register itself is not listed'))
}
