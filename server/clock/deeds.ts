import { type RawBuilder, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { type ApprovalLevel, type Deed, deed, type DeedData } from '../approvals/approvals.ts'
import { type WaitingDeed, waitingOver } from '../approvals/waiting.ts'
import type { Trx } from '../database/connect.ts'
import type { Actor, Circumstances, FactDraft, Post, Reader } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'
import { exactly, text, uuid } from '../schemas.ts'
import { isPausable, isPaused, pause, resume } from './appraisals.ts'
import type { Aside } from './aside.ts'
import { termsAsked } from './asked-terms.ts'
import { addDays, type Calendars, dayOf, dueAfter, endOfDay } from './calendar.ts'
import { loadCalendars } from './calendars.ts'
import { type Clock, clockDraft } from './clock.ts'
import { AUTHORITIES, INTERIM_CAUSES, type InterimCause } from './deadline-rules.ts'
import { parseSpan } from './span.ts'
import { isByCause, isExtendable, lastDayOf, longerBy } from './extending.ts'
import { loadClock } from './store.ts'
import type { Triggers } from './triggers.ts'

const DOCUMENT_MAX = 100
const document = text(DOCUMENT_MAX)

/** A day in Shanghai; one that no calendar has is refused where it is read. */
const day = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })

const schemas = {
  'extend-deadline': Type.Object(
    {
      ...{ command: Type.Literal('extend-deadline'), clock: uuid, document: Type.Optional(document) },
      cause: Type.Optional(Type.Unsafe<InterimCause>(Type.Enum(Object.keys(INTERIM_CAUSES)))),
      reviewOn: Type.Optional(day),
    },
    exactly,
  ),
  'shorten-deadline': Type.Object({ command: Type.Literal('shorten-deadline'), clock: uuid, until: day }, exactly),
  'pause-deadline': Type.Object(
    {
      ...{ command: Type.Literal('pause-deadline'), clock: uuid, document },
      ...{ begins: Type.Optional(day), ends: Type.Optional(day) },
    },
    exactly,
  ),
  'resume-deadline': Type.Object(
    { command: Type.Literal('resume-deadline'), clock: uuid, document, endedOn: Type.Optional(day) },
    exactly,
  ),
  'end-deadline': Type.Object({ command: Type.Literal('end-deadline'), clock: uuid, document }, exactly),
} as const

export type ClockDeedName = keyof typeof schemas
type DeedOf<N extends ClockDeedName> = Static<(typeof schemas)[N]> & DeedData

interface ClockDeedState {
  readonly clock: Clock | undefined
  /** The same deed that somebody, whoever it was, asked for over it and nobody has decided. */
  readonly waiting: WaitingDeed | null
  /** Of the cases that it is about. */
  readonly officers: readonly string[]
  readonly handling: Handling
  /** Who stands aside in it. */
  readonly aside: ReadonlySet<string>
  /** Who answers in the place of those. */
  readonly standIns: ReadonlySet<string>
  readonly calendars: Calendars
}

/** Of a matter that is no case: who handles it, and may ask, and whom it is about, who may not. Neither decides. */
export interface Handling {
  readonly handlers: readonly string[]
  readonly about: readonly string[]
}

/** Who handles a clock's matter, and who stands aside in it; the module whose matter it is says so. */
export interface MatterPeople {
  readonly officersOf: (db: Reader, matter: string) => Promise<readonly string[]>
  readonly handlingOf: (db: Reader, matter: string) => Promise<Handling>
  /** Of requests, under the name `a`: those over a deadline of what is about this person. */
  readonly barred: (person: string) => RawBuilder<boolean>
  readonly aside: Aside
}

/** What one deed makes of a clock; throws what stands against it at this moment. */
type Change<N extends ClockDeedName> = (
  clock: Clock,
  asked: DeedOf<N>,
  of: { readonly approval: string; readonly at: string; readonly calendars: Calendars },
) => FactDraft

/**
 * 延长: by the rule's own span, as often as it allows, and within the period alone (行政强制法 25, rules 7.2 row 18); where another
 * authority alone may grant it, by the document of that one (税收征管法实施细则 88). What is put off as long as its cause lasts names the
 * cause and the day on which that is reviewed next, each time anew (rules C-11, C-25), and not before the time that was granted last has begun:
 * nobody reviews months ahead whether a cause still lasts.
 * @throws Refusal `clock.not-extendable`, `clock.period-over`, `clock.review-first`, `clock.no-authority`, `clock.no-cause`, `clock.review-day`,
 * `clock.own-span`
 */
