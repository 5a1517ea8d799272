/** Items by their codes, for lists that hold only codes. */

import type { Found, ItemSummary } from '../../server/custody/protocol.ts'
import { api } from '../page.svelte.ts'

/** More are named by their codes alone. */
export const NAMED_AT_MOST = 20

/** What is known of these items; one that cannot be read is left out. */
export async function findItems(codes: readonly string[]): Promise<ReadonlyMap<string, ItemSummary>> {
  const answers = await Promise.all(
    codes.slice(0, NAMED_AT_MOST).map((code) => api.get<Found>('/api/search', { q: code, limit: 1 })),
  )
  const found = answers.flatMap((answer) => (answer.kind === 'done' ? answer.body.items : []))
  return new Map(found.map((item) => [item.code, item]))
}

/** The codes that a deed names: bare, or in lines with more. */
export function codesOfDeed(items: unknown): string[] {
  if (!Array.isArray(items)) return []
  return items.flatMap((line: unknown) => {
    const code = typeof line === 'object' && line !== null ? (line as { item?: unknown }).item : line
    return typeof code === 'string' ? [code] : []
  })
}
