import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { environment, identity, run } from './account.ts'
import type { Binaries } from './binaries.ts'
import { ClusterRefused } from './cluster-refused.ts'
import { exists } from './files.ts'
import type { Log } from './log.ts'
import type { Place } from './place.ts'

/** A cluster's files and the programs for them. */
export interface Site {
  readonly place: Place
  readonly binaries: Binaries
  /** PostgreSQL's data directory, in the place. */
  readonly data: string
}

export interface Address {
  /** Folder of the Unix socket; 127.0.0.1 on Windows. */
  readonly host: string
  readonly port: number
}

const POLL_MS = 5
/** How often Windows is asked whether the server is still there. */
const WATCH_MS = 1_000
const START_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_S = 60
/** Backends of a dead postmaster notice within moments and go by themselves. */
const LEFTOVERS_TIMEOUT_MS = 10_000
/** What fits in sockaddr_un on every system, with room for `/.s.PGSQL.5432`. */
const SOCKET_FOLDER_MAX_BYTES = 85
const PORT = 5432
/** Names the socket's folder where the place's own path is too long. */
const FAR_SOCKET = 'clearhold-socket-'
const LOG_TAIL_CHARS = 2_000

/** These come before any file, so neither an edited postgresql.conf nor ALTER SYSTEM can take durability away. */
const SETTINGS: readonly string[] = [
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  'wal_level=replica',
  'password_encryption=scram-sha-256',
  'log_statement=ddl',
  'log_error_verbosity=terse',
  'logging_collector=on',
  'log_directory=log',
  'log_filename=postgresql-%a.log',
  'log_truncate_on_rotation=on',
  'log_rotation_age=1d',
  'log_rotation_size=0',
  'log_file_mode=0600',
  'TimeZone=UTC',
  'log_timezone=UTC',
  'unix_socket_permissions=0700',
]

/** postmaster.pid, as far as it is filled in. */
interface PidFile {
  readonly pid: number
  readonly port: number
  readonly socketFolder: string
  readonly ready: boolean
}

/** Where a running cluster answers; undefined while it does not. */
export async function addressOf(data: string): Promise<Address | undefined> {
  const file = await readPidFile(data)
  if (file?.ready !== true) return undefined
  return { host: process.platform === 'win32' ? '127.0.0.1' : file.socketFolder, port: file.port }
}

/**
 * Clears the way for a start: a PostgreSQL of this very data directory that outlived its parent is stopped and waited for, a
 * postmaster.pid that nobody alive stands behind is removed. Whatever else runs under a recycled number is never touched. The
 * caller holds the lock. Throws `ClusterRefused` (`orphan-stuck`).
 */
export async function settle(site: Site, log: Log): Promise<void> {
  const file = await readPidFile(site.data)
  const alive = await processesOf(site.data, file)
  const postmaster = alive.find(({ pid }) => pid === file?.pid) ?? alive.find((found) => found.postmaster)
  if (postmaster !== undefined) {
    log.warn({ pid: postmaster.pid }, 'found the database of an earlier start still running: stopping it')
    if (file?.pid === postmaster.pid) await pgCtlStop(site)
    else process.kill(postmaster.pid, 'SIGINT')
  }
  const deadline = performance.now() + (postmaster === undefined ? LEFTOVERS_TIMEOUT_MS : STOP_TIMEOUT_S * 1000)
  let left = await processesOf(site.data, file)
  while (left.length > 0) {
    if (performance.now() > deadline) {
      const pids = left.map(({ pid }) => pid).join(', ')
      throw new ClusterRefused('orphan-stuck', {
        zh: `上次启动留下的 PostgreSQL（进程 ${pids}）没有停下来。请查明原因并结束这些进程后重试。`,
        en: `The PostgreSQL of an earlier start (process ${pids}) does not stop. Find out why, end it, and start again.`,
      })
    }
    await pause(POLL_MS)
    left = await processesOf(site.data, file)
  }
  const pidFile = join(site.data, 'postmaster.pid')
  if (await exists(pidFile)) {
    log.warn({ file: pidFile }, 'removing a postmaster.pid that nobody stands behind')
    await rm(pidFile)
  }
  if (file !== undefined) await removeSocketFolder(site, file.socketFolder)
}

/** An address for a server that is about to start: an empty private folder with a path short enough for a socket, or a free loopback port. */
export async function chooseAddress(site: Site): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() }
  const near = join(site.place.folder, 'socket')
  if (Buffer.byteLength(near) <= SOCKET_FOLDER_MAX_BYTES) {
    await openSocketFolder(site, near)
    return { host: near, port: PORT }
  }
  const longest = Buffer.byteLength(join(tmpdir(), `${FAR_SOCKET}XXXXXX`))
  const far = await mkdtemp(join(longest <= SOCKET_FOLDER_MAX_BYTES ? tmpdir() : '/tmp', FAR_SOCKET))
  await openSocketFolder(site, far)
  return { host: far, port: PORT }
}

/** Makes the folder of an address empty, private, and the database account's. */
export async function openSocketFolder({ place }: Site, folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  if (place.account !== undefined) await chown(folder, place.account.uid, place.account.gid)
}

