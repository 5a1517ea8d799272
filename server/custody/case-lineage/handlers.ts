import { deed, type Deed, type DeedData } from '../../approvals/approvals.ts'
import type { Trx } from '../../database/connect.ts'
import type { Circumstances } from '../../module.ts'
import type { Item } from '../items/item.ts'
import { items } from '../projections.ts'
import { openInboundsOf } from '../inbound/reads.ts'
import { loadRegister } from '../intake/store.ts'
import { booksOfCase } from '../disposal/handlers.ts'
import { loadCaseScene } from '../disposal/store.ts'
import { noNames } from '../in-clear/in-clear.ts'
import { loadCaseNames } from '../in-clear/store.ts'
import { loadKnown } from '../store.ts'
import '../tables.ts'
import { taxPartsIn } from '../tax-roles/store.ts'
import { salesOf } from '../worth/store.ts'
import { askPassing, type PassingScene, passItems } from './passing.ts'
import { type MergeCasesDeed, mergeCasesDeed, type SplitCaseDeed, splitCaseDeed } from './schemas.ts'

/** Both cases locked, the one that gives with everything in it. */
async function loadPassing(
  trx: Trx,
  { case: number, into }: { readonly case: string; readonly into: string },
  circumstances: Circumstances,
): Promise<PassingScene> {
  const scene = await loadCaseScene(trx, [number, into], circumstances)
  const found = await trx.selectFrom('items').select('id').where('case_number', '=', number).execute()
  const its = await loadKnown<Item>(
    trx,
    items,
    found.map(({ id }) => id),
    true,
  )
  const of = scene.cases.get(number)
  const { nextOrdinal } = await loadRegister(trx, { case: into, items: [] }, circumstances)
  return {
    ...scene,
    items: [...its.values()].toSorted((one, other) => one.ordinal - other.ordinal),
    nextOrdinal,
    names: of === undefined ? noNames : await loadCaseNames(trx, of),
    inbounds: await openInboundsOf(trx, number),
    sales: await salesOf(trx, scene.cases.values()),
    roles: await taxPartsIn(trx, scene.cases.values()),
  }
}

/** What approvers grant about cases that become one, or several. */
export const caseLineageDeeds: readonly Deed[] = [
  deed<MergeCasesDeed & DeedData, PassingScene>({
    command: 'merge-cases',
    title: { zh: '并案待您审批', en: 'A merger of cases waits for your decision' },
    about: (asked) => [asked.case, asked.into],
    schema: mergeCasesDeed,
    registers: (trx, asked) => booksOfCase(trx, asked.case),
    load: loadPassing,
    ask: askPassing,
    grant: passItems,
  }),
  deed<SplitCaseDeed & DeedData, PassingScene>({
    command: 'split-case',
    title: { zh: '分案待您审批', en: 'A split of a case waits for your decision' },
    about: (asked) => [asked.case, asked.into],
    schema: splitCaseDeed,
    registers: (trx, asked) => booksOfCase(trx, asked.case),
    load: loadPassing,
    ask: askPassing,
    grant: passItems,
  }),
]
