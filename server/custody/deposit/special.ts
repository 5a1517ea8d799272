import type { Reader } from '../../module.ts'
import { specialAccountsOf } from '../../org/special-accounts.ts'
import { Refusal } from '../../refusal.ts'
import type { Scene } from '../scene.ts'

/** What paying money in looks at: the special accounts of the organs that these items are held by. */
export interface WithAccounts {
  /** Empty as long as the organ has named none; then any is taken. */
  readonly accounts: ReadonlySet<string>
}

/** @param scene with the units above those of its items */
export async function accountsFor(
  db: Reader,
  { items, lineage }: Pick<Scene, 'items' | 'lineage'>,
): Promise<ReadonlySet<string>> {
  const units = [...items.values()].flatMap(({ unit }) => lineage.get(unit) ?? [unit])
  return specialAccountsOf(db, [...new Set(units)])
}

/**
 * Money goes into a special account of the organ and into no other, once it has named one (监察法 28(2); 行政强制法 49、60; rules C-09, X-14).
 * @throws Refusal `custody.account-unnamed`
 */
export function mustBeSpecial({ accounts }: WithAccounts, account: string): void {
  if (accounts.size === 0 || accounts.has(account)) return
  const named = [...accounts]
  throw new Refusal('custody.account-unnamed', { account, accounts: named.join('、'), accountsEn: named.join(', ') })
}
