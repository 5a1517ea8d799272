import type { Day } from '../../clock/calendar.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { watches } from '../projections.ts'
import type { WatchRule } from '../seeing/protocol.ts'
import { CUSUM_RULE } from '../statistics.ts'
import { votesBetween } from './heights.ts'
import { type ChosenRule, chosenOn } from './watch.ts'

/** What was chosen for a hall, in order. */
export async function watchRules(db: Reader, hall: string): Promise<readonly ChosenRule[]> {
  return (await loadStates(db, watches, [hall])).get(hall)?.rules ?? []
}

/** By what rule a day is told and why, and which holds from a later day on. */
export async function shownRules(
  db: Reader,
  rules: readonly ChosenRule[],
  day: Day,
): Promise<{ rule: WatchRule; next: WatchRule | null }> {
  const named = await namesOf(
    db,
    rules.map(({ by }) => `person/${by}`),
  )
  const shown = (rule: ChosenRule): WatchRule => ({
    ...{ version: rule.version, inOrder: rule.inOrder, outOfOrder: rule.outOfOrder, heights: rule.heights },
    chosen: {
      ...{ falseRedsAYear: rule.falseRedsAYear, charts: rule.charts, votesAMonth: rule.votesAMonth, from: rule.from },
      votesBetween: Math.round(votesBetween(rule.heights[2])),
      by: { id: rule.by, name: named(`person/${rule.by}`).name },
    },
  })
  const now = chosenOn(rules, day)
  const last = rules.at(-1)
  return {
    rule: now === null ? { ...CUSUM_RULE, chosen: null } : shown(now),
    next: last === undefined || last === now || last.from <= day ? null : shown(last),
  }
}
