import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { storageNames } from '../keeping/storage-classes.ts'
import { draft } from '../custody.ts'
import { mustBeDrawable } from '../papers/drawable.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { localDay } from '../papers/paper-words.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, mustBeReachable, presentRegister, type Scene, storeOf } from '../scene.ts'
import type { SealItems, Unseal } from '../keeping/schemas.ts'
import { FreshSeals } from './seals.ts'
import { handles, holdsPost, mustBeApart, mustHandle, mustKeep } from '../separation.ts'

/**
 * 启封: two officers of the case open a seal, for a reason. A bag is opened as a whole: whatever lies under the same seal is named with it
 * (rules C-30, form F-17).
 */
export function unsealItems(scene: Scene, command: Unseal, circumstances: Circumstances): Decision {
  const items = linesOf(command.items).map((line) => itemOf(scene, line.item))
  const named = new Set(items.map(({ code }) => code))
  const reason = circumstances.mint.seal(command.reason)
  const facts = items.map((item) => {
    mustBeAble(item, 'unseal', circumstances)
    mustBeReachable(scene, item)
    const of = mustHaveAtHand(scene, item, circumstances)
    const number = item.seal?.number ?? ''
    const left = (scene.bags.get(number) ?? []).filter((code) => !named.has(code))
    if (left.length > 0) throw new Refusal('custody.seal-shared', { number, items: left.join('、') })
    const signers = sealersOf(scene, of, circumstances)
    mustBeSealers(signers)
    return draft(presentRegister(item), 'custody.unsealed', `item/${item.code}`, { number, signers, reason })
  })
  return { facts }
}

/**
 * 密封、重封: two officers of the case close items with a seal that was never used; several items in one bag take the same number in one
 * act (rules C-14, C-30, form F-17).
 */
export function sealItems(scene: Scene, command: SealItems, circumstances: Circumstances): Decision {
  const seals = new FreshSeals(scene.seals)
  const facts = linesOf<{ number?: string }>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, item.sealStatus === 'UNSEALED' ? 'seal' : 'reseal', circumstances)
    mustBeReachable(scene, item)
    const of = mustHaveAtHand(scene, item, circumstances)
    const number = line.number ?? command.number
    if (number === undefined) throw new Refusal('custody.seal-number-missing', { item: item.code })
    const signers = sealersOf(scene, of, circumstances)
    seals.take({ number, signers, sealedAt: circumstances.at }, { item: item.code })
    mustFitCard(item, number)
    mustBeSealers(signers)
    const earlier = item.seal?.number ?? null
    return draft(presentRegister(item), 'custody.sealed', `item/${item.code}`, { number, signers, earlier })
  })
  return { facts }
}

/** The numbers that an act gives, for loading. */
export function sealNumbersOf({ items, number }: SealItems): string[] {
  const own = items.flatMap((line) => (typeof line === 'string' || line.number === undefined ? [] : [line.number]))
  return number === undefined ? own : [...own, number]
}

/** Who has the item before him: its custodian while the store keeps or lent it, else an officer of the case. */
function mustHaveAtHand(scene: Scene, item: Item, circumstances: Circumstances): Case {
  const of = caseOf(scene, item.case)
  const { actor } = circumstances
  const isKeeper = item.store !== null && holdsPost(actor, 'custodian', item.store)
  if (item.custodyStatus === 'IN_STORE' || (isKeeper && item.custodyStatus === 'BORROWED')) {
    mustKeep(circumstances, storeOf(item))
    mustBeApart(actor, of)
  } else mustHandle(actor, of)
  return of
}

/** The officers of the case among who acts and who signs beside him, in the order of their ids. */
export function sealersOf(
  { signers }: Pick<Scene, 'signers'>,
  of: Case,
  { actor }: Pick<Circumstances, 'actor'>,
): string[] {
  const sealers = [actor, ...signers.values()].filter((one) => handles(one, of)).map(({ person }) => person)
  return [...new Set(sealers)].sort()
}

/** @throws Refusal `custody.seal-signers` */
function mustBeSealers(signers: readonly string[]): void {
  const needed = rules.seal_signers.value
  if (signers.length < needed) throw new Refusal('custody.seal-signers', { signers: needed })
}

/** The number is printed on the item's next card. */
function mustFitCard(item: Item, sealNumber: string): void {
  const { name, storage } = categories[item.category]
  mustBeDrawable(
    {
      ...{ code: item.code, ordinal: item.ordinal, caseNumber: item.case, name: item.name },
      ...{ quantity: item.quantity, unit: item.quantityUnit, category: name.zh },
      ...{ storageClass: storageNames[storage[0] ?? 'ordinary'], sealNumber },
      ...{ day: localDay(item.measure.takenAt), features: '' },
    },
    { item: item.code },
  )
}
