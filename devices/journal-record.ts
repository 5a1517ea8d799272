import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { OfflineMark } from './agent/held-list.ts'
import type { SealedPress } from './ballot/sealed-press.ts'
import type { Reading, ReadingValue } from './reading.ts'

/** One thing that this machine saw, as its journal holds it and as the server is told. */
export interface JournalRecord {
  /** From 1, without gaps, for as long as the key lives. */
  readonly n: number
  /** SHA-256 of the record before, hex; empty for the first. */
  readonly prev: string
  /** This machine's clock, RFC 3339 UTC; set right or not. */
  readonly at: string
  /** Milliseconds of a clock that only goes forward, and of which run of the program. */
  readonly mono_ms: number
  readonly run: string
  readonly reading: JournalReading
  /** Present where a bench took the reading without its server. */
  readonly offline?: OfflineMark
}

/** A reading, or a ballot that nobody here can open, in JSON: the bytes in base64. */
export interface JournalReading extends Omit<Reading<ReadingValue | SealedPress>, 'raw'> {
  readonly raw: string
}

/** A record with what proves it. `text` is the exact JSON that was hashed and signed. */
export interface Sealed {
  readonly n: number
  readonly text: string
  readonly hash: string
  /** Ed25519 over `signedText`, 64 bytes. */
  readonly seal: Buffer
}

const SEAL_BYTES = 64
/** Length and CRC-32 of what follows, both big-endian. */
const HEAD_BYTES = 8
/** A longer record is refused: a frame of the socket (64 kB) must hold it, its quotes escaped once more. */
export const RECORD_BYTES_MAX = 24 * 1024

/** Fixes the text first, and hashes and signs exactly that; whoever checks must never write the record down anew. */
export function sealRecord(record: JournalRecord, key: KeyObject): Sealed {
  const text = JSON.stringify(record)
  return { n: record.n, text, hash: hashOf(text), seal: sign(null, signedText(text), key) }
}

/** SHA-256 over the UTF-8 bytes, 64 hex digits in small letters. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Whether the holder of this key wrote this text. */
export function isSealed(text: string, seal: Uint8Array, publicKey: KeyObject): boolean {
  return seal.length === SEAL_BYTES && verify(null, signedText(text), publicKey, seal)
}

/** Nothing else that this key signs begins like this. */
function signedText(text: string): Buffer {
  return Buffer.from(`clearhold journal record\n${text}`, 'utf8')
}

/** What may stand before the records: where the numbering goes on after those that were acknowledged and taken out. */
export interface JournalBase {
  readonly after: number
  /** Hash of record `after`; empty when it is 0. */
  readonly hash: string
}

/** The bytes of one record on disk. */
export function frameOf({ text, seal }: Pick<Sealed, 'text' | 'seal'>): Buffer {
  return framed(Buffer.concat([seal, Buffer.from(text, 'utf8')]))
}

/** The first bytes of a journal. */
export function baseFrame(base: JournalBase): Buffer {
  return framed(Buffer.from(JSON.stringify(base), 'utf8'))
}

function framed(payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(payload.length, 0)
  head.writeUInt32BE(crc32(payload), 4)
  return Buffer.concat([head, payload])
}

/** Why reading stopped before the end: a write that was cut short, or bytes that somebody or something changed. */
export type Cut = 'torn' | 'altered'

export interface ScannedJournal {
  /** Null when not even the beginning can be read. */
  readonly base: JournalBase | null
  readonly records: readonly Sealed[]
  /** How many bytes, from the beginning, are whole. */
  readonly whole: number
  readonly cut: Cut | null
}

/**
 * Reads a journal up to the first thing that is not as it was written: length, CRC, number, chain and seal of every record are checked. What
 * follows a bad record is not taken either: the chain is broken there.
 */
export function scanJournal(bytes: Buffer, publicKey: KeyObject): ScannedJournal {
  const first = frameAt(bytes, 0)
  if (first.payload === null) return { base: null, records: [], whole: 0, cut: bytes.length === 0 ? null : 'torn' }
  const base = JSON.parse(first.payload.toString('utf8')) as JournalBase
  const records: Sealed[] = []
  let whole = first.end
  let last = { n: base.after, hash: base.hash }
  while (whole < bytes.length) {
    const { payload, end } = frameAt(bytes, whole)
    if (payload === null) return { base, records, whole, cut: 'torn' }
    const seal = Buffer.from(payload.subarray(0, SEAL_BYTES))
    const text = payload.toString('utf8', SEAL_BYTES)
    const next = follows(text, last)
    if (next === null || !isSealed(text, seal, publicKey)) return { base, records, whole, cut: 'altered' }
    last = { n: next, hash: hashOf(text) }
    records.push({ ...last, text, seal })
    whole = end
  }
  return { base, records, whole, cut: null }
}

/** The number of a record that continues the chain; null when it does not. */
function follows(text: string, last: { readonly n: number; readonly hash: string }): number | null {
  try {
    const { n, prev } = JSON.parse(text) as JournalRecord
    return n === last.n + 1 && prev === last.hash ? n : null
  } catch {
    return null
  }
}

function frameAt(bytes: Buffer, offset: number): { payload: Buffer | null; end: number } {
  const begin = offset + HEAD_BYTES
  if (begin > bytes.length) return { payload: null, end: offset }
  const end = begin + bytes.readUInt32BE(offset)
  if (end > bytes.length) return { payload: null, end: offset }
  const payload = bytes.subarray(begin, end)
  return crc32(payload) === bytes.readUInt32BE(offset + 4) ? { payload, end } : { payload: null, end: offset }
}
