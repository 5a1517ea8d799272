import { createHash, randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Account, canEnter, mustChangeAccount, ownerOf, unprivilegedAccount } from './account.ts'
import { ClusterRefused } from './cluster-refused.ts'
import { exists, writeDurably } from './files.ts'
import type { Log } from './log.ts'

/**
 * The folder that holds cluster, socket and, where needed, copied programs. The folder is ours; `data` and `socket` in it belong to the
 * account that PostgreSQL runs under, which therefore can plant nothing where we write.
 */
export interface Place {
  readonly folder: string
  /** undefined: PostgreSQL runs as we do. */
  readonly account: Account | undefined
  /** False when the cluster lies elsewhere, with a pointer left in DATA_DIR. */
  readonly inDataDir: boolean
}

/** Left in DATA_DIR, and the same id in the place: the two prove that they belong together. */
interface Bond {
  readonly id: string
  readonly place: string
  readonly dataDir: string
}

const POINTER = 'postgres.place'
const BOND = 'clearhold.place'
const INSIDE = 'postgres'
const PLACE_PREFIX = 'clearhold-'
const HASH_DIGITS = 12
/** Others may pass through to what is theirs, and neither list nor read. */
const PASSABLE = 0o711

/** statfs types of file systems that lose everything at a restart, or whose fsync and locks are not to be relied on. */
const NOT_LASTING: ReadonlyMap<number, string> = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9p'],
])

/**
 * The DATA_DIR itself: made when missing, so that only this account and (for root) the database's way through it are open.
 * Returns its one true path.
 */
