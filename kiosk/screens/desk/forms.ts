/** What the form of a registration asks, in the words of the server's options. */

import type { CaseSummary, CustodyOptions, ItemCard, ItemSummary, ShownLoan } from '../../../server/custody/protocol.ts'

export type Category = ItemSummary['category']
export type Track = CaseSummary['track']['value']
export type MeasureKind = ItemCard['measureStatus']['value']
export type AskedField = CustodyOptions['categories'][number]['asks'][number]
export type FieldId = AskedField['field']
/** What was typed into the fields that a category asks for. */
export type Details = { [F in FieldId]?: string }
export type Purpose = ShownLoan['purpose']['value']

/** What a line has beside name and quantity. */
export interface Form {
  /** Features have to be filled in. */
  readonly features: boolean
  readonly weight: boolean
  readonly seal: boolean
}

/** The fields of a category. */
export function formOf({ categories }: CustodyOptions, category: Category): Form {
  const rules = categories.find(({ value }) => value === category)
  const needs = (field: 'features' | 'weight_mg'): boolean => rules?.required.includes(field) === true
  return { features: needs('features'), weight: needs('weight_mg'), seal: rules?.sealed === true }
}

/** The fields that the category asks for, as far as what was typed makes them apply. */
export function asksOf({ categories }: CustodyOptions, category: Category, details: Details): readonly AskedField[] {
  const asks = categories.find(({ value }) => value === category)?.asks ?? []
  return asks.filter(({ when }) => when === null || when.is.includes(details[when.field] ?? ''))
}

/** The usual answer of each choice that a category cannot do without, where somebody has not answered yet: money is that of the country. */
export function usualOf({ categories }: CustodyOptions, category: Category, details: Details): Details {
  const asks = categories.find(({ value }) => value === category)?.asks ?? []
  const asksMoney = asks.some(({ field, required }) => field === 'currency' && required)
  return asksMoney && (details.currency ?? '') === '' ? { ...details, currency: 'CNY' } : details
}

/** Whether a line is not taken without this field: another one that says why it is missing may do instead. */
export function isNeeded({ required, unless }: AskedField, details: Details): boolean {
  return required && (unless === null || (details[unless] ?? '').trim() === '')
}

/** Measures of a track; the first one is the usual one. */
export function measuresOf({ tracks }: CustodyOptions, track: Track): readonly MeasureKind[] {
  return (tracks.find(({ value }) => value === track)?.measures ?? []).map(({ value }) => value)
}

/** Words for counting, offered while typing. */
export const UNITS = ['件', '部', '台', '只', '块', '枚', '根', '条', '张', '本', '册', '份', '箱', '瓶', '套', '个']
