/** What was read off sheets of paper by two people apart, and by a third where they differ: whatever a sheet asks. */

/** Every mark of a sheet, each by what it is a mark of. */
export type Marks = ReadonlyMap<string, string>

/** Whether a reading is, mark by mark, what one of the two has read. */
export function isOneOf(one: Marks, first: Marks | undefined, second: Marks | undefined): boolean {
  if (first === undefined || second === undefined) return false
  const places = new Set([...one.keys(), ...first.keys(), ...second.keys()])
  return [...places].every((place) => [first.get(place), second.get(place)].includes(one.get(place)))
}

/** Whether two have read the same. */
export function alike(one: Marks, other: Marks | undefined): boolean {
  return isOneOf(one, other, other)
}

/** Numbers of the sheets that two have read differently, counted from one. */
export function differing(first: readonly Marks[], second: readonly Marks[]): number[] {
  return first.flatMap((one, nth) => (alike(one, second[nth]) ? [] : [nth + 1]))
}

/**
 * Every sheet as the two have read it, where they differ as the third has.
 * @throws Error where nobody has decided about one that differs
 */
export function agreed<T>(
  [first = [], second = []]: readonly (readonly T[])[],
  third: ReadonlyMap<number, T>,
  marksOf: (sheet: T) => Marks,
): T[] {
  return first.map((one, nth) => {
    const other = second[nth]
    const found = other !== undefined && alike(marksOf(one), marksOf(other)) ? one : third.get(nth + 1)
    if (found === undefined) throw new Error(`nobody has decided about sheet ${nth + 1}`)
    return found
  })
}
