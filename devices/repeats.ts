/**
 * Names repeats: a value seen again within `window_ms` of its last sight is a repeat of its first sight. Times are milliseconds of a
 * clock that does not jump. Remembers one value, because a device that saw something else in between has been pointed away.
 */
export function repeatWindow(window_ms: number) {
  let last: { readonly key: string; readonly first: string; seen_ms: number } | null = null
  return {
    /** The id under which `key` was first seen, if this sight at `at_ms` repeats it. */
    repeated(key: string, at_ms: number): string | null {
      if (last?.key !== key || at_ms - last.seen_ms > window_ms) return null
      last.seen_ms = at_ms
      return last.first
    },
    /** `key` was seen as something new, under this id. */
    saw(key: string, id: string, at_ms: number): void {
      last = { key, first: id, seen_ms: at_ms }
    },
  }
}
