import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { rules } from '../rules.ts'
import { handles, holdsPost } from '../separation.ts'
import { seesCase } from '../sight/sees.ts'
import { type Inbound, type InboundState, isOpen, mustWait } from './inbound.ts'
import type { WithdrawInbound } from './schemas.ts'

/**
 * A list that was typed wrongly is withdrawn as a whole, by who typed it or by a head of the case's department, as long as nothing of it is
 * accepted (rules C-35). It stays as it was; what is right is entered as a list of its own, which names it.
 * @throws Refusal `custody.unknown-inbound`, `custody.inbound-typist`, `custody.inbound-done`, `custody.inbound-gone`
 */
export function withdrawInbound(
  { inbound, cases, sight }: Pick<InboundState, 'inbound' | 'cases' | 'sight'>,
  command: WithdrawInbound,
  { actor, mint }: Circumstances,
): Decision {
  const of = cases.get(inbound?.case ?? '')
  if (inbound === null || of === undefined || !seesCase(sight, of))
    throw new Refusal('custody.unknown-inbound', { inbound: command.inbound })
  if (!isTypistOrHead(inbound, of, actor)) throw new Refusal('custody.inbound-typist', { number: inbound.number })
  mustWait(inbound)
  const body = { reason: mint.seal(command.reason) }
  return { facts: [draft(unitRegister(of.unit), 'custody.inbound-withdrawn', `inbound/${inbound.id}`, body)] }
}

/** Whether somebody may withdraw the list now. */
export function mayWithdraw(inbound: Inbound, of: Case, actor: Actor): boolean {
  return isOpen(inbound) && isTypistOrHead(inbound, of, actor)
}

function isTypistOrHead({ by }: Inbound, of: Case, actor: Actor): boolean {
  const heads = rules.head_posts.value.some((post) => holdsPost(actor, post, of.unit))
  return heads || (by === actor.person && handles(actor, of))
}