const extend: Change<'extend-deadline'> = (clock, asked, { approval, at, calendars }) => {
  const by = longerBy(clock)
  if (by === null)
    throw new Refusal('clock.not-extendable', {
      rule: clock.rule,
      times: clock.terms.extend?.times ?? clock.extensions,
      basis: clock.terms.basis,
    })
  const { dueAt, terms, furtherFrom } = clock
  if (at > dueAt) throw new Refusal('clock.period-over', { dueAt, basis: terms.basis })
  if (furtherFrom !== undefined && at < furtherFrom)
    throw new Refusal('clock.review-first', { from: dayOf(furtherFrom) })
  const authority = authorityOver(clock)
  if (authority !== null && asked.document === undefined)
    throw new Refusal('clock.no-authority', { rule: clock.rule, authority: authority.zh, authorityEn: authority.en })
  // The last day of the period is the day that the extension begins after.
  const last = new Date(Date.parse(dueAt) - 1).toISOString()
  const due = dueAfter(last, parseSpan(by), terms.counting, calendars)
  const { cause, reviewOn } = asked
  if (!isByCause(clock)) {
    if (cause !== undefined || reviewOn !== undefined) throw new Refusal('clock.own-span', { rule: clock.rule })
    return clockDraft(clock, 'clock.moved', { ...due, evidence: null, approval })
  }
  if (cause === undefined || reviewOn === undefined) throw new Refusal('clock.no-cause', { rule: clock.rule })
  const reviewAt = endOfRealDay(reviewOn)
  if (reviewAt === null || reviewAt <= dueAt || reviewAt > due.dueAt)
    throw new Refusal('clock.review-day', { after: dayOf(last), until: lastDayOf(due.dueAt) })
  return clockDraft(clock, 'clock.moved', {
    ...{ dueAt: reviewAt, estimatedYears: [], evidence: null, approval, cause },
    furtherFrom: dueAt,
  })
}

/** 24:00 of a day; null where no calendar has it, `2026-02-30`. */
function endOfRealDay(on: string): string | null {
  return addDays(on, 0) === on ? endOfDay(on) : null
}

/**
 * 缩短: of perishables, to an earlier day of the period, never beyond the rule's own (税收征管法实施细则 58; rules T-10).
 * @throws Refusal `clock.not-shortened`, `clock.period-over`, `clock.shorter-day`
 */
const shorten: Change<'shorten-deadline'> = (clock, { until }, { approval, at }) => {
  if (!isShortenable(clock)) throw new Refusal('clock.not-shortened', { rule: clock.rule })
  if (at > clock.dueAt) throw new Refusal('clock.period-over', { dueAt: clock.dueAt, basis: clock.terms.basis })
  const dueAt = endOfRealDay(until)
  if (dueAt === null || dueAt <= at || dueAt >= clock.dueAt)
    throw new Refusal('clock.shorter-day', { from: dayOf(at), before: lastDayOf(clock.dueAt) })
  return clockDraft(clock, 'clock.moved', { dueAt, estimatedYears: [], evidence: null, approval, shortened: true })
}

function isShortenable({ terms, state }: Clock): boolean {
  return terms.shorten === true && state === 'running'
}

/** Who above the organ grants more time, by its terms; null where the organ does. */
export function authorityOver({ terms }: Pick<Clock, 'terms'>): Words | null {
  const name = terms.extend?.authority
  return name === undefined ? null : AUTHORITIES[name]
}

/** Who must agree to putting it off, by its terms; none where one approver is enough. */
function levelsOf({ clock }: Pick<ClockDeedState, 'clock'>, command: ClockDeedName): readonly ApprovalLevel[] {
  return command === 'extend-deadline' ? (clock?.terms.extend?.levels ?? []) : []
}

/** @throws Refusal `clock.ends-by-fact`, `clock.ended` */
const end =
  ({ endedByFacts }: Triggers): Change<'end-deadline'> =>
  (clock, { document: paper }, { approval }) => {
    if (endedByFacts.includes(clock.event)) throw new Refusal('clock.ends-by-fact', { rule: clock.rule })
    if (clock.state === 'ended') throw new Refusal('clock.ended', { rule: clock.rule })
    return clockDraft(clock, 'clock.concluded', { approval, document: paper })
  }

/** What may be asked for over a clock and granted by an approver of the department that answers. */
export function clockDeeds(triggers: Triggers, people: MatterPeople): readonly Deed[] {
  return [
    clockDeed('extend-deadline', extend, people),
    clockDeed('shorten-deadline', shorten, people),
    clockDeed('pause-deadline', pause, people),
    clockDeed('resume-deadline', resume, people),
    clockDeed('end-deadline', end(triggers), people),
  ]
}

