import type { Fault } from './reading.ts'

/**
 * Bytes in, bytes out, whatever carries them. A port is opened once; when it closes it is finished, and whoever wants it back opens
 * a new one. `write` on a closed port rejects at once: nothing is ever queued for later (node-serialport would send it after reopening).
 */
export interface Port {
  /** Resolves when the bytes have left this process (drained for a serial line); rejects with `PortClosed` when the port is or becomes closed. */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the connection after what was written has been sent; resolves when it is closed. Safe to call twice. */
  close(): Promise<void>
}

export interface PortEvents {
  onBytes(bytes: Uint8Array): void
  /** Called exactly once, also after `close()`; then without a fault. */
  onClose(fault: Fault | null): void
}

/** Opens the port at `address` or rejects with `PortClosed`. */
export type OpenPort = (address: string, events: PortEvents) => Promise<Port>

export class PortClosed extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(`${fault.code}: ${fault.detail}`)
    this.name = 'PortClosed'
    this.fault = fault
  }
}
