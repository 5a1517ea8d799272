import { type EntryMembers, entryHash, type HashName, parseEntry, type StoredEntry } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'
import { Frontier, leafHash } from './merkle.ts'

/** An outside or inside statement that the first `size` entries have this root. */
export interface ClaimedRoot {
  readonly size: number
  readonly root: Buffer
  /** Whose statement it is, for the message. */
  readonly by: 'file' | 'database' | 'given'
}

const CLAIMANT = {
  file: { zh: '另存的检查点', en: 'the checkpoint kept apart' },
  database: { zh: '库内检查点', en: 'a checkpoint in the database' },
  given: { zh: '所给的检查点', en: 'the checkpoint given' },
} as const

/**
 * Checks one register entry by entry, in order: numbering without gaps, the exact text, the links, the hashes, and the tree at every
 * size somebody has made a statement about. Feed it with `take`, then call `end`; after the first fault it takes no more.
 */
export class ChainCheck {
  readonly register: string
  readonly frontier: Frontier
  readonly #hashName: HashName
  readonly #claims: readonly ClaimedRoot[]
  #expectedSeq: number
  #prev: Buffer
  #fault: LedgerFault | null = null

  constructor(register: string, hashName: HashName, prev: Uint8Array, claims: readonly ClaimedRoot[] = [], from = 1) {
    this.register = register
    this.frontier = new Frontier(hashName)
    this.#hashName = hashName
    this.#claims = claims
    this.#expectedSeq = from
    this.#prev = Buffer.from(prev)
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
    if (this.#claims.length > 0) {
      this.frontier.push(leafHash(this.#hashName, entry.text))
      this.#checkClaims(seq)
    }
    return this.#fault === null ? members : null
  }

  /** Call after the last entry: a statement about more entries than there are means that the end was cut off. */
  end(): LedgerFault | null {
    if (this.#fault !== null) return this.#fault
    const last = this.#expectedSeq - 1
    const beyond = this.#claims.filter(({ size }) => size > last).sort((a, b) => b.size - a.size)[0]
    if (beyond !== undefined) {
      const who = CLAIMANT[beyond.by]
      this.#found(
        fault(
          this.register,
          last + 1,
          `末尾被截断：${who.zh}载明 ${beyond.size} 条，现有 ${last} 条`,
          `the end was cut off: ${who.en} covers ${beyond.size} entries, there are ${last}`,
        ),
      )
    }
    return this.#fault
  }

  #checkClaims(seq: number): void {
    for (const claim of this.#claims) {
      if (claim.size !== seq || claim.root.equals(this.frontier.root())) continue
      const who = CLAIMANT[claim.by]
      this.#found(
        fault(
          this.register,
          null,
          `前 ${seq} 条与${who.zh}不符：其中有条目被改写`,
          `the first ${seq} entries do not give the root in ${who.en}: entries among them were rewritten`,
        ),
      )
    }
  }

  #found(found: LedgerFault): null {
    this.#fault = found
    return null
  }
}
