/** One piece of a capture: what was on the wire, and what it was called. */
export interface CapturedPiece {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A capture of an hour of a busy reader is some 50 MB. */
export const CAPTURE_BYTES_MAX = 64 * 1024 * 1024

/** A capture that cannot be read; the message says where and why. */
export class BadCapture extends Error {
  override readonly name = 'BadCapture'
}

const HEX_LINE = /^([^|]*)\|\s*([0-9A-Fa-f]{2}(?:\s+[0-9A-Fa-f]{2})*)\s*$/

/**
 * The pieces of a capture, in order: lines `NAME | HEX` (empty lines and lines from `#` are passed over), or else the whole content as it came
 * over the wire. Content named `*.hex` is never taken for the latter.
 * @throws BadCapture for a `*.hex` with a line of another form, for no bytes at all, and for more than `CAPTURE_BYTES_MAX`
 */
export function readCapture(file: string, content: Uint8Array): CapturedPiece[] {
  if (content.length > CAPTURE_BYTES_MAX) throw new BadCapture(`${file} has more than ${CAPTURE_BYTES_MAX} bytes`)
  const pieces = piecesIn(content)
  if (typeof pieces !== 'number') {
    if (pieces.length === 0) throw new BadCapture(`${file} holds no bytes`)
    return pieces
  }
  if (file.endsWith('.hex')) throw new BadCapture(`${file}, line ${pieces}: not of the form NAME | HEX`)
  return [{ name: 'all', bytes: content }]
}

/** The pieces of lines, or the number of the first line that is none. */
function piecesIn(content: Uint8Array): CapturedPiece[] | number {
  const pieces: CapturedPiece[] = []
  // As latin1 every byte is a character: bytes off a wire are then lines that do not fit, and no error.
  for (const [nth, line] of Buffer.from(content).toString('latin1').split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const found = HEX_LINE.exec(line)
    if (found === null) return nth + 1
    const [, name = '', hex = ''] = found
    const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
    pieces.push({ name: Buffer.from(name, 'latin1').toString('utf8').trim(), bytes })
  }
  return pieces
}
