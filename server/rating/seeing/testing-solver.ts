/** A linear solver over what is published: which voters a combination of figures can be about. */

const TINY = 1e-9
/** Sets of voters who move all figures alike are looked at together, at most so many at a time. */
const SETS_MOST = 3

/**
 * A group of fewer than `least` voters of whom some linear combination of the figures tells something, with nobody else's vote in it; null where there
 * is none. Voters who move every figure alike cannot be told apart by any combination, so they are looked at together; every group of up to
 * three such sets is tried.
 * @param moved by voter, how much each figure moves with his vote
 */
export function smallestTold(moved: readonly (readonly number[])[], least: number): number[] | null {
  const classes = alike(moved).filter(({ row }) => row.some((by) => Math.abs(by) > TINY))
  const small = classes.filter(({ voters }) => voters.length < least)
  for (let size = 1; size <= SETS_MOST; size += 1)
    for (const chosen of combinations(small, size)) {
      const voters = chosen.flatMap((one) => one.voters)
      if (voters.length >= least) continue
      const others = classes.filter((one) => !chosen.includes(one)).map(({ row }) => row)
      // Rows are voters: a combination that is zero on all others and not on a chosen one exists where that one adds to their rank.
      const rank = rankOf(others)
      if (chosen.some(({ row }) => rankOf([...others, row]) > rank)) return voters
    }
  return null
}

interface Alike {
  readonly row: readonly number[]
  readonly voters: number[]
}

function alike(moved: readonly (readonly number[])[]): Alike[] {
  const classes = new Map<string, Alike>()
  for (const [voter, row] of moved.entries()) {
    const key = row.map((by) => by.toFixed(9)).join(' ')
    const known = classes.get(key)
    if (known === undefined) classes.set(key, { row, voters: [voter] })
    else known.voters.push(voter)
  }
  return [...classes.values()]
}

function* combinations<T>(of: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) return yield []
  for (let at = from; at <= of.length - size; at += 1)
    for (const rest of combinations(of, size - 1, at + 1)) yield [of[at] as T, ...rest]
}

/** Gaussian elimination with the largest pivot. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const left = rows.map((row) => [...row])
  const columns = left[0]?.length ?? 0
  let rank = 0
  for (let column = 0; column < columns && rank < left.length; column += 1) {
    let best = rank
    for (let at = rank + 1; at < left.length; at += 1)
      if (Math.abs(left[at]?.[column] ?? 0) > Math.abs(left[best]?.[column] ?? 0)) best = at
    const pivot = left[best]
    const value = pivot?.[column] ?? 0
    if (pivot === undefined || Math.abs(value) < TINY) continue
    ;[left[rank], left[best]] = [pivot, left[rank] ?? []]
    for (let at = rank + 1; at < left.length; at += 1) {
      const row = left[at] ?? []
      const factor = (row[column] ?? 0) / value
      if (factor !== 0) for (let j = column; j < columns; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0)
    }
    rank += 1
  }
  return rank
}
