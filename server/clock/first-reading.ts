import { sql } from 'kysely'
import { type EntryMembers, toFact } from '../ledger/entry.ts'
import type { Fact, Reader } from '../module.ts'
import type { Triggers } from './triggers.ts'

/** Entries are read in pages of this many. */
const ENTRIES_A_PAGE = 1_000

/** What one fact began and what has happened to it: the entries, and the subjects that are still open. */
interface Begun {
  readonly event: string
  readonly entries: Set<number>
  readonly open: Set<string>
}

/**
 * The first reading of a register that is older than its clocks: the entries up to `size` that began what is still open, with those that
 * changed it. What had ended before anybody kept a clock starts none. Memory grows with what is open, not with the register.
 */
export async function stillOpen(
  db: Reader,
  triggers: Triggers,
  register: string,
  size: number,
): Promise<readonly number[]> {
  const open = new Map<string, Set<Begun>>()
  for (let after = 0; after < size;) {
    const found = await sql<{ seq: number; text: string; hash: Buffer }>`
      select seq, text, hash from entries
      where register = ${register} and seq > ${after} and seq <= ${size} and type = any(${[...triggers.types]}::text[])
      order by seq limit ${ENTRIES_A_PAGE}
    `.execute(db)
    for (const { text, hash } of found.rows) take(open, triggers, toFact(JSON.parse(text) as EntryMembers, hash))
    after = found.rows.length < ENTRIES_A_PAGE ? size : (found.rows.at(-1)?.seq ?? size)
  }
  const entries = [...open.values()].flatMap((all) => [...all].flatMap((begun) => [...begun.entries]))
  return [...new Set(entries)].sort((a, b) => a - b)
}

/** @param open by subject, what was begun over it and is not done */
function take(open: Map<string, Set<Begun>>, triggers: Triggers, fact: Fact): void {
  for (const event of triggers.events(fact)) {
    if (event.kind === 'start') {
      const begun: Begun = { event: event.event, entries: new Set([fact.seq]), open: new Set(event.subjects) }
      for (const subject of event.subjects) open.set(subject, (open.get(subject) ?? new Set()).add(begun))
      continue
    }
    for (const subject of event.subjects) {
      const concerned = [...(open.get(subject) ?? [])].filter((begun) => event.events.includes(begun.event))
      for (const begun of concerned) {
        begun.entries.add(fact.seq)
        if (event.kind !== 'end') continue
        begun.open.delete(subject)
        open.get(subject)?.delete(begun)
      }
    }
  }
}
