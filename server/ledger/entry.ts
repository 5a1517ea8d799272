import { createHash, type Hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Fact, Json, JsonObject } from '../module.ts'
import { Refusal } from '../refusal.ts'

/** The hash of a register is fixed at its birth. */
export type HashName = 'sha256' | 'sm3'

export const HASH_BYTES = 32

/** What stands before the first entry: 32 zero bytes. */
export const NOTHING_BEFORE: Buffer = Buffer.alloc(HASH_BYTES)

/** The members of an entry, in the words of the export format. Every one is present in the text, `null` where there is none. */
export interface EntryMembers {
  readonly v: 1
  readonly register: string
  readonly seq: number
  readonly at: string
  readonly recordedAt: string
  readonly actor: string
  readonly with: readonly string[]
  readonly station: string | null
  readonly cause: string
  readonly type: string
  readonly body: JsonObject
}

/** What a register stores: the exact text that was hashed, the hash before it and its own. */
export interface StoredEntry {
  readonly register: string
  readonly seq: number
  readonly text: string
  readonly prev: Buffer
  readonly hash: Buffer
}

const MEMBERS = [
  'actor',
  'at',
  'body',
  'cause',
  'recordedAt',
  'register',
  'seq',
  'station',
  'type',
  'v',
  'with',
] as const

/**
 * RFC 8785 form of a value.
 * @throws Refusal `request.text-not-allowed` for U+0000 and lone surrogates, which other JSON readers repair differently.
 */
export function canonicalText(value: Json): string {
  refuseBrokenText(value)
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('only JSON values have a canonical form')
  return text
}

function refuseBrokenText(value: Json): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed()) throw new Refusal('request.text-not-allowed')
  } else if (value !== null && typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) {
      refuseBrokenText(key)
      refuseBrokenText(member as Json)
    }
  }
}

/** `H(prev || UTF-8 text)`, the link of the chain (contract: register export). */
export function entryHash(algorithm: HashName, prev: Uint8Array, text: string): Buffer {
  return hasher(algorithm).update(prev).update(text, 'utf8').digest()
}

/** A fresh hash of the register's own kind: SHA-256 or SM3, both 32 bytes (OpenSSL has both under these names). */
export function hasher(algorithm: HashName): Hash {
  return createHash(algorithm)
}

/**
 * Reads an entry's text back.
 * @throws Error naming what is wrong when the text is not the canonical form of an entry.
 */
export function parseEntry(text: string): EntryMembers {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Error('the text is not JSON')
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error('the text is no object')
  if (Object.keys(parsed).sort().join() !== MEMBERS.join()) throw new Error('the text has not the members of an entry')
  const entry = parsed as EntryMembers
  if (entry.v !== 1) throw new Error(`entry version ${String(entry.v)} is unknown`)
  if (!Number.isSafeInteger(entry.seq) || entry.seq < 1) throw new Error('seq is no positive integer')
  // The native writer differs from RFC 8785 in the order of members alone, and is ten times quicker.
  const canonical = hasOrderedMembers(parsed) ? JSON.stringify(parsed) : canonicalize(parsed)
  if (canonical !== text) throw new Error('the text is not in canonical form')
  return entry
}

/** Whether the members of every object stand in the order of their UTF-16 code units. */
function hasOrderedMembers(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(hasOrderedMembers)
  let last: string | undefined
  for (const [name, member] of Object.entries(value)) {
    if ((last !== undefined && last >= name) || !hasOrderedMembers(member)) return false
    last = name
  }
  return true
}

/** The entry as modules see it. */
export function toFact(entry: EntryMembers, hash: Uint8Array): Fact {
  return {
    register: entry.register,
    seq: entry.seq,
    at: entry.at,
    recordedAt: entry.recordedAt,
    actor: entry.actor,
    with: entry.with,
    station: entry.station,
    cause: entry.cause,
    type: entry.type,
    body: entry.body as Fact['body'],
    hash: Buffer.from(hash).toString('hex'),
  }
}
