import type { Fault, Told } from '../reading.ts'
import type { ClerkPress, ClerkSignal, Keypad, KeypadOutlet } from './keypad.ts'
import { maskedFrame } from './press.ts'
import { DEFAULT_LIMITS, openRounds, type RoundEvent, type RoundLimits, type Rounds } from './rounds.ts'

/** One thing that happened at the keypads of a counter. It is no `Reading`: nothing that shows or counts readings ever sees a press. */
export interface KeypadEvent {
  /** UUIDv7, made where the keypad is attached. */
  readonly id: string
  readonly station: string
  /** The pad it came from; null for what no pad said (silence, a question put by the station). */
  readonly device: string | null
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string
  /** What may be shown of the bytes: of a rater's press always the same mask, whatever was pressed and whatever became of it. */
  readonly raw: Uint8Array
  readonly value: KeypadValue
}

export type KeypadValue = RoundEvent | ClerkPress

/** What became of a question: the round that it opened, or why no pad could put it. */
export type Asked = { readonly round: string; readonly fault: null } | { readonly round: null; readonly fault: Fault }

export interface CountersOptions {
  /** The keypads of a station as they are now, open or not. */
  readonly pads: (station: string) => readonly (Keypad | Fault)[]
  readonly newId: () => string
  readonly tell: (station: string, device: string | null, raw: Uint8Array, value: KeypadValue) => void
}

export interface Counters {
  /** What a keypad of this station tells; the clerk's own question has these limits. */
  outlet(station: string, device: string, limits: Partial<RoundLimits>): KeypadOutlet & { gone(): void }
  ask(station: string, limits: Partial<RoundLimits>): Promise<Asked>
  withdraw(station: string): void
  signal(station: string, signal: ClerkSignal): Promise<Told>
  stars(station: string, count: StarCount): Promise<Told>
  close(): void
}

export type StarCount = 0 | 1 | 2 | 3 | 4 | 5

const NO_BYTES = new Uint8Array(0)

/** The counters of all stations, each with its rounds over all of its pads. */
export function openCounters({ pads, newId, tell }: CountersOptions): Counters {
  const counters = new Map<string, Rounds>()

  function roundsOf(station: string): Rounds {
    const known = counters.get(station)
    if (known !== undefined) return known
    const rounds = openRounds({
      newId,
      tell(device, event) {
        const pressed = event.kind === 'rated' || event.kind === 'not-counted'
        tell(station, device, pressed ? maskedFrame() : NO_BYTES, event)
      },
      onEnd: () => wellPads(station).forEach((pad) => pad.rest()),
    })
    counters.set(station, rounds)
    return rounds
  }

  function wellPads(station: string): Keypad[] {
    return pads(station).filter((pad): pad is Keypad => !('code' in pad))
  }

  /** Done by any pad is done; else the first reason why not. */
  async function toAll(station: string, deed: (pad: Keypad) => Promise<Told>): Promise<Told> {
    const told = await Promise.all(pads(station).map(async (pad) => ('code' in pad ? pad : await deed(pad))))
    if (told.includes(null)) return null
    return told.find((one) => one !== 'unable') ?? 'unable'
  }

  return {
    outlet: (station, device, limits) => ({
      clerk: (raw, press) => tell(station, device, raw, press),
      clerkAsks() {
        roundsOf(station).ask('clerk', device, { ...DEFAULT_LIMITS, ...limits })
      },
      pressed: (press) => roundsOf(station).pressed(device, press),
      saidNone: () => roundsOf(station).saidNone(device),
      gone: () => roundsOf(station).padGone(),
    }),
    async ask(station, limits) {
      await Promise.all(wellPads(station).map((pad) => pad.clear()))
      const rounds = roundsOf(station)
      const round = rounds.ask('station', null, { ...DEFAULT_LIMITS, ...limits })
      const asked = await Promise.all(pads(station).map(async (pad) => ('code' in pad ? pad : await pad.ask())))
      const fault = asked.find((told): told is Fault => told !== null && told !== 'unable')
      if (fault === undefined || asked.some((told) => told === null || told === 'unable')) return { round, fault: null }
      rounds.withdraw('pad-gone')
      return { round: null, fault }
    },
    withdraw: (station) => counters.get(station)?.withdraw('withdrawn'),
    signal: (station, signal) => toAll(station, (pad) => pad.signal(signal)),
    stars: (station, count) => toAll(station, (pad) => pad.stars(count)),
    close() {
      for (const rounds of counters.values()) rounds.close()
      counters.clear()
    },
  }
}
