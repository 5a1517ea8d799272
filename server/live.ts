import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from './http.ts'
import type { Hub, LedgerHint } from './hub.ts'
import { readOutlines } from './ledger/read.ts'

/** The session behind an open socket is asked for again this often: signing out or being disabled closes the socket. */
const RECHECK_MS = 1_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 1024 * 1024
/** Said while nothing happens, so that a screen notices a line that is dead but not closed. */
const BEAT_MS = 10_000
/** Entries looked at at once for what a screen missed; a longer absence is answered with where to read on. */
export const CATCH_UP_MAX = 1_000
/** How often that is done for one register while nothing in it is in the asker's sight. */
const LOOKS_MAX = 10
/** Registers that a screen may say it knows, each counted once. */
const REGISTERS_MAX = 100

/** Hints that may wait while others are told; a screen that falls this far behind is dropped. */
const WAITING_MAX = 10_000

/** Which of these hints somebody may be given, and how much of each: the modules say. */
export type HintsFor = (person: string, hints: readonly LedgerHint[]) => Promise<readonly LedgerHint[]>

/** `register:seq`, separated by commas: the last entry of each register that a screen knows. */
const known = '[a-z][a-z0-9.-]{0,63}:\\d{1,15}'
const after = Type.String({ pattern: `^${known}(,${known}){0,${REGISTERS_MAX - 1}}$` })

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
      const tellHints = async (hints: readonly LedgerHint[]): Promise<readonly LedgerHint[]> => {
        const inSight = await hintsFor(person, hints)
        for (const hint of inSight) tell({ kind: 'entry', ...hint })
        return inSight
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
      catchUp(
        (register, seq, most) => readOutlines(db, register, seq, most),
        request.query.after ?? '',
        tellHints,
        tell,
      )
        .then(drain)
        .catch(failed)
    },
  )
}

/** Tells what was missed of each register; whoever may see nothing of one is not told that it has grown. */
export async function catchUp(
  read: (register: string, after: number, most: number) => Promise<readonly LedgerHint[]>,
  known: string,
  tellHints: (hints: readonly LedgerHint[]) => Promise<readonly LedgerHint[]>,
  tell: (message: object) => void,
): Promise<void> {
  for (const [register, seq] of lastKnown(known)) {
    let from = seq
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      const missed = await read(register, from, CATCH_UP_MAX)
      const last = (await tellHints(missed)).at(-1)?.seq
      from = missed.at(-1)?.seq ?? from
      if (missed.length < CATCH_UP_MAX) break
      if (last === undefined) continue
      tell({ kind: 'missed', register, after: last })
      break
    }
  }
}

/** Each register once, from the least that was said of it. */
function lastKnown(known: string): ReadonlyMap<string, number> {
  const registers = new Map<string, number>()
  for (const one of known === '' ? [] : known.split(',')) {
    const [register = '', seq = ''] = one.split(':')
    registers.set(register, Math.min(Number(seq), registers.get(register) ?? Infinity))
  }
  return registers
}
