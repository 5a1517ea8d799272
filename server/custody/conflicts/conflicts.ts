import type { Actor, Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import type { NoteConflict, SettleConflict } from '../schemas.ts'
import { answersForStore, mustBeAt, mustDiffer } from '../separation.ts'

/**
 * A line that a bench recorded while it was without its server, and that the register could not take: the item was taken in by another, the list
 * withdrawn, a right had ended … Nothing of it was done; a person looks where the thing is, and says what came of it.
 */
export type Conflict = {
  /** `<agent>.<enrolment>.<n>`: the record of the journal that says so, signed by its endpoint. */
  readonly id: string
  readonly store: string
  readonly station: string
  readonly list: string
  readonly item: string
  /** Where the bench says that the thing lies. */
  readonly location: string
  readonly weight_mg: number | null
  /** Who had signed on at the bench; null where its pass cannot be believed. */
  readonly custodian: string | null
  /** The refusal's code, and its words. */
  readonly code: string
  readonly why: Sealed
  readonly happenedAt: string
  readonly settled: { readonly by: string; readonly at: string; readonly reason: Sealed } | null
}

/** What one more fact makes of a conflict; it is settled once, with a reason, and never taken back. */
export function evolveConflict(conflict: Conflict | null, raw: Fact): Conflict | null {
  const fact = custodyFact(raw)
  switch (fact.type) {
    case 'custody.offline-conflict': {
      const { subject, store, list, item, location, weight_mg, custodian, code, why } = fact.body
      return {
        ...{ id: subject.slice('conflict/'.length), store, station: fact.station ?? '', list, item, location },
        ...{ weight_mg, custodian, code, why, happenedAt: fact.at, settled: null },
      }
    }
    case 'custody.conflict-settled':
      if (conflict === null) return null
      return { ...conflict, settled: { by: fact.actor, at: fact.at, reason: fact.body.reason } }
    default:
      return conflict
  }
}

/** Only the program notes one, in the transaction that could not take the line. */
export function noteConflict(_state: null, command: NoteConflict, { mint }: Circumstances): Decision {
  const { conflict, store, list, item, location, weight_mg, custodian, code, why } = command
  const body = { store, list, item, location, weight_mg, custodian, code, why: mint.seal(why) }
  return { facts: [draft(storeRegister(store), 'custody.offline-conflict', `conflict/${conflict}`, body)] }
}

/** A conflict, and the department that keeps its store; null where no store is known by that name. */
export interface ConflictState {
  readonly conflict: Conflict
  readonly keeping: string | null
}

/**
 * Whether it is for this person to look: a custodian of the store, or the head of the department that keeps it, to whom a custodian reports
 * (公安规定 11), so that a store with one custodian has somebody else. Whoever had signed on at the bench is not asked about himself.
 */
export function maySettle({ conflict, keeping }: ConflictState, actor: Actor): boolean {
  return (
    answersForStore(actor, conflict.store, keeping) && conflict.settled === null && conflict.custodian !== actor.person
  )
}

/**
 * A custodian of the store, or the head of the department that keeps it, has looked, another than who had signed on at the bench, and says what
 * came of it.
 * @throws Refusal `custody.unknown-conflict`, also where it is of a store that he does not answer for, `custody.conflict-settled`,
 * `custody.wrong-station`, `custody.same-person`
 */
export function settleConflict(
  found: ConflictState | null,
  command: SettleConflict,
  circumstances: Circumstances,
): Decision {
  if (found === null || !answersForStore(circumstances.actor, found.conflict.store, found.keeping))
    throw new Refusal('custody.unknown-conflict', { conflict: command.conflict })
  const { conflict: state } = found
  mustBeAt(circumstances.station, state.store)
  if (state.settled !== null)
    throw new Refusal('custody.conflict-settled', { conflict: state.id, person: state.settled.by })
  mustDiffer(circumstances.actor.person, { custodian: state.custodian })
  const reason = circumstances.mint.seal(command.reason)
  return {
    facts: [draft(storeRegister(state.store), 'custody.conflict-settled', `conflict/${state.id}`, { reason })],
  }
}
