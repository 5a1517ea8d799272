import { plainNumber } from '../../ledger/marks.ts'
import type { Row } from '../../module.ts'
import type { Item } from '../items/item.ts'
import { readingsOf } from './initials.ts'

/** What an item is called, as a search looks through it. */
export function wordsOf(code: string, { name, case: of }: Pick<Item, 'name' | 'case'>): Row {
  const words = [name, of, code].join('\n').toLowerCase()
  const initials = readingsOf(name).join('\n')
  return { words, initials, grams: [...new Set([...gramsOf(words), ...gramsOf(initials)])].toSorted() }
}

/** Every character of a text and every two neighbours, without those that no word has. */
export function gramsOf(text: string): string[] {
  const characters = [...text]
  return characters
    .flatMap((one, at) => [one, one + (characters[at + 1] ?? '')])
    .filter((gram, index) => !/\s/u.test(gram) && (index % 2 === 0 || gram.length > 1))
}

/**
 * Numbers in clear by which an item is found: of every seal it wears or ever wore, of the notice by which it was taken and of the list by which
 * it was handed in before, also as they were before they were put right.
 */
export function numbersOf({ seal, retiredSeals = [], measure, corrections = [] }: Item): string[] {
  const righted = corrections.flatMap(({ field, was }) =>
    (field === 'sealNumber' || field === 'noticeNumber') && was !== null ? [String(was)] : [],
  )
  const seals = [...(seal === null ? [] : [seal]), ...retiredSeals].map(({ number }) => number)
  const notices = [measure.noticeNumber, ...(measure.formerNumber === undefined ? [] : [measure.formerNumber])]
  return [...new Set([...seals, ...notices, ...righted].map(plainNumber))].filter((number) => number !== '')
}

/** Where the sealed content stands whose numbers an item is found by: particulars, and counts of its notes. */
export function refsOf({ details, cash }: Pick<Item, 'details' | 'cash'>): string[] {
  const counts = (cash?.rounds ?? []).flatMap(({ counts: of }) => of.map(({ figures }) => figures.ref))
  return [...new Set([...(details === undefined ? [] : [details.ref]), ...counts])]
}
