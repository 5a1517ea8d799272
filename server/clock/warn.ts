import type { Circumstances, Decision } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type Clock, clockDraft, raisedNow, type Told } from './clock.ts'
import type { Audience, Tier } from './deadline-rules.ts'
import { tiersDue } from './ladder.ts'

/** Raise one tier of one clock's ladder. */
export interface Warn {
  readonly type: 'clock.warn'
  readonly clock: string
  readonly term: number
  readonly offset_days: number
}

export interface WarnState {
  readonly clock: Clock | undefined
  /** Who is to be told by today's appointments. */
  readonly audiences: Readonly<Record<Audience, readonly Told[]>>
}

/** What is due to be raised of a clock at this moment, in order. */
export function warningsDue(clock: Clock, at: string): Tier[] {
  if (clock.state !== 'running') return []
  const { from, dueAt, terms } = clock
  const raised = raisedNow(clock).map(({ offset_days }) => offset_days)
  return tiersDue({ from, dueAt, ladder: terms.ladder, raised }, at)
}

/** Raising the same tier of the same due moment again has this cause and no second effect. */
export function causeOfWarning(clock: Clock, { offset_days }: Tier): string {
  return `deadline:${clock.id}:${clock.term}:${offset_days}`
}

/**
 * Takes down that a tier was reached, and who was told. Where nobody holds the posts that are to be told, supervision is.
 * @throws Refusal `clock.nothing-due` when it was raised before, or is not due at this moment
 */
export function warn({ clock, audiences }: WarnState, command: Warn, { at }: Circumstances): Decision {
  const [tier] = clock === undefined ? [] : warningsDue(clock, at)
  if (clock === undefined || tier?.offset_days !== command.offset_days || clock.term !== command.term)
    throw new Refusal('clock.nothing-due', { clock: command.clock })
  const people = tier.tell.flatMap((audience) => audiences[audience])
  const told = distinct(people.length > 0 ? people : audiences.supervision)
  const { term } = clock
  const { offset_days, colour } = tier
  return { facts: [clockDraft(clock, 'clock.warned', { term, offset_days, colour, told })] }
}

function distinct(people: readonly Told[]): Told[] {
  return [...new Map(people.map((one) => [`${one.person} ${one.post} ${one.place}`, one])).values()]
}
