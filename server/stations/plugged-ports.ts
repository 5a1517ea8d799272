import { listPlugged, type Plugged, realPath } from '../../devices/plugged.ts'
import { BadPortAddress, parsePortAddress } from '../../devices/port-address.ts'
import type { StationConfig } from '../../devices/reading.ts'
import { hangsOnLine } from '../../devices/shared-line.ts'
import type { PluggedPort } from './protocol.ts'

interface Claim {
  readonly station: string
  readonly device: string
  /** Hangs there beside others. */
  readonly shares: boolean
}

/**
 * What is plugged into this machine, with the devices that are set up for it.
 *
 * @param folder where device files stand, `/dev`
 */
export async function readPluggedPorts(
  stations: readonly StationConfig[],
  folder: string,
): Promise<readonly PluggedPort[]> {
  const paths = devicePaths(stations)
  const leads = await Promise.all(paths.map(realPath))
  return withClaims(stations, await listPlugged(folder), new Map(paths.map((path, at) => [path, leads[at] ?? null])))
}

/** The device files that these stations name on one machine, each once. */
export function devicePaths(stations: readonly StationConfig[]): readonly string[] {
  return [...new Set(stations.flatMap(({ devices }) => devices.flatMap(({ port }) => pathOf(port) ?? [])))]
}

/**
 * What is plugged into a machine, with the devices that are set up for it under whatever name. Several devices on one port that do not share it
 * by numbers of their own fight for it: only one of them can have it open.
 *
 * @param stations their devices as that machine opens them
 * @param leads where `devicePaths` lead there now
 */
export function withClaims(
  stations: readonly StationConfig[],
  plugged: readonly Plugged[],
  leads: ReadonlyMap<string, string | null>,
): readonly PluggedPort[] {
  const claims = claimsOf(stations, leads)
  return plugged.map(({ port, leadsTo }) => {
    const claimedBy = claims.get(leadsTo) ?? []
    return {
      ...{ port, leadsTo },
      claimedBy: claimedBy.map(({ station, device }) => ({ station, device })),
      fought: claimedBy.length > 1 && claimedBy.some(({ shares }) => !shares),
    }
  })
}

/** Which devices are set up for each device file that is there now. */
function claimsOf(
  stations: readonly StationConfig[],
  leads: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, readonly Claim[]> {
  const claims = new Map<string, Claim[]>()
  for (const { id: station, devices } of stations)
    for (const device of devices) {
      const path = pathOf(device.port)
      const leadsTo = path === null ? null : (leads.get(path) ?? null)
      if (leadsTo === null) continue
      const claim = { station, device: device.id, shares: hangsOnLine(device) }
      claims.set(leadsTo, [...(claims.get(leadsTo) ?? []), claim])
    }
  return claims
}

/** The device file that an address names on its machine; null for one on the network or on another PC. */
function pathOf(address: string): string | null {
  try {
    const where = parsePortAddress(address)
    return where.carrier === 'tcp' ? null : where.path
  } catch (error) {
    if (error instanceof BadPortAddress) return null
    throw error
  }
}
