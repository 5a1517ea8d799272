import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import type { CaseAccount, ItemCard } from '../protocol.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import type { CasePassage } from './lineage.ts'

/** What went from a case into others and came from others, as its account shows it. */
export async function passagesOf(
  db: Reader,
  { passedOn = [], tookOver = [] }: Pick<Case, 'passedOn' | 'tookOver'>,
): Promise<Pick<CaseAccount, 'passedOn' | 'tookOver'>> {
  const all = [...passedOn, ...tookOver]
  if (all.length === 0) return { passedOn: [], tookOver: [] }
  const numbers = await numbersNow(
    db,
    all.map(({ other }) => other),
  )
  const named = await namesOf(
    db,
    all.map(({ by }) => `person/${by}`),
  )
  const shown = ({ how, other, document, items, by, at }: CasePassage) => ({
    ...{ how, case: numbers.of(other), document, items: items.map(({ item }) => item), by: named(`person/${by}`), at },
  })
  return { passedOn: passedOn.map(shown), tookOver: tookOver.map(shown) }
}

/** The cases that an item was of before, oldest first. */
export async function casesBefore(db: Reader, { passed = [] }: Pick<Item, 'passed'>): Promise<ItemCard['casesBefore']> {
  const numbers = await numbersNow(
    db,
    passed.map(({ from }) => from),
  )
  return passed.map(({ how, from, was, document, at }) => ({
    ...{ how, case: numbers.of(from), ordinal: was, document, at },
  }))
}
