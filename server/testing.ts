import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { openDoor } from './act.ts'
import type { Provider } from './access/provider.ts'
import { signIn } from './access/sign-in.ts'
import { buildApp } from './app.ts'
import { registerApart } from './custody/recusal/registers.ts'
import { hintsInSight } from './custody/sight/hints.ts'
import { namingCases } from './custody/renumbering/numbers.ts'
import { quietLog, testDatabase, type TestDatabase } from './database/testing.ts'
import type { Log } from './database/log.ts'
import { demoPerson, settleOrganisation } from './demo/organisation.ts'
import { openHub } from './hub.ts'
import type { RouteDependencies } from './http.ts'
import type { Forecast } from './disk.ts'
import { type Keys, loadKeys } from './keys.ts'
import { openActivityLog } from './ledger/activity.ts'
import { checkpointFolderOf } from './ledger/places.ts'
import { type BackgroundCheck, keepVerified, unsound } from './ledger/verify-background.ts'
import type { Module } from './module.ts'
import type { Announce } from './outbox/calls.ts'
import { hintSights, modules as allModules } from './modules.ts'
import { holdToSchemas } from './testing-answers.ts'

/** The whole server on a database of its own, with the demonstration's organisation and no devices, for one test file. */
export interface TestServer {
  readonly app: FastifyInstance
  readonly database: TestDatabase
  readonly deps: RouteDependencies
  readonly keys: Keys
  readonly modules: readonly Module[]
  readonly dataDir: string
  /** Moves the server's clock. */
  setNow(at: string): void
  /** Starts the check of all registers that a server runs in the background. */
  readonly fullCheck: BackgroundCheck
  /** Sends a request as somebody of the demonstration's organisation; writes get a fresh `Idempotency-Key` unless one is given. */
  as(person: string, request: InjectOptions & { key?: string }): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export interface TestServerOptions {
  readonly at?: string
  readonly modules?: readonly Module[]
  /** As a server with a way out has it. */
  readonly announce?: Announce
  /** How full a disk is, as a test has it. */
  readonly disk?: () => Promise<Forecast | null>
  /** Through which people sign in, too. */
  readonly provider?: (keys: Keys) => Provider
  readonly extend?: (app: FastifyInstance, deps: RouteDependencies & { keys: Keys; dataDir: string }) => Promise<void>
}

/** A bug that an answer hides behind a 500 is printed. */
const loudLog: Log = { ...quietLog, error: (fields, message) => console.error(message, fields) }

export const TEST_START = '2026-03-02T01:00:00.000Z'

/** How somebody of the demonstration signs beside who acts. */
export function signatureOf(person: string): { badge: string; pin: string } {
  const { badge, pin } = demoPerson(person)
  return { badge, pin }
}

export async function testServer({
  at = TEST_START,
  modules = allModules,
  announce,
  disk,
  provider,
  extend,
}: TestServerOptions = {}): Promise<TestServer> {
  const database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'clearhold-server-'))
  const keys = await loadKeys(dataDir, { hasRegisters: false })
  let clock = at
  const now = (): string => clock
  const { db } = database
  const activity = openActivityLog(db)
  const door = openDoor({
    ...{ db, modules, causeKey: keys.pepper, hash: 'sha256', now },
    ...(announce === undefined ? {} : { announce }),
  })
  const hub = await openHub({ db, config: database.appConfig, log: quietLog })
  const { key, installation } = keys
  const proof = { db, folder: checkpointFolderOf(keys), key, installation }
  const fullCheck = keepVerified({ ...proof, modules, now, log: quietLog })
  const deps: RouteDependencies = { db, ...door, activity, signIn: signIn(db, keys.pepper), now, log: loudLog }
  const app = await buildApp({
    ...deps,
    keys,
    hub,
    registerApart: (person, register) => registerApart(db, person, register),
    hintsFor: (person, hints) => hintsInSight(db, person, hints, now(), hintSights),
    origins: [],
    secure: false,
    provider: provider?.(keys) ?? null,
    tls: null,
    readiness: async () => ({ database: true, unsound: unsound(fullCheck.latest().faults, []) }),
    fullCheck: fullCheck.latest,
    ...(disk === undefined ? {} : { disk }),
    extend: async (instance) => {
      holdToSchemas(instance)
      instance.addHook('preHandler', namingCases(db))
      await extend?.(instance, { ...deps, keys, dataDir })
    },
  })
  await settleOrganisation({ db, ...door, pepper: keys.pepper }, at)
  const tokens = new Map<string, string>()
  const tokenOf = async (id: string): Promise<string> => {
    const { login, password } = demoPerson(id)
    const token = tokens.get(id) ?? (await deps.signIn.open({ login, password })).token
    tokens.set(id, token)
    return token
  }
  return {
    app,
    database,
    deps,
    keys,
    modules,
    dataDir,
    fullCheck,
    setNow: (moment) => {
      clock = moment
    },
    as: async (person, { key, headers, ...request }) =>
      app.inject({
        ...request,
        headers: {
          authorization: `Bearer ${await tokenOf(person)}`,
          ...(request.method === undefined || request.method === 'GET'
            ? {}
            : { 'idempotency-key': key ?? randomBytes(8).toString('hex') }),
          ...headers,
        },
      }),
    close: async () => {
      await app.close()
      await fullCheck.close()
      await hub.close()
      await activity.close()
      await database.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
