import type { Firmware, FirmwareSurroundings } from './printer-firmware.ts'
import type { Picture } from './printer-mechanism.ts'
import { blank, firstRows, isBlack, setDot } from './printer-picture.ts'

const ESC = 0x1b
const CR = 0x0d
const LF = 0x0a
const MAX_LINE_BYTES = 4096

/** A `BITMAP` command whose dots are still arriving. */
interface OpenBitmap {
  readonly x: number
  readonly y: number
  readonly rowBytes: number
  readonly height: number
  readonly mode: number
  readonly bits: number[]
}

/**
 * The firmware of an emulated TSPL printer: lines of text, in which `BITMAP` carries exactly width times height bytes of any value; a 0 bit is
 * black. Understands SIZE, CLS, BITMAP and PRINT, ignores every other line, and answers `<ESC>!?` when it arrives. A label on which the
 * paper ended is not printed again.
 */
export function tsplFirmware({ mechanism, page, dotsPerMm, reply }: FirmwareSurroundings): Firmware {
  let line: number[] = []
  let bitmap: OpenBitmap | null = null
  let image = blank(page.width, page.height)
  let job: number[] = []

  function push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      job.push(byte)
      if (bitmap !== null) {
        bitmap.bits.push(byte)
        if (bitmap.bits.length === bitmap.rowBytes * bitmap.height) draw(bitmap)
        continue
      }
      line.push(byte)
      if (asksStatus()) answerStatus()
      else if (byte === LF || byte === CR) endLine()
      else if (byte === 0x2c) maybeBitmap()
      if (line.length > MAX_LINE_BYTES) line = []
    }
  }

  function asksStatus(): boolean {
    const [a, b, c] = line.slice(-3)
    return a === ESC && b === 0x21 && c === 0x3f
  }

  function answerStatus(): void {
    if (!mechanism.conditions.leavesQuestionInLine) line.splice(-3)
    const { headOpen, paperOut, ribbonOut, paused, tooHot, cutterStuck } = mechanism.conditions
    const flags =
      (headOpen ? 0x01 : 0) |
      (paperOut ? 0x04 : 0) |
      (ribbonOut ? 0x08 : 0) |
      (paused ? 0x10 : 0) |
      (mechanism.underWay > 0 ? 0x20 : 0) |
      // The language has no flags of their own for these.
      (tooHot || cutterStuck ? 0x80 : 0)
    reply(Buffer.of(flags))
  }

  function maybeBitmap(): void {
    const found = /^BITMAP (\d+),(\d+),(\d+),(\d+),([012]),$/.exec(Buffer.from(line).toString('latin1'))
    if (found === null) return
    const [x = 0, y = 0, rowBytes = 0, height = 0, mode = 0] = found.slice(1).map(Number)
    line = []
    if (rowBytes * height > 0) bitmap = { x, y, rowBytes, height, mode, bits: [] }
  }

  function draw({ x, y, rowBytes, height, mode, bits }: OpenBitmap): void {
    const source: Picture = { width: rowBytes * 8, height, rowBytes, bits: Uint8Array.from(bits, (byte) => ~byte) }
    for (let row = 0; row < height; row += 1)
      for (let column = 0; column < source.width; column += 1) {
        const dot = isBlack(source, column, row)
        const there = isBlack(image, x + column, y + row)
        setDot(image, x + column, y + row, mode === 0 ? dot : mode === 1 ? dot || there : dot !== there)
      }
    bitmap = null
  }

  function endLine(): void {
    const text = Buffer.from(line).toString('latin1').trimEnd()
    line = []
    const size = /^SIZE ([\d.]+) mm, ?([\d.]+) mm$/.exec(text)
    const print = /^PRINT (\d+)(?:,(\d+))?$/.exec(text)
    if (size !== null) image = blank(dots(size[1], page.width), dots(size[2], page.height))
    else if (text === 'CLS') image = blank(image.width, image.height)
    else if (print !== null) enqueue(Number(print[1]) * Number(print[2] ?? 1))
  }

  /** Millimetres as dots, within what the paper can take. */
  function dots(mm: string | undefined, most: number): number {
    return Math.min(most, Math.round(Number(mm) * dotsPerMm))
  }

  function enqueue(labels: number): void {
    const picture = { ...image, bits: image.bits.slice() }
    const bytes = Uint8Array.from(job)
    job = []
    for (let label = 0; label < labels; label += 1)
      mechanism.enqueue(async (paper) => {
        const fed = await paper.feed(picture.height)
        await paper.drop(firstRows(picture, fed), fed === picture.height, bytes)
      })
  }

  return { push }
}
