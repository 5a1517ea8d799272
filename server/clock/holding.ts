import type { Fact, FactDraft } from '../module.ts'
import { dayOf, laterBy } from './calendar.ts'
import { type Clock, clockDraft, type ClockFacts, type Entry } from './clock.ts'
import type { ClockEvent } from './triggers.ts'

/** What a clock waits for, as it changes while entries are taken in. */
export interface Waiting {
  readonly clock: Pick<Clock, 'id' | 'register' | 'event'>
  /** What it began with, for one that goes on apart. */
  readonly begun: Omit<ClockFacts['clock.started'], 'subjects' | 'source' | 'nth'>
  readonly open: Set<string>
  dueAt: string
  state: Clock['state']
  /** Since when an exception holds, and by which document; null where none does. */
  held: { readonly at: string; readonly document: string } | null
}

/** A clock as it waits, read from its state. */
export function waitingOf(clock: Clock): Waiting {
  const { rule, version, event, terms, from, dueAt, estimatedYears } = clock
  const { matter, unit, store, responsible, exception, pausedAt } = clock
  return {
    clock,
    begun: { rule, version, event, terms, from, dueAt, estimatedYears, matter, unit, store, responsible },
    open: new Set(clock.subjects.filter(({ doneAt }) => doneAt === null).map(({ subject }) => subject)),
    dueAt,
    state: clock.state,
    held: exception === undefined || pausedAt === null ? null : { at: pausedAt, document: exception.document },
  }
}

/** The fact that is taken in, with its entry, and how a new clock is named. */
export interface Taking {
  readonly fact: Fact
  readonly evidence: Entry
  readonly mint: () => string
  /** `seq rule` of each clock that was set apart already, by this fact or another. */
  readonly apart: string[]
}

/**
 * 依法例外 (rules X-19): what runs over these things stands still. A clock that waits for other things besides goes on for those alone, and one of
 * its own stands still for these; both are due as they were.
 */
export function holdAll(
  waiting: Waiting[],
  { events, subjects, ground, document, approval }: Extract<ClockEvent, { kind: 'hold' }>,
  { fact, evidence, mint, apart }: Taking,
): readonly FactDraft[] {
  const drafts: FactDraft[] = []
  for (const one of [...waiting]) {
    const its = one.state === 'running' && events.includes(one.clock.event) ? open(one, subjects) : []
    if (its.length === 0) continue
    let held = one
    if (its.length < one.open.size) {
      const clock = { id: mint(), register: one.clock.register, event: one.clock.event }
      const key = `${evidence.seq} ${one.begun.rule}`
      const nth = apart.filter((known) => known === key).length
      const started = { ...one.begun, dueAt: one.dueAt, subjects: its, source: evidence, ...(nth === 0 ? {} : { nth }) }
      drafts.push(clockDraft(one.clock, 'clock.passed', { subjects: its, to: [], evidence, doneAt: fact.at }))
      drafts.push(clockDraft(clock, 'clock.started', started))
      for (const subject of its) one.open.delete(subject)
      held = { ...one, clock, open: new Set(its) }
      waiting.push(held)
      apart.push(key)
    }
    drafts.push(clockDraft(held.clock, 'clock.paused', { approval, document, exception: ground }))
    held.state = 'paused'
    held.held = { at: fact.at, document }
  }
  return drafts
}

/** The exception is over: what stood still over these things runs on, and is due later by the days between. */
export function freeAll(
  waiting: readonly Waiting[],
  { events, subjects, approval }: Extract<ClockEvent, { kind: 'free' }>,
  { fact }: Pick<Taking, 'fact'>,
): readonly FactDraft[] {
  return waiting.flatMap((one) => {
    const { held } = one
    if (held === null || !events.includes(one.clock.event) || open(one, subjects).length === 0) return []
    const dueAt = laterBy(one.dueAt, dayOf(held.at), dayOf(fact.at))
    one.dueAt = dueAt
    one.state = 'running'
    one.held = null
    const { document } = held
    return [clockDraft(one.clock, 'clock.resumed', { dueAt, estimatedYears: [], approval, document })]
  })
}

function open(one: Waiting, subjects: readonly string[]): string[] {
  return subjects.filter((subject) => one.open.has(subject))
}
