import type { Fault } from './reading.ts'

/**
 * Bytes in, bytes out, whatever carries them. A port is opened once; when it closes it is finished, and whoever wants it back opens
 * a new one. `write` on a closed port rejects at once: nothing is ever queued for later (node-serialport would send it after reopening).
 */
export interface Port {
  /**
   * Resolves when the bytes have left this process (drained for a serial line); rejects with `PortClosed` when the port is or becomes
   * closed. Bytes that the other side does not take within `deadline_ms` (or that make no progress for `STALL_MS`) close the port and are
   * discarded: nothing is sent late. With 16 writes waiting the next one rejects as `port-busy`.
   */
  write(bytes: Uint8Array, deadline_ms?: number): Promise<void>
  /** On a line that several devices share: runs `deed` when nobody else has his turn. Absent on a line of one device. */
  turn?<Result>(deed: () => Promise<Result>): Promise<Result>
  /** Ends the connection after what was written has been sent; resolves when it is closed. Safe to call twice. */
  close(): Promise<void>
}

export interface PortEvents {
  onBytes(bytes: Uint8Array): void
  /** Called exactly once, also after `close()`; then without a fault. */
  onClose(fault: Fault | null): void
}

export interface PortOptions {
  /**
   * Perhaps nobody asks this device anything, so a network has to tell by itself that the other end is gone. Not for one that is too busy at times to
   * answer for itself, as a printer is: its job would be cut off.
   */
  readonly watched?: boolean
}

/** Opens the port at `address` or rejects with `PortClosed`. */
export type OpenPort = (address: string, events: PortEvents, options?: PortOptions) => Promise<Port>

export class PortClosed extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(`${fault.code}: ${fault.detail}`)
    this.name = 'PortClosed'
    this.fault = fault
  }
}

/** A piece that is not taken within this time (beside its time on the wire) means that nobody takes any. */
const STALL_MS = 10_000
/** Writes that may wait behind the one under way; a driver speaks to its device one command after the other. */
const WAITING_WRITES_MAX = 16

/** What a kind of port must be able to do; the rest (order, deadlines, the one close event) is the same for all and stands here. */
export interface Carrier {
  /** Large jobs go out in pieces of this size, so that progress can be seen. */
  readonly pieceBytes: number
  /** Resolves when the piece has left this process. Called for one piece at a time. */
  send(piece: Uint8Array): Promise<void>
  /** How long a piece of this length may take on the wire, beside `STALL_MS`. */
  wire_ms(length: number): number
  /** Closes after what was sent has left. */
  end(): Promise<void>
  /** Closes at once and discards what has not left. Must not fail. */
  drop(): Promise<void>
}

export interface PortLife {
  readonly port: Port
  /** Bytes arrived. */
  bytes(bytes: Uint8Array): void
  /** The connection is gone by itself. */
  lost(fault: Fault): void
}

/**
 * Turns a carrier into a port: writes leave in order, each with its deadline; the first loss closes; `onClose` is called exactly once and
 * only when the carrier is really closed, so that the same address can be opened again from it.
 */
export function livePort(carrier: Carrier, events: PortEvents): PortLife {
  let gone: Fault | null = null
  let closing: Promise<void> | null = null
  let dropped: Promise<void> | null = null
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  const { promise: loss, reject: rejectWrites } = Promise.withResolvers<never>()
  loss.catch(() => undefined)

  function lost(fault: Fault): void {
    if (gone !== null) return
    gone = fault
    rejectWrites(new PortClosed(fault))
    dropped = carrier.drop().then(() => events.onClose(fault))
    closing ??= dropped
  }

  async function send(bytes: Uint8Array, until: number): Promise<void> {
    for (let offset = 0; offset < bytes.length; offset += carrier.pieceBytes) {
      if (gone !== null) throw new PortClosed(gone)
      const piece = bytes.subarray(offset, offset + carrier.pieceBytes)
      const patience_ms = Math.min(STALL_MS + carrier.wire_ms(piece.length), until - performance.now())
      const late = setTimeout(
        () => lost({ code: 'no-answer', detail: `${bytes.length - offset} of ${bytes.length} bytes not taken` }),
        Math.max(0, patience_ms),
      )
      try {
        await Promise.race([carrier.send(piece), loss])
      } catch (error) {
        if (error instanceof PortClosed) throw error
        lost({ code: 'port-gone', detail: words(error) })
        await loss
      } finally {
        clearTimeout(late)
      }
    }
  }

  return {
    bytes: (bytes) => {
      if (gone === null) events.onBytes(bytes)
    },
    lost,
    port: {
      write(bytes, deadline_ms = Infinity) {
        if (gone !== null) return Promise.reject(new PortClosed(gone))
        if (closing !== null) return Promise.reject(new PortClosed({ code: 'port-gone', detail: 'closing' }))
        if (waiting >= WAITING_WRITES_MAX)
          return Promise.reject(new PortClosed({ code: 'port-busy', detail: `${waiting} writes are waiting` }))
        const until = performance.now() + deadline_ms
        waiting += 1
        const sent = last.then(() => send(bytes, until)).finally(() => (waiting -= 1))
        last = sent.catch(() => undefined)
        return sent
      },
      close() {
        closing ??= last.then(async () => {
          if (gone === null) await Promise.race([carrier.end(), loss]).catch(() => undefined)
          if (gone !== null) {
            await dropped
            return
          }
          gone = { code: 'port-gone', detail: 'closed' }
          rejectWrites(new PortClosed(gone))
          events.onClose(null)
        })
        return closing
      },
    },
  }
}

/** What went wrong as text for a fault's `detail`, whatever was thrown. */
export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
