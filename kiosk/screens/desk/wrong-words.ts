/** What is wrong with a list of items, in words, where it stands: what the form found, and what the server refused. */

import type { Notice } from '../../notice.ts'
import { pick, t } from '../../words/words.svelte.ts'
import { placeOf } from './placing.ts'
import type { LineField, SheetField, Wrong } from './registration.ts'

const sayWrong = (wrong: Wrong): string =>
  wrong.why === 'wrong.too-long' ? t(wrong.why, { most: wrong.most, over: wrong.over }) : t(wrong.why)

/** By field of the head. */
export function headWordsOf(wrongs: readonly Wrong[], notice: Notice | null): ReadonlyMap<SheetField, string> {
  const found = new Map<SheetField, string>()
  for (const wrong of wrongs) if (wrong.line === null) found.set(wrong.field, sayWrong(wrong))
  const placed = notice === null ? null : placeOf(notice)
  if (notice !== null && placed?.line === null && placed.field !== null)
    found.set(placed.field as SheetField, pick(notice.detail))
  return found
}

/** By field of a line, by its place in the list; `''` for the line as a whole. */
export function lineWordsOf(
  wrongs: readonly Wrong[],
  notice: Notice | null,
  index: number,
): ReadonlyMap<LineField | '', string> {
  const found = new Map<LineField | '', string>()
  for (const wrong of wrongs) if (wrong.line === index) found.set(wrong.field, sayWrong(wrong))
  const placed = notice === null ? null : placeOf(notice)
  if (notice !== null && placed?.line === index)
    found.set((placed.field as LineField | null) ?? '', pick(notice.detail))
  return found
}
