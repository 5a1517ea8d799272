import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from './database/connect.ts'
import { type RouteDependencies, signedIn } from './http.ts'
import type { Hub, LedgerHint } from './hub.ts'
import { readEntries } from './ledger/read.ts'

/** The session behind an open socket is asked for again this often: signing out or being disabled closes the socket. */
const RECHECK_MS = 1_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 1024 * 1024
/** Said while nothing happens, so that a screen notices a line that is dead but not closed. */
const BEAT_MS = 10_000
/** Hints sent at once for what a screen missed; a longer absence is answered with where to read on. */
const CATCH_UP_MAX = 1_000

/** `register:seq`, separated by commas: the last entry of each register that a screen knows. */
const after = Type.String({ pattern: '^[a-z][a-z0-9.-]{0,63}:\\d{1,15}(,[a-z][a-z0-9.-]{0,63}:\\d{1,15}){0,99}$' })

/**
 * `GET /api/live`: a hint for every entry from now on, in the order of its register; with `after`, first for those that were missed.
 * A hint may come twice: `seq` tells.
 */
export const liveRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { hub: Hub }> = async (
  app,
  { db, hub, signIn },
) => {
  app.get(
    '/api/live',
    {
      websocket: true,
      schema: {
        tags: ['live'],
        querystring: Type.Object({ after: Type.Optional(after) }, { additionalProperties: false }),
      },
    },
    (socket, request) => {
      try {
        signedIn(request)
      } catch {
        socket.close(4401, 'not signed in')
        return
      }
      const token = request.sessionToken ?? ''
      const tell = (message: object): void => {
        if (socket.bufferedAmount > BACKLOG_BYTES) socket.close(4408, 'too slow')
        else socket.send(JSON.stringify(message))
      }
      const leave = hub.subscribe((hint) => tell({ kind: 'entry', ...hint }))
      const beat = setInterval(() => tell({ kind: 'beat' }), BEAT_MS)
      const recheck = setInterval(() => {
        signIn
          .isOpen(token)
          .then((open) => {
            if (!open) socket.close(4401, 'signed out')
          })
          .catch(() => socket.close(1011, 'the session could not be checked'))
      }, RECHECK_MS)
      socket.on('close', () => {
        clearInterval(beat)
        clearInterval(recheck)
        leave()
      })
      socket.on('error', () => socket.close())
      catchUp(db, request.query.after ?? '', tell).catch(() => socket.close(1011, 'what was missed could not be read'))
    },
  )
}

async function catchUp(db: Db, known: string, tell: (message: object) => void): Promise<void> {
  for (const [register = '', seq = ''] of known.split(',').map((one) => one.split(':'))) {
    if (register === '') continue
    const missed = await readEntries(db, register, Number(seq), CATCH_UP_MAX)
    for (const { type, subject, at, seq: number } of missed) {
      tell({ kind: 'entry', register, seq: number, type, subject, at } satisfies LedgerHint & { kind: string })
    }
    if (missed.length === CATCH_UP_MAX) tell({ kind: 'missed', register, after: missed.at(-1)?.seq })
  }
}
