import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Act } from '../../act.ts'
import { loadCalendars } from '../../clock/calendars.ts'
import type { Db } from '../../database/connect.ts'
import type { Log } from '../../database/log.ts'
import { localDay } from '../../local-time.ts'
import { SYSTEM } from '../../module.ts'
import { readDevices } from '../../stations/device-states.ts'
import { readStations, type ShownStation } from '../../stations/registry.ts'
import { standingAt } from '../hours/hours.ts'
import type { NoteSilence } from './schemas.ts'
import { type CounterSilence, isSilent, openMinutes, SILENCE_RULE, silenceId, type SilenceRule } from './silence.ts'
import '../tables.ts'

/** Between the end of one look at the counters and the next. */
const EVERY_MS = 30_000

export interface SilenceDependencies {
  readonly db: Db
  readonly act: Act
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

type Found = NoteSilence['found']
type About = Pick<NoteSilence, 'hall' | 'counter' | 'what' | 'device'>
interface Looked {
  readonly about: About
  /** Null where nothing can be said, and what stood before stands. */
  readonly found: Found | null
}

/**
 * Looks once at every counter: what has fallen silent is told, what speaks again or was taken away is withdrawn, each once.
 * @returns ids of what is told or withdrawn by this look
 */
export async function lookForSilence({ db, act, now }: SilenceDependencies): Promise<string[]> {
  const at = now()
  const counters = (await readStations(db)).filter(({ kind }) => kind === 'counter')
  const told = await readSilences(db)
  const calendars = await loadCalendars(db)
  const weeks = await db.selectFrom('rating_hours').select(['id', 'state']).execute()
  const rules = await db.selectFrom('rating_silence_rules').select(['id', 'state']).execute()
  const looked: Looked[] = []
  for (const counter of counters) {
    const hall = counter.place
    const week = weeks.find(({ id }) => id === hall)?.state.week ?? null
    const rule = rules.find(({ id }) => id === hall)?.state ?? null
    const heardIn = { at, open: openMinutes(week, standingAt(week, at, calendars), at) }
    looked.push(...(await padsOf(db, counter, rule ?? SILENCE_RULE, heardIn)))
    looked.push(...(await screenOf(db, counter, rule ?? SILENCE_RULE, heardIn)))
    const before = told.find(({ id }) => id === silenceId(counter.id, 'votes', null)) ?? null
    looked.push(await votesOf(db, counter, { rule: rule ?? SILENCE_RULE, ruledAt: rule?.at ?? null, before, at }))
  }
  const there = new Set(looked.map(({ about }) => silenceId(about.counter, about.what, about.device)))
  const removed = told
    .filter(({ id, silent }) => silent && !there.has(id))
    .map(({ hall, counter, what, device, last }): Looked => ({
      about: { hall, counter, what, device },
      found: { state: 'removed', since: at, last },
    }))
  const news = [...looked, ...removed].filter(({ about, found }) => {
    const before = told.find(({ id }) => id === silenceId(about.counter, about.what, about.device))
    return found !== null && (before?.silent ?? false) !== (found.state === 'silent')
  })
  for (const { about, found } of news) {
    const id = silenceId(about.counter, about.what, about.device)
    await act({ person: SYSTEM }, { type: 'rating.note-silence', ...about, found } as never, {
      cause: `silence:${id}:${found?.state}:${at}`,
    })
  }
  return news.map(({ about }) => silenceId(about.counter, about.what, about.device))
}

async function readSilences(db: Db): Promise<CounterSilence[]> {
  const rows = await db.selectFrom('rating_silences').select('state').execute()
  return rows.map(({ state }) => state)
}

type HeardIn = Parameters<typeof isSilent>[2]

async function padsOf(db: Db, counter: ShownStation, rule: SilenceRule, heardIn: HeardIn): Promise<Looked[]> {
  const rows = await readDevices(db, [counter], heardIn.at)
  // Since when it is in its present state says less: a pad that is tried again and again changes from one fault to the next.
  const ready = await sql<{ device: string; at: string | null }>`
    select device, ready_at as at from station_devices where station = ${counter.id}
  `.execute(db)
  return rows
    .filter(({ kind }) => kind === 'keypad')
    .map(({ id: device, state }) => {
      const since = ready.rows.find((row) => row.device === device)?.at ?? null
      return {
        about: { hall: counter.place, counter: counter.id, what: 'pad', device },
        found: foundOf(state === 'ready', since, rule, heardIn),
      }
    })
}

/** A device that was never heard has not fallen silent: it was set up and waits for its first sign. */
function foundOf(speaks: boolean, since: string | null, rule: SilenceRule, heardIn: HeardIn): Found | null {
  if (speaks) return { state: 'heard', since: heardIn.at, last: null }
  if (since === null || !isSilent(rule, since, heardIn)) return null
  return { state: 'silent', since, last: null, services: null }
}

/** The screen that raters touch, where the counter has one: the one that was heard last speaks for all that ever joined. */
async function screenOf(db: Db, counter: ShownStation, rule: SilenceRule, heardIn: HeardIn): Promise<Looked[]> {
  const { rows } = await sql<{ seen: string | null }>`
    select max(seen_at) as seen from station_screens where station = ${counter.id} and revoked_at is null
  `.execute(db)
  const seen = rows[0]?.seen ?? null
  if (seen === null) return []
  const silent = isSilent(rule, seen, heardIn)
  const speaks = Date.parse(heardIn.at) - Date.parse(seen) < rule.minutes * 60_000
  return [
    {
      about: { hall: counter.place, counter: counter.id, what: 'screen', device: null },
      found: silent || speaks ? foundOf(speaks, seen, rule, heardIn) : null,
    },
  ]
}

interface VotesLooked {
  readonly rule: SilenceRule
  readonly ruledAt: string | null
  readonly before: CounterSilence | null
  readonly at: string
}

/**
 * Services whose vote is over, in blocks of so many that never overlap: a block without a vote is silence, and one with any vote ends it. So nothing
 * is said of fewer raters than a block has, neither by two blocks nor by the moment when silence ends (R22): blocks begin anew behind the last one that
 * was told of, with a month, and with another rule.
 */
async function votesOf(db: Db, counter: ShownStation, { rule, ruledAt, before, at }: VotesLooked): Promise<Looked> {
  const { services } = rule
  const month = new Date(`${localDay(at).slice(0, 7)}-01T00:00:00+08:00`).toISOString()
  const begin = [month, ruledAt ?? '', before?.since ?? ''].reduce((one, other) => (one > other ? one : other))
  const beginId = begin === before?.since ? (before.last ?? '') : ''
  const { rows } = await sql<{ id: string; over: string; used: boolean; nth: number }>`
    with over as (
      select s.id, s.expires_at, u.service is not null as used,
        (row_number() over (order by s.expires_at, s.id))::int as nth, (count(*) over ())::int as total
      from rating_services s left join rating_used u on u.service = s.id
      where s.hall = ${counter.place} and s.counter = ${counter.id} and s.grp is not null
        and s.expires_at <= ${at}::timestamptz
        and (s.expires_at, s.id) > (${begin}::timestamptz, ${beginId})
    )
    select id, expires_at as over, used, nth from over
    where nth <= total / ${services} * ${services} and nth > (total / ${services} - 1) * ${services}
    order by nth
  `.execute(db)
  const about = { hall: counter.place, counter: counter.id, what: 'votes', device: null } as const
  const last = rows.at(-1)
  if (last === undefined) return { about, found: null }
  const looked = { since: new Date(last.over).toISOString(), last: last.id }
  return {
    about,
    found: rows.some(({ used }) => used) ? { state: 'heard', ...looked } : { state: 'silent', services, ...looked },
  }
}

/** Looks until it is closed. Several servers may: each change is written once, by whoever is first. */
export function keepSilences(deps: SilenceDependencies & { readonly log: Log }): { close(): Promise<void> } {
  const { log } = deps
  const ending = new AbortController()
  const { signal } = ending
  const rounds = async (): Promise<void> => {
    for (;;) {
      try {
        const news = await lookForSilence(deps)
        if (news.length > 0) log.info({ counters: news }, '窗口评价设备静默有变化 / silence at counters has changed')
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ err: error }, 'counters could not be looked at for silence; the next look follows')
      }
      await pause(EVERY_MS, undefined, { signal })
    }
  }
  const running = rounds().catch((error: unknown) => {
    if (!signal.aborted) log.error({ err: error }, 'nobody looks for silence at counters any more')
  })
  return {
    close: async () => {
      ending.abort()
      await running
    },
  }
}
