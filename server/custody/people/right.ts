import { sql } from 'kysely'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Handler, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { cases, items } from '../projections.ts'
import { caseOf, itemOf } from '../scene.ts'
import { handles, mayExecute, mustBeApart, mustHandle, mustKeep } from '../separation.ts'
import { holdsRolesApart } from '../tax-roles/roles.ts'
import { sightOf } from '../sight/sight.ts'

/**
 * The actor's own right to an act of the store, or of the department over what no store keeps, asked before anybody's PIN is looked at: who may not act himself learns nothing of another's
 * secret and spends none of his tries. Read without locks: the act asks everything again.
 * @throws Refusal `access.no-post`, `custody.unknown-item`, `custody.not-your-store`, `custody.officer-keeps`, `custody.same-department`,
 * `custody.not-case-officer`
 */
export async function mustHaveRight(
  db: Reader,
  actor: Actor,
  posts: Handler['posts'],
  codes: readonly string[],
  at: string,
): Promise<void> {
  if (!actor.appointments.some(({ post }) => posts.includes(post)))
    throw new Refusal('access.no-post', { posts: posts.join(', ') })
  const sight = await sightOf(db, actor, at)
  const found = { sight, items: (await loadStates(db, items, codes)) as ReadonlyMap<string, Item> }
  const wanted = codes.map((code) => itemOf(found, code))
  const numbers = [...new Set(wanted.map((item) => item.case))]
  const of = { cases: (await loadStates(db, cases, numbers)) as ReadonlyMap<string, Case> }
  for (const item of wanted) {
    const its = caseOf(of, item.case)
    if (posts.includes('officer') && handles(actor, its)) continue
    if (item.store === null) {
      if (!executes(actor, item, its)) mustHandle(actor, its)
      continue
    }
    mustKeep({ actor, station: null }, item.store)
    mustBeApart(actor, its)
  }
}

/** Whether somebody may come to carry out what no store keeps of a tax case: the act itself asks by which role he does (rules T-17). */
function executes(actor: Actor, { dispositionStatus, disposed }: Item, of: Case): boolean {
  const isDue = dispositionStatus === 'APPROVED' || disposed?.listOnly === true
  return isDue && holdsRolesApart(of.track) && mayExecute(actor, of)
}

/** Whether this cause has its answer already: then it is given again, and what has changed since is no matter. */
export async function isAnswered(db: Reader, person: string, cause: string): Promise<boolean> {
  const found = await sql`select key from causes where actor = ${person} and key = ${cause}`.execute(db)
  return found.rows.length > 0
}
