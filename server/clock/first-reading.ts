import { sql } from 'kysely'
import { type EntryMembers, toFact } from '../ledger/entry.ts'
import type { Reader } from '../module.ts'
import type { ClockEvent, Triggers } from './triggers.ts'

/** Entries are read in pages of this many. */
const ENTRIES_A_PAGE = 1_000

/** What one fact began and what has happened to it: the entries, and `event subject` of what is still open. */
interface Begun {
  readonly entries: Set<number>
  readonly open: Set<string>
}

/**
 * The first reading of a register: the entries up to `size` that began what is still open, with those that changed it. What had ended
 * before it was read starts no clock. Memory grows with what is open, not with the register.
 * @param older nobody kept clocks when it was written: what no fact ends starts none either, for none tells whether it is open still
 */
export async function stillOpen(
  db: Reader,
  triggers: Triggers,
  { id: register, size, older }: { readonly id: string; readonly size: number; readonly older: boolean },
): Promise<readonly number[]> {
  const open = new Map<string, Set<Begun>>()
  const starts = (event: string): boolean => !older || triggers.endedByFacts.includes(event)
  for (let after = 0; after < size;) {
    const found = await sql<{ seq: number; text: string; hash: Buffer }>`
      select seq, text, hash from entries
      where register = ${register} and seq > ${after} and seq <= ${size} and type = any(${[...triggers.types]}::text[])
      order by seq limit ${ENTRIES_A_PAGE}
    `.execute(db)
    for (const { text, hash } of found.rows) {
      const fact = toFact(JSON.parse(text) as EntryMembers, hash)
      take(open, fact.seq, triggers.events(fact), starts)
    }
    after = found.rows.length < ENTRIES_A_PAGE ? size : (found.rows.at(-1)?.seq ?? size)
  }
  const entries = [...open.values()].flatMap((all) => [...all].flatMap((begun) => [...begun.entries]))
  return [...new Set(entries)].sort((a, b) => a - b)
}

/** @param open by `event subject`, what was begun over it and is not done */
function take(
  open: Map<string, Set<Begun>>,
  seq: number,
  events: readonly ClockEvent[],
  starts: (event: string) => boolean,
): void {
  const begun: Begun = { entries: new Set([seq]), open: new Set() }
  for (const event of events) {
    if (event.kind === 'start') {
      if (!starts(event.event)) continue
      for (const subject of event.subjects) {
        const key = `${event.event} ${subject}`
        begun.open.add(key)
        open.set(key, (open.get(key) ?? new Set()).add(begun))
      }
      continue
    }
    if (event.kind === 'pass') {
      pass(open, seq, event)
      continue
    }
    for (const key of event.events.flatMap((name) => event.subjects.map((subject) => `${name} ${subject}`))) {
      for (const one of open.get(key) ?? []) {
        one.entries.add(seq)
        if (event.kind === 'end') one.open.delete(key)
      }
      if (event.kind === 'end') open.delete(key)
    }
  }
}

/** Whatever was begun over a subject goes on over what came of it. */
function pass(open: Map<string, Set<Begun>>, seq: number, event: Extract<ClockEvent, { kind: 'pass' }>): void {
  for (const from of event.subjects) {
    const keys = [...open.keys()].filter((key) => key.endsWith(` ${from}`))
    for (const key of keys) {
      const name = key.slice(0, -from.length)
      const begun = open.get(key) ?? new Set()
      open.delete(key)
      for (const one of begun) {
        one.entries.add(seq)
        one.open.delete(key)
        for (const to of event.to) one.open.add(`${name}${to}`)
      }
      for (const to of event.to) open.set(`${name}${to}`, new Set([...(open.get(`${name}${to}`) ?? []), ...begun]))
    }
  }
}
