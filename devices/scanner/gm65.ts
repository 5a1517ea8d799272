import type { LineFramer } from './line.ts'

/** "Done", as a GM65 answers an order: STX 00, status 0, one byte of data, CRC. It goes before the code that the order let it read. */
const ANSWER = Uint8Array.of(0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31)

/**
 * The lines of a GM65 without its answers to orders, which stand among the codes and are told from them by their bytes alone. Bytes that
 * begin like an answer and are none belong to the line.
 */
export function withoutGm65Answers(lines: LineFramer): LineFramer {
  /** How many bytes of an answer have come. */
  let matched = 0

  /** The bytes of an answer that turned out to be none. */
  function released(): Uint8Array {
    const bytes = ANSWER.slice(0, matched)
    matched = 0
    return bytes
  }

  return {
    ...lines,
    push(bytes) {
      const rest: number[] = []
      for (const byte of bytes) {
        if (byte !== ANSWER[matched]) rest.push(...released())
        if (byte === ANSWER[matched]) matched += 1
        else rest.push(byte)
        if (matched === ANSWER.length) matched = 0
      }
      return lines.push(Uint8Array.from(rest))
    },
    begun: () => matched > 0 || lines.begun(),
    silence: () => [...lines.push(released()), ...lines.silence()],
    end: () => [...lines.push(released()), ...lines.end()],
  }
}
