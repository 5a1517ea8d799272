/** One demonstration for a whole run of tests: telling its history takes longer than copying what came of it. */

import { execFile } from 'node:child_process'
import { access, mkdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Where the run keeps it; whoever starts one outside of a run has none. */
export const TOLD_IN = 'DEMONSTRATION_TOLD_IN'

const LOOK_AGAIN_MS = 100
/** Longer than one is given to start. */
const GIVE_UP_MS = 240_000

/**
 * Fills a folder with the demonstration that the run has told, as a server leaves it that was stopped. The first to ask has it told; who comes
 * meanwhile waits.
 * @param tell starts a demonstration on a folder and stops it
 * @throws Error when telling fails, or takes whoever tells longer than anybody waits
 */
export async function copyTold(kept: string, dataDir: string, tell: (dataDir: string) => Promise<void>): Promise<void> {
  const [telling, told, data] = ['telling', 'told', 'data'].map((name) => join(kept, name)) as [string, string, string]
  const give_up_at_ms = performance.now() + GIVE_UP_MS
  await mkdir(kept, { recursive: true, mode: 0o755 })
  while (!(await isThere(told))) {
    if (await isMine(telling)) {
      try {
        // It may have been told between the look and now.
        if (!(await isThere(told))) await tellInto(data, told, tell)
      } finally {
        await rmdir(telling)
      }
    } else if (performance.now() > give_up_at_ms) throw new Error(`nobody told a demonstration in ${kept}`)
    else await wait(LOOK_AGAIN_MS)
  }
  // With owners: as root, the database runs under an account of its own.
  await promisify(execFile)('cp', ['-a', `${data}/.`, dataDir])
}

async function tellInto(data: string, told: string, tell: (dataDir: string) => Promise<void>): Promise<void> {
  await rm(data, { recursive: true, force: true })
  await mkdir(data, { mode: 0o755 })
  await tell(data)
  await writeFile(told, '')
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Only one of all that ask at once makes the folder. */
async function isMine(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}
