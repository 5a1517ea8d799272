import { sql } from 'kysely'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import { counterNames } from '../counter-names.ts'
import '../tables.ts'
import { type Box, maySeeBox } from './box.ts'
import type { BoxStage, ShownBox } from './protocol.ts'

/** The boxes of a hall that somebody may see, the latest first: a page of them. */
export async function listBoxes(db: Reader, actor: Actor, hall: string, { limit, after }: Page): Promise<ShownBox[]> {
  const { rows } = await sql<{ state: Box }>`
    select state from rating_boxes
    where hall = ${hall} and state ->> 'clerk' <> ${actor.person} and (${after}::text is null
      or (opened_at, id) < (select opened_at, id from rating_boxes where id = ${after} and hall = ${hall}))
    order by opened_at desc, id desc limit ${limit}
  `.execute(db)
  const seen = rows.map(({ state }) => state).filter((box) => maySeeBox(box, actor))
  const people = seen.flatMap((box) => [
    ...[box.clerk, box.opened.by, ...box.entered.map(({ by }) => by)],
    ...(box.decided === null ? [] : [box.decided.by]),
  ])
  const named = await namesOf(
    db,
    people.map((person) => `person/${person}`),
  )
  const person = (id: string): string => named(`person/${id}`).name
  const counter = await counterNames(
    db,
    seen.map((box) => box.counter),
  )
  return seen.map((box) => {
    const next = nextFor(box, actor)
    return {
      ...{ id: box.id, from: box.from, to: box.to, sheets: box.sheets, stage: stageOf(box), next },
      counter: { id: box.counter, name: counter(box.counter) },
      clerk: { id: box.clerk, name: person(box.clerk) },
      questionnaire: box.questionnaire,
      ...{ openedBy: person(box.opened.by), openedAt: box.opened.at },
      enteredBy: box.entered.map(({ by }) => person(by)),
      decidedBy: box.decided === null ? null : person(box.decided.by),
      differ: next === 'decide' ? (box.differ ?? []) : [],
    }
  })
}

function stageOf({ sealed, entered, differ }: Box): BoxStage {
  if (sealed) return 'sealed'
  if (differ !== null) return 'differs'
  return entered.length === 0 ? 'first' : 'second'
}

function nextFor(box: Box, { person, appointments }: Actor): ShownBox['next'] {
  if (box.sealed || box.entered.some(({ by }) => by === person)) return null
  if (box.differ === null) return 'enter'
  const judges = appointments.some(
    ({ post, place }) => post === 'supervisor' || (post === 'manager' && place === box.hall),
  )
  return judges ? 'decide' : null
}
