/** What is wrong with a weight or an amount, in words, as soon as it is typed; nothing while the field is empty. */

import { t } from '../../words/words.svelte.ts'
import { fenOf, milligramsOf } from './signing.ts'

/** Of a weight in grams. */
export function wrongGrams(typed: string): string | undefined {
  return typed.trim() === '' || milligramsOf(typed) !== null ? undefined : t('wrong.weight')
}

/** Of an amount in yuan. */
export function wrongYuan(typed: string): string | undefined {
  return typed.trim() === '' || fenOf(typed) !== null ? undefined : t('wrong.sum')
}
