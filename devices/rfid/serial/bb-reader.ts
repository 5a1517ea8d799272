import { setTimeout as pause } from 'node:timers/promises'
import type { Fault } from '../../reading.ts'
import { hexBytes } from '../bytes.ts'
import { BB_ERRORS, codeFault } from '../error-words.ts'
import type { RfidSettings } from '../reader.ts'
import {
  BB,
  bbAccess,
  bbCommand,
  bbFramer,
  bbInventory,
  bbPower,
  bbRead,
  bbSelect,
  bbTag,
  bbWrite,
  type BbFrame,
} from './bb.ts'
import type { Conversation } from './conversation.ts'
import { ACCESS_MS, ANSWER_MS, contradicts, EPC_BANK, NO_ANSWER, type SerialFamily } from './family.ts'

/** More rounds than fit before we stop it. */
const ROUNDS = 10_000
/** The inventory runs for this long, is stopped, and begun again: the answer to the stop is the evidence that the module is well. */
const LISTEN_MS = 500
const ANSWERED = 1

type Talk = Conversation<BbFrame>

/** Modules with a chip of MagicRF (M100, YRM100, R200) that speak BB. They have one antenna. */
export function bbFamily({ power_dbm }: RfidSettings): SerialFamily<BbFrame> {
  /** Asks for an answer to this command, or the error that is told in its place. */
  async function ask(talk: Talk, command: Uint8Array, patience_ms = ANSWER_MS): Promise<BbFrame | 'silent' | Fault> {
    return await talk.ask<BbFrame | Fault>(command, patience_ms, (frame) => {
      if (frame.type !== ANSWERED) return null
      if (frame.command === BB.ERROR) return codeFault('BB', frame.parameter[0] ?? 0, BB_ERRORS)
      return frame.command === command[2] ? frame : null
    })
  }

  async function done(talk: Talk, command: Uint8Array): Promise<Fault | null> {
    const answer = await ask(talk, command)
    if (answer === 'silent') return NO_ANSWER
    if ('detail' in answer) return answer
    const code = answer.parameter[0] ?? 0
    return command[2] === BB.MODULE || code === 0 ? null : codeFault('BB', code, BB_ERRORS)
  }

  async function halt(talk: Talk): Promise<Fault | null> {
    const answer = await talk.ask(bbCommand(BB.STOP), ANSWER_MS, ({ type, command }) =>
      type === ANSWERED && command === BB.STOP ? 'stopped' : null,
    )
    return answer === 'silent' ? NO_ANSWER : null
  }

  async function access(talk: Talk, epc: string, command: Uint8Array): Promise<Uint8Array | 'silent' | Fault> {
    for (const select of bbSelect(hexBytes(epc))) {
      const fault = await done(talk, select)
      if (fault !== null) return fault
    }
    const answer = await ask(talk, command, ACCESS_MS)
    if (answer === 'silent' || 'detail' in answer) return answer
    const said = bbAccess(answer)
    if (said === null) return contradicts('an access answer that does not come out even')
    return said.epc === epc ? said.data : contradicts(`${said.epc} answered`)
  }

  return {
    framer: bbFramer,
    tags(frame) {
      if (frame.command !== BB.TAG || frame.type === 0) return []
      const tag = bbTag(frame)
      return tag === null ? null : [tag]
    },
    async start(talk) {
      // An inventory of before may still run.
      const fault = (await halt(talk)) ?? (await done(talk, bbCommand(BB.MODULE, [0])))
      if (fault !== null || power_dbm === null) return fault
      return await done(talk, bbPower(power_dbm))
    },
    async round(talk) {
      await talk.tell(bbInventory(ROUNDS))
      await pause(LISTEN_MS)
      return await halt(talk)
    },
    async stop(talk) {
      await halt(talk)
    },
    async read(talk, epc, bank, pointer, words) {
      const data = await access(talk, epc, bbRead(bank, pointer, words))
      if (data === 'silent') return NO_ANSWER
      if ('detail' in data) return data
      return data.length === words * 2 ? data : contradicts(`${data.length} bytes were read`)
    },
    async write(talk, epc, pointer, data) {
      const answer = await access(talk, epc, bbWrite(EPC_BANK, pointer, data))
      if (answer === 'silent' || 'detail' in answer) return answer
      return answer[0] === 0 ? 'done' : codeFault('BB', answer[0] ?? 0, BB_ERRORS)
    },
  }
}
