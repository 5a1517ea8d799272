import { randomInt, randomUUID } from 'node:crypto'
import { sealBallot, sealing } from '../../../devices/ballot/seal.ts'
import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import '../../org/tables.ts'
import { boxes } from '../projections.ts'
import { nameOf } from '../questionnaire.ts'
import { askedIn, questionnaireOf } from '../questionnaires/store.ts'
import { hallRegister } from '../rating.ts'
import { currentKey, hallOfCounter } from '../store.ts'
import '../tables.ts'
import { agreedOn, type Box, type BoxState, groupOfBox, type OpenBoxState } from './box.ts'
import type { NumberedSheet, OpenBox, Sheet } from './schemas.ts'

/** The register of the hall; none for a box that there is not, which the decision then refuses. */
export async function registersOfBox(db: Reader, box: string): Promise<string[]> {
  const found = await db.selectFrom('rating_boxes').select('hall').where('id', '=', box).executeTakeFirst()
  return found === undefined ? [] : [hallRegister(found.hall)]
}

/** With what the hall asks now: later sheets of the box are read by that version, whatever the hall asks then. */
export async function loadOpenBox(trx: Trx, { counter, clerk }: OpenBox): Promise<OpenBoxState> {
  const hall = await hallOfCounter(trx, counter)
  const found = await trx.selectFrom('people').select('state').where('id', '=', clerk).executeTakeFirst()
  const questionnaire = hall === null ? '' : nameOf(await askedIn(trx, hall))
  return {
    ...{ hall, questionnaire, hasKey: (await currentKey(trx)) !== null },
    isClerk: found?.state.appointments.some(({ post, place }) => post === 'clerk' && place === hall) === true,
  }
}

/** Locked, with all that was typed in so far, and with what its own version asks. */
export async function loadBox(trx: Trx, id: string): Promise<BoxState> {
  const box = (await loadStates(trx, boxes, [id], { lock: true })).get(id) ?? null
  const asked = box === null ? null : await questionnaireOf(trx, box.questionnaire)
  return {
    ...{ box, typed: await typedOf(trx, id), hasKey: (await currentKey(trx)) !== null },
    questions: (asked?.questions ?? []).map((one) => one.id),
    reasons: (asked?.reasons ?? []).map((one) => one.id),
  }
}

async function typedOf(db: Reader, box: string): Promise<Sheet[][]> {
  const found = await db
    .selectFrom('rating_box_entries')
    .select('sheets')
    .where('box', '=', box)
    .orderBy('round')
    .execute()
  return found.map(({ sheets }) => sheets as Sheet[])
}

/** Keeps what one person has typed in beside the register, which holds that he has. */
export async function keepTyped(trx: Trx, id: string, sheets: readonly Sheet[]): Promise<void> {
  const round = (await typedOf(trx, id)).length + 1
  await trx
    .insertInto('rating_box_entries')
    .values({ box: id, round, sheets: JSON.stringify(sheets) })
    .execute()
}

/**
 * Where the box was sealed in this transaction: every sheet becomes a sealed ballot, in an order that is nobody's, and what was typed in is gone.
 * @throws Refusal `rating.no-key`
 */
export async function sealTyped(trx: Trx, id: string, third: readonly NumberedSheet[]): Promise<void> {
  const box = (await loadStates(trx, boxes, [id])).get(id)
  if (box === undefined || box === null || !box.sealed) return
  const key = await currentKey(trx)
  if (key === null) throw new Refusal('rating.no-key')
  await sealing
  const grp = groupOfBox(box)
  const ballots = agreedOn(await typedOf(trx, id), third).map((said) => sealBallot(contentOf(box, said), key.publicKey))
  const rows = ballots.map((sealed) => ({
    ...{ id: randomUUID(), grp, form: 'paper' as const, key: key.id, sealed: Buffer.from(sealed) },
    order: randomInt(2 ** 47),
  }))
  await trx
    .insertInto('rating_ballots')
    .values(rows.toSorted((one, other) => one.order - other.order).map(({ order: _, ...row }) => row))
    .execute()
  await trx.deleteFrom('rating_box_entries').where('box', '=', id).execute()
}

function contentOf({ questionnaire }: Box, { level, answers, reasons }: Sheet) {
  return { v: 1, questionnaire, level, answers, reasons, words: null, key: null } as const
}
