import type { Actor, Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { mayJudge } from '../rankings/ranking.ts'
import { draft, ratingFact } from '../rating.ts'
import { mustBeDays } from '../seeing/days.ts'
import type { ConfirmAction, DecideAction, EndAction } from './schemas.ts'

/** What was counted when the threshold was met: the proposal as the person who decided saw it. */
export interface Proposed {
  readonly hall: string
  readonly clerk: string
  readonly rule: string
  readonly version: number
  readonly from: string
  readonly to: string
  readonly good: number
  readonly counted: number
}

/** `decided` by one; `returned` by the second, who does not agree; `adopted` and to be carried out, or `declined`, once he does; `done`. */
export type ActionStatus = 'decided' | 'returned' | 'adopted' | 'declined' | 'done'

/** What a person decided about what a threshold proposed (product R27): the program proposes, and never acts. */
export interface Action extends Proposed {
  readonly id: string
  readonly adopt: boolean
  readonly status: ActionStatus
  /** Every step with who took it and what he said, the latest last. */
  readonly steps: readonly {
    readonly step: ActionStep
    readonly by: string
    readonly at: string
    readonly note: Sealed
  }[]
}
export type ActionStep = 'decide' | 'agree' | 'return' | 'carry-out'

/** What one more fact makes of a decision about a threshold: the second person's word settles whether it is adopted, declined or sent back. */
export function evolveAction(one: Action | null, raw: Fact): Action | null {
  const fact = ratingFact(raw)
  const by = { by: fact.actor, at: fact.at }
  if (fact.type === 'rating.action-decided') {
    const { subject, hall, clerk, rule, version, from, to, good, counted, adopt, note } = fact.body
    return {
      ...{ id: subject.slice('action/'.length), hall, clerk, rule, version, from, to, good, counted, adopt },
      ...{ status: 'decided', steps: [{ step: 'decide', ...by, note }] },
    }
  }
  if (one === null) return null
  const stepped = (step: ActionStep, note: Sealed): Action['steps'] => [...one.steps, { step, ...by, note }]
  switch (fact.type) {
    case 'rating.action-confirmed': {
      const { agree, note } = fact.body
      const status = !agree ? 'returned' : one.adopt ? 'adopted' : 'declined'
      return { ...one, status, steps: stepped(agree ? 'agree' : 'return', note) }
    }
    case 'rating.action-done':
      return { ...one, status: 'done', steps: stepped('carry-out', fact.body.note) }
    default:
      return one
  }
}

export interface DecideActionState {
  /** What the thresholds propose over these days now, for this clerk and rule; null where nothing. */
  readonly proposed: Proposed | null
  /** The latest of this clerk and rule; null where nothing was decided before. */
  readonly latest: Action | null
}

/**
 * Somebody decides on a proposal, and says why: adopted or not. It takes effect when a second person agrees.
 * @throws Refusal `rating.not-for-you`, `rating.action-own` (it is about himself), `rating.wrong-days`, `rating.nothing-proposed`,
 * `rating.action-there` (decided on these very figures, or an earlier one is not at its end)
 */
export function decideAction(
  { proposed, latest }: DecideActionState,
  { hall, clerk, from, to, adopt, note }: DecideAction,
  { actor, mint }: Circumstances,
): Decision {
  if (!mayJudge(actor, hall)) throw new Refusal('rating.not-for-you')
  if (clerk === actor.person) throw new Refusal('rating.action-own')
  mustBeDays({ from, to })
  if (proposed === null) throw new Refusal('rating.nothing-proposed')
  if (latest !== null && answers(latest, proposed)) throw new Refusal('rating.action-there')
  const action = mint.id()
  const body = { ...proposed, adopt, note: mint.seal(note) }
  return { facts: [draft(hall, 'rating.action-decided', `action/${action}`, body)], result: { action } }
}

/** Whether a proposal is dealt with: it is being decided or carried out, or was decided on these very figures. */
export function answers(
  latest: Pick<Action, 'status' | 'good' | 'counted'>,
  { good, counted }: Pick<Proposed, 'good' | 'counted'>,
): boolean {
  if (latest.status === 'returned') return false
  return (
    latest.status === 'decided' || latest.status === 'adopted' || (latest.good === good && latest.counted === counted)
  )
}

/**
 * A second person agrees, or returns it: neither who decided nor whom it is about. What was adopted has a term from here on.
 * @throws Refusal `rating.unknown-action`, `rating.action-own`, `rating.action-elsewhere`
 */
export function confirmAction(
  { action }: { readonly action: Action | null },
  { action: id, agree, note }: ConfirmAction,
  { actor, mint }: Circumstances,
): Decision {
  const one = found(action, id, actor)
  if (one.steps.some(({ by }) => by === actor.person) || one.clerk === actor.person)
    throw new Refusal('rating.action-own')
  if (one.status !== 'decided') throw new Refusal('rating.action-elsewhere', { status: one.status })
  const { hall, adopt } = one
  const body = { hall, adopt, agree, note: mint.seal(note) }
  return { facts: [draft(hall, 'rating.action-confirmed', `action/${id}`, body)] }
}

/**
 * What was adopted was carried out; whoever heads the hall or supervises says how, never whom it is about.
 * @throws Refusal `rating.unknown-action`, `rating.action-own`, `rating.action-elsewhere`
 */
export function endAction(
  { action }: { readonly action: Action | null },
  { action: id, note }: EndAction,
  { actor, mint }: Circumstances,
): Decision {
  const one = found(action, id, actor)
  if (one.clerk === actor.person) throw new Refusal('rating.action-own')
  if (one.status !== 'adopted') throw new Refusal('rating.action-elsewhere', { status: one.status })
  return { facts: [draft(one.hall, 'rating.action-done', `action/${id}`, { note: mint.seal(note) })] }
}

function found(action: Action | null, id: string, actor: Actor): Action {
  if (action === null || !mayJudge(actor, action.hall)) throw new Refusal('rating.unknown-action', { action: id })
  return action
}
