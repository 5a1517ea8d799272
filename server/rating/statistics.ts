/**
 * Everything that is computed of counts, on one page. Pure; each formula names where it is from. Rates are between 0 and 1.
 */

/** Two-sided 95 % of the normal distribution. */
const Z_95 = 1.959963984540054

export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval of a rate (Wilson 1927; Brown, Cai, DasGupta 2001): holds also where none or all of few agree. Null of nothing.
 */
export function wilson(good: number, n: number, z = Z_95): Interval | null {
  if (n <= 0) return null
  const rate = good / n
  const z2n = (z * z) / n
  const middle = (rate + z2n / 2) / (1 + z2n)
  const half = (z / (1 + z2n)) * Math.sqrt((rate * (1 - rate)) / n + z2n / (4 * n))
  return { low: good === 0 ? 0 : middle - half, high: good === n ? 1 : middle + half }
}

/**
 * Newcombe's interval of the difference of two independent rates, second less first (Newcombe 1998, method 10): from the Wilson intervals of
 * both. Null where one of them is of nothing.
 */
export function difference(
  first: { readonly good: number; readonly n: number },
  second: { readonly good: number; readonly n: number },
): (Interval & { readonly change: number }) | null {
  const [one, other] = [wilson(first.good, first.n), wilson(second.good, second.n)]
  if (one === null || other === null) return null
  const [p, q] = [first.good / first.n, second.good / second.n]
  const change = q - p
  return {
    change,
    low: change - Math.hypot(q - other.low, one.high - p),
    high: change + Math.hypot(other.high - q, p - one.low),
  }
}

/** Chance of at most `k` of `n` where each has the chance `p`: the exact binomial distribution, summed over logarithms. */
export function binomialAtMost(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  let term = n * Math.log1p(-p)
  let sum = Math.exp(term)
  for (let i = 1; i <= k; i += 1) {
    term += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p)
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/**
 * The upper limit of a funnel (Spiegelhalter 2005), exact: more bad votes of `n` than this come by chance less often than `tail`, where
 * each is bad with the base rate `p`.
 */
export function funnelLimit(n: number, p: number, tail: number): number {
  let k = 0
  while (1 - binomialAtMost(k, n, p) >= tail) k += 1
  return k
}

/** The lower limit of a funnel, exact: fewer bad votes of `n` than this come by chance less often than `tail`. */
export function funnelFloor(n: number, p: number, tail: number): number {
  let k = 0
  while (binomialAtMost(k, n, p) < tail) k += 1
  return k
}

/** 97.5 % and 99.9 %: one-sided tails of the two funnel limits. */
export const FUNNEL_INNER_TAIL = 0.025
export const FUNNEL_OUTER_TAIL = 0.001

/** How often a number of bad votes as high as this comes by chance: at least `bad` of `n`. */
export function chanceOfAtLeast(bad: number, n: number, p: number): number {
  return 1 - binomialAtMost(bad - 1, n, p)
}

export interface CusumRule {
  readonly version: number
  /** The share of bad votes in order. */
  readonly inOrder: number
  /** The share that is to be found. */
  readonly outOfOrder: number
  /** Yellow, orange, red: the heights at which each begins. */
  readonly heights: readonly [number, number, number]
}

/**
 * 2 % to 8 % (product R25): what a hall is watched by until heights are chosen from the number that is monitored (`watch/heights.ts`). Stands as it is: by
 * it the warnings of every day before that are told again.
 */
export const CUSUM_RULE: CusumRule = { version: 1, inOrder: 0.02, outOfOrder: 0.08, heights: [3, 4.5, 7] }

export interface Counted {
  readonly bad: number
  readonly n: number
}

/**
 * The Bernoulli CUSUM (Page 1954; Reynolds and Stoumbos 1999) after each batch: the log-likelihood of `outOfOrder` against `inOrder`, never
 * below nothing. Of a batch only the counts are known, so that it moves once a batch.
 */
export function cusum(batches: readonly Counted[], { inOrder, outOfOrder }: CusumRule): number[] {
  const forBad = Math.log(outOfOrder / inOrder)
  const forGood = Math.log((1 - outOfOrder) / (1 - inOrder))
  const path: number[] = []
  let height = 0
  for (const { bad, n } of batches) {
    height = Math.max(0, height + bad * forBad + (n - bad) * forGood)
    path.push(height)
  }
  return path
}

/** In words on every screen, never by colour alone. */
export type Warning = 'none' | 'yellow' | 'orange' | 'red'

/** The height of a {@link cusum} against the three limits of its rule; a limit itself already warns. */
export function warningAt(height: number, { heights: [yellow, orange, red] }: CusumRule): Warning {
  if (height >= red) return 'red'
  if (height >= orange) return 'orange'
  return height >= yellow ? 'yellow' : 'none'
}
