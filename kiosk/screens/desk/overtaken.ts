/** Requests that no longer wait for an approver while he was at work on them: they stay on his screen until he has seen what became of them. */

import type { ShownApproval } from '../../../server/approvals/protocol.ts'
import { eachOnce } from '../../parts/each-once.ts'

type Keyed = Pick<ShownApproval, 'id'>

/** Those that wait, and of those shown before them the ones that stay, each where it stood. */
export function withStaying<Row extends Keyed>(
  before: readonly Row[],
  waiting: readonly Row[],
  stays: (row: Row) => boolean,
): readonly Row[] {
  const rows = [...eachOnce(waiting, ({ id }) => id)]
  const isThere = new Set(rows.map(({ id }) => id))
  let place = 0
  for (const row of before) {
    if (isThere.has(row.id)) place = rows.findIndex(({ id }) => id === row.id) + 1
    else if (stays(row)) {
      rows.splice(place, 0, row)
      place += 1
    }
  }
  return rows
}

/** What became of a request, as far as somebody may still read it. */
export type Became = 'granted' | 'refused' | 'withdrawn' | 'lapsed' | 'gone'

export function becameOf(latest: Pick<ShownApproval, 'state'> | null): Became {
  return latest === null || latest.state === 'asked' ? 'gone' : latest.state
}

/** Whether just this decision stands, as the whole or at one of its levels: one whose answer was lost was taken all the same. */
export function isTaken(
  { state, decidedBy, opinion, levels }: Pick<ShownApproval, 'state' | 'decidedBy' | 'opinion' | 'levels'>,
  own: { readonly person: string | undefined; readonly choice: 'grant' | 'refuse' | null; readonly opinion: string },
): boolean {
  const taken = [
    { choice: state === 'granted' ? 'grant' : 'refuse', by: decidedBy, opinion },
    ...levels.map((level) => ({ choice: 'grant', by: level.by, opinion: level.opinion })),
  ]
  return taken.some(
    (one) => one.by?.person === own.person && one.choice === own.choice && (one.opinion ?? '') === own.opinion.trim(),
  )
}
