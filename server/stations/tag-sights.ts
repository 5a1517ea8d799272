import type { StationConfig, TagReading } from '../../devices/reading.ts'
import { mayBeOurs } from '../tag-identity.ts'
import { clearTags, type TagSight } from './clear-tag.ts'

/** Kinds of stations where a person puts one thing after the other before a reader. */
const AT_HAND: readonly StationConfig['kind'][] = ['bench', 'desk', 'aisle']

/**
 * Follows the tags before every reader that a person uses, and says what is to be said of them. A gate's readings are no scan of anything,
 * and a reader that was set up anew begins anew.
 */
export function openTagSights(): (station: StationConfig, tag: TagReading) => TagSight | null {
  const followed = new Map<string, { readonly setUp: string; readonly see: ReturnType<typeof clearTags> }>()

  return (station, tag) => {
    const device = station.devices.find(({ id }) => id === tag.device)
    if (device === undefined || device.role === 'gate' || !AT_HAND.includes(station.kind)) return null
    const key = `${station.id} ${device.id}`
    const setUp = JSON.stringify(device)
    let one = followed.get(key)
    if (one?.setUp !== setUp) {
      one = { setUp, see: clearTags(device.antennas ?? [1], mayBeOurs) }
      followed.set(key, one)
    }
    return one.see(tag)
  }
}
