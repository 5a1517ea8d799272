import { escposFirmware } from './printer-escpos.ts'
import type { Firmware, FirmwareSurroundings } from './printer-firmware.ts'
import { PrinterMechanism, type PrintedPage, type PrinterConditions } from './printer-mechanism.ts'
import { starFirmware } from './printer-star.ts'
import { tsplFirmware } from './printer-tspl.ts'
import { zplFirmware } from './printer-zpl.ts'
import { openWire } from './wire.ts'

export interface LabelPrinterOptions {
  readonly protocol: 'zpl' | 'tspl' | 'escpos' | 'star'
  readonly dpi: 203 | 300 | 600
  readonly widthMm: number
  readonly heightMm: number
  /** `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
  readonly listen: string
}

export interface EmulatedPrinter {
  /** Where a driver finds it. */
  readonly address: string
  /** What came out, oldest first, also what came out only in part. */
  pages(): readonly PrintedPage[]
  /** The last 16 MB that arrived. */
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  conditions(): PrinterConditions
  set(change: Partial<PrinterConditions>): void
  /** Takes the power and the cable away: what was half received or not yet printed is forgotten. */
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

const DOTS_PER_MM = { 203: 8, 300: 12, 600: 24 } as const
/** The bytes that are kept for looking at; a demonstration runs for days. */
const KEPT_BYTES = 16 * 1024 * 1024

/** Starts a label printer that exists only on its wire, written from the descriptions of its language and from nothing of our drivers. */
export async function startLabelPrinter(options: LabelPrinterOptions): Promise<EmulatedPrinter> {
  const dotsPerMm = DOTS_PER_MM[options.dpi]
  const page = { width: Math.round(options.widthMm * dotsPerMm), height: Math.round(options.heightMm * dotsPerMm) }
  const mechanism = new PrinterMechanism()
  const received: Uint8Array[] = []
  let keptBytes = 0
  let receivedCount = 0
  let answered: Promise<void> = Promise.resolve()
  let firmware = boot()
  let powered = true

  function boot(): Firmware {
    return firmwareOf(options.protocol, { mechanism, page, dotsPerMm, reply })
  }

  const wire = await openWire(options.listen, take)

  function reply(bytes: Uint8Array): void {
    if (mechanism.conditions.silent) return
    // An answer that nobody is there to hear is lost, as on a real wire.
    answered = answered.then(() => wire.send(bytes)).catch(() => undefined)
  }

  function take(bytes: Uint8Array): void {
    if (!powered) return
    const life = mechanism.conditions.dieAfterBytes
    const taken = life === null ? bytes : bytes.subarray(0, life)
    if (life !== null) mechanism.set({ dieAfterBytes: life - taken.length })
    received.push(Uint8Array.from(taken))
    keptBytes += taken.length
    receivedCount += taken.length
    while (keptBytes > KEPT_BYTES) keptBytes -= received.shift()?.length ?? keptBytes
    firmware.push(taken)
    if (life !== null && life === taken.length) void unplug()
  }

  async function unplug(): Promise<void> {
    powered = false
    mechanism.cancel()
    mechanism.set({ dieAfterBytes: null })
    await wire.unplug()
  }

  return {
    address: wire.address,
    pages: () => mechanism.pages,
    received: () => Buffer.concat(received),
    receivedCount: () => receivedCount,
    conditions: () => mechanism.conditions,
    set: (change) => mechanism.set(change),
    unplug,
    async replug() {
      firmware = boot()
      powered = true
      await wire.replug()
    },
    async close() {
      powered = false
      mechanism.cancel()
      await wire.close()
    },
  }
}

function firmwareOf(protocol: LabelPrinterOptions['protocol'], surroundings: FirmwareSurroundings): Firmware {
  switch (protocol) {
    case 'zpl':
      return zplFirmware(surroundings)
    case 'tspl':
      return tsplFirmware(surroundings)
    case 'escpos':
      return escposFirmware(surroundings)
    case 'star':
      return starFirmware(surroundings)
  }
}
