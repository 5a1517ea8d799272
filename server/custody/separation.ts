import type { Actor, Circumstances } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'
import type { Case } from './cases/cases.ts'
import { mergedInto } from './case-lineage/lineage.ts'
import { categories } from './categories.ts'
import type { Item } from './items/item.ts'
import { rules } from './rules.ts'
import type { Scene } from './scene.ts'

/**
 * 扣管分离 and the other separations of duties, per case and for everybody: no post, an administrator's included, lifts them.
 */

/** Whether somebody holds a post at one place at the moment of the act. */
export function holdsPost(actor: Actor, post: Actor['appointments'][number]['post'], place: string): boolean {
  return actor.appointments.some((held) => held.post === post && held.place === place)
}

/** The same, wherever it is. */
export function holdsSomewhere(actor: Actor, post: Actor['appointments'][number]['post']): boolean {
  return actor.appointments.some((held) => held.post === post)
}

/** A custodian of a store, or the head of the department that keeps it, to whom a custodian reports (公安规定 11). */
export function answersForStore(actor: Actor, store: string, keeping: string | null): boolean {
  const heads = keeping !== null && rules.head_posts.value.some((post) => holdsPost(actor, post, keeping))
  return heads || holdsPost(actor, 'custodian', store)
}

/** Whether somebody is an officer of this department. */
export function actorIsOfficerOf(actor: Actor, unit: string): boolean {
  return holdsPost(actor, 'officer', unit)
}

/** 回避 (rules W-03): whether this person stands aside in the case, whatever posts he holds. */
export function isRecused(person: string, { recusals = [] }: Pick<Case, 'recusals'>): boolean {
  return recusals.some((one) => one.person === person)
}

/** @throws Refusal `custody.recused` */
function mustHaveAPart({ person }: Actor, of: Case): void {
  if (isRecused(person, of)) throw new Refusal('custody.recused', { case: of.number, person })
}

/** An officer of the case who still holds that post in its department. */
export function handles(actor: Actor, of: Pick<Case, 'officers' | 'unit'>): boolean {
  return of.officers.includes(actor.person) && actorIsOfficerOf(actor, of.unit)
}

/** An officer of the department who is none of the case, nor recused from it: who executes in a tax case what no store keeps (rules T-17). */
export function mayExecute(actor: Actor, of: Case): boolean {
  return actorIsOfficerOf(actor, of.unit) && !of.officers.includes(actor.person) && !isRecused(actor.person, of)
}

/** Who handles a case acts for it; the post alone is not enough (need to know). */
export function mustHandle(actor: Actor, of: Case): void {
  mustBeOpen(of)
  mustBeOfficerOf(actor, of)
}

/**
 * The same of a case that may be closed.
 * @throws Refusal `custody.recused`, `custody.not-case-officer`
 */
export function mustBeOfficerOf(actor: Actor, of: Case): void {
  mustHaveAPart(actor, of)
  if (!handles(actor, of)) throw new Refusal('custody.not-case-officer', { case: of.number })
}

/** 案结物清: nothing more happens in a case that is closed, until it is opened again. */
export function mustBeOpen(of: Case): void {
  const { number, status } = of
  const into = mergedInto(of)
  if (into !== null) throw new Refusal('custody.case-merged', { case: number, into })
  if (status === 'CLOSED') throw new Refusal('custody.case-closed', { case: number })
}

/** A custodian of this store, at a bench of this store when it happens at a bench at all. */
export function mustKeep({ actor, station }: Pick<Circumstances, 'actor' | 'station'>, store: string): void {
  if (!holdsPost(actor, 'custodian', store)) throw new Refusal('custody.not-your-store', { store })
  mustBeAt(station, store)
}

/** What is done at a station is done at one of that store. @throws Refusal `custody.wrong-station` */
export function mustBeAt(station: Circumstances['station'], store: string): void {
  if (station !== null && station.place !== store)
    throw new Refusal('custody.wrong-station', { place: station.place, store })
}

/** Who keeps an item neither handles its case nor belongs to the department that does (rules C-10, C-11). */
export function mustBeApart(actor: Actor, of: Case): void {
  mustHaveAPart(actor, of)
  if (of.officers.includes(actor.person)) throw new Refusal('custody.officer-keeps', { case: of.number })
  if (actor.unit === of.unit) throw new Refusal('custody.same-department', { unit: of.unit })
}

/** Neither an officer of the case nor of the department that handles it, nor recused from it. */
export function isOutside({ person, unit }: Actor, of: Case): boolean {
  return !of.officers.includes(person) && unit !== of.unit && !isRecused(person, of)
}

/** A custodian of the item's store who keeps apart from the case. */
export function keepsApart(actor: Actor, { store }: Pick<Item, 'store'>, of: Case): boolean {
  return store !== null && holdsPost(actor, 'custodian', store) && isOutside(actor, of)
}

