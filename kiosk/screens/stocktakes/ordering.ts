/** What somebody fills in to order a count, and what of it goes to the server. Pure. */

import { plainFigures } from '../../digits.ts'

export const SCOPES = ['store', 'locations', 'classes', 'categories', 'case'] as const
export type ScopeKind = (typeof SCOPES)[number]

export interface OrderForm {
  store: string
  kind: ScopeKind
  locations: string[]
  classes: string[]
  categories: string[]
  case: string
  counters: string[]
  /** As the field has it, in the organisation's zone. */
  due: string
  isSample: boolean
  missing: string
  confidence: string
}

/** The usual inspection: one missing of a hundred is noticed nineteen times out of twenty. */
const USUAL = { missing: '1', confidence: '95' } as const

export function newOrder(store: string, due: string): OrderForm {
  return {
    ...{ store, kind: 'store', locations: [], classes: [], categories: [], case: '', counters: [], due },
    ...{ isSample: false, ...USUAL },
  }
}

function scopeOf(form: OrderForm): object | null {
  switch (form.kind) {
    case 'store':
      return { kind: 'store' }
    case 'locations':
      return form.locations.length === 0 ? null : { kind: 'locations', locations: form.locations }
    case 'classes':
      return form.classes.length === 0 ? null : { kind: 'classes', classes: form.classes }
    case 'categories':
      return form.categories.length === 0 ? null : { kind: 'categories', categories: form.categories }
    case 'case':
      return form.case.trim() === '' ? null : { kind: 'case', case: form.case.trim() }
  }
}

/** How many missing are to be noticed, and how surely; null where it is no such figure. */
function sampleOf({ missing, confidence }: OrderForm): object | null {
  const [count, percent] = [Number(plainFigures(missing)), Number(plainFigures(confidence))]
  if (!Number.isInteger(count) || count < 1 || !(percent >= 1 && percent <= 99.9)) return null
  return { missing: count, confidence_percent: percent }
}

/** The order as the server takes it; null while something is missing. */
export function orderOf(form: OrderForm, dueAt: string | null): object | null {
  const scope = scopeOf(form)
  const sample = form.isSample ? sampleOf(form) : undefined
  if (scope === null || dueAt === null || form.counters.length === 0 || sample === null) return null
  const { store, counters } = form
  return { store, scope, counters, dueAt, ...(sample === undefined ? {} : { sample }) }
}
