import { sql } from 'kysely'
import { type EntryMembers, toFact } from '../ledger/entry.ts'
import { loadStates } from '../ledger/project.ts'
import type { Fact, Projection, Reader } from '../module.ts'
import { type Clock, colourOf, evolveClock, nextLook } from './clock.ts'
import './tables.ts'

export const clocks: Projection<Clock | null> = {
  kind: 'clock',
  table: 'clocks',
  initial: null,
  evolve: evolveClock,
  columns: (_id, state) => {
    const clock = there(state)
    const { register, rule, unit, store, dueAt, endedAt } = clock
    return {
      ...{ register, source_seq: clock.source.seq, source_nth: clock.nth ?? 0, rule, unit, store },
      ...{ status: clock.state, colour: colourOf(clock) },
      ...{ due_at: dueAt, next_at: nextLook(clock), ended_at: endedAt },
    }
  },
  parts: [
    {
      table: 'clock_subjects',
      key: ['clock', 'subject'],
      rows: (clock, state) =>
        there(state).subjects.map(({ subject, doneAt }) => ({ clock, subject, open: doneAt === null })),
    },
    {
      table: 'clock_told',
      key: ['clock', 'ordinal'],
      rows: (clock, state) =>
        there(state)
          .raised.flatMap(({ at, told }) => told.map((one) => ({ ...one, at })))
          .map(({ person, post, place, at }, index) => ({ clock, ordinal: index + 1, person, post, place, at })),
    },
  ],
}

function there(clock: Clock | null): Clock {
  if (clock === null) throw new Error('a clock begins with its start')
  return clock
}

/** @returns undefined when there is no such clock. */
export async function loadClock(db: Reader, id: string, { lock = false } = {}): Promise<Clock | undefined> {
  return (await loadStates(db, clocks, [id], { lock })).get(id) ?? undefined
}

/** Clocks of a register that still wait for any of these subjects, in the order they started. */
export async function clocksWaitingFor(db: Reader, register: string, subjects: readonly string[]): Promise<Clock[]> {
  if (subjects.length === 0) return []
  const found = await sql<{ state: Clock }>`
    select state from clocks where register = ${register} and status <> 'ended' and id in (
      select clock from clock_subjects where open and subject = any(${[...subjects]}::text[]))
    order by id for update
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** `seq rule` of the clocks that these entries have started. */
export async function startedBy(db: Reader, register: string, seqs: readonly number[]): Promise<ReadonlySet<string>> {
  const found = await sql<{ source_seq: number; rule: string }>`
    select source_seq, rule from clocks where register = ${register} and source_seq = any(${[...seqs]}::bigint[])
  `.execute(db)
  return new Set(found.rows.map(({ source_seq, rule }) => `${source_seq} ${rule}`))
}

/** These entries of a register as facts, in order. */
export async function readFacts(db: Reader, register: string, seqs: readonly number[]): Promise<Fact[]> {
  const found = await sql<{ text: string; hash: Buffer }>`
    select text, hash from entries where register = ${register} and seq = any(${[...seqs]}::bigint[]) order by seq
  `.execute(db)
  return found.rows.map(({ text, hash }) => toFact(JSON.parse(text) as EntryMembers, hash))
}
