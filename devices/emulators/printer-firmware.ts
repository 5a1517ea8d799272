import type { PrinterMechanism } from './printer-mechanism.ts'

/** The part of an emulated printer that understands a language. It keeps what it has half received until the power goes. */
export interface Firmware {
  push(bytes: Uint8Array): void
}

export interface FirmwareSurroundings {
  readonly mechanism: PrinterMechanism
  /** The printable area in dots. */
  readonly page: { readonly width: number; readonly height: number }
  readonly dotsPerMm: number
  readonly reply: (bytes: Uint8Array) => void
}
