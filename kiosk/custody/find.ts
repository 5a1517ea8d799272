/** Items by their codes, for lists that hold only codes. */

import type { NamedItem } from '../../server/custody/protocol.ts'
import { api } from '../page.svelte.ts'

/** More are shown once they are asked for. */
export const NAMED_AT_MOST = 20
/** As many as are asked for at once. */
const ASKED_AT_MOST = 100

/** What is known of these items; one that cannot be read is left out. */
export async function findItems(codes: readonly string[]): Promise<ReadonlyMap<string, NamedItem>> {
  const found = new Map<string, NamedItem>()
  for (let from = 0; from < codes.length; from += ASKED_AT_MOST) {
    const asked = codes.slice(from, from + ASKED_AT_MOST).join(',')
    const answer = await api.get<{ readonly items: readonly NamedItem[] }>('/api/item-names', { codes: asked })
    if (answer.kind === 'done') for (const item of answer.body.items) found.set(item.code, item)
  }
  return found
}

/** The codes that a deed names: bare, or in lines with more. */
export function codesOfDeed(items: unknown): string[] {
  if (!Array.isArray(items)) return []
  return items.flatMap((line: unknown) => {
    const code = typeof line === 'object' && line !== null ? (line as { item?: unknown }).item : line
    return typeof code === 'string' ? [code] : []
  })
}
