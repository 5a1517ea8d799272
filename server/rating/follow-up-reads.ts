import { sql } from 'kysely'
import { readPersonal } from '../ledger/personal.ts'
import type { Actor, Reader } from '../module.ts'
import { namesOf, textOf } from '../names.ts'
import type { Page } from '../schemas.ts'
import { counterNames } from './counter-names.ts'
import { deadlinesOf } from './follow-up-deadlines.ts'
import { type FollowUp, maySee } from './follow-ups.ts'
import type { ShownFollowUp } from './protocol.ts'
import './tables.ts'

/** Those in sight, the latest first: a page of them. Contacts are opened one by one, by who handles them. */
export async function listFollowUps(
  db: Reader,
  { actor, now }: { readonly actor: Actor; readonly now: string },
  { limit, after }: Page,
): Promise<ShownFollowUp[]> {
  const halls = actor.appointments.filter(({ post }) => post === 'manager').map(({ place }) => place)
  const supervises = actor.appointments.some(({ post }) => post === 'supervisor')
  const { rows } = await sql<{ state: FollowUp }>`
    select state from rating_follow_ups
    where (${supervises} or hall = any(${halls}::text[]) or handler = ${actor.person}
        or (clerk = ${actor.person} and status <> 'new'))
      and (${after}::text is null or (asked_at, id) < (select asked_at, id from rating_follow_ups where id = ${after}))
    order by asked_at desc, id desc limit ${limit}
  `.execute(db)
  const seen = rows.map(({ state }) => state).filter((one) => maySee(one, actor))
  const named = await namesOf(
    db,
    seen.flatMap(({ clerk, handler, notes }) =>
      [clerk, ...(handler === null ? [] : [handler]), ...notes.map(({ by }) => by)].map((who) => `person/${who}`),
    ),
  )
  const counterName = await counterNames(
    db,
    seen.map(({ counter }) => counter),
  )
  const said = await readPersonal(
    db,
    seen.flatMap(({ words, notes }) => [
      ...(words === null ? [] : [words.ref]),
      ...notes.flatMap(({ note, evidence }) => [note.ref, ...(evidence === undefined ? [] : [evidence.ref])]),
    ]),
  )
  const deadlines = await deadlinesOf(db, seen, actor, now)
  const called = (who: string) => ({ id: who, name: named(`person/${who}`).name })
  return seen.map((one) => ({
    ...{
      id: one.id,
      hall: one.hall,
      counter: one.counter,
      counterName: counterName(one.counter),
      askedAt: one.askedAt,
      status: one.status,
      reached: one.reached,
    },
    ...{ settlement: one.settlement, excluded: one.excluded, fixUntil: one.fix?.expiresAt ?? null },
    clerk: called(one.clerk),
    handler: one.handler === null ? null : called(one.handler),
    // The rated clerk is told that and what became of it, not what was said: it might name who said it.
    words: actor.person === one.clerk || one.words === null ? null : textOf(said.get(one.words.ref)),
    ...{ anonymous: one.batch !== undefined, batch: actor.person === one.clerk ? null : shownBatch(one) },
    deadline: deadlines.get(one.id) ?? null,
    notes:
      actor.person === one.clerk
        ? []
        : one.notes.map(({ step, by, at, note, ground = null, evidence }) => ({
            ...{ step, at, by: called(by).name },
            note: textOf(said.get(note.ref)),
            ...{ ground, evidence: evidence === undefined ? null : textOf(said.get(evidence.ref)) },
          })),
  }))
}

function shownBatch({ batch }: FollowUp): ShownFollowUp['batch'] {
  return batch === undefined ? null : { day: batch.day, bad: batch.bad, counted: batch.counted }
}

/** How to reach the rater; null where it was erased. For after the opening was written down. */
export async function contactOf(db: Reader, id: string): Promise<string | null> {
  const found = await db.selectFrom('rating_follow_ups').select('state').where('id', '=', id).executeTakeFirst()
  const contact = found?.state.contact ?? null
  if (contact === null) return null
  const { ref } = contact
  return textOf((await readPersonal(db, [ref])).get(ref))
}
