import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import type { RfidRecords, RfidRole, TagSeen, TagWriteOutcome } from '../reading.ts'
import type { TagOrder } from './write-tag.ts'
import { tagWindow, type Sighting } from './sighting.ts'

/** What was gathered of a tag is told this often. */
export const TELL_MS = 500

export interface RfidReader extends DeviceDriver {
  /**
   * Writes an EPC to the one tag in the field, within `deadline_ms`; what was begun is read back however long it takes. Never rejects, and never
   * writes a second time.
   */
  write(order: TagOrder, deadline_ms: number): Promise<TagWriteOutcome>
  /** Stops the reader before we close its port ourselves. Never rejects. */
  leave(): Promise<void>
}

export interface RfidOutlet extends DriverOutlet {
  tag(raw: Uint8Array, seen: TagSeen): void
  /** Milliseconds since 1970. */
  now(): number
}

export interface RfidSettings {
  /** As printed on the reader, from 1; at least one. The first one writes. */
  readonly antennas: readonly number[]
  readonly power_dbm: number | null
  readonly role: RfidRole
  readonly records: RfidRecords
}

/** Tells tags as they come and counts what is no frame; `stop` tells what was gathered and not told. */
export function tagTeller(outlet: RfidOutlet) {
  const window = tagWindow()
  // From the first tag on: a reader whose port does not open is never stopped, and leaves nothing behind.
  let ticking: NodeJS.Timeout | undefined
  let stopped = false

  function tick(): void {
    for (const { raw, seen } of window.tick()) outlet.tag(raw, seen)
  }

  return {
    saw(sightings: Iterable<Sighting>, raw: Uint8Array): void {
      const at_ms = outlet.now()
      if (!stopped) ticking ??= setInterval(tick, TELL_MS)
      for (const one of sightings) {
        const told = window.saw(one, raw, at_ms)
        if (told !== null) outlet.tag(told.raw, told.seen)
      }
    },
    /** A fault of the framer: a cut frame is told, noise is counted. */
    wrong({ raw, fault }: Frame<unknown>): void {
      if (fault === null) return
      if (fault.code === 'line-cut') outlet.reading(raw, { kind: 'fault', fault })
      else outlet.count('noise_bytes', raw.length)
      if (fault.code === 'line-garbled') outlet.count('damaged', 1)
    },
    stop(): void {
      stopped = true
      clearInterval(ticking)
      tick()
    },
  }
}
