import { agentOf } from '../../devices/agent-address.ts'
import type { Reading, TagReading } from '../../devices/reading.ts'
import type { RemoteDesk } from '../agents/remote.ts'
import { contentOf } from './content.ts'
import type { CounterHands } from './counter.ts'
import type { Driving } from './driving.ts'
import type { HandlingDependencies } from './handling.ts'
import { agentsOf, copyOf, mergeOffline, noteLost, openHere } from './offline.ts'
import { hasPadOf } from './pads.ts'
import type { Place } from './place.ts'
import type { Queue } from './queue.ts'
import type { Sight } from './sights.ts'
import type { Kept } from './store.ts'

export interface FarDeskDependencies extends HandlingDependencies {
  readonly places: ReadonlyMap<string, Place>
  /** @throws Refusal `stations.unknown` */
  readonly placeOf: (station: string) => Place
  readonly queue: Queue
  readonly counters: CounterHands
  readonly driving: Pick<Driving, 'sawFar'>
  readonly sightOf: (reading: Reading) => Sight
  readonly onTag: (place: Place, tag: TagReading) => void
  /** The session of a place is another. */
  readonly onKept: (place: Place, kept: Kept) => void
}

/** What agents ask of the desk: their devices' readings go the way of those of our own. */
export function farDesk(deps: FarDeskDependencies): RemoteDesk {
  const { db, offers, now, places, placeOf, queue, counters, driving, sightOf, onTag, onKept } = deps
  return {
    take: async (reading, takeDown) => {
      const { id, station, device, at } = reading
      const sight = sightOf(reading)
      if (reading.value.kind === 'badge' && sight === 'held') return false
      const content = contentOf(reading, sight)
      await queue.enqueue(placeOf(station), { id, by: device, at, step: null, fingerprint: null, content, takeDown })
      return true
    },
    saw: driving.sawFar,
    sawTag: (agent, tag) => {
      const place = places.get(tag.station)
      const reader = place?.config.devices.find(({ id, kind }) => id === tag.device && kind === 'rfid')
      if (place === undefined || reader === undefined || agentOf(reader.port)?.agent !== agent) return false
      onTag(place, tag)
      return true
    },
    clerkAsks: async ({ agent, station }, event) => {
      const config = places.get(station)?.config
      if (config === undefined || !hasPadOf(agent, config)) return null
      return counters.asked(config, agent, event)
    },
    attempted: ({ agent, station }, attempt, times) => {
      const config = places.get(station)?.config
      if (config !== undefined && hasPadOf(agent, config)) counters.attempted(config, attempt, times)
    },
    cast: (from, ballot, takeDown) => counters.cast(from, ballot, takeDown),
    merge: async (station, record) => {
      const place = placeOf(station)
      const kept = await mergeOffline(deps, place.config, record)
      if (kept !== null) onKept(place, kept)
    },
    noteLost: (line) => noteLost(deps, line),
    openAt: (station) => {
      const place = places.get(station)
      if (place === undefined) return { agents: [], open: null }
      return { agents: agentsOf(place.config), open: openHere(place.kept.session, offers) }
    },
    placeOf: (station) => placeOf(station).config.place,
    copyOf: (station, open) => copyOf(db, offers, placeOf(station).config, open, now()),
  }
}
