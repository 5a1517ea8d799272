import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type RouteDependencies, signedIn } from './http.ts'
import type { Hub } from './hub.ts'

/** The session behind an open socket is asked for again this often: signing out or being disabled closes the socket. */
const RECHECK_MS = 1_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 1024 * 1024

/** `GET /api/live`: a hint for every entry from now on, in the order of its register. */
export const liveRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { hub: Hub }> = async (app, { hub, signIn }) => {
  app.get(
    '/api/live',
    { websocket: true, schema: { tags: ['live'], querystring: Type.Object({}, { additionalProperties: false }) } },
    (socket, request) => {
      try {
        signedIn(request)
      } catch {
        socket.close(4401, 'not signed in')
        return
      }
      const token = request.sessionToken ?? ''
      const leave = hub.subscribe((hint) => {
        if (socket.bufferedAmount > BACKLOG_BYTES) socket.close(4408, 'too slow')
        else socket.send(JSON.stringify({ kind: 'entry', ...hint }))
      })
      const recheck = setInterval(() => {
        signIn
          .find(token)
          .then((session) => {
            if (session === null) socket.close(4401, 'signed out')
          })
          .catch(() => socket.close(1011, 'the session could not be checked'))
      }, RECHECK_MS)
      socket.on('close', () => {
        clearInterval(recheck)
        leave()
      })
      socket.on('error', () => socket.close())
    },
  )
}
