import type { Circumstances, Decision } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { dayOf, endOfDay } from './calendar.ts'
import { type Clock, clockDraft } from './clock.ts'
import { answersFor } from './deeds.ts'

/** The cause for which something was put off is no more. */
export interface EndCause {
  readonly type: 'clock.end-cause'
  readonly clock: string
}

export interface CauseState {
  readonly clock: Clock | undefined
  /** Who stands aside in its matter, and who answers in the place of those. */
  readonly aside: ReadonlySet<string>
  readonly standIns: ReadonlySet<string>
}

/**
 * 暂存原因消除 (rules C-25): said by who answers for the deadline. What waited for it is due at once: at the end of this very day, where it was
 * not due before.
 * @throws Refusal `clock.unknown`, `clock.cause-over`
 */
export function endCause(
  { clock, aside, standIns }: CauseState,
  command: EndCause,
  { actor, at }: Circumstances,
): Decision {
  if (clock === undefined || aside.has(actor.person) || !answersFor(actor, clock, standIns))
    throw new Refusal('clock.unknown', { clock: command.clock })
  if (!hasCause(clock)) throw new Refusal('clock.cause-over', { rule: clock.rule })
  const today = endOfDay(dayOf(at))
  const dueAt = clock.dueAt < today ? clock.dueAt : today
  const moved = { dueAt, estimatedYears: [], evidence: null, approval: null, causeEnded: true } as const
  return { facts: [clockDraft(clock, 'clock.moved', moved)], result: { dueAt } }
}

/** Whether it is put off by a cause that still lasts. */
export function hasCause({ state, cause }: Clock): boolean {
  return state === 'running' && cause !== undefined
}
