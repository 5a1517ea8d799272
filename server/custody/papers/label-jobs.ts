import { Refusal } from '../../refusal.ts'
import type { LabelJobs } from '../../stations/printing.ts'
import { drawCode, drawStrip } from './paper.ts'
import { STRIP_TEMPLATE } from './strip-codes.ts'
import '../tables.ts'

/** Custody's labels as jobs for a station's printer. A voided label is never printed, even when it was wanted first. */
export const custodyLabels: LabelJobs = {
  wakes: ['custody.label-wanted'],
  wanted: async (db, station, limit) =>
    db
      .selectFrom('labels')
      .select(['id', 'station'])
      .where('station', '=', station)
      .where('status', '=', 'wanted')
      .where('void', '=', false)
      .orderBy('wanted_at')
      // What was wanted in one act comes out as it is numbered: whoever sticks it on goes along the shelves.
      .orderBy('code')
      .orderBy('id')
      .limit(limit)
      .execute(),
  draw: async (db, job, stock) => {
    const row = await db.selectFrom('labels').select('state').where('id', '=', job).executeTakeFirst()
    if (row === undefined) throw new Refusal('custody.unknown-label', { label: job })
    const { code, issue, template, wantedAt } = row.state
    return template === STRIP_TEMPLATE ? drawStrip(db, code, wantedAt, stock) : drawCode(db, code, issue, stock)
  },
  settle: (label, outcome) =>
    outcome.outcome === 'printed'
      ? { type: 'custody.label-printed', labels: [label] }
      : ({ type: `custody.label-${outcome.outcome}`, labels: [label], fault: outcome.fault } as const),
}
