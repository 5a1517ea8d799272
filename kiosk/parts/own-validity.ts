/** Fields say what is wrong in the language of the page, not in the browser's. */

import type { Attachment } from 'svelte/attachments'
import { t } from '../words/words.svelte.ts'

type Checked = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** For a field: `wrong` is what the screen itself finds wrong, in words, and `''` while that is nothing. A form with it is not sent. */
export function ownValidity(wrong: () => string): Attachment<Checked> {
  return (field) => {
    const found = wrong()
    const settle = (): void => field.setCustomValidity(found)
    const say = (): void => {
      field.setCustomValidity('')
      field.setCustomValidity(found === '' ? wordsOf(field.validity) : found)
    }
    settle()
    field.addEventListener('input', settle)
    field.addEventListener('change', settle)
    field.addEventListener('invalid', say)
    return () => {
      field.removeEventListener('input', settle)
      field.removeEventListener('change', settle)
      field.removeEventListener('invalid', say)
    }
  }
}

function wordsOf(validity: ValidityState): string {
  if (validity.valid) return ''
  return t(validity.valueMissing ? 'field.fill-in' : 'field.not-so')
}
