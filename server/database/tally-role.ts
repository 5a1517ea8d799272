import pg from 'pg'
import { clientConfig, type ConnectionConfig } from './connect.ts'

/**
 * What the tally's role may change, by table. Of ballots it reads columns and not the table, so that it sees neither where a row lies nor which
 * transaction wrote it (`ctid`, `xmin`); of used-marks and services it reads nothing: `rating_votes` gives it their sums.
 */
export const TALLY_RIGHTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['rating_keys', ['select', 'insert', 'update']],
  ['rating_ballots', ['insert', 'delete']],
  ['rating_batches', ['select', 'insert']],
  ['rating_words', ['insert']],
  ['rating_accounts', ['select', 'insert']],
  ['report_keys', ['select', 'insert']],
  ['reports', ['select', 'delete']],
])

/** Servers that start together grant one after the other. */
const LOCK_KEY = 7_261_018

/** Gives the tally's role its rights, and no others; may be done at every start. */
export async function grantTally(owner: ConnectionConfig, role: string): Promise<void> {
  const client = new pg.Client(clientConfig(owner, true))
  await client.connect()
  try {
    const name = client.escapeIdentifier(role)
    const rights = [...TALLY_RIGHTS].map(([table, granted]) => `grant ${granted.join(', ')} on ${table} to ${name};`)
    await client.query(`
      begin;
      select pg_advisory_xact_lock(${LOCK_KEY});
      grant usage on schema public to ${name};
      ${rights.join('\n')}
      grant select (id, grp, form, key, sealed, marks) on rating_ballots to ${name};
      grant execute on function rating_votes(timestamptz), rating_running(timestamptz) to ${name};
      grant execute on function rating_asked(), rating_words_asked() to ${name};
      commit`)
  } finally {
    await client.end()
  }
}
