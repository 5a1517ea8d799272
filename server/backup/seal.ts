import { crc32 } from 'node:zlib'
import { type NoteKey, openNote, signNote, type Signer } from '../ledger/note.ts'
import type { BackupBytes } from './bytes.ts'

/** gzip (RFC 1952) without name and time. */
const GZIP_HEADER = Buffer.from('1f8b08000000000000ff', 'hex')
const GZIP_TAIL_BYTES = 8
const FINAL_STORED_BLOCK = 1
const BLOCK_HEAD_BYTES = 5
const FRAME_BYTES = GZIP_HEADER.length + BLOCK_HEAD_BYTES + GZIP_TAIL_BYTES
const CONTENT_BYTES_MAX = 65_535
const LENGTH_BYTES = 4

/** A name that no register bears, so that a seal is never taken for a checkpoint or the other way round. */
const SEAL_NAME = 'clearhold-backup'
const SEAL_TEXT = new RegExp(`^${SEAL_NAME}\n([0-9a-f]{64})\n\n`)

/**
 * What closes a backup: the SHA-256 of every byte before, signed with the installation's key (a C2SP note), as a gzip member of its own that
 * has exactly one form. So `gzip -t` and `gunzip` take the whole file, and no byte of it, these included, can change unnoticed.
 */
export function sealOf(sha256: string, signer: Signer): Buffer {
  return memberOf(Buffer.from(signNote(`${SEAL_NAME}\n${sha256}\n`, signer), 'utf8'))
}

export interface Seal {
  /** Where it begins in the file; everything before is what it speaks of. */
  readonly start: number
  /** That the bytes before must have. */
  readonly sha256: string
  /** @throws Error when the seal was not made with this key */
  check(key: NoteKey): void
}

/** The seal at the end of a backup, or undefined when none is there in its one form. */
export async function readSeal({ size, read }: BackupBytes): Promise<Seal | undefined> {
  if (size < FRAME_BYTES) return undefined
  const length = (await read(size - LENGTH_BYTES, LENGTH_BYTES)).readUInt32LE()
  const start = size - FRAME_BYTES - length
  if (length > CONTENT_BYTES_MAX || start < 0) return undefined
  const member = await read(start, FRAME_BYTES + length)
  const content = member.subarray(GZIP_HEADER.length + BLOCK_HEAD_BYTES, -GZIP_TAIL_BYTES)
  if (!memberOf(content).equals(member)) return undefined
  const note = content.toString('utf8')
  const sha256 = SEAL_TEXT.exec(note)?.[1]
  if (sha256 === undefined) return undefined
  return { start, sha256, check: (key) => void openNote(note, key) }
}

function memberOf(content: Buffer): Buffer {
  const head = Buffer.alloc(BLOCK_HEAD_BYTES)
  head.writeUInt8(FINAL_STORED_BLOCK, 0)
  head.writeUInt16LE(content.length, 1)
  head.writeUInt16LE(~content.length & 0xffff, 3)
  const tail = Buffer.alloc(GZIP_TAIL_BYTES)
  tail.writeUInt32LE(crc32(content), 0)
  tail.writeUInt32LE(content.length, 4)
  return Buffer.concat([GZIP_HEADER, head, content, tail])
}
