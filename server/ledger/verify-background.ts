import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { RegisterForked } from './checkpoint.ts'
import type { LedgerFault } from './fault.ts'
import { type CheckDependencies, checkStore } from './verify.ts'
import { quietly } from './verify-look.ts'

export const CHECK_STATES = ['waiting', 'running', 'done', 'could-not-run'] as const

/** How far the check of everything has come. */
export interface FullCheck {
  readonly state: (typeof CHECK_STATES)[number]
  /** When this round began; null before the first. */
  readonly begunAt: string | null
  /** The last time that everything had been looked at; null until then. */
  readonly endedAt: string | null
  /** Entries of the registers and records of the activity log that held then. */
  readonly entries: number
  /** What was found, in this round so far and in the last whole one; the first `FAULTS_KEPT` of it. */
  readonly faults: readonly LedgerFault[]
}

export interface BackgroundCheck {
  /** Starts the first round. */
  begin(): void
  latest(): FullCheck
  close(): Promise<void>
}

/** Between the end of one check of everything and the next. */
const EVERY_MS = 24 * 3_600_000
/** After a check that the database did not let come to its end. */
const RETRY_MS = 60_000
/** Where everything is broken, more would say nothing more; `npm run verify` names them all. */
const FAULTS_KEPT = 100
const REASONS_GIVEN = 5

/**
 * Checks everything that `npm run verify` does (but the photos), from the first entry on, in the background and again every day: starting
 * looks only at what came after the last checkpoint. Small pieces with rests, so that nobody waits; what it finds is logged at once and
 * stays to be seen in `latest`. It stops nothing: the readiness of the server says it in words.
 */
export function keepVerified(deps: CheckDependencies & { db: Db; now: () => string; log: Log }): BackgroundCheck {
  const { db, now, log } = deps
  const ending = new AbortController()
  const { signal } = ending
  let latest: FullCheck = { state: 'waiting', begunAt: null, endedAt: null, entries: 0, faults: [] }
  let running: Promise<void> = Promise.resolve()

  const round = async (): Promise<number> => {
    const before = latest.faults
    const seen: LedgerFault[] = []
    latest = { ...latest, state: 'running', begunAt: now() }
    const tell = (found: LedgerFault): void => {
      if (seen.length >= FAULTS_KEPT) return
      seen.push(found)
      latest = { ...latest, faults: [...seen, ...before.filter((one) => !seen.some((other) => isSame(one, other)))] }
      log.error({ register: found.register, seq: found.seq }, `${found.what.zh} / ${found.what.en}`)
    }
    try {
      const { registers, activity } = await checkStore(quietly(db, signal), deps, tell)
      const entries = registers.reduce((sum, one) => sum + one.entries, activity)
      latest = { ...latest, state: 'done', endedAt: now(), entries, faults: seen }
      return EVERY_MS
    } catch (error) {
      signal.throwIfAborted()
      log.warn({ err: error }, 'the check of everything did not come to its end; it begins again')
      latest = { ...latest, state: 'could-not-run' }
      return RETRY_MS
    }
  }
  const rounds = async (): Promise<void> => {
    for (;;) await pause(await round(), undefined, { signal })
  }
  return {
    begin: () => {
      running = rounds().catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'the check of everything has ended')
      })
    },
    latest: () => latest,
    close: async () => {
      ending.abort()
      await running
    },
  }
}

function isSame(one: LedgerFault, other: LedgerFault): boolean {
  return one.register === other.register && one.seq === other.seq && one.what.en === other.what.en
}

/** Why the registers are not to be relied on, in words; empty when nothing was found. */
export function unsound(faults: readonly LedgerFault[], forked: readonly RegisterForked[]): string[] {
  const all = [
    ...forked.map((one) => `不再签署：${one.message}`),
    ...faults.map(
      ({ register, seq, what }) =>
        `校验不通过：${register}${seq === null ? '' : ` seq ${seq}`}：${what.zh} / broken: ${what.en}`,
    ),
  ]
  const more = all.length - REASONS_GIVEN
  return more <= 0 ? all : [...all.slice(0, REASONS_GIVEN), `另有 ${more} 处，见 npm run verify / and ${more} more`]
}