const roles = {
  giver: { zh: '移交人', en: 'giver' },
  requester: { zh: '申请人', en: 'requester' },
  approver: { zh: '审批人', en: 'approver' },
  reviewer: { zh: '审理人', en: 'reviewer' },
  borrower: { zh: '调用人', en: 'borrower' },
  carrier: { zh: '承运人', en: 'carrier' },
  opener: { zh: '异常登记人', en: 'opener of the incident' },
  custodian: { zh: '保管人员', en: 'custodian' },
  accepter: { zh: '申诉受理人', en: 'who accepted the complaint' },
  decider: { zh: '原申诉处理人', en: 'who decided the complaint' },
} as const satisfies Record<string, Words>
export type Role = keyof typeof roles

type Sides = Partial<Readonly<Record<Role, string | null>>>

/** Nobody stands on two sides of one act. @throws Refusal `custody.same-person` */
export function mustDiffer(person: string, others: Sides): void {
  const refused = sameAs(person, others)
  if (refused !== null) throw refused
}

/** Why somebody has no further part in an act, as he is refused and as a page says it beforehand; null where he is none of these. */
export function sameAs(person: string, others: Sides): Refusal | null {
  for (const [role, other] of Object.entries(others) as [Role, string | null][]) {
    if (other === person)
      return new Refusal('custody.same-person', { person, role: roles[role].zh, roleEn: roles[role].en })
  }
  return null
}

/** Whoever decides over an item is no custodian of the store that keeps it. */
export function mustNotKeep(actor: Actor, { store }: Pick<Item, 'store'>): void {
  if (store !== null && holdsPost(actor, 'custodian', store)) mustDiffer(actor.person, { custodian: actor.person })
}

/** Whoever decides over the items of a case does not handle it (requester, approver and custodian are three people, per case). */
export function mustNotHandle(actor: Actor, of: Case): void {
  mustHaveAPart(actor, of)
  if (of.officers.includes(actor.person)) throw new Refusal('custody.officer-decides', { case: of.number })
}

/**
 * Who fetches items signs for them in the same act with his own badge and PIN, whoever else asks for it (rules C-27).
 * @throws Refusal `custody.signature-missing`, `custody.borrower`
 */
export function mustHaveSigned({ signers }: Pick<Scene, 'signers'>, borrower: string, of: Case): void {
  const signer = signers.get(borrower)
  if (signer === undefined) throw new Refusal('custody.signature-missing', { person: borrower })
  if (!handles(signer, of)) throw new Refusal('custody.borrower', { person: signer.person, case: of.number })
}

/**
 * Who brings items back signs for it with his own badge and PIN: the borrower, whatever posts he still holds, or another officer of the case
 * (rules C-27: the case officer and the custodian both sign).
 * @throws Refusal `custody.signature-missing`, `custody.returner` where an officer of the case signed who holds the post no more
 */
export function mustBringBack({ signers }: Pick<Scene, 'signers'>, borrower: string, of: Case): void {
  const ofCase = [...signers.values()].filter(({ person }) => person === borrower || of.officers.includes(person))
  if (ofCase.some((signer) => mayBringBack(signer, borrower, of))) return
  const [other] = ofCase
  if (other === undefined) throw new Refusal('custody.signature-missing', { person: borrower })
  throw new Refusal('custody.returner', { person: other.person, case: of.number })
}

/** Who may sign for a return: the borrower, or another officer of the case and its department. */
export function mayBringBack(signer: Actor, borrower: string, of: Case): boolean {
  if (signer.person === borrower) return true
  return of.officers.includes(signer.person) && actorIsOfficerOf(signer, of.unit)
}

/**
 * Who hands an item to the store signs for it in the same act: an officer of the department that submitted it, who does not keep that
 * store as well (rules C-09, 7.2 row 7, form F-05).
 * @throws Refusal `custody.giver-signature`
 */
export function mustBeSignedOver({ signers }: Pick<Scene, 'signers'>, { unit, code, store, submittedBy }: Item): void {
  const gives = (signer: Actor): boolean =>
    actorIsOfficerOf(signer, unit) && (store === null || !holdsPost(signer, 'custodian', store))
  if ([...signers.values()].some(gives)) return
  throw new Refusal('custody.giver-signature', { item: code, unit, person: submittedBy ?? '' })
}

/**
 * Who signs for finance: neither of the case nor of its department (rules X-16).
 * @throws Refusal `custody.finance-missing`
 */
export function financeAmong({ signers }: Pick<Scene, 'signers'>, of: Case): Actor {
  const posts: readonly string[] = rules.finance_posts.value
  const isFinance = ({ appointments }: Actor): boolean =>
    appointments.some(({ post, place }) => posts.includes(post) && place !== of.unit)
  const finance = [...signers.values()].find((signer) => isFinance(signer) && isOutside(signer, of))
  if (finance === undefined) throw new Refusal('custody.finance-missing')
  return finance
}

/** Some classes of goods are handled by two custodians of the store, each with his own badge; both keep apart from the case. */
export function mustBeEnough(
  { signers }: Pick<Scene, 'signers'>,
  { actor }: Circumstances,
  item: Item,
  of: Case,
): void {
  const { persons, name } = categories[item.category]
  const keepers = new Set(
    [actor, ...signers.values()].filter((signer) => keepsApart(signer, item, of)).map(({ person }) => person),
  )
  if (keepers.size < persons)
    throw new Refusal('custody.second-person-needed', {
      item: item.code,
      category: name.zh,
      categoryEn: name.en,
      persons,
    })
}
