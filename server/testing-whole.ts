import { join } from 'node:path'
import { type Agents, openAgents } from './agents/open.ts'
import { custodyLabels } from './custody/papers/label-jobs.ts'
import { paperPages } from './custody/papers/print-jobs.ts'
import { custodyProcedures } from './custody/bench/procedures.ts'
import { custodyDoor } from './custody/door/watch.ts'
import { custodyLocks } from './custody/locks/reads.ts'
import { scaleNotes } from './custody/scales/reads.ts'
import { itemOfTag } from './custody/papers/tags.ts'
import { quietLog } from './database/testing.ts'
import { filesFolder, openFiles } from './files/files.ts'
import { openHub } from './hub.ts'
import { moduleRoutes } from './module-routes.ts'
import { ratingCounters } from './rating/keypads.ts'
import { type Desk, openDesk } from './stations/desk.ts'
import { testServer, type TestServer } from './testing.ts'

/** A server with the routes of every module, its desk and its agents; no station is set up. */
export async function wholeServer(): Promise<TestServer> {
  const held: { desk?: Desk; agents?: Agents } = {}
  const desk = (): Desk => {
    if (held.desk === undefined) throw new Error('the desk is not open yet')
    return held.desk
  }
  const server = await testServer({
    extend: async (app, deps) =>
      moduleRoutes(app, {
        ...deps,
        files: await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now }),
        // Routes are there before the desk: it needs what the server opens.
        desk: {
          input: (...of) => desk().input(...of),
          session: (...of) => desk().session(...of),
          follow: (...of) => desk().follow(...of),
          order: (...of) => desk().order(...of),
          mustDrive: (...of) => desk().mustDrive(...of),
          notes: (...of) => desk().notes(...of),
          watch: (...of) => desk().watch(...of),
          close: () => desk().close(),
        },
        agents: {
          serve: (socket, from) => held.agents?.serve(socket, from),
          ports: async (agent) => (await held.agents?.ports(agent)) ?? null,
        },
        ways: [],
        secure: false,
      }),
  })
  const { deps, keys, database } = server
  const ground = { ...deps, log: quietLog, config: database.appConfig }
  const hub = await openHub({ db: deps.db, config: database.appConfig, log: quietLog })
  const { installation, pepper } = keys
  const agents = await openAgents({ ...ground, hub, installation, pepper })
  held.agents = agents
  const offers = [custodyProcedures]
  const opened = await openDesk({
    ...ground,
    hub,
    offers,
    labels: custodyLabels,
    pages: paperPages(deps),
    itemOfTag,
    doorWatch: custodyDoor(deps),
    lockOrders: custodyLocks(deps),
    deviceNotes: scaleNotes,
    counterWatch: ratingCounters({
      ...deps,
      log: quietLog,
      pepper: server.keys.pepper,
      folder: join(server.dataDir, 'ballots'),
    }),
    remote: agents.devices,
  })
  held.desk = opened
  return {
    ...server,
    close: async () => {
      await opened.close()
      await agents.close()
      await hub.close()
      await server.close()
    },
  }
}
