import { setTimeout as pause } from 'node:timers/promises'
import { PortClosed } from '../../port.ts'
import type { RfidOutlet } from '../reader.ts'

/** After a question that was not answered in time its answer may still come; nothing is asked before it has been quiet for this long. */
const QUIET_MS = 200
const WRITE_MS = 1000

/** One question after the other to a reader that answers on the same line. Nothing here rejects. */
export interface Conversation<Spoken> {
  /**
   * Sends a command and gives what `answer` makes of the first frame that it knows, or `silent` when `patience_ms` have passed without any
   * frame.
   */
  ask<Answer>(
    command: Uint8Array,
    patience_ms: number,
    answer: (frame: Spoken) => Answer | null,
  ): Promise<Answer | 'silent'>
  /** Sends a command that is answered by what the reader does. */
  tell(command: Uint8Array): Promise<void>
  /** A frame came. */
  heard(frame: Spoken): void
  /** The port is closed: every question is met with silence from now on. */
  end(): void
}

interface Question<Spoken> {
  hear(frame: Spoken): void
  giveUp(): void
}

/**
 * Callers wait for one answer before they ask the next: a second question under way would leave the first without one. Frames that nobody
 * asked for are dropped here.
 */
export function conversation<Spoken>(outlet: RfidOutlet): Conversation<Spoken> {
  let asked: Question<Spoken> | null = null
  let owed = false
  let heard_ms = 0
  let ended = false

  async function quiet(): Promise<void> {
    const since_ms = performance.now()
    while (!ended && performance.now() - Math.max(since_ms, heard_ms) < QUIET_MS) await pause(QUIET_MS / 4)
    owed = false
  }

  async function send(command: Uint8Array): Promise<boolean> {
    return await outlet.write(command, WRITE_MS).then(
      () => true,
      (error: unknown) => {
        if (error instanceof PortClosed) return false
        throw error
      },
    )
  }

  return {
    async ask<Answer>(command: Uint8Array, patience_ms: number, answer: (frame: Spoken) => Answer | null) {
      if (owed) await quiet()
      if (ended) return 'silent'
      const { promise, resolve } = Promise.withResolvers<Answer | 'silent'>()
      let since_ms = performance.now()
      let late: NodeJS.Timeout | undefined

      const settle = (said: Answer | 'silent'): void => {
        clearTimeout(late)
        if (asked === question) asked = null
        resolve(said)
      }
      // What waits in the operating system comes in before the check: a busy process must not take its own delay for silence.
      const listen = (): void => void (late = setTimeout(() => setImmediate(check), patience_ms))
      const check = (): void => {
        if (asked !== question) return
        if (performance.now() - since_ms < patience_ms) return listen()
        owed = true
        settle('silent')
      }
      const question: Question<Spoken> = {
        hear(frame) {
          since_ms = performance.now()
          const said = answer(frame)
          if (said !== null) settle(said)
        },
        giveUp: () => settle('silent'),
      }
      asked = question
      listen()
      if (!(await send(command))) settle('silent')
      return await promise
    },
    async tell(command) {
      if (!ended) await send(command)
    },
    heard(frame) {
      heard_ms = performance.now()
      asked?.hear(frame)
    },
    end() {
      ended = true
      asked?.giveUp()
    },
  }
}
