import { sql } from 'kysely'
import type { RouteDependencies } from '../../http.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { PageJobs } from '../../stations/printing.ts'
import { numbersArchived } from '../account-number/on-papers.ts'
import { isWhole, readArchived } from './archived.ts'
import type { Paper } from './papers.ts'
import '../tables.ts'

/** The paper of which this job is the last. */
async function paperOf(db: Reader, job: string): Promise<Paper | null> {
  const found = await sql<{ state: Paper }>`
    select state from papers where state #>> '{prints,-1,job}' = ${job} and state #>> '{prints,-1,state}' = 'wanted'
  `.execute(db)
  return found.rows[0]?.state ?? null
}

/**
 * Archived papers as jobs for a station's office printer. A file that is gone or altered is never printed. Who had it printed has read it, as who
 * opens it has: that stands in the read log, with each account number that is whole on it, before its first byte leaves.
 */
export const paperPages = ({ activity, now }: Pick<RouteDependencies, 'activity' | 'now'>): PageJobs => ({
  wakes: ['custody.paper-print-wanted'],
  wanted: async (db, station, limit) => {
    const found = await sql<{ state: Paper }>`
      select state from papers
      where state #>> '{prints,-1,state}' = 'wanted' and state #>> '{prints,-1,station}' = ${station}
      order by state #>> '{prints,-1,at}', id limit ${limit}
    `.execute(db)
    return found.rows.flatMap(({ state: { id, prints } }) => {
      const last = prints?.at(-1)
      return last === undefined ? [] : [{ id: `${id}/${last.job}`, station }]
    })
  },
  file: async (db, job) => {
    const paper = await paperOf(db, job.slice(job.indexOf('/') + 1))
    const pdf = paper === null ? null : await readArchived(db, paper)
    if (paper === null || pdf === null || !isWhole(pdf, paper)) throw new Refusal('request.not-found', { what: job })
    const { by, station } = paper.prints?.at(-1) ?? {}
    if (by === undefined || station === undefined) throw new Refusal('request.not-found', { what: job })
    for (const about of [`paper/${paper.id}`, ...(await numbersArchived(db, [paper]))])
      await activity.record({ at: now(), kind: 'read', person: by, station, about, outcome: 'ok' })
    return { pdf, name: paper.check }
  },
  settle: (job, outcome) => {
    const [paper = '', id = ''] = job.split('/')
    const fault = outcome.outcome === 'printed' ? {} : { fault: outcome.fault }
    return { type: 'custody.settle-print', paper, job: id, outcome: outcome.outcome, ...fault }
  },
})
