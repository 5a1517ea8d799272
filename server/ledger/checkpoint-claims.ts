import type { HashName } from './entry.ts'
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
 * Grows the tree over the texts of one register (or of the activity log) and holds it against what was said of it at each size. Without
 * statements no tree is grown.
 */
export class ClaimCheck {
  readonly register: string
  readonly frontier: Frontier
  readonly #hashName: HashName
  readonly #bySize: ReadonlyMap<number, readonly ClaimedRoot[]>
  readonly #largest: ClaimedRoot | undefined

  constructor(register: string, hashName: HashName, claims: readonly ClaimedRoot[]) {
    this.register = register
    this.frontier = new Frontier(hashName)
    this.#hashName = hashName
    this.#bySize = Map.groupBy(claims, ({ size }) => size)
    this.#largest = claims.reduce<ClaimedRoot | undefined>(
      (largest, claim) => (largest === undefined || claim.size > largest.size ? claim : largest),
      undefined,
    )
  }

  /** Takes the texts in order; a fault when the tree is not what somebody said of this size. */
  take(text: string): LedgerFault | null {
    if (this.#largest === undefined) return null
    this.frontier.push(leafHash(this.#hashName, text))
    const { size } = this.frontier
    const claims = this.#bySize.get(size)
    if (claims === undefined) return null
    const root = this.frontier.root()
    const differing = claims.find((claim) => !claim.root.equals(root))
    if (differing === undefined) return null
    const who = CLAIMANT[differing.by]
    return fault(
      this.register,
      null,
      `前 ${size} 条与${who.zh}不符：其中有条目被改写`,
      `the first ${size} entries do not give the root in ${who.en}: entries among them were rewritten`,
    )
  }

  /** Call after the last text: a statement about more than there is means that the end was cut off. */
  end(size: number): LedgerFault | null {
    const beyond = this.#largest
    if (beyond === undefined || beyond.size <= size) return null
    const who = CLAIMANT[beyond.by]
    // A file from before the checkpoint looks the same; only who has both knows, and can export it again.
    const sooner =
      beyond.by === 'given'
        ? {
            zh: '；导出早于检查点的，请重新导出再校验',
            en: '; if it was exported before the checkpoint, export it again',
          }
        : { zh: '', en: '' }
    return fault(
      this.register,
      size + 1,
      `末尾被截断：${who.zh}载明 ${beyond.size} 条，现有 ${size} 条${sooner.zh}`,
      `the end was cut off: ${who.en} covers ${beyond.size} entries, there are ${size}${sooner.en}`,
    )
  }
}
