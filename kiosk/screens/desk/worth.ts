/** What a list that is being typed would do to the sum that a case is to secure: warnings, never a refusal. Pure. */

import type { CustodyOptions, ShownWorth } from '../../../server/custody/protocol.ts'
import { plainFigures } from '../../digits.ts'
import { asksOf } from './forms.ts'
import type { LineForm, SheetForm } from './registration.ts'
import { fenOf } from './signing.ts'

export interface WorthOfSheet {
  /** What would be held with it, and how much of that is too much; 0 where nothing is, or nobody has said for what. */
  readonly held_fen: number
  readonly over_fen: number
  /** Lines, from 1, of things that the measure spares. */
  readonly spared: readonly number[]
  /** Lines, from 1, that nobody has put at a price. */
  readonly unvalued: readonly number[]
}

/** @param track of the case, with what its measures weigh */
export function worthOfSheet(
  { kind, lines }: Pick<SheetForm, 'kind' | 'lines'>,
  worth: ShownWorth,
  track: CustodyOptions['tracks'][number],
  options: CustodyOptions,
): WorthOfSheet {
  const { measured, needsSpared, itemsSpared } = track.worth
  const prices = lines.map((line) => priceOf(line, options))
  const numbered = (holds: (line: LineForm, price_fen: number | null) => boolean): number[] =>
    lines.flatMap((line, index) => (holds(line, prices[index] ?? null) ? [index + 1] : []))
  const counts = measured.includes(kind)
  const more = lines.map((line, index) => Math.round((prices[index] ?? 0) * Number(plainFigures(line.quantity))))
  const held_fen = worth.held_fen + (counts ? more.reduce((sum, fen) => sum + (Number.isFinite(fen) ? fen : 0), 0) : 0)
  return {
    held_fen,
    over_fen: worth.target === null ? 0 : Math.max(0, held_fen - worth.target.total_fen),
    spared: numbered(({ details }, price_fen) => {
      if (details.livingUse === 'NECESSITY') return needsSpared.includes(kind)
      const cheap = price_fen === null || price_fen <= options.limits.livingItem_fen
      return details.livingUse === 'OTHER' && itemsSpared.includes(kind) && cheap
    }),
    unvalued: counts
      ? numbered(
          (line, price) =>
            price === null &&
            asksOf(options, line.category, line.details).some(({ field }) => field === 'estimateMethod'),
        )
      : [],
  }
}

/** Of one of it, in fen; null where nobody has said. A frozen account is its sum. */
function priceOf({ category, details }: LineForm, options: CustodyOptions): number | null {
  const asked = new Set(asksOf(options, category, details).map(({ field }) => field))
  if (asked.has('frozenAmount') && details.currency === 'CNY') return fenOf(details.frozenAmount ?? '')
  return asked.has('unitPrice') ? fenOf(details.unitPrice ?? '') : null
}
