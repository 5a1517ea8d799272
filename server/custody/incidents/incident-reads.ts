import { sql } from 'kysely'
import { lineageOf } from '../../approvals/store.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import { namesOf, textOf } from '../../names.ts'
import { custodyWords, incidentWords } from '../axes.ts'
import { mustConclude } from './incidents.ts'
import { photosOfIncident } from './photos.ts'
import type { ConcludedIncident, Item, ItemIncident } from '../items/item.ts'
import { said } from '../names.ts'
import type { Notice } from '../disposal/notices.ts'
import { cases } from '../projections.ts'
import type { ShownIncident } from '../protocol.ts'
import type { Scene } from '../scene.ts'
import { type Sight } from '../sight/sees.ts'
import { itemsWithin } from '../sight/sight.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'

interface Found {
  readonly item: Item
  /** Which of the item's incidents it is, from 1 on. */
  readonly ordinal: number
  readonly incident: ItemIncident
  readonly end: ConcludedIncident | null
}

export interface IncidentQuery extends Page {
  readonly state: 'open' | 'concluded'
}

/** Incidents of items in sight, what happened last first. The read is to be recorded: notes and conclusions are sealed content. */
export async function listIncidents(
  db: Reader,
  { actor, sight }: { readonly actor: Actor; readonly sight: Sight },
  query: IncidentQuery,
): Promise<ShownIncident[]> {
  const found = await findIncidents(db, sight, query)
  const scene = await sceneOf(db, found)
  const told = await noticesOf(db, found)
  const contents = await readPersonal(
    db,
    found.flatMap(({ incident, end }) =>
      [incident.note, end?.conclusion].flatMap((sealed) =>
        sealed === null || sealed === undefined ? [] : [sealed.ref],
      ),
    ),
  )
  const named = await namesOf(db, [
    ...found.flatMap(({ item, incident, end }) =>
      [incident.opener, ...incident.signers, item.loan?.borrower, item.loan?.custodian, end?.concludedBy].flatMap(
        (person) => (person === undefined ? [] : [`person/${person}`]),
      ),
    ),
    ...told.flatMap(({ unit, person }) => [`unit/${unit}`, ...(person === null ? [] : [`person/${person}`])]),
  ])
  const numbers = await numbersNow(
    db,
    found.map(({ item }) => item.case),
  )
  return found.map(({ item, ordinal, incident, end }) => ({
    id: `${item.code}.${ordinal}`,
    ...{ item: item.code, name: item.name, case: numbers.of(item.case), unit: item.unit, store: item.store },
    photos: photosOfIncident(item, ordinal, incident),
    custody: said(item.custodyStatus, custodyWords),
    kind: said(incident.kind, incidentWords),
    opener: named(`person/${incident.opener}`),
    openedAt: incident.openedAt,
    signers: incident.signers.map((person) => named(`person/${person}`)),
    loan:
      end !== null || item.loan === null
        ? null
        : {
            borrower: named(`person/${item.loan.borrower}`),
            custodian: named(`person/${item.loan.custodian}`),
            dueAt: item.loan.dueAt,
          },
    note: incident.note === null ? null : textOf(contents.get(incident.note.ref)),
    points: incident.points,
    foundWeight_mg: incident.foundWeight_mg,
    told: told
      .filter(({ items, at }) => at === incident.openedAt && items.includes(item.code))
      .map(({ unit, person }) => ({
        unit: named(`unit/${unit}`),
        person: person === null ? null : named(`person/${person}`),
      })),
    conclusion:
      end === null
        ? null
        : {
            words: textOf(contents.get(end.conclusion.ref)),
            by: named(`person/${end.concludedBy}`),
            at: end.concludedAt,
            takenAsFound: end.takenAsFound,
          },
    yours: end === null && mayConclude(scene, item, actor),
  }))
}

async function findIncidents(
  db: Reader,
  sight: Sight,
  { state, limit, after }: IncidentQuery,
): Promise<readonly Found[]> {
  const order = sql.ref(state === 'open' ? 'opened_at' : 'concluded_at')
  let query = db
    .selectFrom('incidents')
    .innerJoin('items as i', 'i.id', 'incidents.item')
    .select(['i.state as state', 'incidents.ordinal as ordinal'])
    .where('concluded_at', state === 'open' ? 'is' : 'is not', null)
    .where(itemsWithin(sight))
    .orderBy(order, 'desc')
    .orderBy('item', 'desc')
    .orderBy('ordinal', 'desc')
    .limit(limit)
  if (after !== null) {
    const [item = '', ordinal = ''] = after.split('.')
    query = query.where(
      sql<boolean>`(incidents.${order}, incidents.item, incidents.ordinal) <
        (select b.${order}, b.item, b.ordinal from incidents b where b.item = ${item} and b.ordinal = ${Number(ordinal)})`,
    )
  }
  const rows = await query.execute()
  return rows.flatMap(({ state: item, ordinal }): Found[] => {
    const end = item.concluded[ordinal - 1] ?? null
    const incident = end ?? item.incident
    return incident === null ? [] : [{ item, ordinal, incident, end }]
  })
}

/** What deciding about these incidents looks at. */
async function sceneOf(db: Reader, found: readonly Found[]): Promise<Pick<Scene, 'cases' | 'lineage'>> {
  const numbers = [...new Set(found.map(({ item }) => item.case))]
  return {
    cases: (await loadStates(db, cases, numbers)) as Scene['cases'],
    lineage: await lineageOf(
      db,
      found.map(({ item }) => item.unit),
    ),
  }
}

function mayConclude(scene: Pick<Scene, 'cases' | 'lineage'>, item: Item, actor: Actor): boolean {
  try {
    mustConclude(scene, item, actor)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** What the heads were told in the acts that opened these incidents. */
async function noticesOf(db: Reader, found: readonly Found[]): Promise<readonly Notice[]> {
  if (found.length === 0) return []
  const times = [...new Set(found.map(({ incident }) => incident.openedAt))]
  const codes = [...new Set(found.map(({ item }) => item.code))]
  const rows = await db
    .selectFrom('notices')
    .select('state')
    .where(sql<boolean>`at = any(${times}::timestamptz[]) and state->'items' ?| ${codes}::text[]`)
    .orderBy('unit')
    .orderBy('person')
    .execute()
  return rows.map(({ state }) => state)
}
