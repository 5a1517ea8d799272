import { good, type Frame } from '../framing.ts'
import type { Conversation, Question } from './conversation.ts'
import type { Scan } from './scan.ts'
import type { scanTeller } from './teller.ts'

/** What a scanner answers to a command that it is told in words. */
export interface CommandAnswer {
  readonly kind: 'answer'
  /** What was asked, as it came back, with what the scanner told of it. */
  readonly text: string
  /** `unknown`: it has no such command; `wrong`: it has, and not with this value. */
  readonly status: 'done' | 'unknown' | 'wrong'
}

/** What comes from a scanner that is told commands in words: its answers between its codes. */
export type CommandMeaning = CommandAnswer | ({ readonly kind: 'scan' } & Scan)

/** @param bytes the command as it goes over the line */
export function commandQuestion(command: string, bytes: Uint8Array): Question<CommandAnswer> {
  return {
    bytes,
    again: bytes,
    settle({ text, status }) {
      if (!text.startsWith(command)) return 'other'
      switch (status) {
        case 'done':
          return { fault: null }
        case 'unknown':
          return { fault: { code: 'protocol', detail: `the scanner does not know ${command}` } }
        case 'wrong':
          return { fault: { code: 'device-error', detail: `the scanner refuses ${command}` } }
      }
    },
  }
}

/** Gives answers to the conversation that waits for them and codes to the teller; faults are told as they are. */
export function sortMeanings(
  frames: readonly Frame<CommandMeaning>[],
  talk: Conversation<CommandAnswer>,
  tell: ReturnType<typeof scanTeller>,
): void {
  for (const frame of frames) {
    if (frame.fault !== null) {
      tell(frame)
      continue
    }
    talk.heard()
    if (frame.meaning.kind === 'answer') talk.take(frame.meaning)
    else tell(good(frame.raw, frame.meaning))
  }
}
