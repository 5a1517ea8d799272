import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import { Refusal } from '../refusal.ts'
import '../org/tables.ts'
import '../stations/tables.ts'
import { GENERAL_MATTER } from './counters.ts'
import type { CounterConsole, CounterScreen } from './protocol.ts'
import type { Service } from './services.ts'
import { currentKey } from './store.ts'
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

/** The latest service of a counter; null when there was none yet. */
async function latestService(db: Reader, counter: string): Promise<Service | null> {
  const found = await db
    .selectFrom('rating_services')
    .select('state')
    .where('counter', '=', counter)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return found?.state ?? null
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
  const service = await latestService(db, counter)
  const shown = service === null || isOver(service, at) || service.clerk !== clerk ? null : service
  const named = await namesOf(db, [`unit/${hall}`, ...(clerk === null ? [] : [`person/${clerk}`])])
  return {
    ...{ id, name, hall: { id: hall, name: named(`unit/${hall}`).name }, matters },
    clerk: clerk === null ? null : { id: clerk, name: named(`person/${clerk}`).name },
    ready: (await currentKey(db)) !== null,
    service:
      shown === null
        ? null
        : {
            ...{ id: shown.id, number: shown.number, openedAt: shown.openedAt },
            matter: matters.find((one) => one.id === shown.matter)?.name ?? GENERAL_MATTER,
            offeredUntil: shown.offered?.expiresAt ?? null,
          },
  }
}

/** Nothing more comes of it: its vote ran out, or it ended without one. */
function isOver({ closed, offered }: Service, at: string): boolean {
  return offered === null ? closed : offered.expiresAt <= at
}

/** What the screen before the rater shows. */
export async function readScreen(db: Reader, pepper: Uint8Array, counter: string, at: string): Promise<CounterScreen> {
  const { id, name, hall, clerk } = await readCounter(db, counter)
  const named = await namesOf(db, [`unit/${hall}`, ...(clerk === null ? [] : [`person/${clerk}`])])
  const service = await latestService(db, counter)
  const offered = service?.offered ?? null
  const isOpen = service !== null && offered !== null && offered.expiresAt > at
  const used = isOpen
    ? await db.selectFrom('rating_used').select('service').where('service', '=', service.id).executeTakeFirst()
    : undefined
  return {
    counter: { id, name, hall: named(`unit/${hall}`).name },
    clerk: clerk === null ? null : { name: named(`person/${clerk}`).name, number: await numberOf(db, clerk) },
    vote:
      isOpen && used === undefined
        ? {
            ...{ token: tokenOf(pepper, service.id), expiresAt: offered.expiresAt },
            left_ms: Date.parse(offered.expiresAt) - Date.parse(at),
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
    .orderBy('badge')
    .executeTakeFirst()
  return found?.badge ?? ''
}
