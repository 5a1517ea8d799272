import type { Fact, FactDraft, Post } from '../module.ts'
import type { Words } from '../refusal.ts'
import type { Colour, DeadlineTerms, InterimCause } from './deadline-rules.ts'
import { nextMoment } from './ladder.ts'

/** An entry of a register: the evidence by which a clock started or ended. */
export type Entry = { readonly register: string; readonly seq: number; readonly type: string }

/** Who was told, by virtue of which post; it concerns them for as long as they hold it. */
export type Told = { readonly person: string; readonly post: Post; readonly place: string }

/** A warning that was raised. `term` counts the due moments: a clock that was moved warns anew. */
export type Raised = {
  readonly term: number
  readonly offset_days: number
  readonly colour: Colour
  readonly at: string
  readonly told: readonly Told[]
}

/** The facts of a clock, all in the register of the fact that started it. */
export type ClockFacts = {
  /** `clock/<uuid>`: a period began. The terms are the rule's at that moment and stay. */
  'clock.started': {
    readonly rule: string
    readonly version: number
    readonly event: string
    readonly terms: DeadlineTerms
    readonly from: string
    readonly dueAt: string
    /** Years whose calendar was not imported: their days were taken by plain weekends. Never counted again. */
    readonly estimatedYears: readonly number[]
    readonly subjects: readonly string[]
    readonly matter: string
    readonly unit: string
    readonly store: string | null
    readonly responsible: readonly string[]
    readonly source: Entry
    /** How many of its rule this entry set apart before it; absent for the first, and for what merely started. */
    readonly nth?: number
  }
  /** `clock/<uuid>`: some of what it waits for is done; the clock ends with the last of it. */
  'clock.fulfilled': { readonly subjects: readonly string[]; readonly evidence: Entry; readonly doneAt: string }
  /**
   * `clock/<uuid>`: some of what it waits for became other things; it waits for those in their place, and is due as it was. Where it passed to none,
   * a clock of its own waits for it from then on.
   */
  'clock.passed': {
    readonly subjects: readonly string[]
    readonly to: readonly string[]
    readonly evidence: Entry
    readonly doneAt: string
  }
  /** `clock/<uuid>`: due at another moment from now on, by the fact or the approval that is named. */
  'clock.moved': {
    readonly dueAt: string
    readonly estimatedYears: readonly number[]
    readonly evidence: Entry | null
    readonly approval: string | null
    /** Why it was put off where it may be as long as its cause lasts; due is the day on which that is reviewed. */
    readonly cause?: InterimCause
    /** Since when the time runs that was granted so: what was due before. Earlier entries do not say it. */
    readonly furtherFrom?: string
    /** The cause is no more: what waited for it is due at once. */
    readonly causeEnded?: true
    /** An earlier day than the rule's own, by that approval; it is no extension. */
    readonly shortened?: true
  }
  /** `clock/<uuid>`: the time of an appraisal is not counted, from now on, by this approval. */
  'clock.paused': {
    /** Null where the close of a case brings it. */
    readonly approval: string | null
    readonly document: string
    /** The days that the appraisal takes by the notice to its party; absent in entries of the time when the pause began with the grant. */
    readonly appraisal?: { readonly begins: string; readonly ends: string }
    /** 依法例外: what it waits for may lawfully stay open; absent where an appraisal pauses it. */
    readonly exception?: { readonly zh: string; readonly en: string }
  }
  /** `clock/<uuid>`: it is counted again, and due later by the time of the pause. */
  'clock.resumed': {
    readonly dueAt: string
    readonly estimatedYears: readonly number[]
    readonly approval: string
    readonly document: string
    /** The day on which the appraisal ended. Absent where none of known days did. */
    readonly endedOn?: string
  }
  /** `clock/<uuid>`: ended by the document that an approver accepted, where no fact of the program ends it. */
  'clock.concluded': { readonly approval: string; readonly document: string }
  /** `clock/<uuid>`: one tier of the ladder was reached and these people were told. */
  'clock.warned': {
    readonly term: number
    readonly offset_days: number
    readonly colour: Colour
    readonly told: readonly Told[]
  }
}

export type ClockFactType = keyof ClockFacts

type ClockFact = {
  [T in ClockFactType]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: ClockFacts[T] & { readonly subject: string }
  }
}[ClockFactType]

