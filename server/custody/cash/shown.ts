import type { Json } from '../../module.ts'
import { type ItemCash, currencyOf, isCounted } from './cash.ts'
import { amountOf, type CashFigures } from './figures.ts'
import { categories } from '../categories.ts'
import { type Currency, currencies } from './currencies.ts'
import type { Item } from '../items/item.ts'
import type { Holder, ShownCash } from '../protocol.ts'
import { rules } from '../rules.ts'
import { mayMove } from '../transitions.ts'

/** The seals of those counts that may be read: none of a round that waits for its second count, whoever asks. */
export function readableCounts({ cash }: Pick<Item, 'cash'>): string[] {
  return closedRounds(cash).flatMap(({ counts }) => counts.map(({ figures }) => figures.ref))
}

function closedRounds(cash: ItemCash | undefined): ItemCash['rounds'] {
  return (cash?.rounds ?? []).filter(({ outcome }) => outcome !== 'open')
}

/**
 * The counts of an item; null for what is not counted, which money in an account is not.
 * @param contents behind the seals of `readableCounts`
 */
export function shownCash(
  item: Item,
  contents: ReadonlyMap<string, Json>,
  named: (who: string) => Holder,
): ShownCash | null {
  if (!categories[item.category].counted || item.proceeds !== undefined) return null
  const currency = currencyOf(item)
  const { name, faces_minor, minorDigits }: Currency = currencies[currency]
  const readable = new Set(readableCounts(item))
  const figuresOf = (ref: string) => {
    const content = readable.has(ref) ? contents.get(ref) : undefined
    const figures = content as unknown as CashFigures | undefined
    return figures === undefined ? null : { ...figures, amount_minor: amountOf(figures) }
  }
  const last = item.cash?.agreed.at(-1)
  return {
    ...{ currency, words: name, faces_minor, minorDigits, perBundle: rules.notes_per_bundle.value },
    rounds: (item.cash?.rounds ?? []).map(({ list, outcome, counts }) => ({
      ...{ list, outcome },
      counts: counts.map(({ by, at, figures }) => ({
        by: named(`person/${by}`),
        ...{ at, figures: figuresOf(figures.ref) },
      })),
    })),
    agreed: last === undefined ? null : { amount_minor: last.amount_minor, pieces: last.pieces, at: last.at },
    awaited: item.incident === null && mayMove(item, 'count-cash') && !isCounted(item),
  }
}
