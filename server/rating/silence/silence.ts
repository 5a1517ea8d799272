import { localMinute } from '../../local-time.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { HallHours, HallStanding } from '../hours/hours.ts'
import { draft, ratingFact } from '../rating.ts'
import type { Silence } from './facts.ts'
import type { NoteSilence, RuleSilence } from './schemas.ts'

/** When silence is told. The house's own numbers, each hall's to change. */
export interface SilenceRule {
  /** A device that gave no sign for so many minutes in which the hall was open. */
  readonly minutes: number
  /** So many services one after the other that nobody voted on; never fewer than a batch that is counted has (R22). */
  readonly services: number
}
export const SILENCE_RULE: SilenceRule = { minutes: 10, services: 30 }

/** What a hall ruled, and since when; services before are not looked at by it. */
export interface RuledSilence extends SilenceRule {
  readonly hall: string
  readonly at: string
}

/** The last one set holds, from the moment of the fact on. */
export function evolveSilenceRule(rule: RuledSilence | null, raw: Fact): RuledSilence | null {
  const fact = ratingFact(raw)
  if (fact.type !== 'rating.silence-ruled') return rule
  const { hall, minutes, services } = fact.body
  return { hall, minutes, services, at: fact.at }
}

/** Something at a counter that was silent, and is or is no longer. */
export interface CounterSilence {
  readonly id: string
  readonly hall: string
  readonly counter: string
  readonly what: Silence
  readonly device: string | null
  readonly silent: boolean
  readonly since: string
  readonly last: string | null
  readonly services: number | null
  readonly toldAt: string
}

/** A counter has one silence of each kind, a kind that is a device's one for each device: telling it again goes on with the same. */
export function silenceId(counter: string, what: Silence, device: string | null): string {
  return [counter, what, ...(device === null ? [] : [device])].join('.')
}

/** What one more fact makes of a silence; when it ends, `toldAt` still says when it was told. */
export function evolveSilence(silence: CounterSilence | null, raw: Fact): CounterSilence | null {
  const fact = ratingFact(raw)
  if (fact.type === 'rating.silence-told') {
    const { hall, counter, what, device, since, last, services } = fact.body
    return {
      ...{ id: silenceId(counter, what, device), hall, counter, what, device, since, last, services },
      ...{ silent: true, toldAt: fact.at },
    }
  }
  if (fact.type !== 'rating.silence-ended' || silence === null) return silence
  return { ...silence, silent: false, since: fact.body.since, last: fact.body.last }
}

/** @throws Refusal `rating.unknown-hall`, `rating.not-your-hall` */
export function ruleSilence(
  { hallKnown }: { readonly hallKnown: boolean },
  { hall, minutes, services }: RuleSilence,
  { actor }: Circumstances,
): Decision {
  if (!hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  if (!actor.appointments.some(({ post, place }) => post === 'manager' && place === hall))
    throw new Refusal('rating.not-your-hall', { unit: hall })
  return { facts: [draft(hall, 'rating.silence-ruled', `silence-rule/${hall}`, { hall, minutes, services })] }
}

/** Tells silence once, and that it is over once: what stands already is not written again. */
export function noteSilence(
  { silence }: { readonly silence: CounterSilence | null },
  { hall, counter, what, device, found }: NoteSilence,
): Decision {
  if ((silence?.silent ?? false) === (found.state === 'silent')) return { facts: [] }
  const subject = `silence/${silenceId(counter, what, device)}`
  const { since, last } = found
  if (found.state !== 'silent')
    return { facts: [draft(hall, 'rating.silence-ended', subject, { how: found.state, since, last })] }
  const { services } = found
  return {
    facts: [draft(hall, 'rating.silence-told', subject, { hall, counter, what, device, since, last, services })],
  }
}

const MINUTE_MS = 60_000
const MINUTES_AN_HOUR = 60

function minuteOfDay(minute: string): number {
  const [hours = 0, minutes = 0] = minute.split(':').map(Number)
  return hours * MINUTES_AN_HOUR + minutes
}

/** For how many minutes the hall has been open without a break; null while it is closed. A hall that gave no hours never closes. */
export function openMinutes(week: HallHours['week'] | null, standing: HallStanding | null, at: string): number | null {
  if (week === null || standing === null) return Infinity
  const [, minute = ''] = localMinute(at).split(' ')
  const span = standing.today.find(({ from, to }) => from <= minute && minute < to)
  return span === undefined ? null : minuteOfDay(minute) - minuteOfDay(span.from)
}

/** Whether a device that was last heard then is to be told of now: both silent and in an open hall for so long. */
export function isSilent(
  { minutes }: SilenceRule,
  lastHeard: string,
  { at, open }: { readonly at: string; readonly open: number | null },
): boolean {
  return open !== null && open >= minutes && Date.parse(at) - Date.parse(lastHeard) >= minutes * MINUTE_MS
}
