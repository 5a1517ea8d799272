import type { Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, ratingFact } from '../rating.ts'
import type { CorrectSignOn } from '../schemas.ts'

/** Somebody signed on at a counter, until he or another ended it; null where it still lasts. Moments are RFC 3339. */
export interface SignOnSpan {
  readonly clerk: string
  readonly from: string
  readonly until: string | null
}

/** Another sat at a counter than was signed on. What was counted stands as it was. */
export interface SignOnCorrection {
  readonly id: string
  readonly hall: string
  readonly counter: string
  readonly from: string
  readonly until: string
  /** Who was signed on: votes of this time stay his. */
  readonly recorded: string
  /** Who it was. */
  readonly clerk: string
  /** How many services stand under who was signed on. */
  readonly services: number
  readonly reason: Sealed
  readonly by: string
  readonly at: string
}

/** A correction is written down once; the sign-on and the votes that it is about stay as they were. */
export function evolveSignOnCorrection(one: SignOnCorrection | null, raw: Fact): SignOnCorrection | null {
  const fact = ratingFact(raw)
  if (fact.type !== 'rating.sign-on-corrected') return one
  const { subject, hall, counter, from, until, recorded, clerk, services, reason } = fact.body
  return {
    ...{ id: subject.slice('sign-on/'.length), hall, counter, from, until, recorded, clerk, services, reason },
    ...{ by: fact.actor, at: fact.at },
  }
}

/** What follows one another at a counter: each sign-on ends the one before, a sign-off ends it without another. In the order of the register. */
export function spansOf(
  facts: readonly { readonly type: string; readonly at: string; readonly clerk: string }[],
): SignOnSpan[] {
  const spans: SignOnSpan[] = []
  for (const { type, at, clerk } of facts) {
    const last = spans.at(-1)
    if (last !== undefined && last.until === null) spans[spans.length - 1] = { ...last, until: at }
    if (type === 'rating.signed-on') spans.push({ clerk, from: at, until: null })
  }
  return spans
}

export interface CorrectSignOnState {
  /** Of the counter; null where there is none. */
  readonly hall: string | null
  readonly spans: readonly SignOnSpan[]
  /** The named one was a clerk of the hall all that time. */
  readonly wasClerk: boolean
  readonly services: number
}

/** The sign-on that covers a span as a whole; null where none or several do. */
export function coveringSpan(
  spans: readonly SignOnSpan[],
  { from, until }: { readonly from: string; readonly until: string },
): SignOnSpan | null {
  return spans.find((span) => span.from <= from && (span.until === null || until <= span.until)) ?? null
}

/**
 * The head of the hall records who really sat at a counter, and why. It is written beside what was counted and changes none of it: a vote belongs to
 * whoever was signed on when it was offered (product R01).
 * @throws Refusal `rating.unknown-counter`, `rating.not-your-hall`, `rating.wrong-span`, `rating.not-one-sign-on`, `rating.correction-own`,
 * `rating.same-clerk`, `rating.no-such-clerk`
 */
export function correctSignOn(
  { hall, spans, wasClerk, services }: CorrectSignOnState,
  { counter, from, until, clerk, reason }: CorrectSignOn,
  { actor, at, mint }: Circumstances,
): Decision {
  if (hall === null) throw new Refusal('rating.unknown-counter', { counter })
  if (!actor.appointments.some(({ post, place }) => post === 'manager' && place === hall))
    throw new Refusal('rating.not-your-hall', { unit: hall })
  const span = spanOf({ from, until })
  if (span.from >= span.until || span.until > at) throw new Refusal('rating.wrong-span')
  const covering = coveringSpan(spans, span)
  if (covering === null) throw new Refusal('rating.not-one-sign-on', { counter })
  const recorded = covering.clerk
  if (recorded === clerk) throw new Refusal('rating.same-clerk')
  if ([recorded, clerk].includes(actor.person)) throw new Refusal('rating.correction-own')
  if (!wasClerk) throw new Refusal('rating.no-such-clerk', { clerk })
  const id = mint.id()
  const body = { hall, counter, ...span, recorded, clerk, services, reason: mint.seal(reason) }
  return { facts: [draft(hall, 'rating.sign-on-corrected', `sign-on/${id}`, body)], result: { correction: id } }
}

/** Moments as registers write them, whatever offset they were sent with. */
export function spanOf({ from, until }: Pick<CorrectSignOn, 'from' | 'until'>): { from: string; until: string } {
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() }
}