/** Removes a socket folder that `chooseAddress` made; anything else it is given stays. */
export async function removeSocketFolder(site: Site, folder: string): Promise<void> {
  if (folder === join(site.place.folder, 'socket') || basename(folder).startsWith(FAR_SOCKET)) {
    await rm(folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no loopback port')
  return address.port
}

/** A running server. `exited` resolves when its process is gone, by whatever cause. */
export interface Running {
  readonly address: Address
  readonly exited: Promise<void>
}

/**
 * Starts PostgreSQL on a private socket (Windows: loopback) and waits until it answers. It leads a session of its own: a Ctrl-C meant
 * for the parent does not reach it first. Throws `ClusterRefused` (`start-failed`) with the end of the server's own words.
 */
export async function start(site: Site, address: Address): Promise<Running> {
  return process.platform === 'win32' ? startByPgCtl(site, address) : startChild(site, address)
}

async function startChild(site: Site, address: Address): Promise<Running> {
  const { place, binaries, data } = site
  const startLog = join(place.folder, 'start.log')
  const output = openSync(startLog, 'w', 0o600)
  let child: ChildProcess
  try {
    child = spawn(binaries.postgres, ['-D', data, ...settings(address)], {
      cwd: place.folder,
      env: environment(place.folder),
      detached: true,
      stdio: ['ignore', output, output],
      ...identity(place.account),
    })
  } finally {
    closeSync(output)
  }
  let gone = false
  const exited = new Promise<void>((resolve) => {
    const leave = (): void => {
      gone = true
      resolve()
    }
    child.once('exit', leave)
    child.once('error', leave)
  })

  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const file = await readPidFile(data)
    if (file?.pid === child.pid && file?.ready === true) return { address, exited }
    if (gone) throw await startFailed(site)
    if (performance.now() > deadline) {
      child.kill('SIGINT')
      throw await startFailed(site)
    }
    await pause(POLL_MS)
  }
}

async function startByPgCtl(site: Site, address: Address): Promise<Running> {
  const { place, binaries, data } = site
  const args = ['start', '-D', data, '-w', '-t', String(START_TIMEOUT_MS / 1000), '-l', join(place.folder, 'start.log')]
  const { code } = await run(binaries.pgCtl, [...args, '-o', settings(address).join(' ')], place.account, place.folder)
  if (code !== 0) throw await startFailed(site)
  const exited = async (): Promise<void> => {
    while ((await run(binaries.pgCtl, ['status', '-D', data], place.account, place.folder)).code === 0) {
      await pause(WATCH_MS)
    }
  }
  return { address, exited: exited() }
}

function settings({ host, port }: Address): string[] {
  const where =
    process.platform === 'win32'
      ? [`listen_addresses=${host}`, 'unix_socket_directories=']
      : ['listen_addresses=', `unix_socket_directories=${host}`]
  return [...SETTINGS, ...where, `port=${port}`].flatMap((setting) => ['-c', setting])
}

async function startFailed({ place, data }: Site): Promise<ClusterRefused> {
  const said = (await readFile(join(place.folder, 'start.log'), 'utf8').catch(() => '')).slice(-LOG_TAIL_CHARS).trim()
  return new ClusterRefused('start-failed', {
    zh: `内置 PostgreSQL 没有启动成功。详细日志在 ${join(data, 'log')}。它最后说：${said}`,
    en: `PostgreSQL of our own did not start. Its log is in ${join(data, 'log')}. Its last words: ${said}`,
  })
}

/** Stops the server cleanly and waits. Throws `ClusterRefused` (`stop-failed`). */
export async function pgCtlStop({ place, binaries, data }: Site): Promise<void> {
  const args = ['stop', '-D', data, '-m', 'fast', '-w', '-t', String(STOP_TIMEOUT_S)]
  const { code, output } = await run(binaries.pgCtl, args, place.account, place.folder)
  if (code === 0 || (await processesOf(data, await readPidFile(data))).length === 0) return
  throw new ClusterRefused('stop-failed', {
    zh: `PostgreSQL 没有在 ${STOP_TIMEOUT_S} 秒内停下：${output}`,
    en: `PostgreSQL did not stop within ${STOP_TIMEOUT_S} s: ${output}`,
  })
}

async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // pid, data directory, start time, port, socket folder, listen address, shared memory, status
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
}

interface Found {
  readonly pid: number
  /** The parent of the others, the one that may be told to stop. */
  readonly postmaster: boolean
}

/** Every live PostgreSQL process of this data directory, whatever postmaster.pid says: a pid alone proves nothing, it may be recycled. */
async function processesOf(data: string, file: PidFile | undefined): Promise<Found[]> {
  return process.platform === 'win32' ? windowsProcessOf(data, file) : linuxProcessesOf(data)
}

/**
 * PostgreSQL's processes all work from inside their data directory, and that is compared as the directory itself: the same path may be
 * another one in another container. Children rename themselves to `postgres: ...`.
 */
async function linuxProcessesOf(data: string): Promise<Found[]> {
  const ours = await stat(data)
  const found: Found[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // A process that ends while we look is simply not there; one that we may not look into is not ours.
    const there = await stat(`/proc/${name}/cwd`).catch(() => undefined)
    if (there?.ino !== ours.ino || there.dev !== ours.dev) continue
    const program = (await readFile(`/proc/${name}/comm`, 'utf8').catch(() => '')).trim()
    if (program !== 'postgres') continue
    const commandLine = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    found.push({ pid: Number(name), postmaster: commandLine !== '' && !commandLine.startsWith('postgres:') })
  }
  return found.sort((one, other) => one.pid - other.pid)
}

async function windowsProcessOf(data: string, file: PidFile | undefined): Promise<Found[]> {
  if (file === undefined) return []
  const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${file.pid}").CommandLine`
  const { output } = await run('powershell.exe', ['-NoProfile', '-Command', query], undefined, data)
  const ours = /postgres/i.test(output) && output.replaceAll('/', '\\').includes(data.replaceAll('/', '\\'))
  return ours ? [{ pid: file.pid, postmaster: true }] : []
}
