import type { Firmware, FirmwareSurroundings } from './printer-firmware.ts'
import type { PaperPath } from './printer-mechanism.ts'
import { inCommands, openStrip, word } from './printer-strip.ts'

const ESC = 0x1b
const GS = 0x1d
const LF = 0x0a
const ETB = 0x17
/** Nine bytes, of the third version. */
const HEADS = [0x23, 0x86] as const
const COUNTS = 32
/** The usual line is 4 mm. */
const LINE_MM = 4
/** From the print head to the knife. */
const TO_KNIFE_MM = 11

type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'rows'; readonly rowBytes: number; readonly bits: Uint8Array }
  | { readonly kind: 'feed'; readonly rows: number }
  | { readonly kind: 'cut'; readonly feed: number }
  | { readonly kind: 'mark' }

/**
 * The firmware of an emulated receipt printer that speaks StarPRNT: a stream of commands carried out in order, which stands still while
 * something is in the way. `ESC ACK SOH` is answered when it arrives, also in the middle of a picture; `ETB` moves its counter when all before
 * it is done, and the status is told then without being asked for. A page is what lies between two cuts.
 */
export function starFirmware({ mechanism, page, dotsPerMm, reply }: FirmwareSurroundings): Firmware {
  let lastBytes: number[] = []
  let counter = 0
  const strip = openStrip(page.width)

  const queue = inCommands(commandLength, (command) => {
    const step = understood(command)
    mechanism.enqueue((paper) => carryOut(paper, step, command))
  })

  function push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      lastBytes = [...lastBytes.slice(-2), byte]
      if (lastBytes.join() === '27,6,1') tell()
    }
    queue(bytes)
  }

  function tell(): void {
    const { paperOut, headOpen, paused, tooHot, cutterStuck } = mechanism.conditions
    const offline = paperOut || headOpen || paused || tooHot || cutterStuck
    const count = ((counter & 0x07) << 1) | ((counter & 0x18) << 2)
    const printer = (headOpen ? 0x20 : 0) | (offline ? 0x08 : 0)
    const error = (tooHot ? 0x40 : 0) | (cutterStuck ? 0x08 : 0)
    reply(Buffer.of(...HEADS, printer, error, 0, paperOut ? 0x0c : 0, 0, count, 0))
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
      case 'mark':
        counter = (counter + 1) % COUNTS
        return tell()
    }
  }

  function understood(command: Uint8Array): Step {
    const [first, second, third = 0] = command
    if (first === LF) return { kind: 'feed', rows: LINE_MM * dotsPerMm }
    if (first === ETB) return { kind: 'mark' }
    if (first === ESC && second === 0x64)
      return { kind: 'cut', feed: (third & 0x02) === 0 ? 0 : TO_KNIFE_MM * dotsPerMm }
    if (first === ESC && second === GS && third === 0x53)
      return { kind: 'rows', rowBytes: word(command, 4), bits: command.subarray(9) }
    return { kind: 'nothing' }
  }

  return { push }
}

/** How long the command at the start of the bytes is, or null when that cannot be told yet. */
function commandLength(bytes: Uint8Array): number | null {
  const [first, second, third] = bytes
  if (first === undefined) return null
  if (first !== ESC) return 1
  if (second === undefined) return null
  if (second === 0x40) return 2
  if (second !== GS) return 3
  if (third === undefined) return null
  if (third !== 0x53) return 4
  return bytes.length < 9 ? null : 9 + word(bytes, 4) * word(bytes, 6)
}
