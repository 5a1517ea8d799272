import type pg from 'pg'
import { DatabaseRefused } from './refused.ts'

/** One thing about a server that could lose or garble what was acknowledged. */
export interface UnsafeSetting {
  readonly name: string
  readonly found: string
  readonly wanted: string
  /** What an administrator does about it. */
  readonly remedy: string
}

/** The server's settings do not keep what it acknowledges. `problems` names every one of them. */
export class SettingsRefused extends DatabaseRefused<'unsafe-setting'> {
  readonly problems: readonly UnsafeSetting[]

  constructor(problems: readonly UnsafeSetting[]) {
    const each = problems
      .map(({ name, found, wanted, remedy }) => `  ${name} = ${found} -> ${wanted}: ${remedy}`)
      .join('\n')
    super('unsafe-setting', {
      zh: `数据库的设置不能保证已确认的数据不丢失，程序不启动。需改正：\n${each}`,
      en: `The database's settings do not keep what it acknowledges, so the program does not start. Put right:\n${each}`,
    })
    this.problems = problems
  }
}

/** The oldest PostgreSQL that still gets security fixes. */
const OLDEST_VERSION_NUM = 150_000

interface Wish {
  readonly name: string
  readonly wanted: string
  readonly remedy: string
  holds(found: string): boolean
}

const isOn = (found: string): boolean => found === 'on'

const WISHES: readonly Wish[] = [
  { name: 'fsync', wanted: 'on', remedy: 'postgresql.conf', holds: isOn },
  { name: 'full_page_writes', wanted: 'on', remedy: 'postgresql.conf', holds: isOn },
  {
    name: 'synchronous_commit',
    wanted: 'on',
    remedy: 'postgresql.conf, ALTER ROLE ... RESET, ALTER DATABASE ... RESET',
    holds: (found) => found !== 'off',
  },
  { name: 'data_checksums', wanted: 'on', remedy: 'pg_checksums --enable (server stopped)', holds: isOn },
  {
    name: 'server_encoding',
    wanted: 'UTF8',
    remedy: 'CREATE DATABASE ... ENCODING UTF8',
    holds: (found) => found === 'UTF8',
  },
  {
    name: 'server_version_num',
    wanted: `>= ${OLDEST_VERSION_NUM}`,
    remedy: 'pg_upgrade',
    holds: (found) => Number(found) >= OLDEST_VERSION_NUM,
  },
  {
    name: 'in_hot_standby',
    wanted: 'off',
    remedy: 'DATABASE_URL must name the primary',
    holds: (found) => found === 'off',
  },
]

/**
 * Reads from the server itself, as the role that will write, whether a commit it acknowledges survives a power cut. Throws
 * `SettingsRefused` with every setting that is wrong.
 */
export async function checkSettings(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [WISHES.map(({ name }) => name)],
  )
  const found = new Map(rows.map(({ name, setting }) => [name, setting]))
  const problems = WISHES.map((wish) => ({ ...wish, found: found.get(wish.name) ?? '?' }))
    .filter(({ found, holds }) => !holds(found))
    .map(({ name, found, wanted, remedy }) => ({ name, found, wanted, remedy }))
  if (problems.length > 0) throw new SettingsRefused(problems)
}
