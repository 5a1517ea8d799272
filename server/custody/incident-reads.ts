import type { Reader } from '../module.ts'
import { custodyWords, incidentWords } from './axes.ts'
import { namesOf, said } from './names.ts'
import type { ShownIncident } from './protocol.ts'
import { type Sight, within } from './sight.ts'
import './tables.ts'

/** Items in sight with an incident that nobody has concluded, what happened last first. The note stays on the card, where a read of it is recorded. */
export async function listIncidents(db: Reader, sight: Sight, limit: number): Promise<ShownIncident[]> {
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('frozen', '=', true)
    .where(within(sight))
    .orderBy('last_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  const open = found.flatMap(({ state }) =>
    state.incident === null ? [] : [{ item: state, incident: state.incident }],
  )
  const named = await namesOf(
    db,
    open.map(({ incident }) => `person/${incident.opener}`),
  )
  return open.map(({ item, incident }) => ({
    ...{ item: item.code, name: item.name, case: item.case, unit: item.unit, store: item.store },
    custody: said(item.custodyStatus, custodyWords),
    kind: said(incident.kind, incidentWords),
    opener: named(`person/${incident.opener}`),
    openedAt: incident.openedAt,
    points: incident.points,
  }))
}
