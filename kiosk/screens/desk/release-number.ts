/** By which notice of release things go back, where the program has issued it. */

import type { IssuedNotice } from '../../../server/custody/protocol.ts'

/** What is between the numbers of several notices. */
const BETWEEN = '、'

/** The numbers of the notices that name these things; empty where one of them is named by none, or by several of which somebody chooses. */
export function numberOfNotices(notices: readonly IssuedNotice[], codes: readonly string[]): string {
  const found = new Set<string>()
  for (const code of codes) {
    const [only, ...others] = notices.filter(({ items }) => items.includes(code))
    if (only === undefined || others.length > 0) return ''
    found.add(only.number)
  }
  return [...found].join(BETWEEN)
}
