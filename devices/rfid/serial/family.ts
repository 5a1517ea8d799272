import type { Fault } from '../../reading.ts'
import type { ScanningFramer } from '../scanning.ts'
import type { Sighting } from '../sighting.ts'
import type { Conversation } from './conversation.ts'

/** How one family of serial readers is spoken to. A fault says why something was not done. */
export interface SerialFamily<Spoken> {
  framer(): ScanningFramer<Spoken>
  /** The tags that a frame tells of; null for one that contradicts itself. */
  tags(frame: Spoken): readonly Sighting[] | null
  /** Has the reader say that it is there, and sets it up. */
  start(talk: Conversation<Spoken>): Promise<Fault | null>
  /** One round of inventory on an antenna, to its end. */
  round(talk: Conversation<Spoken>, antenna: number): Promise<Fault | null>
  /** Stops what would go on by itself. */
  stop(talk: Conversation<Spoken>): Promise<void>
  read(
    talk: Conversation<Spoken>,
    epc: string,
    bank: number,
    pointer: number,
    words: number,
  ): Promise<Uint8Array | Fault>
  /** Writes to bank 1. */
  write(talk: Conversation<Spoken>, epc: string, pointer: number, data: Uint8Array): Promise<'done' | 'silent' | Fault>
}

export const NO_ANSWER: Fault = { code: 'no-answer', detail: 'the reader does not answer' }
/** A command is answered at once; reads and writes of a tag take up to a second. */
export const ANSWER_MS = 700
export const ACCESS_MS = 1500
/** A round tells its tags as it goes; this much silence inside it is no round. */
export const ROUND_MS = 1200
export const EPC_BANK = 1

/** A sound frame came, and what it says cannot be: of another tag, or of the wrong length. */
export function contradicts(detail: string): Fault {
  return { code: 'protocol', detail }
}
