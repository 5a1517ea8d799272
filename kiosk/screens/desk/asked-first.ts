/** The order in which a page shows what it was opened for beside what else there is. */

/**
 * What was asked for, then the rest; each part in the order in which it came. With nothing asked for, all as it came.
 */
export function askedFirst<T extends { readonly code: string }>(
  items: readonly T[],
  asked: ReadonlySet<string>,
): readonly T[] {
  return [...items.filter(({ code }) => asked.has(code)), ...items.filter(({ code }) => !asked.has(code))]
}