export async function openDataDir(dataDir: string): Promise<string> {
  await mkdir(dirname(resolve(dataDir)), { recursive: true })
  const made = await mkdir(dataDir, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
  if (made && mustChangeAccount()) await chmod(dataDir, PASSABLE)
  return realpath(dataDir)
}

/**
 * The place that this DATA_DIR already has, or undefined. Throws `ClusterRefused`: `place-gone` when a pointer leads nowhere,
 * `place-shared` when another DATA_DIR points there too (a copied folder), `place-closed` when its account is kept out.
 */
export async function findPlace(dataDir: string): Promise<Place | undefined> {
  const bond = await readBond(join(dataDir, POINTER))
  if (bond !== undefined) {
    await keepBond(dataDir, bond)
    return openPlace(bond.place, false)
  }
  const inside = join(dataDir, INSIDE)
  return (await exists(inside)) ? openPlace(inside, true) : undefined
}

/**
 * Finds room for a new cluster: in DATA_DIR, or, when we are root and the account that PostgreSQL must run under cannot get there, in a
 * folder of its own under /var/lib or, failing that, among the temporary files. Throws `ClusterRefused` (`no-account`, `place-closed`).
 */
export async function makePlace(dataDir: string, log: Log): Promise<Place> {
  const inside = join(dataDir, INSIDE)
  if (!mustChangeAccount()) {
    await mkdir(inside, { mode: 0o700 })
    return { folder: inside, account: undefined, inDataDir: true }
  }
  const account = await needAccount()
  if (await canEnter(dataDir, account)) {
    await mkdir(inside, { mode: 0o700 })
    await chmod(inside, PASSABLE)
    return { folder: inside, account, inDataDir: true }
  }
  const prefix = `${PLACE_PREFIX}${createHash('sha256').update(dataDir).digest('hex').slice(0, HASH_DIGITS)}-`
  for (const base of ['/var/lib', tmpdir(), '/tmp']) {
    const made = await mkdtemp(join(base, prefix)).catch(() => undefined)
    if (made === undefined) continue
    await nameLeftOvers(base, log)
    await chmod(made, PASSABLE)
    const folder = await realpath(made)
    if (await canEnter(folder, account)) {
      const bond = { id: randomUUID(), place: folder, dataDir }
      await writeDurably(join(folder, BOND), bondText(bond))
      await writeDurably(join(dataDir, POINTER), bondText(bond))
      log.info(
        { folder, account: account.name },
        'DATA_DIR is closed to the database account: the database lies elsewhere',
      )
      return { folder, account, inDataDir: false }
    }
    await rm(folder, { recursive: true })
  }
  throw closed(dataDir, account)
}

/** Takes a place away with everything in it, and what points there. The caller holds its lock and has stopped its cluster. */
export async function removePlace(dataDir: string, place: Place | undefined): Promise<void> {
  if (place !== undefined) await rm(place.folder, { recursive: true, force: true })
  await rm(join(dataDir, POINTER), { force: true })
}

/** Throws `ClusterRefused` (`not-lasting`) where a file system keeps nothing over a restart or cannot promise that it did. */
export async function checkLasting(folder: string): Promise<void> {
  const kind = NOT_LASTING.get((await statfs(folder)).type)
  if (kind === undefined) return
  throw new ClusterRefused('not-lasting', {
    zh: `数据库所在目录 ${folder} 位于 ${kind} 文件系统，断电或重启后数据得不到保证。请把 DATA_DIR 放到本地磁盘。`,
    en: `The database folder ${folder} lies on ${kind}, which cannot promise to keep data over a power cut or restart. Put DATA_DIR on a local disk.`,
  })
}

/** A place whose DATA_DIR was deleted may still be wanted as evidence: it is named to the administrator, never removed. */
async function nameLeftOvers(base: string, log: Log): Promise<void> {
  for (const name of await readdir(base)) {
    // Among temporary files, anybody may have put anything under such a name.
    if (!name.startsWith(PLACE_PREFIX)) continue
    const bond = await readBond(join(base, name, BOND)).catch(() => undefined)
    if (bond !== undefined && !(await exists(bond.dataDir))) {
      log.info({ folder: join(base, name), dataDir: bond.dataDir }, 'a database lies here whose DATA_DIR is gone')
    }
  }
}

async function openPlace(folder: string, inDataDir: boolean): Promise<Place> {
  const account = mustChangeAccount() ? await accountIn(folder) : undefined
  if (account !== undefined && !(await canEnter(folder, account))) throw closed(folder, account)
  return { folder, account, inDataDir }
}

/** A cluster stays with the account that owns its files. */
async function accountIn(folder: string): Promise<Account> {
  const data = join(folder, 'data')
  const owner = (await exists(data)) ? await ownerOf(data) : undefined
  return owner ?? needAccount()
}

async function needAccount(): Promise<Account> {
  const account = await unprivilegedAccount()
  if (account !== undefined) return account
  throw new ClusterRefused('no-account', {
    zh: 'PostgreSQL 不允许以 root 运行，而本机没有可用的普通账户（postgres 或 nobody）。请以普通用户启动本程序，或用 DATABASE_URL。',
    en: 'PostgreSQL refuses to run as root, and this machine has no plain account to run it under (postgres or nobody). Start the program as an ordinary user, or use DATABASE_URL.',
  })
}

function closed(folder: string, account: Account): ClusterRefused {
  return new ClusterRefused('place-closed', {
    zh: `运行数据库的账户（${account.name}，uid ${account.uid}）进不了 ${folder}。请放开上级目录的进入权限（chmod o+x）后重试。`,
    en: `The account that runs the database (${account.name}, uid ${account.uid}) cannot enter ${folder}. Let it pass through the folders above (chmod o+x) and start again.`,
  })
}

async function keepBond(dataDir: string, bond: Bond): Promise<void> {
  const there = await readBond(join(bond.place, BOND))
  if (there?.id !== bond.id) {
    throw new ClusterRefused('place-gone', {
      zh: `本目录（${dataDir}）的数据库存放在 ${bond.place}，但那里已经没有了。请从备份恢复；确认不要原有数据时，删除 ${join(dataDir, POINTER)} 后重新开始。`,
      en: `The database of ${dataDir} was kept in ${bond.place}, and it is gone from there. Restore it from a backup; only if the data is not wanted, remove ${join(dataDir, POINTER)} to begin anew.`,
    })
  }
  if (there.dataDir === dataDir) return
  const other = await readBond(join(there.dataDir, POINTER))
  if (other?.id === bond.id) {
    throw new ClusterRefused('place-shared', {
      zh: `${dataDir} 是 ${there.dataDir} 的副本，两者指向同一个数据库（${bond.place}）。请使用原目录，或用备份与恢复来复制。`,
      en: `${dataDir} is a copy of ${there.dataDir}, and both point at one database (${bond.place}). Use the original, or copy by backup and restore.`,
    })
  }
  await writeDurably(join(bond.place, BOND), bondText({ ...bond, dataDir }))
}

const bondText = (bond: Bond): string => `${JSON.stringify(bond)}\n`

async function readBond(path: string): Promise<Bond | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  return text === undefined ? undefined : (JSON.parse(text) as Bond)
}
