import type { Actor, Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import type { DoorSide, PassingOutcome } from './facts.ts'
import type { Item } from '../items/item.ts'
import { presentRegister, storeOf } from '../scene.ts'
import type { AcknowledgeAlarm, DoorAlarm, DoorPass } from './schemas.ts'
import { answersForStore, holdsSomewhere, mustBeAt } from '../separation.ts'

/** An item that lies in store was seen at a store's door, and no paper accounts for it (rules W-11). */
export type Alarm = {
  readonly id: string
  /** Whose door it is; at a door of no store, where the item lies. */
  readonly store: string
  readonly station: string
  readonly item: string
  readonly case: string
  readonly epc: string
  readonly side: DoorSide
  readonly at: string
  /** Null while the tag is at the door. */
  readonly passed: { readonly outcome: PassingOutcome; readonly sure: boolean; readonly at: string } | null
  readonly acknowledged: { readonly by: string; readonly at: string; readonly reason: Sealed } | null
}

/** What one more fact makes of an alarm. That the tag has gone by and that somebody answered for it come in either order. */
export function evolveAlarm(alarm: Alarm | null, raw: Fact): Alarm | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.door-alarmed') {
    const { subject, store, item, case: number, epc, side } = fact.body
    return {
      ...{ id: subject.slice('alarm/'.length), store, station: fact.station ?? '', item, case: number, epc, side },
      ...{ at: fact.at, passed: null, acknowledged: null },
    }
  }
  if (alarm === null) return null
  switch (fact.type) {
    case 'custody.door-passed':
      return { ...alarm, passed: { outcome: fact.body.outcome, sure: fact.body.sure, at: fact.at } }
    case 'custody.door-acknowledged':
      return { ...alarm, acknowledged: { by: fact.actor, at: fact.at, reason: fact.body.reason } }
    default:
      return alarm
  }
}

/** Whether an item may be seen at a door without a word: it is handed out, or was never taken in. */
function isAccountedFor({ custodyStatus }: Pick<Item, 'custodyStatus'>): boolean {
  return custodyStatus !== 'IN_STORE'
}

/** What a door looks at when it sees a tag: the item, whether an alarm about it waits for somebody, and whether the door is a store's. */
export interface DoorState {
  readonly item: Item | null
  readonly waits: boolean
  readonly isOfStore: boolean
}

/** Alarms once for an item until somebody has acknowledged it; whatever is accounted for goes through. Only the program raises one. */
export function raiseAlarm(
  { item, waits, isOfStore }: DoorState,
  command: DoorAlarm,
  { station, mint }: Circumstances,
): Decision {
  mustBeAt(station, command.place)
  if (item === null || waits || isAccountedFor(item)) return { facts: [] }
  const { place, epc, side } = command
  // Only a store has keepers who go and look, and a book to write it in.
  const store = isOfStore ? place : storeOf(item)
  const id = mint.id()
  return {
    facts: [
      draft(storeRegister(store), 'custody.door-alarmed', `alarm/${id}`, {
        ...{ store, item: item.code, case: item.case, epc, side },
      }),
      draft(presentRegister(item), 'custody.seen-at-door', `item/${item.code}`, { alarm: id, store }),
    ],
    result: { alarm: id },
  }
}

/** What became of it; said once, and of an alarm that was acknowledged meanwhile too. */
export function settlePassing(alarm: Alarm | null, { outcome, sure }: DoorPass): Decision {
  if (alarm === null || alarm.passed !== null) return { facts: [] }
  return { facts: [draft(storeRegister(alarm.store), 'custody.door-passed', `alarm/${alarm.id}`, { outcome, sure })] }
}

/** An alarm, and the department that keeps its store; null where no store is known by that name. */
export interface AlarmState {
  readonly alarm: Alarm
  readonly keeping: string | null
}

/** A custodian of the store, the head of the department that keeps it, or a supervisor. */
export function mayAcknowledge({ alarm, keeping }: AlarmState, actor: Actor): boolean {
  return answersForStore(actor, alarm.store, keeping) || holdsSomewhere(actor, 'supervisor')
}

/**
 * A custodian of the store, the head of the department that keeps it, or a supervisor has looked, and says why.
 * @throws Refusal `custody.unknown-alarm`, also where it is of a store that he does not answer for, `custody.alarm-acknowledged`,
 * `custody.wrong-station`
 */
export function acknowledgeAlarm(
  found: AlarmState | null,
  command: AcknowledgeAlarm,
  { actor, station, mint }: Circumstances,
): Decision {
  if (found === null || !mayAcknowledge(found, actor))
    throw new Refusal('custody.unknown-alarm', { alarm: command.alarm })
  const { alarm } = found
  mustBeAt(station, alarm.store)
  if (alarm.acknowledged !== null)
    throw new Refusal('custody.alarm-acknowledged', { alarm: alarm.id, person: alarm.acknowledged.by })
  const reason = mint.seal(command.reason)
  return { facts: [draft(storeRegister(alarm.store), 'custody.door-acknowledged', `alarm/${alarm.id}`, { reason })] }
}
