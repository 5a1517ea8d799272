import type { DeviceState, PrintOutcome } from '../reading.ts'

/** A file as it goes to an office printer. */
export interface Pages {
  readonly pdf: Uint8Array
  /** What the printer's own list calls the job: a number, never a name or a case. */
  readonly name: string
}

/** An office printer: it takes whole files and makes pages of them by itself. */
export interface OfficePrinter {
  /**
   * Prints one file after all that were asked for earlier. `deadline_ms` is a moment of the clock it was opened with; what has not begun by
   * then is refused and never sent. `printed` by the printer's own word only; nothing is sent twice. Never rejects.
   */
  print(pages: Pages, deadline_ms: number): Promise<PrintOutcome>
  /** Asks the printer how it is. */
  status(): Promise<DeviceState>
  /** Refuses what waits, gives up what is under way (`unknown` if a byte may have left). */
  close(): Promise<void>
}

/** One thing after the other; what fails reaches its own caller and does not stop the next. */
export function oneByOne(): <Result>(deed: () => Promise<Result>) => Promise<Result> {
  let line: Promise<unknown> = Promise.resolve()
  return (deed) => {
    const done = line.then(deed)
    line = done.catch(() => undefined)
    return done
  }
}
