import type { ClockEvent, Triggers } from '../../clock/triggers.ts'
import type { Fact } from '../../module.ts'
import { custodyFact } from '../custody.ts'

const AGAIN = ['stocktakeDue', 'fullStocktakeDue'] as const

/**
 * What stock-takes mean to the clocks: each has its own term; a store is to be counted in part or whole within a month, as a whole within a
 * year, from its opening and again from each count on (rules C-38, W-06); what nobody could find is to be found.
 */
export const stocktakeTriggers: Triggers = {
  endedByFacts: ['stocktakeOrdered', ...AGAIN, 'itemUnlocated'],
  types: [
    'custody.location-added',
    'custody.stocktake-ordered',
    'custody.stocktake-counted',
    'custody.stocktake-closed',
    'custody.stocktake-cancelled',
    'custody.unlocated',
    'custody.search-ended',
  ],
  events: (raw) => {
    const fact = custodyFact(raw)
    const store = raw.register.slice(raw.register.indexOf('.') + 1)
    const { subject } = fact.body
    switch (fact.type) {
      case 'custody.location-added': {
        const { opens } = fact.body
        return opens === undefined ? [] : dueAgain(raw, store, { ...opens, full: true })
      }
      case 'custody.stocktake-ordered': {
        const { unit, dueAt, counters } = fact.body
        const of = { from: fact.at, subjects: [subject], matter: subject, unit, store, responsible: counters }
        return [{ kind: 'start', event: 'stocktakeOrdered', dueAt, ...of }]
      }
      case 'custody.stocktake-counted':
        return [{ kind: 'end', events: fact.body.full ? AGAIN : AGAIN.slice(0, 1), subjects: [`store/${store}`] }]
      case 'custody.stocktake-closed':
        return [ended(['stocktakeOrdered'], subject), ...dueAgain(raw, store, fact.body)]
      case 'custody.stocktake-cancelled':
        return [ended(['stocktakeOrdered'], subject), ...(fact.body.counted ? dueAgain(raw, store, fact.body) : [])]
      case 'custody.unlocated': {
        const { unit, case: number } = fact.body
        const of = { subjects: [subject], matter: `case/${number}`, unit, store, responsible: [] }
        return [{ kind: 'start', event: 'itemUnlocated', from: fact.at, dueAt: null, ...of }]
      }
      case 'custody.search-ended':
        return [ended(['itemUnlocated'], subject)]
      default:
        return []
    }
  },
}

function ended(events: readonly string[], subject: string): ClockEvent {
  return { kind: 'end', events, subjects: [subject] }
}

function dueAgain(
  { at }: Pick<Fact, 'at'>,
  store: string,
  { unit, full }: { readonly unit: string; readonly full: boolean },
): ClockEvent[] {
  const subject = `store/${store}`
  const of = { from: at, dueAt: null, subjects: [subject], matter: subject, unit, store, responsible: [] }
  return (full ? AGAIN : AGAIN.slice(0, 1)).map((event) => ({ kind: 'start', event, ...of }))
}
