import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { draft } from '../custody.ts'
import { isGuarded } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, presentRegister, type Scene } from '../scene.ts'
import { handles, holdsSomewhere, isRecused, keepsApart } from '../separation.ts'
import type { OpenAccountNumber } from './schemas.ts'

/** Whether an item has a number that is shown masked: a deposit, a security, a passbook or a card. */
export function hasAccountNumber({ category, details }: Pick<Item, 'category' | 'details'>): boolean {
  return details !== undefined && categories[category].asks.some(({ field }) => isGuarded(field))
}

/**
 * 专人负责 (税收征管法实施细则 87, rules T-14): who may read the whole number of an item in his sight. An officer of the case, a custodian of the
 * store that has the item, who keeps apart from the case, and supervision; nobody who is recused, and no head by his post alone.
 */
function isDedicated(actor: Actor, item: Item, of: Case): boolean {
  if (isRecused(actor.person, of)) return false
  return handles(actor, of) || keepsApart(actor, item, of) || holdsSomewhere(actor, 'supervisor')
}

/** Under what the read log has it that somebody read the whole number of an item, wherever it was shown to him. */
export function numberLogged({ code }: Pick<Item, 'code'>): string {
  return `item/${code}/account-number`
}

/** That somebody said why he reads the whole number of an item, as the register has it of him. */
export interface NumberOpened {
  readonly item: string
  readonly at: string
}

/**
 * Until when somebody reads the whole number of an item wherever it is shown, since he himself said why; null who is not dedicated to it, who said
 * nothing, and whose time is over. It is the one answer to whether any way gives a number whole or masked.
 */
export function readsWholeUntil(
  { item, of, actor }: { readonly item: Item; readonly of: Case; readonly actor: Actor },
  opened: readonly NumberOpened[],
  at: string,
): string | null {
  if (!mayOpenAccountNumber(item, of, actor)) return null
  const said = opened.filter((one) => one.item === item.code).map((one) => Date.parse(one.at))
  if (said.length === 0) return null
  const until = Math.max(...said) + rules.account_number_minutes.value * 60_000
  return Date.parse(at) < until ? new Date(until).toISOString() : null
}

/** Whether the page of an item offers to read its whole number. */
export function mayOpenAccountNumber(item: Item, of: Case, actor: Actor): boolean {
  return hasAccountNumber(item) && isDedicated(actor, item, of)
}

/**
 * To whoever is recused the item is one that does not exist.
 * @throws Refusal `custody.unknown-item`, `custody.account-number-none`, `custody.account-number-not-yours`
 */
export function mustOpenAccountNumber(actor: Actor, item: Item, of: Case): void {
  if (isRecused(actor.person, of)) throw new Refusal('custody.unknown-item', { item: item.code })
  if (!hasAccountNumber(item)) throw new Refusal('custody.account-number-none', { item: item.code })
  if (!isDedicated(actor, item, of)) throw new Refusal('custody.account-number-not-yours', { item: item.code })
}

/**
 * 查看完整账号: one person who is dedicated to it reads the number, in a closed case too. The register says who, when and why; it never says the number.
 * @throws Refusal as `mustOpenAccountNumber`
 */
export function openAccountNumber(
  scene: Scene,
  { items, reason }: OpenAccountNumber,
  { actor, mint }: Circumstances,
): Decision {
  const sealed = mint.seal(reason)
  const facts = linesOf(items).map((line) => {
    const item = itemOf(scene, line.item)
    mustOpenAccountNumber(actor, item, caseOf(scene, item.case))
    return draft(presentRegister(item), 'custody.account-number-opened', `item/${item.code}`, { reason: sealed })
  })
  return { facts }
}
