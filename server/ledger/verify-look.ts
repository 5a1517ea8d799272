import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../database/connect.ts'
import type { Reader } from '../module.ts'

/** How a check looks at the store: all of it at one moment, or piece by piece beside the work of the day. */
export interface Look {
  /** What one piece sees, it sees at one moment. */
  see<T>(piece: (db: Reader) => Promise<T>): Promise<T>
  /** Entries, records or rows in one piece. */
  readonly rowsAPiece: number
  /** Subjects whose read tables are compared in one piece. */
  readonly subjectsAPiece: number
}

const ROWS_A_PIECE = 5_000
const SUBJECTS_A_PIECE = 1_000

/** One snapshot for all of it, as fast as it goes: what is written meanwhile does not look like a difference. */
export function oneMoment<T>(db: Db, check: (look: Look) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) =>
      check({ see: (piece) => piece(snapshot), rowsAPiece: ROWS_A_PIECE, subjectsAPiece: SUBJECTS_A_PIECE }),
    )
}

/** Small enough that no scan waits behind one: hashing them takes some milliseconds of the only thread. */
const ROWS_A_QUIET_PIECE = 100
const SUBJECTS_A_QUIET_PIECE = 25
/** After each piece it rests this many times as long as the piece took, so that four fifths of the time are left to others. */
const RESTS_A_PIECE = 4
const REST_MIN_MS = 5
/** A piece that had to wait for a busy database does not put the next one off for ever. */
const REST_MAX_MS = 2_000

/**
 * Piece by piece with rests. Registers and the activity log only ever grow, and what belongs together is committed together, so pieces of
 * different moments still fit.
 * @param signal ends the check: the next piece rejects with its reason
 */
export function quietly(db: Db, signal: AbortSignal): Look {
  return {
    rowsAPiece: ROWS_A_QUIET_PIECE,
    subjectsAPiece: SUBJECTS_A_QUIET_PIECE,
    see: async (piece) => {
      signal.throwIfAborted()
      const began = performance.now()
      const seen = await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(piece)
      const rest_ms = Math.min(Math.max((performance.now() - began) * RESTS_A_PIECE, REST_MIN_MS), REST_MAX_MS)
      await pause(rest_ms, undefined, { signal })
      return seen
    },
  }
}
