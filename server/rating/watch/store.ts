import { addDays, type Day, dayOf } from '../../clock/calendar.ts'
import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Circumstances } from '../../module.ts'
import { levelsSum } from '../counts.ts'
import { watches } from '../projections.ts'
import type { SetWatch } from '../schemas.ts'
import { lengthOf } from '../seeing/days.ts'
import { type CountedBatch, levelsOf } from '../seeing/figures.ts'
import { ofSomebody } from '../seeing/look.ts'
import { readBatches } from '../seeing/read.ts'
import '../../org/tables.ts'
import type { SetWatchState } from './watch.ts'

const YEAR_DAYS = 365
const MONTH_DAYS = 365 / 12

/** `monitored` is counted to the day of `at`: from it the heights of the new rule follow. */
export async function loadSetWatch(trx: Trx, { hall }: SetWatch, { at }: Circumstances): Promise<SetWatchState> {
  const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
  return {
    hallKnown: unit?.kind === 'hall',
    watch: (await loadStates(trx, watches, [hall], { lock: true })).get(hall) ?? null,
    monitored: monitoredOf(await readBatches(trx, hall, dayOf(at)), dayOf(at)),
  }
}

/**
 * What was monitored in the year up to a day: a chart for each clerk and question of which something was counted, and the mean of its votes a month
 * over the days since the first of them. Null where there is none. Pure.
 */
function monitoredOf(batches: readonly CountedBatch[], today: Day): SetWatchState['monitored'] {
  const since = addDays(today, 1 - YEAR_DAYS)
  const recent = batches.filter((batch) => ofSomebody(batch) && batch.day >= since)
  const votes = new Map<string, number>()
  for (const batch of recent)
    for (const question of ['overall', ...Object.keys(batch.counts.answers)]) {
      const n = levelsSum(levelsOf(batch, question))
      const chart = `${batch.group.clerk}/${question}`
      if (n > 0) votes.set(chart, (votes.get(chart) ?? 0) + n)
    }
  const [first] = recent.map(({ day }) => day).toSorted()
  if (votes.size === 0 || first === undefined) return null
  // Of less than a month nobody can tell how much a month brings: it is taken for a whole one.
  const months = Math.max(1, lengthOf({ from: first, to: today }) / MONTH_DAYS)
  const sum = [...votes.values()].reduce((all, one) => all + one, 0)
  return { charts: votes.size, votesAMonth: Math.ceil(sum / votes.size / months) }
}
