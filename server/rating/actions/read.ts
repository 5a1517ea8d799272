import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { wilson } from '../statistics.ts'
import { THRESHOLDS } from '../seeing/thresholds.ts'
import '../tables.ts'
import type { Action } from './action.ts'
import type { ShownAction } from './protocol.ts'

/** What was decided in a hall about what thresholds proposed, the latest first. */
export async function readActions(db: Reader, hall: string): Promise<ShownAction[]> {
  const all = await latestActions(db, hall)
  const steps = all.flatMap((one) => one.steps)
  const people = [...all.map(({ clerk }) => clerk), ...steps.map(({ by }) => by)]
  const [named, said, due] = [
    await namesOf(
      db,
      [...new Set(people)].map((who) => `person/${who}`),
    ),
    await readPersonal(
      db,
      steps.map(({ note }) => note.ref),
    ),
    await dueOf(
      db,
      all.map(({ id }) => id),
    ),
  ]
  const person = (who: string) => ({ id: who, name: named(`person/${who}`).name })
  return all.map(({ id, rule, version, clerk, from, to, good, counted, adopt, status, steps: taken }) => ({
    ...{ id, rule, version, from, to, adopt, status, clerk: person(clerk) },
    action: THRESHOLDS.find((one) => one.rule === rule)?.action ?? { zh: rule, en: rule },
    satisfied: { good, n: counted, ...(wilson(good, counted) ?? { low: 0, high: 1 }) },
    dueAt: due.get(id) ?? null,
    steps: taken.map(({ step, by, at, note }) => ({ step, at, by: person(by), note: textOf(said.get(note.ref)) })),
  }))
}

async function dueOf(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ subject: string; due_at: string }>`
    select s.subject, k.due_at from clock_subjects s join clocks k on k.id = s.clock
    where s.subject = any(${ids.map((id) => `action/${id}`)}::text[])
  `.execute(db)
  return new Map(rows.map(({ subject, due_at }) => [subject.slice('action/'.length), due_at]))
}

const SHOWN_MOST = 100

/** What was decided in a hall, the latest first. */
export async function latestActions(
  db: Reader,
  hall: string,
  of: { readonly clerk: string; readonly rule: string } | null = null,
): Promise<Action[]> {
  const { rows } = await sql<{ state: Action }>`
    select state from rating_actions
    where hall = ${hall} and (${of?.clerk ?? null}::text is null
      or (clerk = ${of?.clerk ?? null} and state ->> 'rule' = ${of?.rule ?? null}))
    order by decided_at desc, id desc limit ${SHOWN_MOST}
  `.execute(db)
  return rows.map(({ state }) => state)
}
