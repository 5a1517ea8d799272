import type { DeviceDriver } from '../driver.ts'
import type { ScannerOrder, Told } from '../reading.ts'

/** A scanner on its open port. */
export interface Scanner extends DeviceDriver {
  /** Pulls or lets go the trigger, permits or forbids scanning, shows or hides the aiming light. Absent in one that only talks. Never rejects. */
  order?(order: ScannerOrder): Promise<Told>
}
