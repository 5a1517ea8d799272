import { type EntryMembers, entryHash, type HashName, parseEntry, type StoredEntry } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'
import { ClaimCheck, type ClaimedRoot } from './checkpoint-claims.ts'
import type { Frontier } from './merkle.ts'

/**
 * Checks one register entry by entry, in order: numbering without gaps, the exact text, the links, the hashes, and the tree at every
 * size somebody has made a statement about. Feed it with `take`, then call `end`; after the first fault it takes no more.
 */
export class ChainCheck {
  readonly register: string
  readonly #hashName: HashName
  readonly #claims: ClaimCheck
  #expectedSeq: number
  #prev: Buffer
  #fault: LedgerFault | null = null

  constructor(register: string, hashName: HashName, prev: Uint8Array, claims: readonly ClaimedRoot[] = [], from = 1) {
    this.register = register
    this.#hashName = hashName
    this.#claims = new ClaimCheck(register, hashName, claims)
    this.#expectedSeq = from
    this.#prev = Buffer.from(prev)
  }

  /** The tree so far; empty unless somebody made a statement about it. */
  get frontier(): Frontier {
    return this.#claims.frontier
  }

  get fault(): LedgerFault | null {
    return this.#fault
  }

  get head(): { seq: number; hash: Buffer } {
    return { seq: this.#expectedSeq - 1, hash: this.#prev }
  }

  /** The entry's members when it stands where and as it must; null from the first fault on. */
  take(entry: StoredEntry): EntryMembers | null {
    if (this.#fault !== null) return null
    const seq = this.#expectedSeq
    if (entry.seq < seq) {
      return this.#found(
        fault(
          this.register,
          seq,
          `第 ${seq} 条的位置上又是第 ${entry.seq} 条`,
          `where entry ${seq} should stand, entry ${entry.seq} stands again`,
        ),
      )
    }
    if (entry.seq !== seq) {
      return this.#found(
        fault(
          this.register,
          seq,
          `缺第 ${seq} 条（下一条是第 ${entry.seq} 条）`,
          `entry ${seq} is missing (the next one is ${entry.seq})`,
        ),
      )
    }
    let members: EntryMembers
    try {
      members = parseEntry(entry.text)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return this.#found(fault(this.register, seq, `第 ${seq} 条正文不合规格：${reason}`, `entry ${seq}: ${reason}`))
    }
    if (members.register !== this.register || members.seq !== seq) {
      return this.#found(
        fault(
          this.register,
          seq,
          `第 ${seq} 条正文自称是 ${members.register} 第 ${members.seq} 条`,
          `the text at ${seq} says it is ${members.register} ${members.seq}`,
        ),
      )
    }
    if (!entry.prev.equals(this.#prev)) {
      return this.#found(
        fault(this.register, seq, `第 ${seq} 条没有接上前一条`, `entry ${seq} does not continue the one before`),
      )
    }
    const hash = entryHash(this.#hashName, entry.prev, entry.text)
    if (!hash.equals(entry.hash)) {
      return this.#found(
        fault(this.register, seq, `第 ${seq} 条正文与哈希不符`, `entry ${seq}: the text does not give its hash`),
      )
    }
    this.#prev = hash
    this.#expectedSeq += 1
    const differing = this.#claims.take(entry.text)
    return differing === null ? members : this.#found(differing)
  }

  /** Call after the last entry: a statement about more entries than there are means that the end was cut off. */
  end(): LedgerFault | null {
    if (this.#fault !== null) return this.#fault
    this.#fault = this.#claims.end(this.#expectedSeq - 1)
    return this.#fault
  }

  #found(found: LedgerFault): null {
    this.#fault = found
    return null
  }
}
