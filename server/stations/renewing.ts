import type { StationConfig } from '../../devices/reading.ts'
import type { Trx } from '../database/connect.ts'
import { canonicalText } from '../ledger/entry.ts'
import type { Json } from '../module.ts'
import { type HandlingDependencies, inItsTurn } from './handling.ts'
import { type Kept, lockSession, saveSession } from './store.ts'
import { shownWork } from './view.ts'
import { benchOf } from './working.ts'

/** The subject in whose facts a station's work has its item. */
export function subjectShown({ session }: Pick<Kept, 'session'>, { offers }: Pick<HandlingDependencies, 'offers'>) {
  const item = shownWork(session, offers)?.work.item ?? null
  return item === null ? null : `item/${item.code}`
}

/**
 * Shows an item that is only looked up as it is now, when its register has grown. The step stays: nothing else is asked. What is in hand is
 * left as it was, for a person compares it. Returns what is kept when nothing has changed.
 */
export async function renewWork(deps: HandlingDependencies, station: StationConfig, subject: string): Promise<Kept> {
  return inItsTurn(deps, async (trx: Trx) => {
    const kept = await lockSession(trx, station.id, deps.now())
    const { session } = kept
    const { work, custodian } = session
    const renew = deps.offers.find(({ name, version }) => name === work?.module && version === work.version)?.renew
    if (work === null || custodian === null || renew === undefined || subjectShown(kept, deps) !== subject) return kept
    const now = deps.now()
    const state = await renew(trx, work.state, benchOf(station, custodian, now))
    // The database keeps members in an order of its own.
    if (canonicalText(state as Json) === canonicalText(work.state as Json)) return kept
    const after = { version: kept.version + 1, session: { ...session, work: { ...work, state } } }
    await deps.activity.record({
      ...{ at: now, kind: 'read', person: custodian.id, station: station.id, about: subject },
      outcome: 'stations.renewed',
    })
    await saveSession(trx, station.id, after, now)
    return after
  })
}
