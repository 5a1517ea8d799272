import { constants, read, write } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { FileAddress } from './port-address.ts'
import { livePort, PortClosed, words, type Port, type PortEvents } from './port-life.ts'
import { watchPath } from './port-watch.ts'
import type { Fault } from './reading.ts'

/** A device file cannot be waited for in Node, so it is asked this often whether it has bytes for us or takes some of ours. */
const ASK_MS = 20
const READ_BYTES = 4096

const readSome = promisify(read)
const writeSome = promisify(write)

/**
 * Opens a printer's device file (/dev/usb/lp0) or rejects with `PortClosed`. It is opened without blocking: a printer without paper takes
 * no bytes, and a blocked write could be neither given up nor kept from being sent late.
 */
export async function openFilePort(address: FileAddress, events: PortEvents): Promise<Port> {
  const file = await openDevice(address.path)
  const underWay = new Set<Promise<unknown>>()
  let isOpen = true
  let stopWatching = (): void => undefined

  const life = livePort({ pieceBytes: 4096, send, wire_ms: () => 0, end: shut, drop: shut }, events)
  stopWatching = await watchPath(address.path, (detail) => life.lost({ code: 'port-gone', detail }))
  void listen()
  return life.port

  async function send(piece: Uint8Array): Promise<void> {
    for (let sent = 0; sent < piece.length;) sent += await offered(piece, sent)
    // The printer driver of the kernel answers a write at once and sends behind it; it takes an empty one only when that is done, and
    // closing before would cut the end off.
    await offered(new Uint8Array(0), 0)
  }

  async function offered(bytes: Uint8Array, from: number): Promise<number> {
    while (isOpen) {
      try {
        return (await held(writeSome(file.fd, bytes, from, bytes.length - from, null))).bytesWritten
      } catch (error) {
        if (!again(error)) throw error
        await pause(ASK_MS)
      }
    }
    throw new PortClosed({ code: 'port-gone', detail: 'closed' })
  }

  async function listen(): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES)
    while (isOpen) {
      try {
        const { bytesRead } = await held(readSome(file.fd, buffer, 0, READ_BYTES, null))
        if (bytesRead > 0) {
          life.bytes(buffer.slice(0, bytesRead))
          continue
        }
      } catch (error) {
        if (!again(error)) return life.lost({ code: 'port-gone', detail: words(error) })
      }
      await pause(ASK_MS)
    }
  }

  async function shut(): Promise<void> {
    isOpen = false
    stopWatching()
    await Promise.allSettled(underWay)
    await file.close()
  }

  /** Notes an operation on the descriptor: closing waits for it, because the number could be another file's by the time it runs. */
  async function held<T>(operation: Promise<T>): Promise<T> {
    underWay.add(operation)
    try {
      return await operation
    } finally {
      underWay.delete(operation)
    }
  }
}

async function openDevice(path: string): Promise<FileHandle> {
  let file: FileHandle
  try {
    file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (error) {
    throw new PortClosed(openFault(error))
  }
  if ((await file.stat()).isCharacterDevice()) return file
  await file.close()
  throw new PortClosed({ code: 'port-refused', detail: `${path} is not a device file` })
}

function openFault(error: unknown): Fault {
  const detail = words(error)
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return { code: 'port-gone', detail }
    case 'EBUSY':
      return { code: 'port-busy', detail }
    default:
      return { code: 'port-refused', detail }
  }
}

function again(error: unknown): boolean {
  return errorCode(error) === 'EAGAIN'
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
