import { loadCalendars } from '../../clock/calendars.ts'
import type { Trx } from '../../database/connect.ts'
import type { Reader } from '../../module.ts'
import type { SetHours } from '../schemas.ts'
import '../../org/tables.ts'
import '../tables.ts'
import { type HallHours, type HallStanding, type HoursState, standingAt } from './hours.ts'

/** Hours are only set of a hall: another unit, or none, is not `hallKnown`. */
export async function loadHours(trx: Trx, { hall }: SetHours): Promise<HoursState> {
  const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
  return { hallKnown: unit?.kind === 'hall' }
}

/** When a hall is open by weekday; null where it gave no hours. */
export async function weekOf(db: Reader, hall: string): Promise<HallHours['week'] | null> {
  const found = await db.selectFrom('rating_hours').select('state').where('id', '=', hall).executeTakeFirst()
  return found?.state.week ?? null
}

/** How a hall stands at a moment, by its hours and the calendar; null where it gave no hours. */
export async function hallStanding(db: Reader, hall: string, at: string): Promise<HallStanding | null> {
  const week = await weekOf(db, hall)
  return week === null ? null : standingAt(week, at, await loadCalendars(db))
}
