import type { PaperPath } from './printer-mechanism.ts'

/** The paper since the last cut: rows as wide as the page, and the commands that they came of. What lies between two cuts is a page. */
export interface Strip {
  /** A command belongs to the page in hand, whatever it does. */
  note(command: Uint8Array): void
  /** Rows of `sourceBytes` each, as far as the paper lets them come; what is wider than the page is lost. */
  put(paper: PaperPath, bits: Uint8Array, sourceBytes: number): Promise<void>
  /** Empty rows. */
  feed(paper: PaperPath, rows: number): Promise<void>
  cut(paper: PaperPath): Promise<void>
}

/** @param width of the page, in dots */
export function openStrip(width: number): Strip {
  const rowBytes = Math.ceil(width / 8)
  let rows: Uint8Array[] = []
  let job: Uint8Array[] = []

  async function put(paper: PaperPath, bits: Uint8Array, sourceBytes: number): Promise<void> {
    for (let done = 0, height = bits.length / sourceBytes; done < height;) {
      const fed = await paper.feed(height - done)
      for (const end = done + fed; done < end; done += 1) {
        const row = new Uint8Array(rowBytes)
        row.set(bits.subarray(done * sourceBytes, done * sourceBytes + Math.min(sourceBytes, rowBytes)))
        rows.push(row)
      }
    }
  }

  return {
    note: (command) => void job.push(command),
    put,
    feed: (paper, height) => put(paper, new Uint8Array(height * rowBytes), rowBytes),
    async cut(paper) {
      const picture = { width, height: rows.length, rowBytes, bits: Buffer.concat(rows) }
      const bytes = Buffer.concat(job)
      rows = []
      job = []
      await paper.drop(picture, true, bytes)
    },
  }
}

/**
 * Cuts what arrives into commands, however it is split on the way.
 * @param lengthOf how long the command at the start of the bytes is, or null when that cannot be told yet
 */
export function inCommands(
  lengthOf: (bytes: Uint8Array) => number | null,
  take: (command: Uint8Array) => void,
): (bytes: Uint8Array) => void {
  let input: Buffer<ArrayBufferLike> = Buffer.alloc(0)
  return (bytes) => {
    input = Buffer.concat([input, bytes])
    for (let length = lengthOf(input); length !== null && length <= input.length; length = lengthOf(input)) {
      const command = Uint8Array.from(input.subarray(0, length))
      input = input.subarray(length)
      take(command)
    }
  }
}

/** Two bytes, the lower one first. */
export function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}
