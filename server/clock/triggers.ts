import type { Fact } from '../module.ts'
import type { Words } from '../refusal.ts'

/** What a fact of some module means to the clocks. A subject is `kind/id`, as facts name it. */
export type ClockEvent =
  | {
      readonly kind: 'start'
      /** Whatever runs of this event over these subjects ends with it: the new period takes its place, for them alone. */
      readonly instead?: true
      /** Nothing starts over those of these subjects for which something of this event waits already. */
      readonly once?: true
      /** By which deadline rules know it. */
      readonly event: string
      /** When the period begins. */
      readonly from: string
      /** The moment it is due, where the fact fixes it and no rule computes it. */
      readonly dueAt: string | null
      /** What must be done with; the clock ends when the last of them is. */
      readonly subjects: readonly string[]
      /** What it is about, for who looks at a list: a case or a loan. */
      readonly matter: string
      /** The case department that answers. */
      readonly unit: string
      /** The store that is concerned, where one is. */
      readonly store: string | null
      /** The people who answer for it, by id. */
      readonly responsible: readonly string[]
    }
  | { readonly kind: 'end'; readonly events: readonly string[]; readonly subjects: readonly string[] }
  /** What was agreed elsewhere: the due moment is another from now on. */
  | {
      readonly kind: 'move'
      readonly events: readonly string[]
      readonly subjects: readonly string[]
      readonly dueAt: string
    }
  /**
   * 依法例外: what runs of these events over these subjects stands still, on this ground and by this document, until it is freed; the days between
   * are not counted.
   */
  | {
      readonly kind: 'hold'
      readonly events: readonly string[]
      readonly subjects: readonly string[]
      readonly ground: Words
      readonly document: string
      /** Null where the case was closed with it. */
      readonly approval: string | null
    }
  | {
      readonly kind: 'free'
      readonly events: readonly string[]
      readonly subjects: readonly string[]
      readonly approval: string
    }
  /** These subjects are no more: whatever waits for one of them waits for all that came of it, and is due as it was. */
  | { readonly kind: 'pass'; readonly subjects: readonly string[]; readonly to: readonly string[] }

/**
 * What a module hands in: which of its facts concern clocks, and how. Pure, and about facts only: clocks never ask a module for its state. The
 * facts that start a clock and those that end it stand in one register, whose order is then theirs.
 */
export interface Triggers {
  readonly types: readonly string[]
  /** Events whose clocks end by facts. Clocks of the others end by a document that an approver accepts. */
  readonly endedByFacts: readonly string[]
  events(fact: Fact): readonly ClockEvent[]
}

/** What several modules hand in, as one. Each type of fact is one module's. */
export function together(all: readonly Triggers[]): Triggers {
  return {
    types: all.flatMap(({ types }) => types),
    endedByFacts: all.flatMap(({ endedByFacts }) => endedByFacts),
    events: (fact) => all.find(({ types }) => types.includes(fact.type))?.events(fact) ?? [],
  }
}
