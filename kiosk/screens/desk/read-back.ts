/** What a scan at the desk's own station means on the page of a case's cards. Pure. */

import type { SessionView, Verdict } from '../../../server/stations/protocol.ts'

/** What is known of a card whose item was read: a tag names its item as well as the card does, and proves nothing of the card. */
export function standingOf(
  label: { readonly scannedBack: boolean } | null | undefined,
): 'read-back' | 'not-read-back' | 'no-card' {
  if (!label) return 'no-card'
  return label.scannedBack ? 'read-back' : 'not-read-back'
}

/** `own`: the item of a card of this case; `other`: of a case that is told, or of one that is not for the eyes of who scanned; `said`: no card was read. */
export type ReadBack =
  | { readonly kind: 'own'; readonly code: string }
  | { readonly kind: 'other'; readonly code: string; readonly name: string; readonly case: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'said'; readonly verdict: Verdict }

/**
 * Reads the last verdict of the station, for a page that shows the cards `own`; null where it says nothing about a scan: somebody signed
 * in, or the station was locked.
 */
export function readBackOf({ verdict, work }: SessionView, own: ReadonlySet<string>): ReadBack | null {
  if (verdict === null) return null
  if (verdict.outcome === 'refused' || verdict.outcome === 'fault') return { kind: 'said', verdict }
  switch (verdict.code) {
    case 'custody.shown':
    case 'custody.shown-frozen': {
      const item = work?.item
      if (!item) return null
      if (own.has(item.code)) return { kind: 'own', code: item.code }
      return { kind: 'other', code: item.code, name: item.name, case: item.case }
    }
    // Read at the station by somebody who may not know the item: its words hold the code alone.
    case 'custody.label-read': {
      const code = [...own].find((one) => verdict.words.zh.includes(one))
      return code === undefined ? { kind: 'unknown' } : { kind: 'own', code }
    }
    default:
      return null
  }
}
