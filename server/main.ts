import { Server as TlsServer } from 'node:https'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { StationConfig } from '../devices/reading.ts'
import { unpackFonts } from '../labels/fonts.ts'
import { type ActWithin, openDoor } from './act.ts'
import { openAgents } from './agents/open.ts'
import { keepClocks } from './clock/keeper.ts'
import { openProvider } from './access/provider.ts'
import { signIn } from './access/sign-in.ts'
import { buildApp } from './app.ts'
import { refuseUnfinishedRestore } from './backup/data-dir.ts'
import { type Config, readConfig } from './config.ts'
import { keepAccounts } from './custody/account/account-check.ts'
import { keepDifferences } from './custody/incidents/left-differences.ts'
import { registerApart } from './custody/recusal/registers.ts'
import { hintsInSight } from './custody/sight/hints.ts'
import { custodyLabels } from './custody/papers/label-jobs.ts'
import { paperPages } from './custody/papers/print-jobs.ts'
import { custodyDoor } from './custody/door/watch.ts'
import { custodyLocks } from './custody/locks/reads.ts'
import { scaleNotes } from './custody/scales/reads.ts'
import { itemOfTag } from './custody/papers/tags.ts'
import type { Cluster } from './database/cluster.ts'
import type { Db } from './database/connect.ts'
import type { Log } from './database/log.ts'
import { openDatabase } from './database/open.ts'
import { type Files, filesFolder, openFiles } from './files/files.ts'
import { diskDays, forecast, keepDisk } from './disk.ts'
import { namingCases } from './custody/renumbering/numbers.ts'
import { openHub } from './hub.ts'
import type { RouteDependencies } from './http.ts'
import { openLog } from './log.ts'
import { type Keys, loadKeys } from './keys.ts'
import { openActivityLog } from './ledger/activity.ts'
import { keepCheckpoints } from './ledger/keep-checkpoints.ts'
import { fillFound } from './custody/search/fill.ts'
import { sealClear } from './ledger/seal-clear.ts'
import { checkpointFolderOf } from './ledger/places.ts'
import { readRegisters } from './ledger/read.ts'
import { keepVerified, unsound } from './ledger/verify-background.ts'
import { moduleRoutes } from './module-routes.ts'
import { callSources, hintSights, modules, stationProcedures, triggers } from './modules.ts'
import { announcing } from './outbox/calls.ts'
import { keepOutbox } from './outbox/keeper.ts'
import { keepCounterFollowUps } from './rating/counter-follow-ups/keeper.ts'
import { waysOut } from './outbox/ways.ts'
import { ratingCounters } from './rating/keypads.ts'
import { keepSilences } from './rating/silence/keeper.ts'
import { keepUpload } from './rating/upload/keeper.ts'
import { buildKiosk, serveKiosk } from './serve-kiosk.ts'
import { wordsOfRefusedStart } from './start-refused.ts'
import { keepTls, readTls } from './tls.ts'
import { openDesk } from './stations/desk.ts'
import { readStationsFile, seedStations } from './stations/registry.ts'

