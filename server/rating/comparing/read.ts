import type { Db } from '../../database/connect.ts'
import { namesOf } from '../../names.ts'
import { SATISFIED_MEANS } from '../questionnaire.ts'
import { questionsEverAsked } from '../questionnaires/store.ts'
import { responseOf } from '../seeing/figures.ts'
import type { Days } from '../seeing/protocol.ts'
import { OVERALL, readBatches, readServices } from '../seeing/read.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { compareRanges, sharedDays } from './compare.ts'
import type { ComparedRange, RangeComparison } from './protocol.ts'

/** Two ranges of days of one hall, beside each other. */
export async function readComparison(
  db: Db,
  hall: string,
  { first, second }: { readonly first: Days; readonly second: Days },
  at: string,
): Promise<RangeComparison> {
  const batches = await readBatches(db, hall, first.to > second.to ? first.to : second.to)
  const questions = [OVERALL, ...(await questionsEverAsked(db, hall))]
  const named = await namesOf(db, [`unit/${hall}`])
  const rangeOf = async (days: Days): Promise<ComparedRange> => ({
    days,
    response: responseOf((await readServices(db, hall, days, at)).served),
  })
  return {
    ...{
      hall: { id: hall, name: named(`unit/${hall}`).name },
      first: await rangeOf(first),
      second: await rangeOf(second),
    },
    ...{ sharedDays: sharedDays(first, second), means: SATISFIED_MEANS, least: LEAST_BALLOTS },
    lines: compareRanges(batches, { first, second }, questions),
  }
}