/** Which of them somebody could ask for now. */
export function deedsOpen(
  triggers: Triggers,
  state: Omit<ClockDeedState, 'waiting' | 'officers' | 'handling' | 'aside'>,
  actor: Actor,
  at: string,
): ClockDeedName[] {
  const { clock } = state
  if (clock === undefined || !answersFor(actor, clock, state.standIns)) return []
  const of = { approval: '', at, calendars: state.calendars }
  const asked = { clock: clock.id, document: '' }
  const could = (change: () => FactDraft): boolean => {
    try {
      change()
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
  const tries: readonly [ClockDeedName, () => FactDraft][] = [
    ['end-deadline', () => end(triggers)(clock, { command: 'end-deadline', ...asked }, of)],
  ]
  return [
    ...(isExtendable(clock, at) ? (['extend-deadline'] as const) : []),
    ...(isShortenable(clock) && at <= clock.dueAt ? (['shorten-deadline'] as const) : []),
    ...(isPausable(clock, at) ? (['pause-deadline'] as const) : []),
    ...(isPaused(clock) ? (['resume-deadline'] as const) : []),
    ...tries.filter(([, change]) => could(change)).map(([name]) => name),
  ]
}

const TITLES: Readonly<Record<ClockDeedName, Words>> = {
  'extend-deadline': { zh: '延长期限待您审批', en: 'An extension waits for your decision' },
  'shorten-deadline': { zh: '缩短期限待您审批', en: 'A shorter term waits for your decision' },
  'pause-deadline': { zh: '中止计算期限待您审批', en: 'A pause of a deadline waits for your decision' },
  'resume-deadline': { zh: '恢复计算期限待您审批', en: 'Resuming a deadline waits for your decision' },
  'end-deadline': { zh: '终止期限待您审批', en: 'Ending a deadline waits for your decision' },
}

/** The article of the term that it is about, as that stood when it began to run. */
const BASIS = sql<
  string | null
>`(select c.state #>> '{terms,basis}' from clocks c where c.id = a.state #>> '{deed,clock}')`

function clockDeed<N extends ClockDeedName>(command: N, change: Change<N>, people: MatterPeople): Deed {
  return deed<DeedOf<N>, ClockDeedState>({
    command: command as DeedOf<N>['command'],
    title: TITLES[command],
    about: () => [],
    barred: people.barred,
    basis: BASIS,
    schema: schemas[command],
    registers: async (trx, asked) => {
      const clock = await loadClock(trx, clockOf(asked))
      return clock === undefined ? [] : [clock.register]
    },
    load: (trx, asked, { at }) => loadDeed(trx, asked, at, people),
    ask: (state, asked, { actor, at }) => {
      const clock = known(state, clockOf(asked))
      const { handlers, about } = state.handling
      const asks = answersFor(actor, clock, state.standIns) || handlers.includes(actor.person)
      if (!asks || state.aside.has(actor.person) || about.includes(actor.person))
        throw new Refusal('clock.unknown', { clock: clock.id })
      change(clock, asked, { approval: '', at, calendars: state.calendars })
      if (state.waiting !== null)
        throw new Refusal('clock.asked-already', {
          rule: clock.rule,
          person: state.waiting.requester,
          askedAt: state.waiting.askedAt,
        })
      return { unit: clock.unit, register: clock.register }
    },
    levels: (state) => levelsOf(state, command),
    terms: (db, deeds, at) =>
      termsAsked(db, deeds, (clock, asked, calendars) =>
        dueOnce(() => change(clock, asked as DeedOf<N>, { approval: '', at, calendars })),
      ),
    grant: (state, asked, { approval }, circumstances: Circumstances) => {
      const clock = known(state, clockOf(asked))
      if (clock.responsible.includes(circumstances.actor.person)) throw new Refusal('clock.responsible-decides')
      if (state.officers.includes(circumstances.actor.person)) throw new Refusal('clock.officer-decides')
      const { handlers, about } = state.handling
      if ([...handlers, ...about].includes(circumstances.actor.person)) throw new Refusal('clock.handler-decides')
      return [change(clock, asked, { approval, at: circumstances.at, calendars: state.calendars })]
    },
  })
}

/** The due moment that a change writes; null where it is refused now, or moves none. */
function dueOnce(change: () => FactDraft): string | null {
  try {
    const { dueAt } = change().body
    return typeof dueAt === 'string' ? dueAt : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function clockOf(asked: DeedData): string {
  return String(asked['clock'])
}

const NOBODY: Handling = { handlers: [], about: [] }

async function loadDeed(
  trx: Trx,
  asked: DeedData,
  at: string,
  { officersOf, handlingOf, aside }: MatterPeople,
): Promise<ClockDeedState> {
  const id = clockOf(asked)
  const clock = await loadClock(trx, id, { lock: true })
  const officers = clock === undefined ? [] : await officersOf(trx, clock.matter)
  const handling = clock === undefined ? NOBODY : await handlingOf(trx, clock.matter)
  const away = clock === undefined ? new Set<string>() : await aside.peopleIn(trx, clock.matter)
  const standIns = clock === undefined ? new Set<string>() : await aside.standInsIn(trx, clock.matter)
  const waits = await waitingOver(trx, { member: 'clock', id }, at)
  const waiting = waits.find(({ command }) => command === asked.command) ?? null
  return { clock, waiting, officers, handling, aside: away, standIns, calendars: await loadCalendars(trx) }
}

function known({ clock }: Pick<ClockDeedState, 'clock'>, id: string): Clock {
  if (clock === undefined) throw new Refusal('clock.unknown', { clock: id })
  return clock
}

/** An officer of the department whom the clock names or who stands in for such a one, or who heads the department now. */
export function answersFor(actor: Actor, { responsible, unit }: Clock, standIns: ReadonlySet<string>): boolean {
  const holds = (wanted: Post): boolean =>
    actor.appointments.some(({ post, place }) => post === wanted && place === unit)
  return holds('manager') || (holds('officer') && (responsible.includes(actor.person) || standIns.has(actor.person)))
}
