import type { Fault } from '../../reading.ts'
import { hexBytes } from '../bytes.ts'
import { A0_ERRORS, antennaFault, codeFault } from '../error-words.ts'
import type { RfidSettings } from '../reader.ts'
import {
  A0,
  A0_SUCCESS,
  a0Access,
  a0Command,
  a0Framer,
  a0Inventory,
  a0Match,
  a0Read,
  a0Write,
  type A0Access,
  type A0Frame,
} from './a0.ts'
import type { Conversation } from './conversation.ts'
import { ACCESS_MS, ANSWER_MS, contradicts, EPC_BANK, NO_ANSWER, ROUND_MS, type SerialFamily } from './family.ts'

const ANTENNA_MISSING = 0x22

type Talk = Conversation<A0Frame>

/** Modules with an Impinj R2000 that speak A0. */
export function a0Family({ antennas, power_dbm }: RfidSettings): SerialFamily<A0Frame> {
  let antennaNow: number | null = null

  /** A setting; answered by its code. */
  async function set(talk: Talk, command: Uint8Array): Promise<Fault | null> {
    const code = await talk.ask(command, ANSWER_MS, (frame) =>
      frame.command === command[3] && frame.data.length === 1 ? (frame.data[0] ?? 0) : null,
    )
    if (code === 'silent') return NO_ANSWER
    return code === A0_SUCCESS ? null : codeFault('A0', code, A0_ERRORS)
  }

  async function useAntenna(talk: Talk, antenna: number): Promise<Fault | null> {
    if (antennaNow === antenna) return null
    const fault = await set(talk, a0Command(A0.SET_ANTENNA, [antenna - 1]))
    if (fault === null) antennaNow = antenna
    return fault
  }

  /** Reads or writes the tag with this EPC alone. */
  async function access(talk: Talk, epc: string, command: Uint8Array): Promise<A0Access | 'silent' | Fault> {
    const chosen = (await useAntenna(talk, antennas[0] ?? 1)) ?? (await set(talk, a0Match(hexBytes(epc))))
    if (chosen !== null) return chosen
    const answer = await talk.ask(command, ACCESS_MS, (frame) =>
      frame.command === command[3]
        ? (a0Access(frame) ?? contradicts('an access answer that does not come out even'))
        : null,
    )
    const freed = await set(talk, a0Match(null))
    if (answer === 'silent' || 'detail' in answer) return answer
    if ('code' in answer) return codeFault('A0', answer.code, A0_ERRORS)
    if (freed !== null) return freed
    return answer.tags > 1 || answer.epc !== epc ? contradicts(`${answer.tags} tags answered, ${answer.epc}`) : answer
  }

  return {
    framer: a0Framer,
    tags(frame) {
      if (frame.command !== A0.INVENTORY && frame.command !== A0.SESSION_INVENTORY) return []
      const said = a0Inventory(frame)
      if (said === null) return null
      return said.kind === 'tag' ? [said.sighting] : []
    },
    async start(talk) {
      antennaNow = null
      const version = await talk.ask(a0Command(A0.FIRMWARE), ANSWER_MS, ({ command }) =>
        command === A0.FIRMWARE ? 'here' : null,
      )
      if (version === 'silent') return NO_ANSWER
      return power_dbm === null ? null : await set(talk, a0Command(A0.SET_POWER, [Math.round(power_dbm)]))
    },
    async round(talk, antenna) {
      const unset = await useAntenna(talk, antenna)
      if (unset !== null) return unset
      const end = await talk.ask(a0Command(A0.INVENTORY, [1]), ROUND_MS, (frame) => {
        const said = a0Inventory(frame)
        return said === null || said.kind === 'tag' ? null : said
      })
      if (end === 'silent') return NO_ANSWER
      if (end.kind === 'end') return null
      return end.code === ANTENNA_MISSING ? antennaFault(antenna) : codeFault('A0', end.code, A0_ERRORS)
    },
    stop: () => Promise.resolve(),
    async read(talk, epc, bank, pointer, words) {
      const answer = await access(talk, epc, a0Read(bank, pointer, words))
      if (answer === 'silent') return NO_ANSWER
      if ('detail' in answer) return answer
      return answer.data.length === words * 2 ? answer.data : contradicts(`${answer.data.length} bytes were read`)
    },
    async write(talk, epc, pointer, data) {
      const answer = await access(talk, epc, a0Write(EPC_BANK, pointer, data))
      return answer === 'silent' || 'detail' in answer ? answer : 'done'
    },
  }
}
