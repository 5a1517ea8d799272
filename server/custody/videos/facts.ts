import type { Granted } from '../measures/facts.ts'

/** What a recording shows: the taking, something done with the item later, or its incident. */
export type Filmed = 'measure' | 'handling' | 'incident'

/** 同步录音录像: where the recording is found. The recording itself stays where it is kept. */
export type VideoFacts = {
  /** unit, and for what is no recording of the measure unit or store, where the item is, `item/<code>`: a recording shows it. In clear: nobody is named in it. */
  'custody.video-noted': {
    readonly of: Filmed
    /** As the recorder or the register of recordings has it. */
    readonly number: string
    readonly device: string
    readonly startedAt: string
    readonly endedAt: string
    /** Where the recording is kept. */
    readonly keptIn: string
    /** SHA-256 of the file; null where only the carrier is known. */
    readonly sha256: string | null
    /** With it the taking is on film as a whole; absent where something is still missing. */
    readonly whole?: true
  }
  /** unit, `item/<code>`: 准予不全程录音录像; the taking may stand without a whole recording of it. */
  'custody.unfilmed-allowed': Granted
}
