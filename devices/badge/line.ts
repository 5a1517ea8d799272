import { good, type Framer } from '../framing.ts'
import { lineFramer } from '../scanner/line.ts'

/** A badge reader that speaks like a scanner: the line is the badge's number, whatever symbol or chip it was read from. */
export function badgeLineFramer(): Framer<string> {
  const lines = lineFramer()
  return {
    push: (bytes) => lines.push(bytes).map((line) => (line.fault === null ? good(line.raw, line.meaning.text) : line)),
    end: () => lines.end().map((line) => (line.fault === null ? good(line.raw, line.meaning.text) : line)),
  }
}
