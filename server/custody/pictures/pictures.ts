import type { Words } from '../../refusal.ts'
import { categories } from '../categories.ts'
import type { Item } from '../items/item.ts'

/** 拍摄内容 (rules C-40): what a photo of a thing shows. */
export const viewWords = {
  PLACE: { zh: '原位（方位）', en: 'where it was found' },
  OVERALL: { zh: '全貌', en: 'the whole of it' },
  DETAIL: { zh: '细目（放比例尺）', en: 'detail, with a scale beside it' },
  MARK: { zh: '序列号、编号或标记', en: 'serial number or mark' },
  SCALE: { zh: '称重读数', en: 'on the scale, with its reading' },
  BUNDLE: { zh: '捆扎和封签', en: 'bundles and their bands' },
  SEAL: { zh: '封条（编号、签名）', en: 'seal, its number and signatures' },
} as const satisfies Record<string, Words>
export type View = keyof typeof viewWords
export const VIEWS = Object.keys(viewWords) as View[]

/**
 * What of an item is still to be photographed, in the order in which it is asked for: what its class of goods wants, and its seal where it has one.
 * A photo that does not say what it shows stands for any one of them. Nothing is wanted of what has left or became others, or
 * of the money of a sale, which only ever lay in the account.
 */
export function missingViews({
  category,
  photos,
  seal,
  custodyStatus,
  succeeded,
  proceeds,
}: Pick<Item, 'category' | 'photos' | 'seal' | 'custodyStatus' | 'succeeded' | 'proceeds'>): View[] {
  if (custodyStatus === 'OUT' || succeeded !== undefined || proceeds !== undefined) return []
  const wanted: readonly View[] = [...categories[category].pictures, ...(seal === null ? [] : (['SEAL'] as const))]
  const taken = photos.filter(({ incident }) => incident === undefined)
  const shown = new Set(taken.map(({ view }) => view))
  const missing = wanted.filter((view) => !shown.has(view))
  const unsaid = taken.filter(({ view }) => view === undefined).length
  return missing.length <= unsaid ? [] : missing
}
