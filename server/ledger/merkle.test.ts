import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  consistencyHolds,
  consistencySpans,
  Frontier,
  inclusionHolds,
  inclusionSpans,
  leafHash,
  type Span,
  SpanRoots,
  treeRoot,
} from './merkle.ts'

const LARGEST = 1_000
const leaves = Array.from({ length: LARGEST }, (_, index) => leafHash('sha256', `entry ${index}`))

/** MTH of RFC 6962 2.1, word for word, without sharing a line with the program. */
function naiveRoot(part: readonly Buffer[]): Buffer {
  const [only] = part
  if (only === undefined) return createHash('sha256').digest()
  if (part.length === 1) return only
  let split = 1
  while (split * 2 < part.length) split *= 2
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([1]), naiveRoot(part.slice(0, split)), naiveRoot(part.slice(split))]))
    .digest()
}

function rootsOf(part: readonly Buffer[], spans: readonly Span[]): Buffer[] {
  const roots = new SpanRoots('sha256', spans)
  for (const leaf of part) roots.push(leaf)
  return roots.roots()
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return copy
}

describe('the tree over a register', () => {
  it('has the root that the definition gives, at every size up to 1,000, and grows from its frontier', () => {
    const grown = new Frontier('sha256')
    for (let size = 0; size <= LARGEST; size += 1) {
      const expected = naiveRoot(leaves.slice(0, size)).toString('hex')
      expect(grown.root().toString('hex')).toBe(expected)
      expect(new Frontier('sha256', size, grown.roots).root().toString('hex')).toBe(expected)
      const next = leaves[size]
      if (next !== undefined) grown.push(next)
    }
  })

  it('refuses a frontier that does not belong to its size', () => {
    expect(() => new Frontier('sha256', 3, [])).toThrow(RangeError)
  })

  it('proves every leaf, and no other leaf, place, size or root', () => {
    for (const size of [1, 2, 3, 5, 7, 8, 33]) {
      const part = leaves.slice(0, size)
      const root = treeRoot('sha256', part)
      for (let index = 0; index < size; index += 1) {
        const leaf = part[index] as Buffer
        const proof = rootsOf(part, inclusionSpans(index, size))
        expect(inclusionHolds('sha256', proof, { index, size, leaf, root })).toBe(true)
        expect(inclusionHolds('sha256', proof, { index, size, leaf: flipped(leaf, index), root })).toBe(false)
        expect(inclusionHolds('sha256', proof, { index, size, leaf, root: flipped(root, index) })).toBe(false)
        expect(inclusionHolds('sha256', [...proof, root], { index, size, leaf, root })).toBe(false)
        expect(inclusionHolds('sha256', proof.slice(1), { index, size, leaf, root })).toBe(proof.length === 0)
        expect(inclusionHolds('sha256', proof, { index: size, size, leaf, root })).toBe(false)
        proof.forEach((step, at) => {
          const broken = proof.with(at, flipped(step, 5))
          expect(inclusionHolds('sha256', broken, { index, size, leaf, root })).toBe(false)
        })
      }
    }
    expect(
      inclusionHolds('sha256', [], { index: 0, size: 0, leaf: leaves[0] as Buffer, root: leaves[0] as Buffer }),
    ).toBe(false)
  })

  it('proves that an earlier tree is a beginning of a later one, and nothing else', () => {
    for (const size of [1, 2, 3, 6, 8, 13]) {
      for (let from = 1; from <= size; from += 1) {
        const part = leaves.slice(0, size)
        const earlier = { size: from, root: treeRoot('sha256', part.slice(0, from)) }
        const later = { size, root: treeRoot('sha256', part) }
        const proof = rootsOf(part, consistencySpans(from, size))
        expect(consistencyHolds('sha256', proof, earlier, later)).toBe(true)
        expect(consistencyHolds('sha256', proof, { ...earlier, root: flipped(earlier.root, 9) }, later)).toBe(false)
        expect(consistencyHolds('sha256', proof, earlier, { ...later, root: flipped(later.root, 9) })).toBe(false)
        expect(consistencyHolds('sha256', [...proof, later.root], earlier, later)).toBe(false)
        expect(consistencyHolds('sha256', proof, later, earlier)).toBe(from === size)
        proof.forEach((step, at) => {
          expect(consistencyHolds('sha256', proof.with(at, flipped(step, 77)), earlier, later)).toBe(false)
        })
      }
    }
    const root = leaves[0] as Buffer
    expect(consistencyHolds('sha256', [], { size: 0, root }, { size: 1, root })).toBe(false)
  })

  it('is built with SM3 in a register born with SM3', () => {
    const two = leaves.slice(0, 2).map((_, index) => leafHash('sm3', `entry ${index}`))
    const expected = createHash('sm3')
      .update(Buffer.concat([Buffer.from([1]), ...two]))
      .digest('hex')
    expect(treeRoot('sm3', two).toString('hex')).toBe(expected)
  })
})
