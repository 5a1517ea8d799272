import { listPlugged, realPath } from '../../devices/plugged.ts'
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
 * What is plugged into this machine, with the devices that are set up for it under whatever name. Several devices on one port that do not share it
 * by numbers of their own fight for it: only one of them can have it open.
 *
 * @param folder where device files stand, `/dev`
 */
export async function readPluggedPorts(
  stations: readonly StationConfig[],
  folder: string,
): Promise<readonly PluggedPort[]> {
  const claims = await claimsOf(stations)
  return (await listPlugged(folder)).map(({ port, leadsTo }) => {
    const claimedBy = claims.get(leadsTo) ?? []
    return {
      ...{ port, leadsTo },
      claimedBy: claimedBy.map(({ station, device }) => ({ station, device })),
      fought: claimedBy.length > 1 && claimedBy.some(({ shares }) => !shares),
    }
  })
}

/** Which devices are set up for each device file of this machine that is there now. */
async function claimsOf(stations: readonly StationConfig[]): Promise<ReadonlyMap<string, readonly Claim[]>> {
  const claims = new Map<string, Claim[]>()
  for (const { id: station, devices } of stations)
    for (const device of devices) {
      const path = pathOf(device.port)
      const leadsTo = path === null ? null : await realPath(path)
      if (leadsTo === null) continue
      const claim = { station, device: device.id, shares: hangsOnLine(device) }
      claims.set(leadsTo, [...(claims.get(leadsTo) ?? []), claim])
    }
  return claims
}

/** The device file that an address names on this machine; null for one on the network or on another PC. */
function pathOf(address: string): string | null {
  try {
    const where = parsePortAddress(address)
    return where.carrier === 'tcp' ? null : where.path
  } catch (error) {
    if (error instanceof BadPortAddress) return null
    throw error
  }
}
