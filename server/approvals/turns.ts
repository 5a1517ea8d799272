import type { Actor, Reader } from '../module.ts'
import type { Refusal } from '../refusal.ts'
import type { Approval, Deed } from './approvals.ts'
import { mayDecide, partiesOf, principalOf } from './deciding.ts'
import { absentFor } from './delegations.ts'
import { aboveOf, barredBy, notOffered, withoutPart } from './store.ts'

/** What somebody may do about a request that waits. */
export interface Turn {
  readonly yours: boolean
  /** For whom he stands in; null where he decides in his own right, or does not decide. */
  readonly standsFor: Actor | null
  /** Why a rule of its subject keeps him from deciding it, or for whom he would stand in; null where none does. */
  readonly barred: Refusal | null
}

/**
 * Whose turn these requests are, by id: what is offered here is what deciding would not refuse for who decides. Nobody is offered one in the place
 * of somebody who has no part in it.
 */
export async function turnsOf(
  db: Reader,
  deeds: readonly Deed[],
  actor: Actor,
  waiting: readonly Approval[],
  at: string,
): Promise<ReadonlyMap<string, Turn>> {
  const above = await aboveOf(
    db,
    waiting.map(({ unit }) => unit),
  )
  const absent = new Map<string, readonly Actor[]>()
  for (const { deed } of waiting)
    if (!absent.has(deed.command)) absent.set(deed.command, await absentFor(db, actor.person, deed.command, at))
  const people = new Set([actor, ...[...absent.values()].flat()].map(({ person }) => person))
  const apart = new Map<string, ReadonlyMap<string, Refusal>>()
  for (const person of people) apart.set(person, await notOffered(db, deeds, person, waiting))
  const ids = waiting.map(({ id }) => id)
  const aside = new Map<string, ReadonlySet<string>>()
  for (const person of people) aside.set(person, await withoutPart(db, barredBy(deeds), person, ids))

  const turnOf = (approval: Approval): Turn => {
    const { id, unit, deed, awaits } = approval
    const bars = ({ person }: Actor): Refusal | null => apart.get(person)?.get(id) ?? null
    const own = bars(actor)
    const had = partiesOf(approval)
    const none = { yours: false, standsFor: null, barred: own }
    if (own !== null || had.includes(actor.person) || aside.get(actor.person)?.has(id) === true) return none
    if (mayDecide(actor, above(unit), awaits ?? null)) return { ...none, yours: true }
    const lend = (absent.get(deed.command) ?? []).filter(({ person }) => aside.get(person)?.has(id) !== true)
    const standsFor = principalOf(approval, lend, above(unit), bars)
    if (standsFor === undefined || had.includes(standsFor.person)) return none
    const barred = bars(standsFor)
    return barred === null ? { ...none, yours: true, standsFor } : { ...none, barred }
  }
  return new Map(waiting.map((one) => [one.id, turnOf(one)]))
}
