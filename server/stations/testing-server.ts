import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { approvalRoutes } from '../approvals/routes.ts'
import { afterwardsRoutes } from '../custody/bench/afterwards-routes.ts'
import { custodyDeeds } from '../custody/module.ts'
import { tagRoutes } from '../custody/papers/tag-routes.ts'
import { custodyRoutes } from '../custody/routes.ts'
import { type Files, filesFolder, openFiles } from '../files/files.ts'
import { fileRoutes } from '../files/routes.ts'
import type { RouteDependencies } from '../http.ts'
import { testServer, type TestServer } from '../testing.ts'
import type { Desk } from './desk.ts'
import { stationRoutes } from './routes.ts'

/**
 * A server with all routes that a bench needs, and those of a module beside them. They ask for the desk anew at each request: a test may close
 * one and open another.
 */
export async function openServer(
  desk: () => Desk,
  routes?: FastifyPluginAsyncTypebox<RouteDependencies>,
): Promise<{ readonly server: TestServer; readonly files: Files }> {
  const held: { files?: Files } = {}
  const server = await testServer({
    extend: async (app, deps) => {
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      held.files = files
      await app.register(custodyRoutes, deps)
      if (routes !== undefined) await app.register(routes, deps)
      await app.register(tagRoutes, {
        ...deps,
        desk: { order: (...of) => desk().order(...of), mustDrive: (...of) => desk().mustDrive(...of) },
      })
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
      await app.register(afterwardsRoutes, { ...deps, files })
      await app.register(fileRoutes, { ...deps, files, maySee: async () => true })
      await app.register(stationRoutes, {
        ...deps,
        desk: {
          input: (...of) => desk().input(...of),
          session: (...of) => desk().session(...of),
          follow: (...of) => desk().follow(...of),
          order: (...of) => desk().order(...of),
          mustDrive: (...of) => desk().mustDrive(...of),
          notes: (...of) => desk().notes(...of),
          watch: (...of) => desk().watch(...of),
          close: () => Promise.resolve(),
        },
        files,
        secure: false,
      })
    },
  })
  if (held.files === undefined) throw new Error('the routes are not there')
  return { server, files: held.files }
}
