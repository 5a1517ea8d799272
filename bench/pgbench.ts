import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ConnectionConfig } from '../server/database/connect.ts'
import type { Run, Statement } from './statements.ts'

const run = promisify(execFile)
const OUTPUT_BYTES_MAX = 1024 * 1024

/** Why there is no pgbench; null when there is one. */
export async function missingPgbench(): Promise<string | null> {
  try {
    await run('pgbench', ['--version'])
    return null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return 'pgbench is not installed (Debian: postgresql-contrib)'
    throw error
  }
}

/**
 * Plays these runs once, each list of runs by a pgbench of its own, all at once. @returns how long each took, without connecting.
 * @throws Error with pgbench's own words when a statement fails
 */
export async function replay(
  lines: readonly (readonly Run[])[],
  { host, port, user, password, database }: Extract<ConnectionConfig, { host: string }>,
): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-replay-'))
  try {
    return await Promise.all(
      lines.map(async (runs, index) => {
        const file = join(folder, `${index}.sql`)
        await writeFile(file, scriptOf(runs))
        const options = ['-n', '-c', '1', '-t', '1', '-f', file, '-h', host, '-p', String(port), '-U', user, database]
        const env = { ...process.env, PGPASSWORD: password, PGOPTIONS: '-c TimeZone=UTC -c search_path=public' }
        const { stdout } = await run('pgbench', options, { env, maxBuffer: OUTPUT_BYTES_MAX })
        return latencyOf(stdout)
      }),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What pgbench says of one transaction, which is the whole script. Throws when it says nothing. */
export function latencyOf(output: string): number {
  const found = /^latency average = ([\d.]+) ms$/m.exec(output)?.[1]
  if (found === undefined) throw new Error(`pgbench did not say how long it took: ${output}`)
  return Number(found)
}

/**
 * The runs as one pgbench script: the same statements in the same order with the same values. What the driver prepares is prepared here too,
 * so that both sides plan equally often.
 */
export function scriptOf(runs: readonly Run[]): string {
  const prepared = new Map<string, string>()
  const lines: string[] = []
  for (const statement of runs.flat()) {
    if (statement.name === null) {
      lines.push(inlined(statement))
      continue
    }
    let name = prepared.get(statement.name)
    if (name === undefined) {
      name = `s${prepared.size}`
      prepared.set(statement.name, name)
      lines.push(`prepare ${name} as ${statement.text.trim()};`)
    }
    lines.push(`execute ${name} (${statement.values.map(literal).join(', ')});`)
  }
  return `${lines.join('\n')}\n`
}

function inlined({ text, values }: Statement): string {
  return `${text.trim().replace(/\$(\d+)/g, (_place, n: string) => literal(values[Number(n) - 1]))};`
}

/** A value as the driver sends it, written out. Throws TypeError for what no statement of ours carries. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return quoted(textOf(value))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`
  throw new TypeError(`no literal for ${typeof value}`)
}

function elementOf(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  return `"${textOf(value).replace(/["\\]/g, '\\$&')}"`
}

/** Colons and line ends would mean something to pgbench. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replaceAll(':', '\\x3A')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
  return `E'${escaped}'`
}
