import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import { Refusal } from '../refusal.ts'
import '../org/tables.ts'
import '../stations/tables.ts'
import { GENERAL_MATTER } from './counters.ts'
import type { CounterConsole, CounterScreen } from './protocol.ts'
import { isOver, type Service } from './services.ts'
import { currentKey } from './store.ts'
import { hallStanding } from './hours/store.ts'
import { portraitOf } from './portraits/store.ts'
import { nameOf } from './questionnaire.ts'
import { askedIn } from './questionnaires/store.ts'
import { groupOf } from './rating.ts'
import './tables.ts'
import { tokenOf } from './tokens.ts'

interface CounterAt {
  readonly id: string
  readonly name: string
  readonly hall: string
  readonly clerk: string | null
}

/** @throws Refusal `rating.unknown-counter` */
export async function readCounter(db: Reader, id: string): Promise<CounterAt> {
  const found = await db
    .selectFrom('stations')
    .leftJoin('rating_counters', 'rating_counters.id', 'stations.id')
    .select(['stations.name', 'stations.place as hall', 'rating_counters.clerk'])
    .where('stations.id', '=', id)
    .where('stations.kind', '=', 'counter')
    .executeTakeFirst()
  if (found === undefined) throw new Refusal('rating.unknown-counter', { counter: id })
  return { id, ...found }
}

/** The latest service of a counter, of a batch the first one; null when there was none yet. */
async function latestService(db: Reader, hall: string, counter: string): Promise<Service | null> {
  const found = await db
    .selectFrom('rating_services')
    .select('state')
    .where('hall', '=', hall)
    .where('counter', '=', counter)
    .where(sql<boolean>`state ->> 'batch' is null`)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return found?.state ?? null
}

/** What else the same person has done under the same rating. */
async function furtherOf({ id, hall, openedAt }: Service, db: Reader): Promise<Service[]> {
  const found = await db
    .selectFrom('rating_services')
    .select('state')
    .where('hall', '=', hall)
    .where('opened_at', '>=', openedAt)
    .where(sql<boolean>`state ->> 'batch' = ${id}`)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  return found.map(({ state }) => state)
}

/** What the clerk's console shows. Of a vote it knows that it was offered and until when; whether it came, it is not told. */
export async function readConsole(db: Reader, counter: string, at: string): Promise<CounterConsole> {
  const { id, name, hall, clerk } = await readCounter(db, counter)
  const matters = await db
    .selectFrom('rating_matters')
    .select(['id', 'name'])
    .where('hall', '=', hall)
    .orderBy('id')
    .execute()
  const service = await latestService(db, hall, counter)
  const shown = service === null || isOver(service, at) || service.clerk !== clerk ? null : service
  const further = shown === null ? [] : await furtherOf(shown, db)
  const named = await namesOf(db, [`unit/${hall}`, ...(clerk === null ? [] : [`person/${clerk}`])])
  const portrait = clerk === null ? null : await portraitOf(db, hall, clerk)
  return {
    ...{ id, name, hall: { id: hall, name: named(`unit/${hall}`).name }, matters },
    clerk: clerk === null ? null : { id: clerk, name: named(`person/${clerk}`).name },
    portrait: portrait === null || portrait.photo === null ? null : { photo: portrait.photo, agreed: portrait.agreed },
    ready: (await currentKey(db)) !== null,
    service:
      shown === null
        ? null
        : {
            ...{ id: shown.id, number: shown.number, openedAt: shown.openedAt },
            matter: matters.find((one) => one.id === shown.matter)?.name ?? GENERAL_MATTER,
            further: further.map(({ number }) => number),
            offeredUntil: shown.offered?.expiresAt ?? null,
          },
  }
}

/** What the screen before the rater shows. */
export async function readScreen(db: Reader, pepper: Uint8Array, counter: string, at: string): Promise<CounterScreen> {
  const { id, name, hall, clerk } = await readCounter(db, counter)
  const named = await namesOf(db, [`unit/${hall}`, ...(clerk === null ? [] : [`person/${clerk}`])])
  const service = await latestService(db, hall, counter)
  const offered = service?.offered ?? null
  const isOpen = service !== null && offered !== null && offered.expiresAt > at
  const used = isOpen
    ? await db.selectFrom('rating_used').select('service').where('service', '=', service.id).executeTakeFirst()
    : undefined
  const portrait = clerk === null ? null : await portraitOf(db, hall, clerk)
  return {
    counter: { id, name, hall: named(`unit/${hall}`).name },
    clerk:
      clerk === null
        ? null
        : {
            ...{ name: named(`person/${clerk}`).name, number: await numberOf(db, clerk) },
            portrait: portrait?.agreed === true ? portrait.photo : null,
          },
    hours: await hallStanding(db, hall, at),
    questionnaire: nameOf(await askedIn(db, hall)),
    vote:
      isOpen && used === undefined
        ? {
            ...{ token: tokenOf(pepper, service.id), expiresAt: offered.expiresAt },
            left_ms: Date.parse(offered.expiresAt) - Date.parse(at),
            questionnaire: groupOf(offered.group).questionnaire,
          }
        : null,
  }
}

/** 工号: the badge that the clerk wears. */
async function numberOf(db: Reader, clerk: string): Promise<string> {
  const found = await db
    .selectFrom('badges')
    .select('badge')
    .where('person', '=', clerk)
    .where('active', '=', true)
    .where('good_until', 'is', null)
    .orderBy('badge')
    .executeTakeFirst()
  return found?.badge ?? ''
}
