/**
 * All rows, each once, under the key by which a screen draws them. What is read in pieces may hold a row twice for a moment: it moved between
 * two pages, or between two lists that are shown as one. It stands where it came first, as it was said last. A list drawn with the same key
 * twice would never be right again.
 */
export function eachOnce<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row] as const)).values()]
}
