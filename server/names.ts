import { numbersNow } from './custody/renumbering/numbers.ts'
import { readPersonal } from './ledger/personal.ts'
import type { Json, Reader } from './module.ts'
import './org/tables.ts'

/** `person/<id>`, `unit/<id>`, `store/<id>` or `case/<number>`, and how it is called. */
export interface Named {
  readonly who: string
  readonly name: string
}

/** Who has what left custody for good; no register names him. */
const OUTSIDE_NAME = '已移出保管 (out of custody)'
/** Where an item is that became others, or part of another. */
const REGROUPED_NAME = '已成为新物品 (became other items)'
/** Where an item is that comes back; the item itself says which appraiser. */
const APPRAISER_NAME = '鉴定机构 (the appraiser)'

/** Names to show for `person/`, `unit/` and `store/`, and the numbers by which cases go; whoever is unknown keeps the id. */
export async function namesOf(db: Reader, whos: readonly string[]): Promise<(who: string) => Named> {
  const idsOf = (kind: string): string[] => [
    ...new Set(whos.filter((who) => who.startsWith(`${kind}/`)).map((who) => who.slice(kind.length + 1))),
  ]
  const names = new Map<string, string>()
  const [people, units, stores] = [idsOf('person'), idsOf('unit'), idsOf('store')]
  if (units.length > 0) {
    for (const { id, name } of await db.selectFrom('units').select(['id', 'name']).where('id', 'in', units).execute())
      names.set(`unit/${id}`, name)
  }
  if (stores.length > 0) {
    for (const { id, name } of await db.selectFrom('stores').select(['id', 'name']).where('id', 'in', stores).execute())
      names.set(`store/${id}`, name)
  }
  if (people.length > 0) {
    const found = await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', people).execute()
    const contents = await readPersonal(
      db,
      found.map((one) => one.name_ref),
    )
    for (const { id, name_ref } of found) names.set(`person/${id}`, calledBy(contents.get(name_ref)))
  }
  const cases = idsOf('case')
  const numbers = await numbersNow(db, cases)
  for (const number of cases) names.set(`case/${number}`, numbers.of(number))
  return (who) => ({
    who,
    name: outsideName(who) ?? names.get(who) ?? who.slice(who.indexOf('/') + 1),
  })
}

function outsideName(who: string): string | null {
  if (who === 'outside/regrouped') return REGROUPED_NAME
  if (who === 'outside/appraisal') return APPRAISER_NAME
  return who.startsWith('outside/') ? OUTSIDE_NAME : null
}

/** What stands in the place of a name that was lawfully erased; readers of either language meet it in lists and papers. */
export const ERASED_NAME = '已依法删除 (erased)'

/** A person's name as it was unsealed; every person has one as long as it is not erased. */
export function calledBy(content: Json | undefined): string {
  return textOf(content) ?? ERASED_NAME
}

/** Unsealed content, when it is there and is text. */
export function textOf(content: Json | undefined): string | null {
  return typeof content === 'string' ? content : null
}
