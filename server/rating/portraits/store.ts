import { loadActor } from '../../access/actor.ts'
import type { Trx } from '../../database/connect.ts'
import '../../files/tables.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Circumstances, Reader } from '../../module.ts'
import '../../org/tables.ts'
import { portraits } from '../projections.ts'
import type { SetPortrait } from '../schemas.ts'
import '../tables.ts'
import { type Portrait, portraitId, type PortraitState } from './portrait.ts'

/** `photo` is the SHA-256 of a file, or null where none is to be set; it is `photoKept` only when whoever acts has brought it in himself. */
export async function loadPortrait(
  trx: Trx,
  { hall, clerk, photo }: Pick<SetPortrait, 'hall' | 'clerk' | 'photo'>,
  { actor, at }: Circumstances,
): Promise<PortraitState> {
  const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
  const person = await trx.selectFrom('people').select('active').where('id', '=', clerk).executeTakeFirst()
  const appointments = person?.active === true ? (await loadActor(trx, clerk, at)).appointments : []
  const kept =
    photo === null
      ? undefined
      : await trx
          .selectFrom('files')
          .select('sha256')
          .where('sha256', '=', photo)
          // A photo that somebody else keeps is not shown to who has but its hash.
          .where('kept_by', '=', actor.person)
          .executeTakeFirst()
  const id = portraitId(hall, clerk)
  return {
    hallKnown: unit?.kind === 'hall',
    isClerk: appointments.some(({ post, place }) => post === 'clerk' && place === hall),
    photoKept: kept !== undefined,
    portrait: (await loadStates(trx, portraits, [id], { lock: true })).get(id) ?? null,
  }
}

/** The photo of a clerk in a hall, agreed to or not; null where there is none. */
export async function portraitOf(db: Reader, hall: string, clerk: string): Promise<Portrait | null> {
  const found = await db
    .selectFrom('rating_portraits')
    .select('state')
    .where('id', '=', portraitId(hall, clerk))
    .where('photo', 'is not', null)
    .executeTakeFirst()
  return found?.state ?? null
}

/** Whether somebody may see a photo because it shows a clerk: he himself, and the head of his hall. */
export async function maySeePortrait(db: Reader, person: string, photo: string, at: string): Promise<boolean> {
  const found = await db.selectFrom('rating_portraits').select('state').where('photo', '=', photo).execute()
  if (found.length === 0) return false
  const { appointments } = await loadActor(db, person, at)
  return found.some(
    ({ state: { hall, clerk } }) =>
      clerk === person || appointments.some(({ post, place }) => post === 'manager' && place === hall),
  )
}
