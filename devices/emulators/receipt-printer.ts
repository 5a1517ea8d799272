import { startLabelPrinter, type EmulatedPrinter } from './label-printer.ts'

/** The printable width of 80 mm paper. */
const WIDTH_MM = 72

/** Starts a receipt printer on 80 mm paper, 203 dots an inch: 576 dots wide, as long as the receipt; ESC/POS when not said. `listen` as for labels. */
export async function startReceiptPrinter({
  listen,
  protocol = 'escpos',
}: {
  readonly listen: string
  readonly protocol?: 'escpos' | 'star'
}): Promise<EmulatedPrinter> {
  return await startLabelPrinter({ protocol, dpi: 203, widthMm: WIDTH_MM, heightMm: WIDTH_MM, listen })
}
