import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** A short look from `isLocked` must not turn a start away. */
const TAKE_TIMEOUT_MS = 500
const SQLITE_BUSY = 5

export interface Lock {
  release(): void
}

/**
 * Takes a lock that dies with this process, however it dies: the operating system's own record lock on `path`, reached through SQLite,
 * which Node carries (Node has no call for it). It holds between containers that share the folder, where process ids mean nothing. Returns
 * undefined when somebody holds it, also this very process.
 *
 * No other code of the holding process may open and close this file: by POSIX, that drops the lock.
 */
export function takeLock(path: string): Lock | undefined {
  return attempt(path, TAKE_TIMEOUT_MS)
}

/** Whether somebody holds the lock at this moment. */
export function isLocked(path: string): boolean {
  const lock = attempt(path, 0)
  lock?.release()
  return lock === undefined
}

function attempt(path: string, timeout: number): Lock | undefined {
  makePrivate(path)
  const file = new DatabaseSync(path, { timeout })
  try {
    // Nothing is ever written: a journal would only be left lying beside the file.
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined
    throw error
  }
  return { release: () => file.close() }
}

function makePrivate(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
