import type { Fault, ReadingValue } from './reading.ts'

/** Speaks one device's protocol over one opening of its port. A new opening gets a new driver, so nothing half-read lives on. */
export interface DeviceDriver {
  /** The port is open: the driver may write, and says by `health` when it has evidence that the device is well. */
  opened(): void
  bytes(bytes: Uint8Array): void
  /** The port is closed for this reason (null: by us). What was begun becomes a fault; nothing is said or written after. */
  closed(fault: Fault | null): void
}

/** What a driver is given to speak through. */
export interface DriverOutlet {
  /** Rejects with `PortClosed`; see `Port.write`. */
  write(bytes: Uint8Array, deadline_ms: number): Promise<void>
  /** Tells what the device saw and gives the reading's id. */
  reading(raw: Uint8Array, value: ReadingValue): string
  /** How the device is, by what it answered; null is well. */
  health(fault: Fault | null): void
  /** The device is not to be reached over this opening of the port any more: close it, and open it again. */
  giveUp(fault: Fault): void
}