const CLOCK_STATES = ['running', 'paused', 'ended'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

/** What the facts of one clock add up to. */
export type Clock = Omit<ClockFacts['clock.started'], 'subjects'> & {
  readonly id: string
  readonly register: string
  readonly state: ClockState
  readonly subjects: readonly {
    readonly subject: string
    readonly doneAt: string | null
    /** It was not done: it is waited for by a clock of its own. */
    readonly apart?: true
  }[]
  readonly raised: readonly Raised[]
  /** How many due moments there were, this one included. */
  readonly term: number
  /** How often an approval put it off. */
  readonly extensions: number
  /** Why it was put off the last time; absent where nothing is named, and once that is no more. */
  readonly cause?: InterimCause
  /** Since when the time runs that was granted by it. */
  readonly furtherFrom?: string
  /** Its day was set earlier than the rule's own. */
  readonly shortened?: true
  /** The last appraisal of known days: its term, the commission, and when it ended; absent where there was none. */
  readonly appraisal?: {
    readonly begins: string
    readonly ends: string
    readonly document: string
    readonly endedOn: string | null
  }
  /** On what ground, and by which document, what it waits for may lawfully stay open; absent where no exception holds. */
  readonly exception?: Words & { readonly document: string }
  readonly pausedAt: string | null
  readonly endedAt: string | null
  /** What ended it: an entry of a register, or a document by its number. */
  readonly evidence: Entry | null
  readonly document: string | null
  readonly startedAt: string
}

/** A clock after one more of its facts; null before the first. */
export function evolveClock(clock: Clock | null, raw: Fact): Clock | null {
  const fact = raw as unknown as ClockFact
  if (fact.type === 'clock.started') {
    const { rule, version, event, terms, from, dueAt, estimatedYears } = fact.body
    const { subjects, matter, unit, store, responsible, source, nth } = fact.body
    return {
      ...{ rule, version, event, terms, from, dueAt, estimatedYears, matter, unit, store, responsible, source },
      id: fact.body.subject.slice('clock/'.length),
      register: fact.register,
      state: 'running',
      subjects: subjects.map((subject) => ({ subject, doneAt: null })),
      raised: [],
      term: 1,
      extensions: 0,
      pausedAt: null,
      endedAt: null,
      evidence: null,
      document: null,
      startedAt: fact.at,
      ...(nth === undefined ? {} : { nth }),
    }
  }
  if (clock === null) return null
  switch (fact.type) {
    case 'clock.fulfilled': {
      const { subjects: done, evidence, doneAt } = fact.body
      const subjects = clock.subjects.map((one) => (done.includes(one.subject) ? { ...one, doneAt } : one))
      if (subjects.some((one) => one.doneAt === null)) return { ...clock, subjects }
      return { ...clock, subjects, state: 'ended', pausedAt: null, endedAt: doneAt, evidence }
    }
    case 'clock.passed': {
      const { subjects: gone, to, doneAt } = fact.body
      // Where it passed to none, it was not done: a clock of its own waits for it.
      const apart = to.length === 0 ? { apart: true as const } : {}
      const kept = clock.subjects.map((one) => (gone.includes(one.subject) ? { ...one, doneAt, ...apart } : one))
      const known = new Set(clock.subjects.map(({ subject }) => subject))
      const come = to.filter((subject) => !known.has(subject)).map((subject) => ({ subject, doneAt: null }))
      return { ...clock, subjects: [...kept, ...come] }
    }
    case 'clock.moved': {
      const { dueAt, estimatedYears, approval, cause, furtherFrom, shortened } = fact.body
      const extensions = clock.extensions + (approval === null || shortened === true ? 0 : 1)
      const { cause: _, furtherFrom: _before, ...rest } = clock
      return {
        ...{ ...rest, dueAt, estimatedYears, extensions, term: clock.term + 1 },
        ...(cause === undefined ? {} : { cause }),
        ...(furtherFrom === undefined ? {} : { furtherFrom }),
        ...(shortened === undefined ? {} : { shortened }),
      }
    }
    case 'clock.paused': {
      const { exception, document, appraisal } = fact.body
      const paused = {
        ...{ ...clock, state: 'paused' as const, pausedAt: fact.at },
        ...(appraisal === undefined ? {} : { appraisal: { ...appraisal, document, endedOn: null } }),
      }
      return exception === undefined ? paused : { ...paused, exception: { ...exception, document } }
    }
    case 'clock.resumed': {
      const { dueAt, estimatedYears, endedOn } = fact.body
      const { exception: _, ...rest } = clock
      const { appraisal } = clock
      return {
        ...{ ...rest, dueAt, estimatedYears, state: 'running', pausedAt: null, term: clock.term + 1 },
        ...(appraisal === undefined || endedOn === undefined ? {} : { appraisal: { ...appraisal, endedOn } }),
      }
    }
    case 'clock.concluded': {
      const subjects = clock.subjects.map((one) => (one.doneAt === null ? { ...one, doneAt: fact.at } : one))
      const { document } = fact.body
      return { ...clock, subjects, state: 'ended', pausedAt: null, endedAt: fact.at, document }
    }
    case 'clock.warned': {
      const { term, offset_days, colour, told } = fact.body
      return { ...clock, raised: [...clock.raised, { term, offset_days, colour, at: fact.at, told }] }
    }
    default:
      return clock
  }
}

/** A fact that a decision wants. */
export function clockDraft<T extends ClockFactType>(
  clock: Pick<Clock, 'id' | 'register'>,
  type: T,
  body: ClockFacts[T],
): FactDraft {
  return { register: clock.register, type, subject: `clock/${clock.id}`, body: { v: 1, ...body } }
}

/** The warnings raised for the due moment that holds now. */
export function raisedNow({ raised, term }: Clock): readonly Raised[] {
  return raised.filter((one) => one.term === term)
}

/** When somebody must look at a running clock again. */
export function nextLook(clock: Clock): string | null {
  if (clock.state !== 'running') return null
  const { from, dueAt, terms } = clock
  return nextMoment({ from, dueAt, ladder: terms.ladder, raised: raisedNow(clock).map((one) => one.offset_days) })
}

/** `quiet` before any warning; overdue is a flag of the moment, never a state. */
export function colourOf(clock: Clock): Colour | null {
  return raisedNow(clock).at(-1)?.colour ?? null
}
