import type { Json } from '../../module.ts'
import { fields } from '../intake/category-fields.ts'
import { type Details, fieldsOf, isGuarded, maskedDetails, sayDetail } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import type { ItemCard } from '../protocol.ts'

/**
 * What the category asked for, in the order of the catalogue; what was lawfully erased is left out, and the number of an account is masked,
 * whoever asks.
 */
export function shownDetails({ marks }: Pick<Item, 'marks'>, content: Json | undefined): ItemCard['details'] {
  const details = maskedDetails({ ...(content as Details | undefined), ...marks })
  return fieldsOf(details).map((field) => {
    const value = details[field] ?? ''
    return { field, name: fields[field].name, value, words: sayDetail(field, value), masked: isGuarded(field) }
  })
}
