import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { BadReport, openReport } from '../../devices/ballot/report.ts'
import { newTallyKeyPair, sealing, type TallyKeyPair } from '../../devices/ballot/seal.ts'
import { type Db, inTransaction } from '../database/connect.ts'
import { createDurably, exists, writeDurably } from '../database/files.ts'
import { Refusal } from '../refusal.ts'
import './tables.ts'

/** One addressee, one key: reports wait for as long as it takes, so it has no period. */
const KEY_ID = 'reports'
const FILE = 'reports.key'

/** Puts a sealed report into the queue. What it is, who sent it, from where and when is kept nowhere. @throws Refusal `rating.wrong-key` */
export async function keepReport(db: Db, key: string, sealed: Uint8Array): Promise<void> {
  const known = await db.selectFrom('report_keys').select('id').where('id', '=', key).executeTakeFirst()
  if (known === undefined) throw new Refusal('rating.wrong-key')
  await db
    .insertInto('reports')
    .values({ id: randomUUID(), key, sealed: Buffer.from(sealed) })
    .execute()
}

/** Makes the key of the supervising body where its folder has none, and publishes it. As the tally's role. */
export async function publishReportKey(db: Db, folder: string): Promise<void> {
  await sealing
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const published = await db.selectFrom('report_keys').select('id').where('id', '=', KEY_ID).executeTakeFirst()
  const file = join(folder, FILE)
  if (published !== undefined) return
  if (!(await exists(file))) await writeKey(file, newTallyKeyPair())
  const { publicKey } = await readKey(file)
  await db
    .insertInto('report_keys')
    .values({ id: KEY_ID, public_key: Buffer.from(publicKey) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Takes all reports out of the queue: each is a file of its own in `target`, readable by its owner alone and durable before the queue
 * forgets it. As the tally's role. Answers how many there were.
 */
export async function fetchReports(db: Db, folder: string, target: string): Promise<number> {
  await sealing
  const key = await readKey(join(folder, FILE))
  await mkdir(target, { recursive: true, mode: 0o700 })
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ id: string; sealed: Buffer }>`delete from reports returning id, sealed`.execute(trx)
    // A run that was cut off after this left its reports in the queue too: written again, they are the same.
    for (const { id, sealed } of rows) await writeDurably(join(target, `${id}.txt`), `${wordsOf(sealed, key)}\n`)
    return rows.length
  })
}

/** What cannot be opened was sent by no page of ours; that it came is told. */
function wordsOf(sealed: Uint8Array, key: TallyKeyPair): string {
  try {
    return openReport(sealed, key)
  } catch (error) {
    if (error instanceof BadReport || (error instanceof Error && /incorrect key pair/.test(error.message)))
      return '（无法打开 / cannot be opened）'
    throw error
  }
}

async function writeKey(file: string, { publicKey, privateKey }: TallyKeyPair): Promise<void> {
  const text = {
    publicKey: Buffer.from(publicKey).toString('base64'),
    privateKey: Buffer.from(privateKey).toString('base64'),
  }
  await createDurably(file, `${JSON.stringify(text)}\n`)
}

async function readKey(file: string): Promise<TallyKeyPair> {
  const { publicKey, privateKey } = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  if (publicKey === undefined || privateKey === undefined)
    throw new Error(`${file} 不是检举控告密钥 / is no key of reports`)
  return { publicKey: Buffer.from(publicKey, 'base64'), privateKey: Buffer.from(privateKey, 'base64') }
}
