import { createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from './files.ts'

/** Passwords of the cluster's roles. */
export interface Secret {
  readonly superuser: string
  readonly owner: string
  readonly app: string
  /** Of the tally, which counts sealed ballots. */
  readonly tally: string
}

const SECRET_FILE = 'postgres.secret'
const PASSWORD_BYTES = 32

/** The secret kept in DATA_DIR (mode 0600), or undefined when there is none. Throws on a file that is not one. */
export async function readSecret(dataDir: string): Promise<Secret | undefined> {
  const text = await readFile(join(dataDir, SECRET_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const found: Partial<Record<keyof Secret, unknown>> = JSON.parse(text)
  const { superuser, owner, app, tally } = found
  if (typeof superuser !== 'string' || typeof owner !== 'string' || typeof app !== 'string') {
    throw new Error(`${join(dataDir, SECRET_FILE)} is not a secret of ours`)
  }
  // Derived where the file is from before the tally had a role: every program that reads the file comes to the same.
  return { superuser, owner, app, tally: typeof tally === 'string' ? tally : derived(superuser, 'tally') }
}

function derived(secret: string, of: string): string {
  return createHmac('sha256', secret).update(of, 'utf8').digest('base64url')
}

/** Makes the passwords and keeps them, durable before it resolves. */
export async function makeSecret(dataDir: string): Promise<Secret> {
  const password = (): string => randomBytes(PASSWORD_BYTES).toString('base64url')
  const secret = { superuser: password(), owner: password(), app: password(), tally: password() }
  await writeDurably(join(dataDir, SECRET_FILE), `${JSON.stringify(secret)}\n`)
  return secret
}

/** Where the passwords of the cluster's roles lie. */
export const secretFile = (dataDir: string): string => join(dataDir, SECRET_FILE)
