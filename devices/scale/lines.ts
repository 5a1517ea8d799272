import type { Frame, Framer } from '../framing.ts'
import { lineFramer } from '../scanner/line.ts'
import type { ScaleAnswer } from './protocol.ts'

/** A framer of scales that answer by lines of text; `answer` says what one line means. A line that is no text stays the fault that it is. */
export function answerLines(answer: (raw: Uint8Array, text: string) => Frame<ScaleAnswer>): Framer<ScaleAnswer> {
  const lines = lineFramer()
  function read(frames: ReturnType<typeof lines.push>): Frame<ScaleAnswer>[] {
    return frames.map((line) => {
      if (line.fault !== null) return line
      const { text, symbology } = line.meaning
      // To a scanner a bracket in front is a symbology; here it is only a bracket.
      return answer(line.raw, symbology === null ? text : `]${symbology}${text}`)
    })
  }
  return { push: (bytes) => read(lines.push(bytes)), end: () => read(lines.end()) }
}

/** The bytes of a command: its word, CR, LF. */
export function commandLine(word: string): Uint8Array {
  return Uint8Array.from(Buffer.from(`${word}\r\n`, 'ascii'))
}
