import type { CountName, Fault, Feedback, ReadingValue, Told } from './reading.ts'

/** Speaks one device's protocol over one opening of its port. A new opening gets a new driver, so nothing half-read lives on. */
export interface DeviceDriver {
  /** The port is open: the driver may write, and says by `health` when it has evidence that the device is well. */
  opened(): void
  bytes(bytes: Uint8Array): void
  /** The port is closed for this reason (null: by us). What was begun becomes a fault; nothing is said or written after. */
  closed(fault: Fault | null): void
  /** Lets the person at the device hear what became of what it saw last. Absent where the device cannot be heard. Never rejects. */
  feedback?(verdict: Feedback): Promise<Told>
}

/** What a driver is given to speak through. */
export interface DriverOutlet {
  /** Rejects with `PortClosed`; see `Port.write`. */
  write(bytes: Uint8Array, deadline_ms: number): Promise<void>
  /** Runs `deed` while no other device on a line that several share begins a turn of its own; on a line of one's own, at once. */
  turn<Result>(deed: () => Promise<Result>): Promise<Result>
  /** Tells what the device saw and gives the reading's id. */
  reading(raw: Uint8Array, value: ReadingValue): string
  /** Counts what is no reading of its own. */
  count(what: CountName, by: number): void
  /** How the device is, by what it answered; null is well. */
  health(fault: Fault | null): void
  /** The device is not to be reached over this opening of the port any more: close it, and open it again. */
  giveUp(fault: Fault): void
}