export interface Server {
  /** Where people open it. */
  readonly url: string
  readonly keys: Keys
  readonly deps: RouteDependencies & { readonly actWithin: ActWithin }
  /** Resolves when the database is lost for good and the program should end. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

/** What stands before the first request: the database, the keys, the photos. */
export interface Ground {
  readonly db: Db
  readonly keys: Keys
  readonly files: Files
}

export interface ServerOptions {
  readonly log: Log
  /** On a disk that does not last: demonstrations and tests. */
  readonly allowUnlasting?: boolean
  /** The PostgreSQL of the DATA_DIR, where it is being started already; from now on this server's to stop. */
  readonly cluster?: Promise<Cluster>
  /** Runs on the new database before anything else sees it: how a demonstration gets its history. */
  readonly prepare?: (ground: Ground) => Promise<void>
  /** In place of `STATIONS_FILE`. */
  readonly stations?: readonly StationConfig[]
  /** Where the device files of this machine stand; `/dev` when not said. */
  readonly deviceFolder?: string
  /** Routes beside the program's own: the demonstration's. */
  readonly extend?: (app: FastifyInstance, ground: Ground) => Promise<void>
}

/**
 * Builds everything, once, here, and closes it in reverse.
 * @throws DatabaseRefused, KeysMissing, ContentKeyMissing, RegisterForked, each with words that say what to do
 */
export async function startServer(
  config: Config,
  { log, allowUnlasting = false, cluster, stations, deviceFolder = '/dev', prepare, extend }: ServerOptions,
): Promise<Server> {
  const closers: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer()
  }
  const kiosk = buildKiosk(log)
  // Awaited where it is served; until then a failure must not count as unhandled.
  kiosk.catch(() => undefined)
  // What stands in the way of it shows when something is drawn.
  unpackFonts().catch(() => undefined)
  try {
    await refuseUnfinishedRestore(config.dataDir)
    const now = (): string => new Date().toISOString()
    const database = await openDatabase(config, { log, allowUnlasting, ...(cluster === undefined ? {} : { cluster }) })
    closers.push(database.close)
    const { db } = database.app
    const keys = await loadKeys(config.dataDir, { hasRegisters: (await readRegisters(db)).length > 0 })
    if (keys.created)
      log.info({ folder: keys.folder, publicKey: keys.publicKey }, '已生成密钥，请备份 / keys made, back them up')
    await sealClear(db, database.ownerConfig, { key: keys.content, log })
    await fillFound(db, keys.content)
    const files = await openFiles({ folder: filesFolder(config.dataDir), db, now })
    const ground: Ground = { db, keys, files }
    await prepare?.(ground)
    const activity = openActivityLog(db)
    closers.push(activity.close)
    const proof = { db, folder: checkpointFolderOf(keys), ...keysOf(keys), now, log }
    const checkpoints = await keepCheckpoints(proof)
    closers.push(checkpoints.close)
    const fullCheck = keepVerified({ ...proof, modules })
    closers.push(fullCheck.close)
    const hub = await openHub({ db, config: database.appConfig, log })
    closers.push(hub.close)
    // A proxy before us may end TLS: what counts is what the browser sees.
    const secure = config.tls !== null || config.publicUrl?.startsWith('https:') === true
    const ways = waysOut(config.outbox, { installation: keys.installation, now })
    const { hash, companyPrefix } = config
    const deps = {
      db,
      ...openDoor({
        ...{ db, modules, causeKey: keys.pepper, hash, companyPrefix, now },
        ...(ways.length === 0 ? {} : { announce: announcing(callSources) }),
      }),
      activity,
      signIn: signIn(db, keys.pepper),
      now,
      log,
    }
    await seedStations(
      db,
      deps.act,
      stations ?? (config.stationsFile === null ? [] : await readStationsFile(config.stationsFile)),
    )
    const clocks = keepClocks({ ...deps, triggers }, hub.subscribe)
    closers.push(clocks.close)
    const counted = keepCounterFollowUps(deps)
    closers.push(counted.close)
    const accounts = keepAccounts(deps)
    closers.push(accounts.close)
    const disk = keepDisk({ db, now, log }, config.dataDir)
    closers.push(disk.close)
    const differences = keepDifferences(deps)
    closers.push(differences.close)
    const outbox = keepOutbox({ db, ways, site: config.publicUrl, now, log })
    closers.push(outbox.close)
    const agents = await openAgents({
      ...deps,
      config: database.appConfig,
      installation: keys.installation,
      pepper: keys.pepper,
      log,
      hub,
    })
    closers.push(agents.close)
    const desk = await openDesk({
      ...deps,
      remote: agents.devices,
      config: database.appConfig,
      log,
      hub,
      offers: stationProcedures,
      labels: custodyLabels,
      pages: paperPages(deps),
      itemOfTag,
      doorWatch: custodyDoor(deps),
      lockOrders: custodyLocks(deps),
      deviceNotes: scaleNotes,
      counterWatch: ratingCounters({ ...deps, pepper: keys.pepper, folder: join(config.dataDir, 'ballots') }),
    })
    closers.push(desk.close)
    const upload = keepUpload({ db, secret: config.outbox.uploadSecret, now, log })
    closers.push(upload.close)
    const silences = keepSilences(deps)
    closers.push(silences.close)
    const tls = config.tls === null ? null : await readTls(config.tls)
    const app = await buildApp({
      ...deps,
      keys,
      hub,
      registerApart: (person, register) => registerApart(db, person, register),
      hintsFor: (person, hints) => hintsInSight(db, person, hints, now(), hintSights),
      log,
      origins: config.publicUrl === null ? [] : [new URL(config.publicUrl).origin],
      secure,
      provider:
        config.provider === null ? null : openProvider(config.provider, { key: keys.content, log, now_ms: Date.now }),
      tls,
      readiness: async () => ({
        database: await answers(db),
        unsound: unsound(fullCheck.latest().faults, checkpoints.forked()),
      }),
      fullCheck: fullCheck.latest,
      disk: async () => forecast(await diskDays(db, config.dataDir, now())),
      extend: async (instance) => {
        instance.addHook('preHandler', namingCases(db))
        await moduleRoutes(instance, {
          ...deps,
          keys,
          files,
          desk,
          agents,
          ways,
          canUpload: config.outbox.uploadSecret !== null,
          site: config.publicUrl,
          voiceDir: config.voiceDir,
          secure,
          deviceFolder,
        })
        await extend?.(instance, ground)
        await kiosk
        await serveKiosk(instance)
      },
    })
    closers.push(() => app.close())
    if (config.tls !== null && tls !== null && app.server instanceof TlsServer)
      closers.push(keepTls(app.server, config.tls, tls, log).close)
    await app.listen({ host: config.host, port: config.port })
    fullCheck.begin()
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : config.port
    const scheme = config.tls === null ? 'http' : 'https'
    return {
      url: config.publicUrl ?? `${scheme}://${config.host}:${port}`,
      keys,
      deps,
      lost: database.lost,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function answers(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db)
    return true
  } catch {
    return false
  }
}

function keysOf({ signer, key, installation }: Keys) {
  return { signer, key, installation }
}

async function main(): Promise<void> {
  try {
    const config = readConfig(process.env)
    const log = openLog(config.logLevel)
    const server = await startServer(config, { log })
    log.info({ url: server.url }, '清管已启动 / Clearhold is running')
    const stop = (code: number): void => {
      server.close().then(
        () => process.exit(code),
        (error: unknown) => {
          log.error({ err: error }, 'the server did not close cleanly')
          process.exit(1)
        },
      )
    }
    process.once('SIGINT', () => stop(0))
    process.once('SIGTERM', () => stop(0))
    server.lost.then(
      (error) => {
        log.error({ err: error }, 'the database is lost')
        stop(1)
      },
      () => undefined,
    )
  } catch (error) {
    process.stderr.write(`${wordsOfRefusedStart(error)}\n`)
    process.exit(1)
  }
}

if (import.meta.main) await main()
