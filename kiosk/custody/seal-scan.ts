/** What every field for the number of a seal does with a strip that is scanned into it. */

import type { Attachment } from 'svelte/attachments'
import type { Notice } from '../notice.ts'
import { onScan, speaker } from '../page.svelte.ts'
import { codeIn, isPaperCode, sealTyped } from './codes.ts'

/** What is refused of the number itself: it was used before, is another one, or is missing. */
const ABOUT_NUMBER: ReadonlySet<string> = new Set([
  'custody.seal-taken',
  'custody.seal-unlike',
  'custody.seal-differs',
  'custody.seal-not-checked',
  'custody.seal-number-missing',
  'custody.seal-corrected-together',
])

/** Whether a refusal is about the number of a seal, and so stands beside the field that it was given in. */
export function aboutSealNumber(notice: Notice | null): boolean {
  return notice !== null && ABOUT_NUMBER.has(notice.code)
}

/**
 * For a field for the number of a seal: while it has the keyboard, what is scanned is its number, but for the codes of items, places and papers,
 * which the screen beneath takes; what was keyed in is turned back when the field is left. A change may come after the form was sent by a key,
 * so whoever sends the number asks `sealTyped` too.
 * @param set puts the number into the form
 */
export function sealScans(set: (number: string) => void): Attachment<HTMLInputElement> {
  return (field) => {
    let stop: (() => void) | null = null
    const deafen = (): void => {
      stop?.()
      stop = null
    }
    const hear = (): void => {
      stop ??= onScan((event) => {
        if (event.kind === 'fault' || codeIn(event.text) !== null || isPaperCode(event.text)) return false
        // What the scan keyed in is taken out of the field one task later where an input method held it.
        setTimeout(() => set(sealTyped(event.text)), 0)
        speaker.play('accepted')
        return true
      })
    }
    const settle = (): void => set(sealTyped(field.value))
    if (document.activeElement === field) hear()
    field.addEventListener('focus', hear)
    field.addEventListener('blur', deafen)
    field.addEventListener('change', settle)
    return () => {
      deafen()
      field.removeEventListener('focus', hear)
      field.removeEventListener('blur', deafen)
      field.removeEventListener('change', settle)
    }
  }
}
