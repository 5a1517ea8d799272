import type { Fact } from '../../module.ts'
import { custodyFact } from '../custody.ts'

export type LineOutcome = 'pending' | 'checked-in' | 'refused' | 'deposited'

/** 移交清单: what a department hands to a store, line by line. */
export type HandoverList = {
  readonly code: string
  readonly unit: string
  readonly cases: readonly string[]
  readonly store: string
  readonly year: number
  readonly serial: number
  readonly submittedBy: string
  readonly submittedAt: string
  readonly lines: readonly { readonly item: string; readonly outcome: LineOutcome }[]
}

/** What one more fact makes of a hand-over list. A line that a check does not name keeps its outcome: a list may be checked in several goes. */
export function evolveList(list: HandoverList | null, raw: Fact): HandoverList | null {
  const fact = custodyFact(raw)
  switch (fact.type) {
    case 'custody.list-submitted': {
      const { subject, unit, cases, store, items, year, serial } = fact.body
      const lines = items.map((item) => ({ item, outcome: 'pending' as const }))
      const code = subject.slice('list/'.length)
      return { code, unit, cases, store, year, serial, submittedBy: fact.actor, submittedAt: fact.at, lines }
    }
    case 'custody.list-checked': {
      if (list === null) return null
      const checkedIn = new Set(fact.body.checkedIn)
      const refused = new Set(fact.body.refused)
      const deposited = new Set(fact.body.deposited ?? [])
      const outcome = (item: string, before: LineOutcome): LineOutcome => {
        if (checkedIn.has(item)) return 'checked-in'
        if (deposited.has(item)) return 'deposited'
        return refused.has(item) ? 'refused' : before
      }
      return {
        ...list,
        lines: list.lines.map((line) => ({ item: line.item, outcome: outcome(line.item, line.outcome) })),
      }
    }
    default:
      return list
  }
}

/** Lines of the list that came to this. */
export function countOf({ lines }: HandoverList, outcome: LineOutcome): number {
  return lines.filter((line) => line.outcome === outcome).length
}
