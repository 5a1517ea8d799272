import { sql } from 'kysely'
import type { Act, ActWithin } from '../act.ts'
import { type Db, inTransaction } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { readRegisters } from '../ledger/read.ts'
import { SYSTEM } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'
import { stillOpen } from './first-reading.ts'
import { ENTRIES_AN_ACT } from './schemas.ts'
import { loadClock } from './store.ts'
import type { Triggers } from './triggers.ts'
import { causeOfWarning, warningsDue } from './warn.ts'
import './tables.ts'

export interface ClockDependencies {
  readonly db: Db
  readonly act: Act
  readonly actWithin: ActWithin
  readonly triggers: Triggers
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly log: Log
}

export interface KeptClocks {
  close(): Promise<void>
}

/** A warning is raised at most this long after it is due. */
const EVERY_MS = 15_000
/** Clocks whose warnings are raised in one round; the next takes on. */
const WARNINGS_A_ROUND = 500
const who = { person: SYSTEM }

/**
 * Keeps all clocks going on a timer: takes in what the registers have grown by, and raises what has come due. Whatever process does it,
 * and however often it is killed, each fact counts once and each warning is raised once: a register's cursor moves in the transaction that
 * writes what was read, and a warning stands in the register under its own cause.
 * @param woken tells when a register has grown, so that a clock starts at once; returns the way to leave
 */
export function keepClocks(deps: ClockDependencies, woken: (wake: () => void) => () => void): KeptClocks {
  const { log } = deps
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  const round = async (): Promise<void> => {
    try {
      await turnClocks(deps)
    } catch (error) {
      log.error({ err: error }, 'clocks could not be kept; the next round tries again')
    }
  }
  const wake = (): void => {
    again = true
    if (running !== null || closed) return
    running = (async () => {
      while (again && !closed) {
        again = false
        await round()
      }
      running = null
    })()
  }
  const timer = setInterval(wake, EVERY_MS)
  const leave = woken(wake)
  wake()
  return {
    close: async () => {
      closed = true
      clearInterval(timer)
      leave()
      await running
    },
  }
}

/**
 * One round: everything that the registers hold now is taken in, and everything that is due now is raised. A register that cannot be read
 * keeps none of the others from it.
 */
export async function turnClocks(deps: ClockDependencies): Promise<void> {
  const { db, log } = deps
  const registers = await readRegisters(db)
  // That of the organisation is read last of all: where it never was, the store is older than its clocks.
  const older = (await cursorOf(db, ORG_REGISTER)) === null
  const inOrder = [
    ...registers.filter(({ id }) => id !== ORG_REGISTER),
    ...registers.filter(({ id }) => id === ORG_REGISTER),
  ]
  for (const { id, size } of inOrder) {
    try {
      while ((await takeIn(deps, { id, size, older })) === 'more');
    } catch (error) {
      log.error({ err: error, register: id }, 'a register could not be read for deadlines; the next round tries again')
    }
  }
  await raiseDue(deps)
}

interface ToRead {
  readonly id: string
  readonly size: number
  /** Whether nobody kept clocks yet when it was written. */
  readonly older: boolean
}

/** Takes in one piece of what a register has grown by. */
async function takeIn(deps: ClockDependencies, { id: register, size, older }: ToRead): Promise<'more' | 'done'> {
  const { db, triggers } = deps
  const cursor = await cursorOf(db, register)
  if (cursor === null) {
    const open = await stillOpen(db, triggers, { id: register, size, older })
    for (let start = 0; start < open.length; start += ENTRIES_AN_ACT)
      await moveCursor(deps, register, {
        ...{ from: null, to: null, older },
        entries: open.slice(start, start + ENTRIES_AN_ACT),
      })
    await moveCursor(deps, register, { from: null, to: size, older, entries: [] })
    return 'done'
  }
  if (cursor >= size) return 'done'
  const found = await concerning(db, triggers, register, { after: cursor, upTo: size })
  const whole = found.length < ENTRIES_AN_ACT ? found : withoutLastAct(found)
  const to = found.length < ENTRIES_AN_ACT ? size : (whole.at(-1)?.seq ?? size)
  await moveCursor(deps, register, { from: cursor, to, older: false, entries: whole.map(({ seq }) => seq) })
  return to < size ? 'more' : 'done'
}

interface Piece {
  readonly from: number | null
  /** Where the cursor then stands; null leaves it where it is. */
  readonly to: number | null
  readonly entries: readonly number[]
  readonly older: boolean
}

/** Writes what these entries mean and moves the cursor behind them, both or neither; nothing when somebody else was quicker. */
async function moveCursor({ db, actWithin }: ClockDependencies, register: string, piece: Piece): Promise<void> {
  const { from, to, entries, older } = piece
  await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`clock ${register}`}, 5))`.execute(trx)
    if ((await cursorOf(trx, register)) !== from) return
    if (entries.length > 0) {
      const cause = `clock:${register}:${entries[0]}-${entries.at(-1)}`
      await actWithin(trx, who, { type: 'clock.follow', register, entries, older }, { cause })
    }
    if (to === null) return
    await sql`
      insert into clock_cursors (register, seq) values (${register}, ${to})
      on conflict (register) do update set seq = excluded.seq
    `.execute(trx)
  })
}

async function cursorOf(db: Db, register: string): Promise<number | null> {
  const found = await db.selectFrom('clock_cursors').select('seq').where('register', '=', register).executeTakeFirst()
  return found?.seq ?? null
}

interface Concerning {
  readonly seq: number
  readonly actor: string
  readonly cause: string
}

/** The next entries of the types that concern clocks, in order. */
async function concerning(
  db: Db,
  { types }: Triggers,
  register: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<Concerning[]> {
  const found = await sql<Concerning>`
    select seq, actor, cause from entries
    where register = ${register} and seq > ${after} and seq <= ${upTo} and type = any(${[...types]}::text[])
    order by seq limit ${ENTRIES_AN_ACT}
  `.execute(db)
  return found.rows
}

/** An act is taken in as a whole: what it starts alike is one clock. One that fills a piece alone is cut. */
function withoutLastAct(found: readonly Concerning[]): readonly Concerning[] {
  const last = found.at(-1)
  const whole = found.filter(({ actor, cause }) => actor !== last?.actor || cause !== last.cause)
  return whole.length === 0 ? found : whole
}

/** Raises what has come due, tier by tier. A clock that cannot be warned of keeps none of the others from it. */
async function raiseDue({ db, act, now, log }: ClockDependencies): Promise<void> {
  const due = await db
    .selectFrom('clocks')
    .select('id')
    .where('next_at', '<=', now())
    .orderBy('next_at')
    .limit(WARNINGS_A_ROUND)
    .execute()
  for (const { id } of due) {
    try {
      await raiseAll({ db, act, now }, id)
    } catch (error) {
      // Another process was quicker, or it has ended meanwhile.
      if (error instanceof Refusal) log.info({ clock: id, code: error.code }, 'a warning was not raised')
      else log.error({ err: error, clock: id }, 'a deadline could not be warned of; the next round tries again')
    }
  }
}

async function raiseAll({ db, act, now }: Pick<ClockDependencies, 'db' | 'act' | 'now'>, id: string): Promise<void> {
  const clock = await loadClock(db, id)
  if (clock === undefined) return
  for (const tier of warningsDue(clock, now())) {
    const command = { type: 'clock.warn', clock: id, term: clock.term, offset_days: tier.offset_days }
    await act(who, command, { cause: causeOfWarning(clock, tier) })
  }
}
