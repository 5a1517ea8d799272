import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, storeRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import type { Location } from '../keeping/locations.ts'
import type { EndSearch } from './schemas.ts'
import { answersForStore, holdsSomewhere, mustBeAt } from '../separation.ts'
import type { ItemSearch } from './stocktake.ts'

export interface SearchState {
  readonly search: ItemSearch | null
  readonly item: Pick<Item, 'incident'> | null
  /** Where it is said to have been found. */
  readonly location: Location | null
}

/**
 * A search ends with the item in somebody's hand, or with an incident that both heads know of. Where it lies by the register is put right by a
 * move, never here.
 * @throws Refusal `custody.unknown-search`, also where it is of a store that he does not answer for, `custody.search-ended`,
 * `custody.search-location`, `custody.search-no-incident`
 */
export function endSearch(
  { search, item, location }: SearchState,
  command: EndSearch,
  circumstances: Circumstances,
): Decision {
  const { actor, station, mint } = circumstances
  const mine =
    search !== null && (answersForStore(actor, search.store, search.unit) || holdsSomewhere(actor, 'supervisor'))
  if (search === null || !mine) throw new Refusal('custody.unknown-search', { search: command.search })
  mustBeAt(station, search.store)
  if (search.ended !== null) throw new Refusal('custody.search-over')
  const { outcome } = command
  if (outcome === 'found' && location?.store !== search.store) throw new Refusal('custody.search-location')
  if (outcome === 'incident' && (item === null || item.incident === null))
    throw new Refusal('custody.search-no-incident', { item: search.item })
  const note = mint.seal(command.note)
  const where = outcome === 'found' ? (location?.code ?? null) : null
  return {
    facts: [
      draft(storeRegister(search.store), 'custody.search-ended', `search/${search.id}`, {
        ...{ outcome, location: where, note },
      }),
    ],
  }
}
