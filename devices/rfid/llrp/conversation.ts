import { PortClosed } from '../../port.ts'
import type { Fault } from '../../reading.ts'
import { codeFault, LLRP_STATUS } from '../error-words.ts'
import { statusIn } from './answers.ts'
import type { LlrpMessage } from './message.ts'

const ANSWER_MS = 3000
const WRITE_MS = 2000

/** A reader that says nothing any more. */
export const LOST: Fault = { code: 'no-answer', detail: 'the reader is silent' }

export type Answer = { readonly body: Uint8Array } | Fault

/** Requests to a reader and the answers to them, which come in any order and between reports. */
export interface LlrpConversation {
  send(bytes: Uint8Array): void
  /** Sends something that is not answered. */
  tell(make: (id: number) => Uint8Array): void
  request(make: (id: number) => Uint8Array): Promise<Answer>
  /** Null when the reader has done it. */
  order(make: (id: number) => Uint8Array): Promise<Fault | null>
  /** Takes what may be an answer: only an answer carries a status; a message of any other kind is passed over, whatever its id. */
  answered(message: LlrpMessage): void
  /** What waits, and whatever is asked from now on, gets this instead of an answer. */
  end(fault: Fault): void
  /** Why it has ended; null while it has not. */
  ended(): Fault | null
}

/**
 * @param write the port's; that it is closed shows in what is asked
 */
export function llrpConversation(write: (bytes: Uint8Array, within_ms: number) => Promise<void>): LlrpConversation {
  const waiting = new Map<number, (answer: Answer) => void>()
  let nextId = 1
  let ended: Fault | null = null

  function send(bytes: Uint8Array): void {
    write(bytes, WRITE_MS).catch((error: unknown) => {
      if (!(error instanceof PortClosed)) throw error
    })
  }

  async function request(make: (id: number) => Uint8Array): Promise<Answer> {
    if (ended !== null) return ended
    const id = nextId
    nextId += 1
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const late = setTimeout(() => setImmediate(() => settle(LOST)), ANSWER_MS)
    const settle = (answer: Answer): void => {
      clearTimeout(late)
      waiting.delete(id)
      resolve(answer)
    }
    waiting.set(id, settle)
    send(make(id))
    return await promise
  }

  return {
    send,
    tell(make) {
      const id = nextId
      nextId += 1
      send(make(id))
    },
    request,
    async order(make) {
      const answer = await request(make)
      return 'body' in answer ? null : answer
    },
    answered({ id, body }) {
      const status = statusIn(body)
      if (status === null) return
      waiting.get(id)?.(status.code === 0 ? { body } : codeFault('LLRP', status.code, LLRP_STATUS, status.text))
    },
    end(fault) {
      ended = fault
      for (const settle of [...waiting.values()]) settle(fault)
    },
    ended: () => ended,
  }
}
