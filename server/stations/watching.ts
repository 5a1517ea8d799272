import type { ShownReading } from './protocol.ts'

/** Administrators who watch what a device sees. One who does not read is dropped by his socket, so nothing gathers here. */
export interface Watching {
  /** Calls back with what this device sees from now on; returns how to stop. */
  follow(station: string, device: string, onReading: (reading: ShownReading) => void): () => void
  tell(station: string, device: string, reading: ShownReading): void
}

/** Within this process only, and nothing is kept: who begins to follow is told of what comes from then on. */
export function openWatching(): Watching {
  const watchers = new Map<string, Set<(reading: ShownReading) => void>>()
  return {
    follow: (station, device, onReading) => {
      const key = `${station} ${device}`
      const ofDevice = watchers.get(key) ?? new Set()
      watchers.set(key, ofDevice)
      ofDevice.add(onReading)
      return () => {
        ofDevice.delete(onReading)
        if (ofDevice.size === 0 && watchers.get(key) === ofDevice) watchers.delete(key)
      }
    },
    tell: (station, device, reading) => {
      for (const onReading of watchers.get(`${station} ${device}`) ?? []) onReading(reading)
    },
  }
}
