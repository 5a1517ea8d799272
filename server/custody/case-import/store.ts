import { sql } from 'kysely'
import { loadStates } from '../../ledger/project.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Actor, Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import { holdNumbers, loadOpenings } from '../cases/store.ts'
import { cases } from '../projections.ts'
import type { NewCase } from '../schemas.ts'
import { isRecused } from '../separation.ts'
import { seesCase } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'
import type { OwnUnit } from './cells.ts'
import type { KnownCase, OpenCasesState } from './opening.ts'

/** What opening these cases looks at, their numbers held. */
export async function loadOpenCases(
  db: Reader,
  rows: readonly NewCase[],
  { actor, at }: { readonly actor: Actor; readonly at: string },
): Promise<OpenCasesState> {
  const registered = await holdNumbers(
    db,
    rows.map(({ number }) => number),
  )
  const openings = await loadOpenings(db, rows, registered)
  return { cases: openings, known: await loadKnown(db, registered, actor, at) }
}

async function loadKnown(
  db: Reader,
  registered: ReadonlyMap<string, string>,
  actor: Actor,
  at: string,
): Promise<Map<string, KnownCase>> {
  if (registered.size === 0) return new Map()
  const ids = [...new Set(registered.values())]
  const known = (await loadStates(db, cases, ids)) as Map<string, Case>
  const titles = await readPersonal(
    db,
    [...known.values()].map(({ title }) => title.ref),
  )
  const sight = await sightOf(db, actor, at)
  const openers = await sql<{ subject: string; actor: string }>`
    select subject, actor from entries
    where subject = any(${ids.map((id) => `case/${id}`)}::text[]) and type = 'custody.case-opened'
  `.execute(db)
  const openedBy = new Map(openers.rows.map((row) => [row.subject.slice('case/'.length), row.actor]))
  return new Map(
    [...registered].flatMap(([number, id]) => {
      const of = known.get(id)
      if (of === undefined) return []
      const opened = openedBy.get(id) === actor.person && !isRecused(actor.person, of)
      const isInSight = opened || seesCase(sight, of)
      return [[number, { of, title: textOf(titles.get(of.title.ref)), isInSight }] as const]
    }),
  )
}

/** The departments for which somebody may open cases, with their officers of this moment and of before. */
export async function ownUnits(db: Reader, { appointments }: Actor): Promise<OwnUnit[]> {
  const ids = [...new Set(appointments.filter(({ post }) => post === 'officer').map(({ place }) => place))]
  if (ids.length === 0) return []
  const found = await sql<{ person: string; place: string; active: boolean }>`
    select a.person, a.place, bool_or(a.to_at is null and p.active) as active
    from appointments a join people p on p.id = a.person
    where a.post = 'officer' and a.place = any(${ids}::text[])
    group by a.person, a.place order by a.person
  `.execute(db)
  const named = await namesOf(db, [
    ...ids.map((id) => `unit/${id}`),
    ...found.rows.map(({ person }) => `person/${person}`),
  ])
  const officersOf = (id: string, isActive: boolean) =>
    found.rows
      .filter(({ place, active }) => place === id && active === isActive)
      .map(({ person }) => ({ id: person, name: named(`person/${person}`).name }))
  return ids.map((id) => ({
    ...{ id, name: named(`unit/${id}`).name },
    ...{ officers: officersOf(id, true), former: officersOf(id, false) },
  }))
}
