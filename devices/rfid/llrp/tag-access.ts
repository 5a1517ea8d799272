import type { Fault } from '../../reading.ts'
import { hexBytes } from '../bytes.ts'
import { codeFault, LLRP_READ_RESULTS, LLRP_WRITE_RESULTS } from '../error-words.ts'
import type { TagAir } from '../write-tag.ts'
import type { AccessResult, TagReport } from './answers.ts'
import { type LlrpConversation, LOST } from './conversation.ts'
import { type Access, addAccessSpec, deleteAccessSpec, enableAccessSpec } from './requests.ts'

/** Tags are listened for before one is written. */
const SURVEY_MS = 800
/** A read or write is carried out when the reader next meets the tag, some ten times a second. */
const READ_MS = 1000
const WRITTEN_MS = 2000
const EPC_BANK = 1

export interface LlrpTagAccess {
  readonly air: TagAir
  /** Takes what the running inventory reports; the results of reads and writes come with it. */
  reported(tags: readonly TagReport[]): void
}

/**
 * Reads and writes of single tags, while an inventory runs.
 * @param running whether the inventory runs
 */
export function llrpTagAccess(
  conversation: LlrpConversation,
  { antenna, running }: { readonly antenna: number; readonly running: () => boolean },
): LlrpTagAccess {
  const accesses = new Map<number, (result: AccessResult) => void>()
  let nextSpec = 1
  let surveyed: Set<string> | null = null

  /** One read or write of the tag with this EPC: `silent` when it was begun and nothing was said of its end. */
  async function accessTag(epc: string, access: Access): Promise<AccessResult | 'silent' | Fault> {
    const spec = nextSpec
    nextSpec += 1
    const { promise, resolve } = Promise.withResolvers<AccessResult | 'silent'>()
    accesses.set(spec, resolve)
    const { order } = conversation
    try {
      const fault =
        (await order((id) => addAccessSpec(id, { id: spec, antenna, epc: hexBytes(epc), access }))) ??
        (await order((id) => enableAccessSpec(id, spec)))
      if (fault !== null) return fault
      const late = setTimeout(() => resolve('silent'), 'read' in access ? READ_MS : WRITTEN_MS)
      const result = await promise
      clearTimeout(late)
      // One that was carried out has gone by itself; the other must not be carried out later.
      if (result === 'silent') await order((id) => deleteAccessSpec(id, spec))
      return result
    } finally {
      accesses.delete(spec)
    }
  }

  const air: TagAir = {
    async survey() {
      if (conversation.ended() !== null || !running()) return conversation.ended() ?? LOST
      surveyed = new Set()
      const { promise, resolve } = Promise.withResolvers<void>()
      setTimeout(resolve, SURVEY_MS)
      await promise
      const seen = [...surveyed]
      surveyed = null
      return conversation.ended() ?? seen
    },
    async read(epc, bank, pointer, words) {
      const result = await accessTag(epc, { read: { bank, pointer, words } })
      if (result === 'silent') return { code: 'no-answer', detail: 'the tag was not read' }
      if ('detail' in result) return result
      if (result.result !== 0) return codeFault('tag', result.result, LLRP_READ_RESULTS)
      if (result.data.length !== words * 2) return { code: 'protocol', detail: `${result.data.length} bytes were read` }
      return result.data
    },
    async write(epc, pointer, data) {
      const result = await accessTag(epc, { write: { bank: EPC_BANK, pointer, data } })
      if (result === 'silent' || 'detail' in result) return result
      return result.result === 0 ? 'done' : codeFault('tag', result.result, LLRP_WRITE_RESULTS)
    },
  }

  return {
    air,
    reported(tags) {
      for (const { sighting, access } of tags) {
        surveyed?.add(sighting.epc)
        if (access !== null) accesses.get(access.spec)?.(access)
      }
    },
  }
}
