import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  chmod,
  chown,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { mustChangeAccount } from './account.ts'
import { packageFolder } from './binaries.ts'
import {
  type Cluster,
  type ClusterOptions,
  ClusterRefused,
  joinCluster,
  removeCluster,
  startCluster,
} from './cluster.ts'
import type { ConnectionConfig } from './connect.ts'
import { quietLog } from './testing.ts'

let root: string
let options: ClusterOptions
/** Each of these makes clusters and copies programs. */
const SLOW_MS = 60_000
const running: Cluster[] = []
const others: ChildProcess[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clearhold-cluster-'))
  if (mustChangeAccount()) await chmod(root, 0o711)
  options = { dataDir: join(root, 'data'), log: quietLog, allowUnlasting: true }
})

afterEach(async () => {
  for (const other of others.splice(0)) other.kill('SIGKILL')
  for (const cluster of running.splice(0)) await cluster.stop()
})

afterAll(async () => {
  for (const name of await readdir(root)) {
    if (name.startsWith('data')) await removeCluster({ ...options, dataDir: join(root, name) })
  }
  await rm(root, { recursive: true })
})

async function begin(changes: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = await startCluster({ ...options, ...changes })
  running.push(cluster)
  return cluster
}

async function ask(config: ConnectionConfig, query: string): Promise<unknown[]> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<unknown[]>({ text: query, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

const pidFile = (data: string): string => join(data, 'postmaster.pid')
const postmasterOf = async (data: string): Promise<number> =>
  Number((await readFile(pidFile(data), 'utf8')).split('\n')[0])

/** A process that has ended and waits for a slow parent to notice is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return status !== '' && !/\) [ZX] /.test(status)
}

/** Another program that starts the cluster of `dataDir`; says `ready` when it runs, or the code of a refusal. */
function starter(dataDir: string): ChildProcess {
  const code = `
    import { startCluster } from ${JSON.stringify(import.meta.resolve('./cluster.ts'))}
    const quiet = () => undefined
    const log = { info: quiet, warn: quiet, error: quiet }
    await startCluster({ dataDir: process.argv[1], log, allowUnlasting: true }).then(
      () => process.stdout.write('ready'),
      (error) => process.stdout.write(String(error.code ?? error)),
    )
    setInterval(quiet, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  others.push(child)
  return child
}

async function said(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output')
  const [data] = (await once(child.stdout, 'data')) as [Buffer]
  return data.toString()
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('a cluster of our own', () => {
  it('is made private, durable, and with the two roles', async () => {
    const { app, owner, superuser, data } = await begin()
    expect(
      await ask(superuser, "select setting from pg_settings where name in ('listen_addresses', 'fsync') order by name"),
    ).toEqual(['on', ''])
    expect(await ask(superuser, 'select distinct auth_method from pg_hba_file_rules')).toEqual(['scram-sha-256'])
    expect(
      await ask(
        app,
        'select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database where datname = current_database()',
      ),
    ).toEqual(['b', 'C.UTF-8', 'UTF8'])
    expect((await stat(join(options.dataDir, 'postgres.secret'))).mode & 0o777).toBe(0o600)
    expect('host' in app && (await stat(app.host)).mode & 0o777).toBe(0o700)
    await expect(ask({ ...app, password: 'wrong' } as ConnectionConfig, 'select 1')).rejects.toMatchObject({
      code: '28P01',
    })
    await expect(ask(app, 'create table t ()')).rejects.toMatchObject({ code: '42501' })
    await ask(owner, 'create table kept (id int)')
    const logs = await readdir(join(data, 'log'))
    const logged = await Promise.all(logs.map((name) => readFile(join(data, 'log', name), 'utf8')))
    expect(logged.join('')).toContain('create table kept')
    expect(logged.join('')).not.toMatch(/password '/i)
  })

  it('refuses a second start, from this and from another process, and the first goes on', async () => {
    const first = await begin()
    const refused = startCluster(options)
    await expect(refused).rejects.toBeInstanceOf(ClusterRefused)
    await expect(refused).rejects.toMatchObject({ code: 'in-use', words: { zh: /正在运行/, en: /in use/ } })
    const other = starter(options.dataDir)
    expect(await said(other)).toBe('in-use')
    await killHard(other)
    expect(await ask(first.owner, 'select 1')).toEqual([1])
  })

  it('can be joined while it runs, and only then', async () => {
    const { superuser } = await begin()
    expect((await joinCluster(options.dataDir))?.superuser).toEqual(superuser)
    await running[0]?.stop()
    expect(await joinCluster(options.dataDir)).toBeUndefined()
  })

  it.each(['and its pid file', 'without a pid file'])(
    'stops the server that a killed parent left, %s',
    async (form) => {
      const parent = starter(options.dataDir)
      expect(await said(parent)).toBe('ready')
      const orphaned = await joinCluster(options.dataDir)
      if (orphaned === undefined) throw new Error('nothing to join')
      const mark = Date.now() % 1_000_000
      await ask(orphaned.owner, `insert into kept values (${mark})`)
      await killHard(parent)
      const data = join(options.dataDir, 'postgres', 'data')
      const orphan = await postmasterOf(data)
      expect(await isAlive(orphan)).toBe(true)
      if (form === 'without a pid file') await rm(pidFile(data))

      const { owner } = await begin()
      expect(await postmasterOf(data)).not.toBe(orphan)
      expect(await isAlive(orphan)).toBe(false)
      expect(await ask(owner, `select id from kept where id = ${mark}`)).toEqual([mark])
    },
  )

  it('starts over a stale, an empty and a garbled postmaster.pid', async () => {
    const { data, stop } = await begin()
    const text = await readFile(pidFile(data), 'utf8')
    await stop()
    for (const left of [text, '', 'not a number\n']) {
      await writeFile(pidFile(data), left)
      const { owner, stop: stopAgain } = await begin()
      expect(await ask(owner, 'select 1')).toEqual([1])
      await stopAgain()
    }
  })

  it('leaves alone whoever has a recycled pid: this test, a stranger, another PostgreSQL', async () => {
    const neighbour = inject('cluster')
    if ('failed' in neighbour) throw new Error(neighbour.failed)
    const [neighbourData] = (await ask(neighbour.superuser, 'show data_directory')) as [string]
    const neighbourPid = await postmasterOf(neighbourData)
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' })
    others.push(stranger)

    const { data, stop } = await begin()
    const lines = (await readFile(pidFile(data), 'utf8')).split('\n')
    await stop()
    for (const pid of [process.pid, stranger.pid ?? 0, neighbourPid]) {
      await writeFile(pidFile(data), [pid, ...lines.slice(1)].join('\n'))
      const { owner, stop: stopAgain } = await begin()
      expect(await ask(owner, 'select 1')).toEqual([1])
      await stopAgain()
      expect(await isAlive(pid)).toBe(true)
    }
    expect(await postmasterOf(neighbourData)).toBe(neighbourPid)
    expect(await ask(neighbour.superuser, 'select 1')).toEqual([1])
  })

  it('comes back at the same address when its server is killed', async () => {
    const { data, owner } = await begin()
    const killed = await postmasterOf(data)
    process.kill(killed, 'SIGKILL')
    await vi.waitFor(async () => expect(await ask(owner, 'select 1')).toEqual([1]), { timeout: 10_000, interval: 50 })
    expect(await postmasterOf(data)).not.toBe(killed)
  })

  it('refuses data of another PostgreSQL, of none, and says what to do', async () => {
    const { data, stop } = await begin()
    await stop()
    const version = join(data, 'PG_VERSION')
    await writeFile(version, '17\n')
    await expect(begin()).rejects.toMatchObject({ code: 'wrong-version', words: { en: /PostgreSQL 17.*restore/s } })
    await rename(version, `${version}.away`)
    await expect(begin()).rejects.toMatchObject({ code: 'damaged' })
    await rename(`${version}.away`, version)
    await writeFile(version, '18\n')
    expect(await ask((await begin()).owner, 'select 1')).toEqual([1])
  })

  it('refuses to run without its own passwords', async () => {
    const file = join(options.dataDir, 'postgres.secret')
    await rename(file, `${file}.away`)
    await expect(begin()).rejects.toMatchObject({ code: 'secret-missing' })
    await writeFile(file, JSON.stringify({ superuser: 'a', owner: 'b', app: 'c' }))
    await expect(begin()).rejects.toMatchObject({ code: 'secret-wrong' })
    await rename(`${file}.away`, file)
    expect(await ask((await begin()).owner, 'select 1')).toEqual([1])
  })

  it('refuses with the server’s own words when it does not start', async () => {
    const { data, stop } = await begin()
    await stop()
    const conf = join(data, 'postgresql.conf')
    await copyFile(conf, `${conf}.away`)
    await writeFile(conf, 'max_connections = many\n')
    await expect(begin()).rejects.toMatchObject({ code: 'start-failed', message: /max_connections/ })
    await copyFile(`${conf}.away`, conf)
    expect(await ask((await begin()).owner, 'select 1')).toEqual([1])
  })
})

describe('a first start', () => {
  it(
    'begins anew after one that was killed half-way, and under a path too long for a socket',
    async () => {
      const dataDir = join(root, 'data-killed', 'long'.repeat(30))
      const place = join(dataDir, 'postgres')
      const killed = starter(dataDir)
      await vi.waitFor(
        async () => {
          const [unfinished] = (await readdir(place)).filter((name) => name.startsWith('creating-'))
          expect(existsSync(join(place, unfinished ?? '', 'data', 'global'))).toBe(true)
        },
        { timeout: 10_000, interval: 5 },
      )
      await killHard(killed)
      expect(existsSync(join(place, 'data'))).toBe(false)

      const { app, stop } = await begin({ dataDir })
      expect(await ask(app, 'select current_database()')).toEqual(['clearhold'])
      const folder = 'host' in app ? app.host : ''
      expect(Buffer.byteLength(folder)).toBeLessThan(90)
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
      await stop()
      expect(existsSync(folder)).toBe(false)
      await removeCluster({ ...options, dataDir })
      expect(await readdir(dataDir)).toEqual(['postgres.lock'])
    },
    SLOW_MS,
  )

  it(
    'works in a folder that only its owner may enter, and keeps to where it put the database',
    async () => {
      const closed = await mkdtemp(join(tmpdir(), 'clearhold-closed-'))
      const packageDir = join(closed, 'package')
      await cp(await packageFolder(), packageDir, { recursive: true, verbatimSymlinks: true })
      const dataDir = join(closed, 'data')
      const { data, owner, stop } = await begin({ dataDir, packageDir })
      await ask(owner, 'create table kept as select 1 as id')
      await stop()
      const again = await begin({ dataDir, packageDir })
      expect(again.data).toBe(data)
      expect(await ask(again.owner, 'select id from kept')).toEqual([1])
      await again.stop()

      const pointer = join(dataDir, 'postgres.place')
      expect(existsSync(pointer)).toBe(mustChangeAccount())
      if (mustChangeAccount()) {
        const place = join(data, '..')
        const copied = join(closed, 'copied')
        await mkdir(copied)
        await copyFile(pointer, join(copied, 'postgres.place'))
        await expect(begin({ dataDir: copied, packageDir })).rejects.toMatchObject({ code: 'place-shared' })

        await rename(place, `${place}-away`)
        await expect(begin({ dataDir, packageDir })).rejects.toMatchObject({ code: 'place-gone' })
        await rename(`${place}-away`, place)

        const told: object[] = []
        await rename(dataDir, `${dataDir}-away`)
        const another = await begin({
          dataDir: join(closed, 'another'),
          packageDir,
          log: { ...quietLog, info: (fields) => told.push(fields) },
        })
        expect(told).toContainEqual({ folder: dirname(data), dataDir })
        await another.stop()
        await removeCluster({ ...options, dataDir: join(closed, 'another') })
        await rename(`${dataDir}-away`, dataDir)

        const moved = join(closed, 'moved')
        await rename(join(place, 'clearhold.place'), join(place, 'away'))
        await removeCluster({ ...options, dataDir: copied })
        expect(await readdir(copied)).toEqual(['postgres.lock'])
        await rename(join(place, 'away'), join(place, 'clearhold.place'))
        await rm(copied, { recursive: true })
        await rename(dataDir, moved)
        const { owner: same, stop: stopMoved } = await begin({ dataDir: moved, packageDir })
        expect(await ask(same, 'select id from kept')).toEqual([1])
        await stopMoved()
        await rename(moved, dataDir)
      }
      await removeCluster({ ...options, dataDir, packageDir })
      expect(existsSync(data)).toBe(false)
      await rm(closed, { recursive: true })
    },
    SLOW_MS,
  )

  it.runIf(mustChangeAccount())('stays with the account that owns the files', async () => {
    const dataDir = join(root, 'data-owned')
    const first = await begin({ dataDir })
    await first.stop()
    const uid = 12_345
    for (const path of [
      first.data,
      ...(await readdir(first.data, { recursive: true })).map((name) => join(first.data, name)),
    ]) {
      await chown(path, uid, uid)
    }
    const { data, owner } = await begin({ dataDir })
    expect((await stat(pidFile(data))).uid).toBe(uid)
    expect(await ask(owner, 'select 1')).toEqual([1])
  })

  it.runIf(existsSync('/dev/shm'))('refuses a place that a restart empties', async () => {
    const dataDir = await mkdtemp('/dev/shm/clearhold-')
    if (mustChangeAccount()) await chmod(dataDir, 0o711)
    await expect(begin({ dataDir, allowUnlasting: false })).rejects.toMatchObject({
      code: 'not-lasting',
      message: /tmpfs/,
    })
    await rm(dataDir, { recursive: true })
  })
})
