import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import { type CustodyFact, draft } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { caseOf, itemOf, presentRegister, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { StateRelevance } from './schemas.ts'

/**
 * 说明与案件的关联 (rules C-01, X-09): an officer of the case says which facts things prove, wherever they are by then; what was said before
 * stays in the register. It is printed on the papers by which they leave.
 * @throws Refusal `custody.not-case-officer`, `custody.case-closed`, `custody.replaced`, `custody.cannot-draw`
 */
export function stateRelevance(
  scene: Scene,
  { items, relevance }: StateRelevance,
  { actor, mint }: Circumstances,
): Decision {
  mustSuitPaper(relevance)
  const sealed = mint.seal(relevance)
  const facts = linesOf(items).map((line) => {
    const item = itemOf(scene, line.item)
    mustHandle(actor, caseOf(scene, item.case))
    if (item.succeeded !== undefined) throw new Refusal('custody.replaced', { item: item.code })
    return draft(presentRegister(item), 'custody.relevance-stated', `item/${item.code}`, { relevance: sealed })
  })
  return { facts }
}

/** @throws Refusal `custody.cannot-draw` */
export function mustSuitPaper(relevance: string | undefined): void {
  mustFitPaper({ 与案件的关联: { en: 'Relevance', text: relevance } })
}

/** Only what proves something may be taken: whether nobody has said yet what it is. What somebody only had on him proves nothing, nor does the money of a sale: it stands for what was sold. */
export function wantsRelevance(item: Pick<Item, 'category' | 'relevance' | 'dispositionStatus' | 'proceeds'>): boolean {
  const { category, relevance, dispositionStatus, proceeds } = item
  const isProof = categories[category].book === 'evidence' && proceeds === undefined
  return isProof && relevance === undefined && dispositionStatus === 'NONE'
}

/** The item with what it proves. */
export function evolveRelevance(item: Item, fact: Extract<CustodyFact, { type: 'custody.relevance-stated' }>): Item {
  return { ...item, relevance: fact.body.relevance }
}
