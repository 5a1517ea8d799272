import { Refusal } from '../../refusal.ts'

/** A line of an act: the bare code, or the code with what is said of this item. */
export type Line<L> = string | ({ readonly item: string } & L)

/** Every line as an object, in the order given. An item stands in one line only. */
export function linesOf<L extends object>(
  items: readonly Line<L>[],
): readonly ({ readonly item: string } & Partial<L>)[] {
  const lines = items.map((line) =>
    typeof line === 'string' ? ({ item: line } as { item: string } & Partial<L>) : line,
  )
  const seen = new Set<string>()
  for (const { item } of lines) {
    if (seen.has(item)) throw new Refusal('custody.twice', { item })
    seen.add(item)
  }
  return lines
}

/** The codes that an act names, for loading. */
export function codesOf(items: readonly (string | { readonly item: string })[]): string[] {
  return [...new Set(items.map((line) => (typeof line === 'string' ? line : line.item)))]
}
