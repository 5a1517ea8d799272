import type { Fault } from '../../reading.ts'
import { hexBytes } from '../bytes.ts'
import { codeFault, TAG_ERRORS, U18_ERRORS } from '../error-words.ts'
import type { RfidSettings } from '../reader.ts'
import type { Conversation } from './conversation.ts'
import { ACCESS_MS, ANSWER_MS, contradicts, EPC_BANK, NO_ANSWER, ROUND_MS, type SerialFamily } from './family.ts'
import { U18, U18_STATUS, u18Command, u18Framer, u18Read, u18Tags, u18Write, type U18Frame } from './uhfreader18.ts'

/** How long the reader itself looks for tags in one inventory, in tenths of a second. */
const SCAN_TENTHS = 3

type Talk = Conversation<U18Frame>

/** Readers of the UHFReader18 family. */
export function uhfreader18Family({ power_dbm, records }: RfidSettings): SerialFamily<U18Frame> {
  /** The body behind a good status. */
  async function done(
    talk: Talk,
    command: Uint8Array,
    patience_ms = ANSWER_MS,
  ): Promise<Uint8Array | 'silent' | Fault> {
    const body = await talk.ask(command, patience_ms, (frame) => (frame.command === command[2] ? frame.body : null))
    return body === 'silent' || body[0] === U18_STATUS.OK ? (body === 'silent' ? body : body.subarray(1)) : wrong(body)
  }

  async function set(talk: Talk, command: Uint8Array): Promise<Fault | null> {
    const answer = await done(talk, command)
    if (answer === 'silent') return NO_ANSWER
    return 'detail' in answer ? answer : null
  }

  return {
    framer: u18Framer,
    tags({ command, body }) {
      if (command !== U18.INVENTORY && command !== U18.SINGLE_INVENTORY) return []
      return hasTags(body[0]) ? u18Tags(body, records) : []
    },
    async start(talk) {
      const fault =
        (await set(talk, u18Command(U18.READER))) ?? (await set(talk, u18Command(U18.SCAN_TIME, [SCAN_TENTHS])))
      if (fault !== null || power_dbm === null) return fault
      return await set(talk, u18Command(U18.POWER, [Math.round(power_dbm)]))
    },
    async round(talk) {
      const body = await talk.ask(u18Command(U18.INVENTORY), ROUND_MS, (frame) =>
        frame.command === U18.INVENTORY && frame.body[0] !== U18_STATUS.MORE ? frame.body : null,
      )
      if (body === 'silent') return NO_ANSWER
      return hasTags(body[0]) || body[0] === U18_STATUS.NO_TAG ? null : wrong(body)
    },
    stop: () => Promise.resolve(),
    async read(talk, epc, bank, pointer, words) {
      const data = await done(talk, u18Read(hexBytes(epc), bank, pointer, words), ACCESS_MS)
      if (data === 'silent') return NO_ANSWER
      if ('detail' in data) return data
      return data.length === words * 2 ? data : contradicts(`${data.length} bytes were read`)
    },
    async write(talk, epc, pointer, data) {
      const answer = await done(talk, u18Write(hexBytes(epc), EPC_BANK, pointer, data), ACCESS_MS)
      return answer === 'silent' || 'detail' in answer ? answer : 'done'
    },
  }
}

function hasTags(status: number | undefined): boolean {
  switch (status) {
    case U18_STATUS.FINISHED:
    case U18_STATUS.TIMED_OUT:
    case U18_STATUS.MORE:
    case U18_STATUS.FLASH_FULL:
      return true
    default:
      return false
  }
}

function wrong(body: Uint8Array): Fault {
  if (body[0] === U18_STATUS.TAG_ERROR) return codeFault('tag', body[1] ?? 0, TAG_ERRORS)
  return codeFault('UHFReader18', body[0] ?? 0, U18_ERRORS)
}
