import type { Circumstances, Decision, Fact, FactDraft } from '../module.ts'
import { type Calendars, dueAfter } from './calendar.ts'
import { type Clock, clockDraft, type ClockFacts, type Entry } from './clock.ts'
import { freeAll, holdAll, type Waiting, waitingOf } from './holding.ts'
import { type RuleHistories, rulesFor } from './rules-in-force.ts'
import { parseSpan } from './span.ts'
import type { ClockEvent, Triggers } from './triggers.ts'

/** Entries of one register that clocks have not taken in yet, by `seq`. */
export interface Follow {
  readonly type: 'clock.follow'
  readonly register: string
  readonly entries: readonly number[]
  /** They stood in the register before anybody kept clocks: only what a fact ends starts one. */
  readonly older: boolean
}

export interface FollowState {
  /** What stands in those entries, in order. */
  readonly facts: readonly Fact[]
  /** Clocks of this register that wait for any of the subjects that the facts speak of. */
  readonly clocks: readonly Clock[]
  /** `seq rule` of what was started by these very entries before. */
  readonly started: ReadonlySet<string>
  readonly histories: RuleHistories
  readonly calendars: Calendars
}

type Start = Extract<ClockEvent, { kind: 'start' }>

/** What these facts start, end and move, in their order. What one act starts alike is one clock. */
export function follow(
  triggers: Triggers,
  state: FollowState,
  { register, older }: Follow,
  { mint }: Circumstances,
): Decision {
  const drafts: FactDraft[] = []
  const waiting: Waiting[] = state.clocks.map(waitingOf)
  const apart: string[] = []

  const begin = (fact: Fact, start: Start): void => {
    if (older && !triggers.endedByFacts.includes(start.event)) return
    const awaited = start.once === true ? concerned([start.event], start.subjects).flatMap(([, its]) => its) : []
    const subjects = start.subjects.filter((subject) => !awaited.includes(subject))
    if (subjects.length === 0) return
    for (const started of clocksOf(state, fact, { ...start, subjects })) {
      const clock = { id: mint.id(), register, event: start.event }
      drafts.push(clockDraft(clock, 'clock.started', started))
      const { dueAt } = started
      waiting.push({ clock, begun: started, open: new Set(started.subjects), dueAt, state: 'running', held: null })
    }
  }
  const fulfil = (fact: Fact, events: readonly string[], ended: readonly string[]): void => {
    for (const [one, subjects] of concerned(events, ended)) {
      drafts.push(clockDraft(one.clock, 'clock.fulfilled', { subjects, evidence: entryOf(fact), doneAt: fact.at }))
      for (const subject of subjects) one.open.delete(subject)
    }
  }
  const concerned = (events: readonly string[], subjects: readonly string[]): [Waiting, string[]][] =>
    waiting.flatMap((one): [Waiting, string[]][] => {
      const its = events.includes(one.clock.event) ? subjects.filter((subject) => one.open.has(subject)) : []
      return its.length === 0 ? [] : [[one, its]]
    })

  for (const act of actsOf(state.facts)) {
    const told = act.flatMap((fact) => triggers.events(fact).map((event) => ({ fact, event })))
    for (const { fact, event } of told)
      if (event.kind === 'start' && event.instead === true) fulfil(fact, [event.event], event.subjects)
    for (const { fact, start } of startsOf(told)) begin(fact, start)
    for (const { fact, event } of told) {
      const evidence = entryOf(fact)
      if (event.kind === 'end') fulfil(fact, event.events, event.subjects)
      else if (event.kind === 'hold')
        drafts.push(...holdAll(waiting, event, { fact, evidence, apart, mint: () => mint.id() }))
      else if (event.kind === 'free') drafts.push(...freeAll(waiting, event, { fact }))
      else if (event.kind === 'pass') {
        for (const one of waiting) {
          const subjects = event.subjects.filter((subject) => one.open.has(subject))
          if (subjects.length === 0) continue
          drafts.push(clockDraft(one.clock, 'clock.passed', { subjects, to: event.to, evidence, doneAt: fact.at }))
          for (const subject of subjects) one.open.delete(subject)
          for (const subject of event.to) one.open.add(subject)
        }
      } else if (event.kind === 'move') {
        for (const [one] of concerned(event.events, event.subjects)) {
          if (one.dueAt === event.dueAt) continue
          const moved = { dueAt: event.dueAt, estimatedYears: [], evidence, approval: null }
          drafts.push(clockDraft(one.clock, 'clock.moved', moved))
          one.dueAt = event.dueAt
        }
      }
    }
  }
  return { facts: drafts }
}

/** Facts of one act stand together; its cause and actor tell it. */
function actsOf(facts: readonly Fact[]): Fact[][] {
  const acts: Fact[][] = []
  for (const fact of facts) {
    const last = acts.at(-1)
    if (last?.[0]?.cause === fact.cause && last[0].actor === fact.actor) last.push(fact)
    else acts.push([fact])
  }
  return acts
}

/** Starts that differ in nothing but their subjects are one, which the first of their facts stands for. */
function startsOf(
  told: readonly { readonly fact: Fact; readonly event: ClockEvent }[],
): { fact: Fact; start: Start }[] {
  const alike = new Map<string, { fact: Fact; start: Start }>()
  for (const { fact, event } of told) {
    if (event.kind !== 'start') continue
    const { subjects, ...rest } = event
    const key = JSON.stringify(rest)
    const known = alike.get(key)
    alike.set(key, {
      fact: known?.fact ?? fact,
      start: { ...event, subjects: [...new Set([...(known?.start.subjects ?? []), ...subjects])] },
    })
  }
  return [...alike.values()]
}

/** One for each rule that the event starts; none where it was started before. */
function clocksOf(state: FollowState, fact: Fact, start: Start): ClockFacts['clock.started'][] {
  const { event, from, subjects, matter, unit, store, responsible } = start
  return rulesFor(event, state.histories, fact.recordedAt).flatMap(({ rule, version, terms }) => {
    if (state.started.has(`${fact.seq} ${rule.id}`)) return []
    const due = dueOf(start, terms, state.calendars)
    if (due === null) return []
    return [
      {
        ...{ rule: rule.id, version, event, terms, from, ...due },
        ...{ subjects, matter, unit, store, responsible, source: entryOf(fact) },
      },
    ]
  })
}

function dueOf(
  { from, dueAt }: Start,
  { due, counting }: ClockFacts['clock.started']['terms'],
  calendars: Calendars,
): { dueAt: string; estimatedYears: readonly number[] } | null {
  if (dueAt !== null) return { dueAt, estimatedYears: [] }
  return due === null ? null : dueAfter(from, parseSpan(due), counting, calendars)
}

function entryOf({ register, seq, type }: Fact): Entry {
  return { register, seq, type }
}
