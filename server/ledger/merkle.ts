import { HASH_BYTES, type HashName, hasher } from './entry.ts'

/**
 * The tree of RFC 6962 over the entry texts of a register (leaf index `seq - 1`), with the register's own hash. Written out here
 * because no kept library gives tree heads, inclusion and consistency proofs over any hash.
 */

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** Of one entry's text. A leaf and a node begin with different bytes, so neither passes for the other (RFC 6962). */
export function leafHash(algorithm: HashName, text: string): Buffer {
  return hasher(algorithm).update(LEAF).update(text, 'utf8').digest()
}

/** Of two subtrees side by side. */
export function nodeHash(algorithm: HashName, left: Uint8Array, right: Uint8Array): Buffer {
  return hasher(algorithm).update(NODE).update(left).update(right).digest()
}

/**
 * The roots of the perfect subtrees that make up a tree, largest first: all that is needed to go on growing it. One root for each bit
 * that is set in the size.
 */
export class Frontier {
  readonly algorithm: HashName
  #size: number
  readonly #roots: Buffer[]

  constructor(algorithm: HashName, size = 0, roots: readonly Uint8Array[] = []) {
    if (roots.length !== bitsSet(size))
      throw new RangeError(`a tree of ${size} has ${bitsSet(size)} subtrees, not ${roots.length}`)
    this.algorithm = algorithm
    this.#size = size
    this.#roots = roots.map((root) => Buffer.from(root))
  }

  get size(): number {
    return this.#size
  }

  get roots(): readonly Buffer[] {
    return this.#roots
  }

  push(leaf: Buffer): void {
    let carry = leaf
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2)) {
      const left = this.#roots.pop()
      if (left === undefined) throw new RangeError('the frontier has lost a subtree')
      carry = nodeHash(this.algorithm, left, carry)
    }
    this.#roots.push(carry)
    this.#size += 1
  }

  /** Root of the whole tree; of an empty one, the hash of nothing. */
  root(): Buffer {
    let root = this.#roots.at(-1)
    if (root === undefined) return hasher(this.algorithm).digest()
    for (let index = this.#roots.length - 2; index >= 0; index -= 1) {
      root = nodeHash(this.algorithm, this.#roots[index] as Buffer, root)
    }
    return root
  }
}

/** Root over leaf hashes. */
export function treeRoot(algorithm: HashName, leaves: readonly Buffer[]): Buffer {
  const frontier = new Frontier(algorithm)
  for (const leaf of leaves) frontier.push(leaf)
  return frontier.root()
}

/** A part of a tree: its leaves from `from` up to, but not with, `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The parts whose roots are the audit path of leaf `index` in a tree of `size` (RFC 6962, 2.1.1), in the order of the path. */
export function inclusionSpans(index: number, size: number): Span[] {
  if (index < 0 || index >= size) throw new RangeError('the leaf lies outside the tree')
  const path = (from: number, to: number): Span[] => {
    if (to - from === 1) return []
    const split = from + largestPowerBelow(to - from)
    return index < split ? [...path(from, split), { from: split, to }] : [...path(split, to), { from, to: split }]
  }
  return path(0, size)
}

/** The parts whose roots prove that the first `earlier` leaves are a beginning of a tree of `size` (RFC 6962, 2.1.2), in order. */
export function consistencySpans(earlier: number, size: number): Span[] {
  if (earlier < 1 || earlier > size) throw new RangeError('the earlier size lies outside the tree')
  const subproof = (from: number, to: number, whole: boolean): Span[] => {
    if (earlier === to) return whole ? [] : [{ from, to }]
    const split = from + largestPowerBelow(to - from)
    return earlier <= split
      ? [...subproof(from, split, whole), { from: split, to }]
      : [...subproof(split, to, false), { from, to: split }]
  }
  return subproof(0, size, true)
}

/** The roots of parts of a tree, found in one pass over its leaves, in order; what is kept does not grow with the tree. */
export class SpanRoots {
  readonly #parts: readonly { readonly span: Span; readonly frontier: Frontier }[]
  #size = 0

  constructor(algorithm: HashName, spans: readonly Span[]) {
    this.#parts = spans.map((span) => ({ span, frontier: new Frontier(algorithm) }))
  }

  push(leaf: Buffer): void {
    for (const { span, frontier } of this.#parts) {
      if (span.from <= this.#size && this.#size < span.to) frontier.push(leaf)
    }
    this.#size += 1
  }

  /** In the order of the spans. */
  roots(): Buffer[] {
    return this.#parts.map(({ frontier }) => frontier.root())
  }
}

/** Whether `proof` shows that `leaf` stands at `index` in the tree with this size and root (RFC 9162, 2.1.3.2). */
export function inclusionHolds(
  algorithm: HashName,
  proof: readonly Uint8Array[],
  of: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
): boolean {
  if (!isCount(of.size) || !Number.isSafeInteger(of.index) || of.index < 0 || of.index >= of.size) return false
  if (of.leaf.length !== HASH_BYTES) return false
  let node = of.index
  let last = of.size - 1
  let hash: Buffer = Buffer.from(of.leaf)
  for (const step of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(algorithm, step, hash)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(algorithm, hash, step)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && hash.equals(of.root)
}

/** Whether `proof` shows that the tree `from` is a beginning of the tree `to` (RFC 9162, 2.1.4.2). */
export function consistencyHolds(
  algorithm: HashName,
  proof: readonly Uint8Array[],
  from: { size: number; root: Uint8Array },
  to: { size: number; root: Uint8Array },
): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false
  if (from.size === to.size) return proof.length === 0 && Buffer.from(from.root).equals(to.root)
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof]
  const first = path.shift()
  if (first === undefined) return false
  let node = from.size - 1
  let last = to.size - 1
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  let earlier: Buffer = Buffer.from(first)
  let later: Buffer = Buffer.from(first)
  for (const step of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      earlier = nodeHash(algorithm, step, earlier)
      later = nodeHash(algorithm, step, later)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else {
      later = nodeHash(algorithm, later, step)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && earlier.equals(from.root) && later.equals(to.root)
}

function isCount(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0
}

function isPowerOfTwo(size: number): boolean {
  return bitsSet(size) === 1
}

function bitsSet(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** The largest power of two that is smaller than `size`. */
function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
