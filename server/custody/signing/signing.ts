import type { Circumstances, Decision, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { ListSigner, PaperSigner, SignedOn, SignedPaper, SignsAs } from './facts.ts'
import type { Sign } from './schemas.ts'
import type { Sides, SidesOf } from './sides.ts'
import { mustBeSignature } from './strokes.ts'

/** A signature over the list that an item stands on, or over the paper by which it passed on. */
export type ItemSignature = {
  readonly as: SignsAs
  readonly person: string | null
  readonly on: SignedOn
  readonly strokes: Sealed
  /** Absent on the list of what was taken. */
  readonly paper?: SignedPaper
  readonly by: string
  readonly at: string
}

/** What signing looks at besides: who has a place on the paper, by item; nobody where the list of what was taken is signed. */
export interface SigningScene extends Scene {
  readonly sides: SidesOf
  /** What tells the holders of these things apart, by code: each has a list of his own of what one notice took. */
  readonly owners: ReadonlyMap<string, string>
}

const PRESENT = {
  holder: { zh: '持有人', en: 'holder' },
  witness: { zh: '见证人', en: 'witness' },
} as const

/**
 * 签名: on the list of what was taken (rules C-04), or on the paper by which it passed on (rules X-04, forms F-04, F-05, F-12). What was drawn
 * is personal content, kept once and committed to in the life of every item that was signed for; no signature is drawn over.
 * @throws Refusal `custody.signature-empty`, `custody.signature-too-big`, `custody.already-signed`, and as `mustSignList`, `mustSignPaper`
 */
export function sign(scene: SigningScene, command: Sign, circumstances: Circumstances): Decision {
  const { as, on, strokes } = command
  const items = [...new Set(command.items)].map((code) => itemOf(scene, code))
  const paper = command.paper === undefined ? null : { code: command.paper, act: command.act ?? null }
  const person =
    paper === null
      ? mustSignList(scene, items, as, circumstances)
      : mustSignPaper(scene.sides, items, { as, paper }, circumstances)
  for (const item of items) {
    const earlier = signatureFor(item, as, person, paper)
    if (earlier !== undefined) throw new Refusal('custody.already-signed', { item: item.code, at: earlier.at })
  }
  mustBeSignature(strokes)
  const body = { as, person, on, strokes: circumstances.mint.seal({ strokes }), ...(paper === null ? {} : { paper }) }
  return {
    facts: items.map(({ code, unit }) => draft(unitRegister(unit), 'custody.hand-signed', `item/${code}`, body)),
  }
}

/**
 * Holder, witness and officers sign the list of what one notice took, before an officer of the case. Who is on record as refusing or absent
 * signs nothing.
 * @returns who of the organisation signs; null for holder and witness
 * @throws Refusal `custody.not-case-officer`, `custody.one-list`, `custody.not-on-paper`, `custody.did-not-sign`, `custody.not-of-measure`,
 * `custody.identity-signs`
 */
function mustSignList(
  scene: SigningScene,
  items: readonly Item[],
  as: SignsAs,
  { actor }: Circumstances,
): string | null {
  for (const item of items) mustHandle(actor, caseOf(scene, item.case))
  mustBeOneList(items, scene.owners)
  for (const item of items) {
    if (as !== 'holder' && as !== 'witness' && as !== 'officer')
      throw new Refusal('custody.not-on-paper', { item: item.code })
    mustSign(item, as, actor.person)
  }
  return as === 'officer' ? actor.person : null
}

/**
 * Both sides sign what passed between them, each for himself: who is signed in, or who confirms beside him with badge and PIN. Who receives a
 * thing for good is none of the staff and signs before one of those who handed it out.
 * @returns who of the organisation signs; null for the receiver
 * @throws Refusal `custody.not-of-hand-over`, `custody.not-on-paper`
 */
function mustSignPaper(
  sides: SidesOf,
  items: readonly Item[],
  { as, paper }: { readonly as: SignsAs; readonly paper: SignedPaper },
  { actor, with: others }: Circumstances,
): string | null {
  const all = items.map(({ code }) => {
    const side = sides.get(code)
    if (side === undefined || (as !== 'giver' && as !== 'taker' && as !== 'receiver'))
      throw new Refusal('custody.not-on-paper', { item: code, paper: paper.code })
    if (!tookPart(side, actor.person)) throw new Refusal('custody.not-of-hand-over')
    return { code, has: (person: string): boolean => isOn(side, as, person), receiver: side.receiver }
  })
  // Whoever confirms with his badge is who draws: where he has no place here, it is nobody else's signature either.
  const drawer = others.find((one) => all.every(({ has }) => has(one))) ?? others[0] ?? actor.person
  const person = as === 'receiver' ? null : drawer
  for (const { code, has, receiver } of all)
    if (person === null ? !receiver : !has(person))
      throw new Refusal('custody.not-on-paper', { item: code, paper: paper.code })
  return person
}

/** Whether somebody of the staff handed the thing over or took it over: he may sign, and take down what the others sign. */
export function tookPart({ giver, taker }: Sides, person: string): boolean {
  return giver.includes(person) || taker.includes(person)
}

function isOn(side: Sides, as: PaperSigner, person: string): boolean {
  return as !== 'receiver' && side[as].includes(person)
}

/** What was signed for an item in this place, on the list of what was taken or on this paper. */
export function signatureFor(
  { signatures = [] }: Pick<Item, 'signatures'>,
  as: SignsAs,
  person: string | null,
  paper: SignedPaper | null,
): ItemSignature | undefined {
  return signatures.find(
    (one) =>
      one.as === as &&
      one.person === person &&
      one.paper?.code === paper?.code &&
      (one.paper?.act ?? null) === (paper?.act ?? null),
  )
}

/** The same notice in the same case and book: what the form F-02 lists. */
export function isOneList(one: Item, other: Item): boolean {
  return (
    one.case === other.case &&
    one.measure.noticeNumber === other.measure.noticeNumber &&
    categories[one.category].book === categories[other.category].book
  )
}

function mustBeOneList([first, ...rest]: readonly Item[], owners: SigningScene['owners']): void {
  if (first === undefined) return
  const stranger = rest.find((item) => !isOneList(first, item) || owners.get(item.code) !== owners.get(first.code))
  if (stranger !== undefined) throw new Refusal('custody.one-list', { item: stranger.code })
}

function mustSign(item: Item, as: ListSigner, actor: string): void {
  if (as === 'officer') {
    if (!item.measure.officers.includes(actor)) throw new Refusal('custody.not-of-measure')
    return
  }
  if (item[as].identity !== undefined) throw new Refusal('custody.identity-signs')
  if (item[as].attendance === 'SIGNED') return
  const { zh: what, en: whatEn } = PRESENT[as]
  throw new Refusal('custody.did-not-sign', { item: item.code, what, whatEn })
}

/** Who still may sign the list that the item stands on, the actor among its officers. */
export function awaitedOf(item: Item, actor: string): ListSigner[] {
  const has = (as: ListSigner, person: string | null): boolean => signatureFor(item, as, person, null) !== undefined
  return [
    ...(['holder', 'witness'] as const).filter(
      (as) => item[as].attendance === 'SIGNED' && item[as].identity === undefined && !has(as, null),
    ),
    ...(item.measure.officers.includes(actor) && !has('officer', actor) ? (['officer'] as const) : []),
  ]
}

/** The item with one more signature; where it is and who holds it stay as they are. */
export function evolveSigning(item: Item, fact: Extract<CustodyFact, { type: 'custody.hand-signed' }>): Item {
  const { as, person, on, strokes, paper } = fact.body
  const signed = { as, person, on, strokes, ...(paper === undefined ? {} : { paper }), by: fact.actor, at: fact.at }
  return { ...item, signatures: [...(item.signatures ?? []), signed] }
}
