import {
  BinaryBitmap,
  Code128Reader,
  DataMatrixReader,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  type Reader,
  RGBLuminanceSource,
} from '@zxing/library'
import type { PrintedPage } from '../../devices/emulators/printer-mechanism.ts'

const HINTS = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]])
const READERS: readonly (() => Reader)[] = [
  () => new QRCodeReader(),
  () => new Code128Reader(),
  () => new DataMatrixReader(),
]

const read = new WeakMap<PrintedPage, string | null>()

/** What a scanner reads off a printed page: decoded from its dots once, by nothing that drew them. Null when nothing can be read. */
export function readPrinted(page: PrintedPage): string | null {
  const known = read.get(page)
  if (known !== undefined) return known
  const code = decode(page)
  read.set(page, code)
  return code
}

function decode({ width, height, rowBytes, bits }: PrintedPage): string | null {
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const black = ((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
      grey[y * width + x] = black === 1 ? 0 : 255
    }
  }
  const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)))
  for (const reader of READERS) {
    try {
      return reader().decode(picture, HINTS).getText()
    } catch {
      // The decoder has no other way to say that it found nothing.
    }
  }
  return null
}

const numbers = new WeakMap<object, number>()
let last = 0

/** A number for each page or paper that stays while older ones are thrown away. */
export function numberOf(page: object): number {
  const known = numbers.get(page)
  if (known !== undefined) return known
  last += 1
  numbers.set(page, last)
  return last
}
