import { makeCode } from '../../../labels/item-code.ts'
import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { mustBeCounted } from '../cash/cash.ts'
import { categories } from '../categories.ts'
import { draft, storeRegister, unitRegister } from '../custody.ts'
import { mustGoToStore } from '../deposit/deposit.ts'
import type { IntakeFacts } from './facts.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { Placing } from '../keeping/locations.ts'
import { yearOf } from './registering.ts'
import { rules } from '../rules.ts'
import { caseOf, casesAmong, itemOf, mustBeAble, mustShare, type Scene, storeOf } from '../scene.ts'
import type { CheckIn, HandOver, RefuseItem } from '../schemas.ts'
import { mustBeClosed } from '../seals/seals.ts'
import { mustBeApart, mustBeEnough, mustBeSignedOver, mustDiffer, mustHandle, mustKeep } from '../separation.ts'
import { mustBeFilmed } from '../videos/filming.ts'
import { tareOf } from '../weighing/tare.ts'
import { gramsOf, NOT_WEIGHED, type Weighed, weighedBefore, weighedNow } from '../weighing/weights.ts'

/** What a new list needs besides the scene: its number, given out under the lock of the unit's register. */
export interface Numbering {
  readonly unitNumber: string
  readonly nextSerial: number
}

/** 提交移交: puts items of one department on a list to one store; answers with the list's code. */
export function handOver(
  scene: Scene & { readonly numbering: Numbering },
  command: HandOver,
  circumstances: Circumstances,
): Decision {
  const { actor, at } = circumstances
  const { store } = command
  if (!scene.stores.has(store)) throw new Refusal('custody.unknown-store', { store })
  const items = linesOf(command.items).map((line) => itemOf(scene, line.item))
  for (const item of items) {
    mustHandle(actor, caseOf(scene, item.case))
    mustBeAble(item, 'submit', circumstances)
    mustBeClosed(item)
    const needed = rules.photos_per_item.value
    mustBeCounted(item)
    if (item.photos.length < needed) throw new Refusal('custody.photo-missing', { item: item.code, needed })
  }
  if (new Set(items.map(({ category }) => categories[category].book)).size > 1)
    throw new Refusal('custody.effects-apart')
  mustBeFilmed(items)
  const { unit } = mustShare(items)
  const { unitNumber, nextSerial } = scene.numbering
  const year = yearOf(at)
  const list = makeCode({ kind: 'document', unit: unitNumber, year, serial: nextSerial })
  const codes = items.map((item) => item.code)
  return {
    facts: [
      draft(unitRegister(unit), 'custody.list-submitted', `list/${list}`, {
        unit,
        cases: casesAmong(items),
        store,
        items: codes,
        year,
        serial: nextSerial,
      }),
      ...codes.map((code) => draft(unitRegister(unit), 'custody.handover-submitted', `item/${code}`, { list, store })),
    ],
    result: { list },
  }
}

/**
 * 入库: line by line against the list, all or none, signed by who hands it over as well. What does not agree is sent back or opens an
 * incident instead.
 */
export function checkIn(scene: Scene, command: CheckIn, circumstances: Circumstances): Decision {
  const facts: FactDraft[] = []
  const placings = new Map<string, Placing>()
  const lines = linesOf<Exclude<CheckIn['items'][number], string>>(command.items)
  const items = lines.map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'check-in', circumstances)
    const store = mustTake(scene, item, circumstances)
    mustGoToStore(item)
    mustBeClosed(item)
    mustBeEnough(scene, circumstances, item, caseOf(scene, item.case))
    mustBeCounted(item)
    const weighed = comparedWeight(item, weighedNow(scene.frames, item, line, circumstances))
    const tare = tareOf(item, weighed, line)
    mustShowSeal(item, line.sealNumber)
    if (line.photoMatches === false) throw new Refusal('custody.photo-differs', { item: item.code })
    const placing = placings.get(store) ?? new Placing(scene, store)
    placings.set(store, placing)
    const place = placing.put(item, line.location ?? command.location)
    const list = listOf(item)
    const giver = facts.length
    facts.push(
      draft(unitRegister(item.unit), 'custody.released-to-store', `item/${item.code}`, {
        list,
        store,
        submittedBy: item.submittedBy ?? '',
      }),
      draft(
        storeRegister(store),
        'custody.checked-in',
        `item/${item.code}`,
        {
          list,
          store,
          ...place,
          ...weighed,
          sealNumber: line.sealNumber ?? null,
          photoCompared: line.photoMatches === true,
          ...(tare === null ? {} : { tare }),
          ...weighedBefore(scene.frames, item, line, circumstances),
        },
        giver,
      ),
    )
    return item
  })
  mustBeFilmed(items)
  for (const item of items) mustBeSignedOver(scene, item)
  return { facts: [...facts, ...listsChecked(items, 'checkedIn')], result: { items: items.map((item) => item.code) } }
}

