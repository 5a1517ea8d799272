import { execFile, type ExecFileOptions } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'

/** An account of this machine that PostgreSQL runs under, because it refuses to run as root. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Ours only if the administrator made them: PostgreSQL's own account first, then the one every Unix has. */
const CANDIDATES = ['postgres', 'nobody']
const PROGRAM_TIMEOUT_MS = 120_000

export interface Ran {
  /** null when it was killed or could not be started. */
  readonly code: number | null
  readonly output: string
}

/** True where PostgreSQL would refuse to run as the account that we are. */
export function mustChangeAccount(): boolean {
  return process.getuid?.() === 0
}

/** The first account with a passwd entry that we are able to become, or undefined (a container without the right to). */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const entries = passwd.split('\n').map((line) => line.split(':'))
  for (const name of CANDIDATES) {
    const entry = entries.find((fields) => fields[0] === name)
    const account = { name, uid: Number(entry?.[2]), gid: Number(entry?.[3]) }
    if (account.uid > 0 && account.gid > 0 && (await run('/bin/sh', ['-c', ':'], account, '/')).code === 0)
      return account
  }
  return undefined
}

/** The account that owns a folder; undefined when that is root. */
export async function ownerOf(folder: string): Promise<Account | undefined> {
  const { uid, gid } = await stat(folder)
  return uid === 0 ? undefined : { name: String(uid), uid, gid }
}

/** Whether the account gets into the folder, tried for real: modes, access lists and mounts all have a say. */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], account, '/')).code === 0
}

/** Runs a program to its end as `account` (undefined: as we are). Never rejects; `output` is both streams. */
export function run(program: string, args: readonly string[], account: Account | undefined, cwd: string): Promise<Ran> {
  const options: ExecFileOptions = { cwd, env: environment(cwd), timeout: PROGRAM_TIMEOUT_MS, ...identity(account) }
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      const reason = code === null && error !== null ? `${error.message}\n` : ''
      resolve({ code, output: `${reason}${String(stdout)}${String(stderr)}`.trim() })
    })
  })
}

/** What a child process is started with to run as that account; nothing, to run as we are. */
export function identity(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

/** What PostgreSQL's programs see: none of our secrets, none of the caller's PG* variables, one language, one time zone. */
export function environment(home: string): NodeJS.ProcessEnv {
  if (process.platform === 'win32') {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|DATABASE_)/i.test(name)))
  }
  return { PATH: '/usr/bin:/bin', HOME: home, LC_ALL: 'C', TZ: 'UTC' }
}
