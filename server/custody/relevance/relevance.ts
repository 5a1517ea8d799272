import type { Circumstances, Decision } from '../../module.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'
import { categories, type Category } from '../categories.ts'
import { type CustodyFact, draft, type Measure } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { caseOf, itemOf, presentRegister, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { NewItem } from '../schemas.ts'
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

/**
 * Only what has to do with the case may be taken (rules C-01), so nothing is registered under a measure before somebody says what that is: on
 * every track (监察法 28(1), 监督执纪工作规则 47, 行政强制法 23(1)), and where tax is secured, the sum that it secures (税收征管法 38). Not asked of:
 * - what was handed in: nobody has taken it yet. It is said before it is held under a measure (`mustBeSaid`);
 * - what somebody only had on him (随身物品): it proves nothing, stands in a book of its own and goes back (rules C-37).
 * The money of a sale is never registered: it stands for what was sold, whose relevance was said.
 * @throws Refusal `custody.relevance-missing`
 */
export function mustHaveRelevance(
  { category }: Pick<NewItem, 'category'>,
  { kind }: Pick<Measure, 'kind'>,
  relevance: string | undefined,
  place: RefusalValues,
): void {
  const isTaken = kind !== 'VOLUNTARY_RECEIVED' && isEvidence(category)
  if (isTaken && (relevance ?? '').trim() === '') throw new Refusal('custody.relevance-missing', place)
}

/** What was handed in is held under a measure once somebody said what it proves. @throws Refusal `custody.relevance-unsaid` */
export function mustBeSaid(item: Item): void {
  if (isEvidence(item.category) && item.relevance === undefined)
    throw new Refusal('custody.relevance-unsaid', { item: item.code })
}

/** Whether it still is to be said what it proves: of what was handed in, or came into the registers before that was asked for. */
export function wantsRelevance(item: Pick<Item, 'category' | 'relevance' | 'dispositionStatus' | 'proceeds'>): boolean {
  const { category, relevance, dispositionStatus, proceeds } = item
  return isEvidence(category) && proceeds === undefined && relevance === undefined && dispositionStatus === 'NONE'
}

function isEvidence(category: Category): boolean {
  return categories[category].book === 'evidence'
}

/** The item with what it proves. */
export function evolveRelevance(item: Item, fact: Extract<CustodyFact, { type: 'custody.relevance-stated' }>): Item {
  return { ...item, relevance: fact.body.relevance }
}
