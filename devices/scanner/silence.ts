/**
 * Calls `onSilence` when no byte has come for `silence_ms` inside a line. When the time is over it lets the bytes that already wait in the
 * operating system come in first: a busy process must not take its own delay for the scanner's silence.
 */
export function silenceWatch(silence_ms: number, onSilence: () => void) {
  let timer: NodeJS.Timeout | undefined
  let lastLook: NodeJS.Immediate | undefined

  function stop(): void {
    clearTimeout(timer)
    clearImmediate(lastLook)
  }
  return {
    /** Bytes came; `begun` says whether they left a line open. */
    heard(begun: boolean): void {
      stop()
      if (begun) timer = setTimeout(() => (lastLook = setImmediate(onSilence)), silence_ms)
    },
    stop,
  }
}