/**
 * 退回补正: single items are not taken, each with its reason and what was weighed and read of its seal; they stay with the case
 * department, and the weight that was registered stands.
 */
export function refuseItems(scene: Scene, command: RefuseItem, circumstances: Circumstances): Decision {
  const reasons = linesOf<Exclude<RefuseItem['items'][number], string>>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'send-back', circumstances)
    const store = mustTake(scene, item, circumstances)
    const reason = line.reason ?? command.reason
    if (reason === undefined) throw new Refusal('custody.reason-needed', { item: item.code })
    return { item, store, reason, found: foundOf(scene, item, line, circumstances) }
  })
  const facts = reasons.map(({ item, store, reason, found }) =>
    draft(storeRegister(store), 'custody.handover-refused', `item/${item.code}`, {
      list: listOf(item),
      reason: circumstances.mint.seal(reason),
      ...found,
    }),
  )
  const items = reasons.map(({ item }) => item)
  return { facts: [...facts, ...listsChecked(items, 'refused')] }
}

/** What was found of a thing that is not taken: gone with the reason, a short weight or another seal would be told by nobody's record. */
function foundOf(
  scene: Scene,
  item: Item,
  line: Exclude<RefuseItem['items'][number], string>,
  circumstances: Circumstances,
): Pick<IntakeFacts['custody.handover-refused'], 'weight_mg' | 'weighing' | 'sealNumber' | 'weighedBefore'> {
  const isWeighed = line.weight_mg !== undefined || line.reading !== undefined
  const { weight_mg, weighing } = isWeighed ? weighedNow(scene.frames, item, line, circumstances) : NOT_WEIGHED
  return {
    ...(weight_mg === null || weighing === null ? {} : { weight_mg, weighing }),
    ...(line.sealNumber === undefined ? {} : { sealNumber: line.sealNumber }),
    ...weighedBefore(scene.frames, item, line, circumstances),
  }
}

/** Who takes in: a custodian of the store, apart from the case, and not who submitted the list. */
function mustTake(scene: Scene, item: Item, circumstances: Circumstances): string {
  const store = storeOf(item)
  mustKeep(circumstances, store)
  mustDiffer(circumstances.actor.person, { giver: item.submittedBy })
  mustBeApart(circumstances.actor, caseOf(scene, item.case))
  return store
}

/** @throws Refusal `custody.weight-differs` beyond the tolerance of its class */
export function comparedWeight(item: Item, weighed: Weighed): Weighed {
  const { weight_mg } = weighed
  const expected = item.weights.at(-1)?.weight_mg
  const { tolerance_mg } = categories[item.category].weighed
  if (weight_mg !== null && expected !== undefined && Math.abs(weight_mg - expected) > tolerance_mg)
    throw new Refusal('custody.weight-differs', {
      item: item.code,
      expected: gramsOf(expected),
      found: gramsOf(weight_mg),
      tolerance: gramsOf(tolerance_mg),
    })
  return weighed
}

function mustShowSeal(item: Item, sealNumber: string | undefined): void {
  if (item.seal === null && sealNumber === undefined) return
  if (sealNumber === undefined) throw new Refusal('custody.seal-not-checked', { item: item.code })
  if (item.seal?.number !== sealNumber) throw new Refusal('custody.seal-differs', { item: item.code })
}

function listOf(item: Item): string {
  if (item.list === null) throw new Error(`${item.code} is pending without a list`)
  return item.list
}

/** One fact for each list that the act touched, in the book of the department that wrote the list. */
export function listsChecked(items: readonly Item[], outcome: 'checkedIn' | 'refused' | 'deposited'): FactDraft[] {
  const byList = Map.groupBy(items, listOf)
  return [...byList].flatMap(([list, its]) => {
    const codes = its.map((item) => item.code)
    const body = {
      checkedIn: outcome === 'checkedIn' ? codes : [],
      refused: outcome === 'refused' ? codes : [],
      ...(outcome === 'deposited' ? { deposited: codes } : {}),
    }
    const unit = its[0]?.unit
    return unit === undefined ? [] : [draft(unitRegister(unit), 'custody.list-checked', `list/${list}`, body)]
  })
}
