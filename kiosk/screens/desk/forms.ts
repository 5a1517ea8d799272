/** What the form asks of each category and track. The server decides; this only shows the fields it will want. */

import type { CaseSummary, ItemCard, ItemSummary, ShownLoan } from '../../../server/custody/protocol.ts'

export type Category = ItemSummary['category']
export type Track = CaseSummary['track']['value']
export type MeasureKind = ItemCard['measureStatus']['value']
export type Purpose = ShownLoan['purpose']['value']

/** Categories that items may be registered under, and what their form has beside name, quantity and features. */
export const FORMS = {
  general: { features: false, weight: false, seal: false },
  valuables: { features: true, weight: true, seal: true },
} as const satisfies Partial<Readonly<Record<Category, Form>>>

interface Form {
  /** Features have to be filled in. */
  readonly features: boolean
  /** Weighed, and sealed with two signers. */
  readonly weight: boolean
  readonly seal: boolean
}

export type OpenCategory = keyof typeof FORMS
export const OPEN_CATEGORIES = Object.keys(FORMS) as readonly OpenCategory[]

/** Measures of each track; the first one is the usual one. */
export const MEASURES: Readonly<Record<Track, readonly MeasureKind[]>> = {
  DISCIPLINE: ['WITHHELD', 'SEALED_UP', 'EXTRACTED'],
  SUPERVISION: ['SEIZED', 'SEALED_UP', 'EXTRACTED'],
  ADMIN: ['SEIZED', 'SEALED_UP', 'REGISTERED_PRESERVED'],
  TAX: ['SEIZED', 'SEALED_UP', 'EXTRACTED', 'REGISTERED_PRESERVED'],
}

export const TRACKS = Object.keys(MEASURES) as readonly Track[]

export const PURPOSES: readonly Purpose[] = [
  'APPRAISAL',
  'INTERROGATION',
  'IDENTIFICATION',
  'TESTING',
  'INSPECTION',
  'TRANSFER',
  'COURT',
  'OTHER_CASE_WORK',
]

/** Officers that a measure takes, and signatures on a seal. */
export const OFFICERS_AT_LEAST = 2

/** Words for counting, offered while typing. */
export const UNITS = ['件', '部', '台', '只', '块', '枚', '根', '条', '张', '本', '册', '份', '箱', '瓶', '套', '个']
