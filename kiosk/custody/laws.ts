/** Which laws a basis names: the article is cited in Chinese, as on paper; who reads English is told the law beside it. */

import { lawsZh } from '../words/laws.zh.ts'

export type LawKey = keyof typeof lawsZh

/** The longest first: the name of a law's implementing rules begins with the law's own. */
const KEYS = (Object.keys(lawsZh) as LawKey[]).toSorted((one, other) => lawsZh[other].length - lawsZh[one].length)

/** The laws that are named, in the order they stand there; `监察法(2024) 28(3)；行政强制法 28` names two. */
export function lawsIn(basis: string): readonly LawKey[] {
  const found: { readonly key: LawKey; readonly at: number }[] = []
  let rest = basis
  for (const key of KEYS) {
    const name = lawsZh[key]
    const at = rest.indexOf(name)
    if (at < 0) continue
    found.push({ key, at })
    rest = rest.replaceAll(name, '\0'.repeat(name.length))
  }
  return found.toSorted((one, other) => one.at - other.at).map(({ key }) => key)
}
