/** What the server's clock says, from questions that it answered. */
export interface ServerClock {
  /** An answer: the server's time is of somewhere between these two moments. */
  heard(at_ms: number, asked_mono_ms: number, answered_mono_ms: number): void
  /** The server's time now, not later than it is; null before the first answer. */
  earliest(): number | null
  /** The server's time now, not earlier than it is; infinitely late before the first answer. */
  latest(): number
}

/** Keeps the latest answer; neither machine's clock needs to be right, and this one's may be set while we run. */
export function serverClock(monotonic: () => number): ServerClock {
  let sample: { readonly at_ms: number; readonly asked: number; readonly answered: number } | null = null
  return {
    heard(at_ms, asked, answered) {
      sample = { at_ms, asked, answered }
    },
    earliest: () => (sample === null ? null : sample.at_ms + (monotonic() - sample.answered)),
    latest: () => (sample === null ? Infinity : sample.at_ms + (monotonic() - sample.asked)),
  }
}
