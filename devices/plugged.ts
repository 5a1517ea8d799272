import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** A port that something is plugged into on this machine. */
export interface Plugged {
  /** Its address under the name that stays over re-plugs and restarts, as a device's configuration has it. */
  readonly port: string
  /** The device file that this name leads to now. */
  readonly leadsTo: string
}

/** More than these are plugged into no machine. */
const PORTS_MAX = 64

/**
 * The serial adapters and USB printers that are plugged in now, in the order of their names: by the adapter's own number (`serial/by-id`), by the
 * socket it is in (`serial/by-path`) where two alike have no number and only one of them has such a name, and `usb/lp*`.
 *
 * @param folder where device files stand, `/dev`
 */
export async function listPlugged(folder: string): Promise<readonly Plugged[]> {
  const found = new Map<string, Plugged>()
  for (const [where, carrier, name] of [
    ['serial/by-id', 'serial', /^[^.]/],
    ['serial/by-path', 'serial', /^[^.]/],
    ['usb', 'file', /^lp\d+$/],
  ] as const)
    for (const one of (await namesIn(join(folder, where))).filter((each) => name.test(each)).sort()) {
      const path = join(folder, where, one)
      const leadsTo = await realPath(path)
      if (leadsTo === null || found.has(leadsTo) || found.size >= PORTS_MAX) continue
      found.set(leadsTo, { port: `${carrier}:${path}`, leadsTo })
    }
  return [...found.values()]
}

/** Where a path leads; null when it leads nowhere now. */
export async function realPath(path: string): Promise<string | null> {
  return await realpath(path).catch(() => null)
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}
