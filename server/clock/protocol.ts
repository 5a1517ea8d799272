import type { TermMatter } from '../approvals/approvals.ts'
import type { Post } from '../module.ts'
import type { Words } from '../refusal.ts'
import type { Counting } from './calendar.ts'
import type { RowFault } from './calendar-file.ts'
import type { Entry } from './clock.ts'
import type { Colour, DeadlineTerms, Grade } from './deadline-rules.ts'
import type { ClockDeedName } from './deeds.ts'
import type { NamedThing } from './things.ts'

export type { NamedThing } from './things.ts'
export type { Counting } from './calendar.ts'
export type { CalendarDay, RowFault } from './calendar-file.ts'
export type { Audience, Colour, DeadlineTerms, Grade, InterimCause, Tier } from './deadline-rules.ts'

export interface NamedPerson {
  readonly person: string
  readonly name: string
}

export interface ShownCalendar {
  readonly year: number
  readonly source: string
  readonly importedAt: string
  readonly importedBy: NamedPerson
  readonly version: number
  readonly off: number
  readonly work: number
}

export interface ListedCalendars {
  readonly calendars: readonly ShownCalendar[]
  /** Calendars that come with the program, ready to be read over and imported. */
  readonly shipped: readonly { readonly year: number; readonly source: string; readonly csv: string }[]
  /** Years that are needed and not imported: this one, and the next from November on. */
  readonly missing: readonly number[]
}

/** What importing a file would do; nothing was written. */
export interface TriedCalendar {
  readonly off: number
  readonly work: number
  readonly faults: readonly RowFault[]
}

/** How a clock stands at this moment. */
/** `excepted`: what it waits for may lawfully stay open (rules X-19). */
export const STANDINGS = ['running', 'warned', 'overdue', 'paused', 'excepted', 'met', 'late'] as const
export type Standing = (typeof STANDINGS)[number]

/** One line of a list: a code, a case's number, an office. Never a person, never the title of a case. */
export interface ShownClock {
  readonly id: string
  readonly rule: string
  readonly title: Words
  readonly basis: string
  readonly grade: Grade
  readonly version: number
  readonly counting: Counting
  readonly from: string
  readonly dueAt: string
  readonly standing: Standing
  readonly colour: Colour | null
  /** Not empty: computed by plain weekends for want of these years' calendars. */
  readonly estimatedYears: readonly number[]
  readonly unit: { readonly id: string; readonly name: string }
  readonly store: { readonly id: string; readonly name: string } | null
  readonly matter: { readonly kind: TermMatter; readonly id: string }
  /** Of how many things, and how many are not done yet. */
  readonly subjects: number
  readonly open: number
  /** Of a loan, the first things that are still out. */
  readonly lent: readonly NamedThing[]
  readonly endedAt: string | null
}

export interface ClockCounts {
  readonly unit: { readonly id: string; readonly name: string }
  readonly running: number
  readonly warned: number
  readonly overdue: number
  readonly paused: number
  readonly excepted: number
}

export interface ShownRule {
  readonly rule: string
  readonly title: Words
  readonly event: string
  /** 0 is what the program came with. */
  readonly version: number
  readonly terms: DeadlineTerms
  /** Clocks that run by any version of it. */
  readonly running: number
}

export interface ShownRuleProposal {
  readonly id: string
  readonly rule: string
  readonly over: number
  readonly terms: DeadlineTerms
  readonly proposer: NamedPerson
  readonly proposedAt: string
  readonly expiresAt: string
  /** Whether the one who asks may confirm it. */
  readonly yours: boolean
}

/** A warning that was raised: who was told, when, in which post. */
export interface ShownWarning {
  readonly at: string
  readonly offset_days: number
  readonly colour: Colour
  readonly told: readonly { readonly name: string; readonly post: Post }[]
}

/** What may be asked for over a deadline, which an approver grants; that a cause has ended is said without one. */
export type DeadlineDeed = ClockDeedName | 'extend-loan' | 'end-cause'

/** What put a deadline off, stopped it or set it going again. */
export interface ClockChange {
  /** `moved`: by an act of itself, the extension of a loan, say. */
  readonly what: 'extended' | 'shortened' | 'moved' | 'cause-ended' | 'paused' | 'excepted' | 'resumed' | 'concluded'
  /** Everybody who granted it, level by level, or who did it; empty where it followed by itself. */
  readonly by: readonly { readonly name: string; readonly standsFor: string | null }[]
  readonly at: string
  /** The number of the document that it rests on; null where none was named. */
  readonly document: string | null
  /** When it was due from then on; null where it was not moved. */
  readonly dueAt: string | null
}

/** One deadline by itself. */
export interface ShownDeadline extends ShownClock {
  /** The entry that started it. */
  readonly source: Entry
  /** What ended it: an entry, or a document by its number. */
  readonly evidence: Entry | null
  readonly document: string | null
  readonly warnings: readonly ShownWarning[]
  /** Codes of the items that are not done yet. */
  readonly items: readonly string[]
  /** Who above the organ grants more time, by a document that is named with the request; null where the organ does. */
  readonly authority: Words | null
  /** The last appraisal of known days: its term, and when it ended; null where there was none. */
  readonly appraisal: { readonly begins: string; readonly ends: string; readonly endedOn: string | null } | null
  /** On what ground, and by which document, what it waits for may lawfully stay open; null where no exception holds. */
  readonly exception: (Words & { readonly document: string }) | null
  /** What became of it since it began, the first first. */
  readonly changes: readonly ClockChange[]
  /** How often it was put off. */
  readonly extensions: number
  /** Why it is put off, where that lasts as long as its cause; null where nothing is named. */
  readonly cause: Words | null
  /** The furthest day that may be reviewed next, where it is put off so; null elsewhere. */
  readonly reviewUntil: string | null
  /** When it would be due if it were put off by the span of its rule; null where a cause says until when, or it cannot be. */
  readonly extendedDue: string | null
  /** It was put off and cannot be again: at all, or until the day on which the time granted last begins; null where neither is so. */
  readonly further: { readonly from: string | null } | null
  /** Whether its last day was set earlier than the rule's own. */
  readonly shortened: boolean
  /** What the one who asks may ask for now. */
  readonly may: readonly DeadlineDeed[]
  /** What was asked for over it, by whomever, and waits for a decision: it is not asked for twice. */
  readonly asked: readonly { readonly deed: DeadlineDeed; readonly by: string; readonly askedAt: string }[]
}
