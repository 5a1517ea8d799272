import type { Circumstances, Decision, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { SignedOn, SignsAs } from './facts.ts'
import type { Sign } from './schemas.ts'
import { mustBeSignature } from './strokes.ts'

/** A signature over the list that an item stands on. */
export type ItemSignature = {
  readonly as: SignsAs
  readonly person: string | null
  readonly on: SignedOn
  readonly strokes: Sealed
  readonly by: string
  readonly at: string
}

const PRESENT = {
  holder: { zh: '持有人', en: 'holder' },
  witness: { zh: '见证人', en: 'witness' },
} as const

/**
 * 签名 (rules C-04): holder, witness and officers sign the list of what one notice took, before an officer of the case. What they drew is
 * personal content, kept once and committed to in the life of every item of the list. Who is on record as refusing or absent signs nothing.
 * @throws Refusal `custody.signature-empty`, `custody.signature-too-big`, `custody.one-list`, `custody.did-not-sign`, `custody.not-of-measure`,
 *   `custody.already-signed`
 */
export function signList(
  scene: Scene,
  { items: codes, as, on, strokes }: Sign,
  circumstances: Circumstances,
): Decision {
  const { actor, mint } = circumstances
  const items = [...new Set(codes)].map((code) => {
    const item = itemOf(scene, code)
    mustHandle(actor, caseOf(scene, item.case))
    return item
  })
  mustBeOneList(items)
  const person = as === 'officer' ? actor.person : null
  for (const item of items) {
    mustSign(item, as, actor.person)
    const earlier = (item.signatures ?? []).find((one) => one.as === as && one.person === person)
    if (earlier !== undefined) throw new Refusal('custody.already-signed', { item: item.code, at: earlier.at })
  }
  mustBeSignature(strokes)
  const sealed = mint.seal({ strokes })
  return {
    facts: items.map(({ code, unit }) =>
      draft(unitRegister(unit), 'custody.hand-signed', `item/${code}`, { as, person, on, strokes: sealed }),
    ),
  }
}

/** The same notice in the same case and book: what the form F-02 lists. */
export function isOneList(one: Item, other: Item): boolean {
  return (
    one.case === other.case &&
    one.measure.noticeNumber === other.measure.noticeNumber &&
    categories[one.category].book === categories[other.category].book
  )
}

function mustBeOneList([first, ...rest]: readonly Item[]): void {
  const stranger = rest.find((item) => first !== undefined && !isOneList(first, item))
  if (stranger !== undefined) throw new Refusal('custody.one-list', { item: stranger.code })
}

function mustSign(item: Item, as: SignsAs, actor: string): void {
  if (as === 'officer') {
    if (!item.measure.officers.includes(actor)) throw new Refusal('custody.not-of-measure')
    return
  }
  if (item[as].attendance === 'SIGNED') return
  const { zh: what, en: whatEn } = PRESENT[as]
  throw new Refusal('custody.did-not-sign', { item: item.code, what, whatEn })
}

/** Who still may sign the list that the item stands on, the actor among its officers. */
export function awaitedOf(item: Item, actor: string): SignsAs[] {
  const has = (as: SignsAs, person: string | null): boolean =>
    (item.signatures ?? []).some((one) => one.as === as && one.person === person)
  return [
    ...(['holder', 'witness'] as const).filter((as) => item[as].attendance === 'SIGNED' && !has(as, null)),
    ...(item.measure.officers.includes(actor) && !has('officer', actor) ? (['officer'] as const) : []),
  ]
}

/** The item with one more signature; where it is and who holds it stay as they are. */
export function evolveSigning(item: Item, fact: Extract<CustodyFact, { type: 'custody.hand-signed' }>): Item {
  const { as, person, on, strokes } = fact.body
  return {
    ...item,
    signatures: [...(item.signatures ?? []), { as, person, on, strokes, by: fact.actor, at: fact.at }],
  }
}
