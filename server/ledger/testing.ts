import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { openDoor } from '../act.ts'
import { clientConfig } from '../database/connect.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { type Keys, loadKeys } from '../keys.ts'
import { type Reader, SYSTEM } from '../module.ts'
import { modules } from '../modules.ts'
import { openActivityLog } from './activity.ts'
import { type CheckpointDependencies, type CheckpointFolder, signCheckpoint } from './checkpoint.ts'
import { openRow, type StoredPersonal } from './personal.ts'
import { checkpointFolderOf } from './places.ts'
import { verifyStore, type VerifyDependencies, type VerifyReport } from './verify.ts'

export const AT = '2026-03-02T01:00:00.000Z'
/** Entries of `org` in a signed store: unit u0, then units and every third one a person, p3 to p27; `u7` and `p9` stand at 8 and 10. */
export const ENTRIES = 30

/** A register `org` of thirty entries, signed, and somebody with every right in the database. */
export interface SignedStore {
  readonly database: TestDatabase
  readonly keys: Keys
  readonly folder: CheckpointFolder
  readonly signing: CheckpointDependencies
  readonly verifying: VerifyDependencies
  verify(): Promise<VerifyReport>
  /** Adds one more unit of this name. */
  addUnit(unit: string, cause?: string): Promise<void>
  /** Writes one record for each into the activity log. */
  note(abouts: readonly string[]): Promise<void>
  /** As superuser, with no trigger firing. */
  tamper(statement: string, values?: readonly unknown[]): Promise<pg.QueryResult>
  close(): Promise<void>
}

/** How many pieces of personal content hold one of these words, once they are opened. */
export async function personalWith(db: Reader, ...words: readonly string[]): Promise<number> {
  const { rows } = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal`.execute(db)
  return rows.filter((row) => words.some((word) => openRow(row)?.content.includes(word) === true)).length
}

export async function signedStore(): Promise<SignedStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clearhold-ledger-'))
  const keys = await loadKeys(dataDir, { hasRegisters: false })
  const database = await testDatabase()
  const { db, ownerDb } = database
  const superuser = new pg.Client(clientConfig(database.superConfig, true))
  await superuser.connect()
  await superuser.query('set session_replication_role = replica')
  const { signer, key, installation } = keys
  const folder = checkpointFolderOf(keys)
  const signing = { db, folder, signer, key, installation, now: () => AT }
  const verifying = { db: ownerDb, modules, folder, key, installation }
  const { act } = openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now: () => AT })
  const as = { person: SYSTEM }
  const unit = (id: string, parent: string | null) =>
    ({ type: 'org.add-unit', unit: id, name: `第 ${id.slice(1)} 室`, kind: 'department', parent }) as const
  await act(as, { ...unit('u0', null), kind: 'organ' }, { cause: '0' })
  for (let index = 1; index < ENTRIES; index += 1) {
    const person = {
      ...{ type: 'org.add-person', person: `p${index}`, login: `login-${index}`, name: `张 ${index}`, unit: 'u0' },
    }
    await act(as, index % 3 === 0 ? person : unit(`u${index}`, 'u0'), { cause: `${index}` })
  }
  await signCheckpoint(signing, 'org')
  return {
    ...{ database, keys, folder, signing, verifying },
    verify: () => verifyStore(verifying),
    addUnit: async (id, cause = id) => {
      await act(as, unit(id, 'u0'), { cause })
    },
    note: async (abouts) => {
      const log = openActivityLog(db)
      for (const about of abouts)
        await log.record({ at: AT, kind: 'read', person: 'p3', station: null, about, outcome: 'ok' })
      await log.close()
    },
    tamper: (statement, values = []) =>
      values.length === 0 ? superuser.query(statement) : superuser.query(statement, [...values]),
    close: async () => {
      await superuser.end()
      await database.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** Another name in entry 8, and every hash from there on made to fit, the records of causes too. */
export const REWRITE_SEVENTH = `
  do $$ declare e record; last bytea := decode(repeat('00', 32), 'hex'); t text; begin
    for e in select * from entries order by seq loop
      t := replace(e.text, '第 7 室', '第 8 室');
      update entries set text = t, prev = last, hash = sha256(last || convert_to(t, 'UTF8')) where seq = e.seq;
      last := sha256(last || convert_to(t, 'UTF8'));
      update causes set answer = jsonb_set(answer, '{facts,0,hash}', to_jsonb(encode(last, 'hex'))) where actor = e.actor and key = e.cause;
    end loop; end $$`
