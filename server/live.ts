import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from './database/connect.ts'
import type { RouteDependencies } from './http.ts'
import type { Hub, LedgerHint } from './hub.ts'
import { readOutlines } from './ledger/read.ts'

/** The session behind an open socket is asked for again this often: signing out or being disabled closes the socket. */
const RECHECK_MS = 1_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 1024 * 1024
/** Said while nothing happens, so that a screen notices a line that is dead but not closed. */
const BEAT_MS = 10_000
/** Hints sent at once for what a screen missed; a longer absence is answered with where to read on. */
const CATCH_UP_MAX = 1_000

/** Hints that may wait while others are told; a screen that falls this far behind is dropped. */
const WAITING_MAX = 10_000

/** Which of these hints somebody may be given, and how much of each: the modules say. */
export type HintsFor = (person: string, hints: readonly LedgerHint[]) => Promise<readonly LedgerHint[]>

/** `register:seq`, separated by commas: the last entry of each register that a screen knows. */
const after = Type.String({ pattern: '^[a-z][a-z0-9.-]{0,63}:\\d{1,15}(,[a-z][a-z0-9.-]{0,63}:\\d{1,15}){0,99}$' })

/**
 * `GET /api/live`: a hint for every entry from now on that the asker may know of, in the order of its register; with `after`, first for
 * those that were missed. A hint may come twice: `seq` tells.
 */
export const liveRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { hub: Hub; hintsFor: HintsFor }> = async (
  app,
  { db, hub, signIn, hintsFor },
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
      const person = request.session?.person
      if (person === undefined) return socket.close(4401, 'not signed in')
      const token = request.sessionToken ?? ''
      const tell = (message: object): void => {
        if (socket.bufferedAmount > BACKLOG_BYTES) socket.close(4408, 'too slow')
        else socket.send(JSON.stringify(message))
      }
      const waiting: LedgerHint[] = []
      let telling = true
      /** Hints go out in the order they came, as many at once as have come meanwhile. */
      const drain = async (): Promise<void> => {
        telling = true
        while (waiting.length > 0 && socket.readyState === socket.OPEN) await tellHints(waiting.splice(0))
        telling = false
      }
      const tellHints = async (hints: readonly LedgerHint[]): Promise<void> => {
        for (const hint of await hintsFor(person, hints)) tell({ kind: 'entry', ...hint })
      }
      const failed = (): void => socket.close(1011, 'what has happened could not be read')
      const leave = hub.subscribe((hint) => {
        if (waiting.length >= WAITING_MAX) return socket.close(4408, 'too slow')
        waiting.push(hint)
        if (!telling) drain().catch(failed)
      })
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
      catchUp(db, request.query.after ?? '', tellHints, tell)
        .then(drain)
        .catch(failed)
    },
  )
}

async function catchUp(
  db: Db,
  known: string,
  tellHints: (hints: readonly LedgerHint[]) => Promise<void>,
  tell: (message: object) => void,
): Promise<void> {
  for (const [register = '', seq = ''] of known.split(',').map((one) => one.split(':'))) {
    if (register === '') continue
    const missed = await readOutlines(db, register, Number(seq), CATCH_UP_MAX)
    await tellHints(missed)
    if (missed.length === CATCH_UP_MAX) tell({ kind: 'missed', register, after: missed.at(-1)?.seq })
  }
}
