import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../database/connect.ts'
import { writeDurably } from '../database/files.ts'
import type { Log } from '../database/log.ts'
import { Refusal } from '../refusal.ts'
import { isDatabaseAway } from '../stations/database-away.ts'
import { castBallot, type SealedBallot } from './cast.ts'

/** A database that is away is tried again after this long. */
const AGAIN_MS = 500
const FILE = /^[0-9a-f-]{36}\.ballot$/

export interface WaitingBallotsDependencies {
  readonly db: Db
  /** Of this machine, apart from the database. */
  readonly folder: string
  readonly log: Log
}

/** Sealed ballots that are on their way into a database that is away. */
export interface WaitingBallots {
  /**
   * Takes a ballot that was sealed in time; resolves when it outlives this process. It is cast once the database is there, and by the next
   * start where this one ends before.
   * @throws Error of the disk; the ballot then waits in memory alone
   */
  keep(ballot: SealedBallot): Promise<void>
  /** Ends the tries; what waits stays on the disk. */
  close(): Promise<void>
}

/**
 * Ballots of keypads whose database is away: nobody stands there any more who could press again, so they wait on this machine's disk, each a
 * file that is gone once the ballot is cast.
 *
 * What this gives away, and what not. A file names the service and holds its sealed ballot: whether the vote was used by another door
 * meanwhile can be told by the service alone, so without that link a ballot would be lost or counted twice. Who reads the disk while a ballot
 * waits, or finds what a file system keeps of a file that is gone, learns what who has the whole database learns anyway: that this ballot came
 * from that service, never what stands in it. No backup holds these files.
 */
export function openWaitingBallots({ db, folder, log }: WaitingBallotsDependencies): WaitingBallots {
  const waiting = new Map<string, SealedBallot>()
  const ending = new AbortController()
  const { signal } = ending
  let casting: Promise<void> | null = null

  /** Whether it waits no longer: it was cast, or its vote was used already, as by this very ballot whose answer was lost. */
  const isCast = async (name: string, ballot: SealedBallot): Promise<boolean> => {
    try {
      await castBallot(db, ballot, null)
    } catch (error) {
      if (isDatabaseAway(error)) return false
      if (!(error instanceof Refusal)) {
        log.error({ err: error }, 'a ballot could not be cast and waits for the next start')
        waiting.delete(name)
        return true
      }
      if (error.code !== 'rating.vote-used')
        log.error({ code: error.code }, 'a ballot waited for longer than its key or its service was there')
    }
    waiting.delete(name)
    await rm(join(folder, name), { force: true })
    return true
  }

  const castAll = async (): Promise<void> => {
    while (waiting.size > 0 && !signal.aborted) {
      for (const [name, ballot] of waiting) if (signal.aborted || !(await isCast(name, ballot))) break
      if (waiting.size > 0) await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  const begin = (): void => {
    casting ??= castAll()
      .catch((error: unknown) => log.error({ err: error }, 'waiting ballots could not be looked after'))
      .finally(() => {
        casting = null
      })
  }

  /** What an earlier process left. */
  const load = async (): Promise<void> => {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    for (const name of names.filter((one) => FILE.test(one)))
      try {
        const { service, form, key, sealed } = JSON.parse(await readFile(join(folder, name), 'utf8')) as Kept
        waiting.set(name, { service, form, key, sealed: Buffer.from(sealed, 'base64') })
      } catch (error) {
        // One that cannot be read keeps none of the others from being counted; it stays for a person to look at.
        log.error({ err: error, file: name }, 'a ballot that waits could not be read')
      }
    begin()
  }
  const loading = load().catch((error: unknown) => log.error({ err: error }, 'ballots that wait could not be read'))

  return {
    async keep(ballot) {
      const name = `${randomUUID()}.ballot`
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const { service, form, key, sealed } = ballot
        const kept: Kept = { service, form, key, sealed: Buffer.from(sealed).toString('base64') }
        await writeDurably(join(folder, name), JSON.stringify(kept))
      } finally {
        waiting.set(name, ballot)
        begin()
      }
    },
    async close() {
      ending.abort()
      await loading
      await casting
    },
  }
}

/** As a file has it; `sealed` in base64. */
type Kept = Omit<SealedBallot, 'sealed'> & { readonly sealed: string }
