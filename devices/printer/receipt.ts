import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import type { Bitmap } from '../reading.ts'
import { rasterBands, type Cut } from './escpos.ts'

/**
 * One slip as bytes for a receipt printer: the picture (Chinese text is drawn in it, so no code page of the printer matters), then feed and
 * cut. The library only strings the bytes together and never opens anything. What it emits: `1B 40`; `1B 61 01` (centred); the bands;
 * then, from its one `cut()`, `1B 64 04` twice, `1D 56 00` (`1D 56 01` for a partial cut) and `1B 40`, which leaves the printer initialised; without
 * a cut `1B 64 04` twice. Throws `RangeError` for a bitmap that contradicts itself.
 */
export function encodeReceipt(slip: Bitmap, cut: Cut): Uint8Array {
  const receipt = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: NO_INTERFACE })
  receipt.append(INITIALISE)
  receipt.alignCenter()
  receipt.append(Buffer.concat(rasterBands(slip)))
  switch (cut) {
    case 'full':
      receipt.cut()
      break
    case 'partial':
      receipt.partialCut()
      break
    case 'none':
      receipt.append(FEED_OUT)
  }
  return Uint8Array.from(receipt.getBuffer())
}

/** With no interface the library has nothing that it could send with: its own transports lose the end of a job and report success. */
const NO_INTERFACE = ''
const INITIALISE = Buffer.of(0x1b, 0x40)
const FEED_OUT = Buffer.of(0x1b, 0x64, 0x04, 0x1b, 0x64, 0x04)
