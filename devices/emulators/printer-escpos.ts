import type { Firmware, FirmwareSurroundings } from './printer-firmware.ts'
import type { PaperPath } from './printer-mechanism.ts'
import { inCommands, openStrip, word } from './printer-strip.ts'

const ESC = 0x1b
const GS = 0x1d
const DLE = 0x10
const EOT = 0x04
const LF = 0x0a
/** The usual line is a sixth of an inch. */
const LINES_A_MM = 6 / 25.4

/** What the commands do, in the order of their bytes: nothing, rows of dots, empty rows, the knife, an answer about the paper. */
type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'rows'; readonly rowBytes: number; readonly bits: Uint8Array }
  | { readonly kind: 'feed'; readonly rows: number }
  | { readonly kind: 'cut'; readonly feed: number }
  | { readonly kind: 'paper-sensor' }

/**
 * The firmware of an emulated ESC/POS printer: a stream of commands carried out in order, which stands still while something is in the way,
 * and goes on where it stopped. `DLE EOT` is answered when it arrives, wherever it stands, also in the middle of a picture: real printers
 * do that too. Characters outside commands move no paper here; a job of ours has none. A page is what lies between two cuts.
 */
export function escposFirmware({ mechanism, page, dotsPerMm, reply }: FirmwareSurroundings): Firmware {
  let lastBytes: number[] = []
  const strip = openStrip(page.width)
  const lineRows = Math.round(dotsPerMm / LINES_A_MM)

  const queue = inCommands(commandLength, (command) => {
    const step = understood(command)
    mechanism.enqueue((paper) => carryOut(paper, step, command))
  })

  function push(bytes: Uint8Array): void {
    for (const byte of bytes) realTime(byte)
    queue(bytes)
  }

  function realTime(byte: number): void {
    lastBytes = [...lastBytes.slice(-2), byte]
    const [a, b, n] = lastBytes
    if (a !== DLE || b !== EOT || n === undefined) return
    const { paperOut, headOpen, paused, tooHot, cutterStuck } = mechanism.conditions
    const error = tooHot || cutterStuck
    const offline = paperOut || headOpen || paused || error
    if (n === 1) reply(Buffer.of(0x12 | (offline ? 0x08 : 0)))
    if (n === 2)
      reply(Buffer.of(0x12 | (headOpen ? 0x04 : 0) | (paused ? 0x08 : 0) | (paperOut ? 0x20 : 0) | (error ? 0x40 : 0)))
    if (n === 3) reply(Buffer.of(0x12 | (cutterStuck ? 0x08 : 0) | (tooHot ? 0x40 : 0)))
    if (n === 4) reply(Buffer.of(0x12 | (paperOut ? 0x6c : 0)))
  }

  async function carryOut(paper: PaperPath, step: Step, command: Uint8Array): Promise<void> {
    await paper.ready()
    strip.note(command)
    switch (step.kind) {
      case 'nothing':
        return
      case 'rows':
        return await strip.put(paper, step.bits, step.rowBytes)
      case 'feed':
        return await strip.feed(paper, step.rows)
      case 'cut':
        await strip.feed(paper, step.feed)
        return await strip.cut(paper)
      case 'paper-sensor':
        return reply(Buffer.of(mechanism.conditions.paperOut ? 0x0c : 0x00))
    }
  }

  function understood(command: Uint8Array): Step {
    const [first, second, n = 0] = command
    if (first === LF) return { kind: 'feed', rows: lineRows }
    if (first === ESC && second === 0x64) return { kind: 'feed', rows: n * lineRows }
    if (first === ESC && second === 0x4a) return { kind: 'feed', rows: n }
    if (first === GS && second === 0x76) return { kind: 'rows', rowBytes: word(command, 4), bits: command.subarray(8) }
    if (first === GS && second === 0x56) return { kind: 'cut', feed: command[3] ?? 0 }
    if (first === GS && second === 0x72) return { kind: 'paper-sensor' }
    return { kind: 'nothing' }
  }

  return { push }
}

/** How long the command at the start of the bytes is, or null when that cannot be told yet. */
function commandLength(bytes: Uint8Array): number | null {
  const [first, second, n] = bytes
  if (first === undefined) return null
  if (first !== ESC && first !== GS && first !== DLE) return 1
  if (second === undefined) return null
  if (first === DLE) return second === EOT ? 3 : 1
  if (first === ESC) return second === 0x40 || second === 0x32 ? 2 : 3
  if (second === 0x76) return bytes.length < 8 ? null : 8 + word(bytes, 4) * word(bytes, 6)
  if (second === 0x56) return n === undefined ? null : n >= 0x41 ? 4 : 3
  return 3
}
