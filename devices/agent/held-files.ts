import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeldList, HeldProgress } from './held-list.ts'
import { writeDurably } from './identity.ts'

/** A held list as it stands on this machine, with when it came, by both of its clocks. */
export interface HeldHere extends HeldProgress {
  readonly held: HeldList
  readonly at_ms: number
  readonly mono_ms: number
  readonly run: string
}

/** Held lists, a file 0600 a station, there only while the list is open. */
export interface HeldFiles {
  read(): Promise<readonly HeldHere[]>
  /** Resolves when it is on disk. */
  write(here: HeldHere): Promise<void>
  /** Resolves when it is gone. */
  remove(station: string): Promise<void>
}

/** @param folder of this agent's key alone; must be there */
export async function heldFiles(folder: string): Promise<HeldFiles> {
  const own = join(folder, 'held')
  await mkdir(own, { recursive: true, mode: 0o700 })
  await chmod(own, 0o700)
  const pathOf = (station: string): string => join(own, `${station}.json`)
  return {
    async read() {
      const names = (await readdir(own)).filter((name) => name.endsWith('.json'))
      return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(own, name), 'utf8')) as HeldHere))
    },
    write: (here) => writeDurably(pathOf(here.held.station), here),
    remove: (station) => rm(pathOf(station), { force: true }),
  }
}
