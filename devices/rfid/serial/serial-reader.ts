import { setTimeout as pause } from 'node:timers/promises'
import type { Frame } from '../../framing.ts'
import type { Fault, TagWriteOutcome } from '../../reading.ts'
import { silenceWatch } from '../../scanner/silence.ts'
import { tagTeller, type RfidOutlet, type RfidReader, type RfidSettings } from '../reader.ts'
import { writeRefused, writeTag, type TagAir } from '../write-tag.ts'
import { conversation } from './conversation.ts'
import type { SerialFamily } from './family.ts'

/** No reader pauses this long inside a frame. */
const CUT_MS = 100
/** Between rounds the line is free for this long. */
const ROUND_PAUSE_MS = 5
/** Before the next try when something was wrong. */
const TROUBLE_PAUSE_MS = 300
/** Silences in a row before that is how the reader is, and before the connection itself is doubted. */
const SILENCES_MAX = 2
const DEAF_MAX = 6
/** Rounds that must agree on what lies in the field before a tag is written. */
const SURVEY_ROUNDS = 3
/** Writes that may wait behind the one under way. */
const WRITES_MAX = 4

/** A reader on a serial line: asked for one round of inventory after the other, antenna by antenna; writes go between rounds. */
export function serialReader<Spoken>(
  outlet: RfidOutlet,
  family: SerialFamily<Spoken>,
  settings: RfidSettings,
): RfidReader {
  const framer = family.framer()
  const teller = tagTeller(outlet)
  const talk = conversation<Spoken>(outlet)
  const over = new AbortController()
  const silence = silenceWatch(CUT_MS, () => framer.silence().forEach(take))
  const writes: { run(): Promise<void>; refuse(why: string): void }[] = []
  const ill = new Map<number, Fault>()
  let silences = 0
  let surveyed: Set<string> | null = null
  let life: Promise<void> = Promise.resolve()

  function take(frame: Frame<Spoken>): void {
    if (frame.fault !== null) return teller.wrong(frame)
    const tags = family.tags(frame.meaning)
    if (tags === null) outlet.count('damaged', 1)
    else {
      teller.saw(tags, frame.raw)
      for (const { epc } of tags) surveyed?.add(epc)
    }
    talk.heard(frame.meaning)
  }

  /** What a round or a start on this antenna (0: the reader itself) says of how the reader is. */
  function note(antenna: number, fault: Fault | null): void {
    if (over.signal.aborted) return
    silences = fault?.code === 'no-answer' ? silences + 1 : 0
    if (silences > 0) {
      if (silences >= SILENCES_MAX && fault !== null) outlet.health(fault)
      if (silences === DEAF_MAX && fault !== null) outlet.giveUp(fault)
      return
    }
    if (fault === null) ill.delete(antenna)
    else ill.set(antenna, fault)
    const [first] = ill.values()
    outlet.health(first ?? null)
  }

  async function live(): Promise<void> {
    let started = false
    for (let nth = 0; !over.signal.aborted; nth += 1) {
      if (!started) {
        ill.clear()
        const fault = await family.start(talk)
        started = fault === null
        note(0, fault)
        if (!started) await waited(TROUBLE_PAUSE_MS)
        continue
      }
      await writes.shift()?.run()
      const antenna = settings.antennas[nth % settings.antennas.length] ?? 1
      const fault = await family.round(talk, antenna)
      note(antenna, fault)
      // One that was silent may have been switched off, and has forgotten what it was told.
      if (fault?.code === 'no-answer') started = false
      await waited(fault === null ? ROUND_PAUSE_MS : TROUBLE_PAUSE_MS)
    }
    for (const write of writes.splice(0)) write.refuse('the port is closed')
  }

  async function waited(wait_ms: number): Promise<void> {
    await pause(wait_ms, undefined, { signal: over.signal }).catch(() => undefined)
  }

  const air: TagAir = {
    async survey() {
      surveyed = new Set()
      try {
        for (let round = 0; round < SURVEY_ROUNDS; round += 1) {
          const fault = await family.round(talk, settings.antennas[0] ?? 1)
          if (fault !== null) return fault
        }
        return [...surveyed]
      } finally {
        surveyed = null
      }
    },
    read: (epc, bank, pointer, words) => family.read(talk, epc, bank, pointer, words),
    write: (epc, pointer, data) => family.write(talk, epc, pointer, data),
  }

  return {
    opened() {
      life = live()
    },
    bytes(bytes) {
      framer.push(bytes).forEach(take)
      silence.heard(framer.begun())
    },
    closed() {
      over.abort()
      talk.end()
      silence.stop()
      framer.end().forEach(take)
      teller.stop()
    },
    write(order, deadline_ms) {
      if (settings.role === 'gate')
        return Promise.resolve(writeRefused('wrong-role', 'a reader at a gate writes no tags'))
      if (over.signal.aborted || writes.length >= WRITES_MAX)
        return Promise.resolve(writeRefused('reader-fault', 'the port is closed or too many writes are waiting'))
      const until = performance.now() + deadline_ms
      return new Promise<TagWriteOutcome>((resolve) => {
        const write = {
          async run() {
            clearTimeout(late)
            resolve(await writeTag(air, order, () => until - performance.now()))
          },
          refuse(why: string) {
            clearTimeout(late)
            resolve(writeRefused('reader-fault', why))
          },
        }
        const late = setTimeout(() => {
          const at = writes.indexOf(write)
          if (at >= 0) writes.splice(at, 1)
          write.refuse('the reader was not free in time')
        }, deadline_ms)
        writes.push(write)
      })
    },
    async leave() {
      over.abort()
      await life
      await family.stop(talk)
    },
  }
}
