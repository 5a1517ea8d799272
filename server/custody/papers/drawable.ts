import { onPaper } from '../../../labels/documents/form.ts'
import { makeCode } from '../../../labels/item-code.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { type ItemCard, itemCardTexts } from '../../../labels/templates/item-card.ts'
import { STOCKS, type Stock } from '../../../labels/templates/parts.ts'
import { checkText } from '../../../labels/text.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'

export { onPaper }

/** What of an item goes on its card and on the forms. */
export interface Printed {
  readonly code: string
  readonly caseNumber: string
  readonly ordinal: number
  readonly name: string
  readonly quantity: string
  readonly unit: string
  /** As the category and its room are called. */
  readonly category: string
  readonly storageClass: string
  readonly sealNumber: string | null
  /** Of the measure, `2026-11-21`. */
  readonly day: string
  /** As a cell of a form carries them; empty where nothing was said. */
  readonly features: string
}

/** The fields of a card: how they are called in English, and in which field of a registration they are typed. */
const FIELDS: Readonly<Record<string, { readonly en: string; readonly field: string | null }>> = {
  名称: { en: 'Name', field: 'name' },
  数量: { en: 'Quantity and unit', field: 'unit' },
  封条号: { en: 'Seal', field: 'seal' },
  封条: { en: 'Seal', field: 'seal' },
  特征: { en: 'Features', field: 'features' },
  案号: { en: 'Case number', field: null },
}

/**
 * What no card and no form could carry is refused while it can still be put right, by the very layouts that draw it: a card has to fit one of
 * the stocks that there are.
 * @param place of the line at fault, for the refusal's values
 * @throws Refusal `custody.cannot-draw`
 */
export function mustBeDrawable(printed: Printed, place: RefusalValues = {}): void {
  const { code, caseNumber, ordinal, name, quantity, unit, category, storageClass, sealNumber, day, features } = printed
  const card: ItemCard = {
    ...{ code, name, quantity, unit, category, storageClass, caseNumber, sealNumber },
    ...{ issue: 1, seq: ordinal, of: ordinal },
    date: { kind: 'measure', day },
  }
  try {
    if (features !== '') checkText(features, '特征')
    mustFitSome(card)
  } catch (error) {
    if (!(error instanceof LabelRefused)) throw error
    const { en, field } = FIELDS[error.field] ?? { en: error.field, field: null }
    const at = field === null || place['line'] === undefined ? {} : { ...place, field }
    throw new Refusal('custody.cannot-draw', {
      ...{ zh: error.words.zh, en: error.words.en.replace(error.field, en) },
      ...at,
    })
  }
}

/** Laid out on each stock in turn, the largest first, until one takes it; the words are those of the largest. */
function mustFitSome(card: ItemCard): void {
  let first: LabelRefused | null = null
  for (const stock of Object.keys(STOCKS) as Stock[]) {
    try {
      itemCardTexts(card, stock)
      return
    } catch (error) {
      if (!(error instanceof LabelRefused)) throw error
      first ??= error
    }
  }
  if (first !== null) throw first
}

const SAMPLE: Omit<Printed, 'caseNumber'> = {
  code: makeCode({ kind: 'item', unit: '01', year: 2026, serial: 1 }),
  ...{ ordinal: 1, name: '物品', quantity: '1', unit: '件', category: '一般物品', storageClass: '常规' },
  ...{ sealNumber: null, day: '2026-01-01', features: '' },
}

/**
 * The number of a case stands on the card of each of its items.
 * @throws Refusal `custody.cannot-draw`
 */
export function mustFitCards(caseNumber: string): void {
  mustBeDrawable({ ...SAMPLE, caseNumber })
}

/**
 * What will stand on a form is refused while it can still be put right; a register that holds it could never be printed.
 * @param fields texts by what they are called
 * @throws Refusal `custody.cannot-draw`
 */
export function mustFitPaper(
  fields: Readonly<Record<string, { readonly en: string; readonly text: string | undefined }>>,
): void {
  for (const [name, { en, text }] of Object.entries(fields)) {
    if (text === undefined) continue
    try {
      checkText(onPaper(text), name)
    } catch (error) {
      if (!(error instanceof LabelRefused)) throw error
      throw new Refusal('custody.cannot-draw', { zh: error.words.zh, en: error.words.en.replace(name, en) })
    }
  }
}
