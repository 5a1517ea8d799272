import type { Actor, Reader } from '../module.ts'
import type { Clock } from './clock.ts'

/** A thing that a deadline is over. */
export interface NamedThing {
  readonly code: string
  /** Null for whoever may not see it. */
  readonly name: string | null
}

/** What a module hands in: the names of things by their codes, of those that somebody may see. */
export type NamesInSight = (
  db: Reader,
  actor: Actor,
  now: string,
  codes: readonly string[],
) => Promise<ReadonlyMap<string, string>>

/** A list says of a long loan which it is, not all that went out with it. */
const LENT_MOST = 4

/** Of each loan's clock the first things that are still out, by the clock's id; a clock over a case has none. */
export async function lentOf(
  db: Reader,
  names: NamesInSight,
  { actor, now }: { readonly actor: Actor; readonly now: string },
  clocks: readonly Clock[],
): Promise<(clock: Clock) => NamedThing[]> {
  const codesOf = ({ matter, subjects }: Clock): string[] =>
    matter.startsWith('loan/') ? openOf(subjects).slice(0, LENT_MOST) : []
  const named = await names(db, actor, now, clocks.flatMap(codesOf))
  return (clock) => codesOf(clock).map((code) => ({ code, name: named.get(code) ?? null }))
}

/** Codes of what is not done yet. */
export function openOf(subjects: Clock['subjects']): string[] {
  return subjects
    .filter(({ doneAt }) => doneAt === null)
    .map(({ subject }) => subject.slice(subject.lastIndexOf('/') + 1))
}
