import type { FileHandle } from 'node:fs/promises'
import { HEAD_BYTES, isEncrypted, newPieceKey, PIECE_BYTES, pieceKeyOf, SEALED_PIECE_BYTES } from './encryption.ts'
import { type Envelope, openEnvelope } from './recipients.ts'
import { BackupDamaged } from './refused.ts'

/** The bytes of a backup as they were before they were encrypted, if they were. */
export interface BackupBytes {
  readonly size: number
  /** Fewer than `length` only where the backup ends. */
  read(position: number, length: number): Promise<Buffer>
  /** From the beginning up to `end`. */
  stream(end: number): AsyncIterable<Buffer>
}

/** Where the bytes of a backup go, in their order. */
export interface BackupSink {
  write(bytes: Buffer): Promise<void>
  /** Nothing is whole before this has been called, once. */
  end(): Promise<void>
}

const READ_BYTES = 256 * 1024

/**
 * @param passphrase null writes in clear
 * @param envelope stands in front: the passphrase, sealed to those who are to open the file
 */
export async function backupSink(
  handle: FileHandle,
  passphrase: Buffer | null,
  envelope: Pick<Envelope, 'bytes'> | null = null,
): Promise<BackupSink> {
  if (passphrase === null) return { write: (bytes) => handle.writeFile(bytes), end: async () => undefined }
  const key = await newPieceKey(passphrase)
  if (envelope !== null) await handle.writeFile(envelope.bytes)
  await handle.writeFile(key.head)
  let held: Buffer = Buffer.alloc(0)
  let number = 0
  return {
    write: async (bytes) => {
      held = Buffer.concat([held, bytes])
      // The last piece is known by the end alone, so the one that fills up last waits for it.
      for (; held.length > PIECE_BYTES; held = held.subarray(PIECE_BYTES))
        await handle.writeFile(key.seal(number++, false, held.subarray(0, PIECE_BYTES)))
    },
    end: () => handle.writeFile(key.seal(number, true, held)),
  }
}

/**
 * Opens what `backupSink` wrote, encrypted or not. A passphrase that is not needed is not used.
 * @param given the passphrase, or the private key of one to whom the file was sealed
 * @throws BackupRefused `passphrase-needed`, `passphrase-wrong`; BackupDamaged
 */
export async function backupBytes(path: string, handle: FileHandle, given: Buffer | null): Promise<BackupBytes> {
  const { size } = await handle.stat()
  const { length: front, passphrase } = await openEnvelope(handle, given)
  const head = await readAt(handle, front, HEAD_BYTES)
  if (front === 0 && !isEncrypted(head)) return inClear(handle, size)
  const key = await pieceKeyOf(path, head, passphrase)
  const begin = front + HEAD_BYTES
  const last = Math.ceil((size - begin) / SEALED_PIECE_BYTES) - 1
  const pieceAt = async (number: number): Promise<Buffer> => {
    const sealed = await readAt(handle, begin + number * SEALED_PIECE_BYTES, SEALED_PIECE_BYTES)
    try {
      return key.open(number, number === last, sealed)
    } catch (error) {
      throw new BackupDamaged(path, `第 ${number + 1} 段 / piece ${number + 1}`, { cause: error })
    }
  }
  // Also tells that nothing was cut off: no other piece opens as the last one.
  const end = await pieceAt(Math.max(last, 0))
  return {
    size: last * PIECE_BYTES + end.length,
    read: async (position, length) => {
      const first = Math.floor(position / PIECE_BYTES)
      const pieces: Buffer[] = []
      for (let number = first; number <= last && number * PIECE_BYTES < position + length; number += 1)
        pieces.push(await pieceAt(number))
      const start = position - first * PIECE_BYTES
      return Buffer.concat(pieces).subarray(start, start + length)
    },
    stream: async function* (until) {
      for (let number = 0; number * PIECE_BYTES < until; number += 1)
        yield (await pieceAt(number)).subarray(0, until - number * PIECE_BYTES)
    },
  }
}

function inClear(handle: FileHandle, size: number): BackupBytes {
  return {
    size,
    read: (position, length) => readAt(handle, position, length),
    stream: (end) => handle.createReadStream({ start: 0, end: end - 1, autoClose: false, highWaterMark: READ_BYTES }),
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
