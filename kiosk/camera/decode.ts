/** Reads a code off a picture. Loaded when a camera is first opened: the decoder is larger than any screen. */

import {
  BinaryBitmap,
  BitMatrix,
  Code128Reader,
  DataMatrixReader,
  DecodeHintType,
  Exception,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
  type Reader,
} from '@zxing/library'

/** A picture in grey, one byte a dot, 0 black. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly dots: Uint8ClampedArray
}

/** A window keeps no dots of its own. */
const NO_DOTS = new Int32Array(0)
const HARDER = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]])

/**
 * The decoder finds a DataMatrix only from a point inside the symbol, so it is begun at points this far apart, the middle of the
 * picture first. A symbol smaller than that has fewer than four dots to a module, and is read badly anyway.
 */
const STEP_DOTS = 64

/** What stands in the first symbol found, QR, Code 128 in any quarter turn, or DataMatrix; null when there is none. */
export function readCode(picture: Grey): string | null {
  const binarizer = binarizerOf(picture)
  const image = new BinaryBitmap(binarizer)
  return (
    attempt(new QRCodeReader(), image) ??
    attempt(new Code128Reader(), image) ??
    attempt(new Code128Reader(), new BinaryBitmap(binarizerOf(turned(picture)))) ??
    readDataMatrix(binarizer, picture)
  )
}

function readDataMatrix(binarizer: HybridBinarizer, { width, height }: Grey): string | null {
  const reader = new DataMatrixReader()
  const matrix = binarizer.getBlackMatrix()
  for (const x of outward(width))
    for (const y of outward(height)) {
      const halfWidth = Math.min(x, width - x)
      const halfHeight = Math.min(y, height - y)
      const window = new Window(matrix, x - halfWidth, y - halfHeight, halfWidth * 2, halfHeight * 2)
      const text = attempt(reader, new Windowed(binarizer, window))
      if (text !== null) return text
    }
  return null
}

/** Places along a side, from its middle to both ends. */
function outward(length: number): number[] {
  const middle = Math.floor(length / 2)
  const steps = Math.floor((middle - 1) / STEP_DOTS)
  return [
    middle,
    ...Array.from({ length: steps }, (_, i) => (i + 1) * STEP_DOTS).flatMap((d) => [middle - d, middle + d]),
  ]
}

/** A part of a matrix, without a copy of its dots. */
class Window extends BitMatrix {
  readonly #whole: BitMatrix
  readonly #left: number
  readonly #top: number

  constructor(whole: BitMatrix, left: number, top: number, width: number, height: number) {
    super(width, height, 0, NO_DOTS)
    this.#whole = whole
    this.#left = left
    this.#top = top
  }

  override get(x: number, y: number): boolean {
    return this.#whole.get(this.#left + x, this.#top + y)
  }
}

class Windowed extends BinaryBitmap {
  readonly #window: Window

  constructor(binarizer: HybridBinarizer, window: Window) {
    super(binarizer)
    this.#window = window
  }

  override getBlackMatrix(): BitMatrix {
    return this.#window
  }
}

function binarizerOf({ dots, width, height }: Grey): HybridBinarizer {
  return new HybridBinarizer(new RGBLuminanceSource(dots, width, height))
}

/** Finding nothing is told by an exception of the decoder's own. */
function attempt(reader: Reader, image: BinaryBitmap): string | null {
  try {
    return reader.decode(image, HARDER).getText()
  } catch (error) {
    if (error instanceof Exception) return null
    throw error
  }
}

/** A quarter turn: bars that stand upright on the picture lie down. */
function turned({ width, height, dots }: Grey): Grey {
  const out = new Uint8ClampedArray(dots.length)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) out[x * height + (height - 1 - y)] = dots[y * width + x] ?? 0
  return { width: height, height: width, dots: out }
}
