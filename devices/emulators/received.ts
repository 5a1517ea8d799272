const KEPT_BYTES = 65_536

/** What a station sent to an emulated device, the last 64 KiB of it: a demonstration runs for days. `count` goes on. */
export function receivedBytes() {
  let kept = Buffer.alloc(0)
  let count = 0
  return {
    add(bytes: Uint8Array): void {
      count += bytes.length
      kept = Buffer.concat([kept, bytes]).subarray(-KEPT_BYTES)
    },
    all: (): Uint8Array => Uint8Array.from(kept),
    /** How many bytes there were, those that are no longer kept included. */
    count: (): number => count,
  }
}
