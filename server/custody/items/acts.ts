import type { Actor } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { type Item, presentHolder } from './item.ts'
import type { AppraisalAct, ItemAct, MeasureAct, RegroupAct, TransitAct } from '../protocol.ts'
import { standsUnapproved } from '../measures/unapproved.ts'
import { handles, holdsPost, keepsApart } from '../separation.ts'
import { mayMove, type Move } from '../transitions.ts'

const MOVES = {
  unseal: ['unseal'],
  seal: ['seal', 'reseal'],
  correct: ['correct'],
  incident: ['open-incident'],
} as const satisfies Readonly<Record<ItemAct, readonly Move[]>>

/**
 * What somebody may begin with an item at its page, as its axes stand: an officer of the case with what his department or a borrower holds,
 * a custodian with what his store keeps or lent. A correction is begun by the officer wherever the item is.
 */
export function actsOf(item: Item, of: Case, actor: Actor): ItemAct[] {
  if (of.status !== 'OPEN' || item.incident !== null) return []
  const officer = handles(actor, of)
  const custodian = keepsApart(actor, item, of)
  const withUnit = presentHolder(item) === `unit/${item.unit}`
  const may: Readonly<Record<ItemAct, boolean>> = {
    unseal: item.custodyStatus === 'IN_STORE' ? custodian : officer || custodian,
    seal: item.custodyStatus === 'IN_STORE' ? custodian : officer || custodian,
    correct: officer,
    incident: withUnit ? officer || custodian : custodian,
  }
  return (Object.keys(MOVES) as ItemAct[]).filter((act) => may[act] && MOVES[act].some((move) => mayMove(item, move)))
}

/** What a custodian may begin about an appraisal, as the axes of the item stand. */
export function appraisalActOf(item: Item, of: Case, actor: Actor): AppraisalAct | null {
  if (of.status !== 'OPEN' || item.incident !== null || !keepsApart(actor, item, of)) return null
  if (mayMove(item, 'return-from-appraisal')) return 'appraised'
  return mayMove(item, 'appraise') && item.complaint === undefined ? 'appraise' : null
}

/** Whether an officer of the case may pay what is on its way to a store into the special account. */
export function mayDeposit(item: Item, of: Case, actor: Actor): boolean {
  const isMoney = categories[item.category].counted && item.marks?.cashUse !== 'EVIDENCE'
  return of.status === 'OPEN' && item.incident === null && isMoney && handles(actor, of) && mayMove(item, 'deposit')
}

/** Whether somebody may say which recording shows an item: who handles the case, or who keeps it. */
export function mayNoteVideo(item: Item, of: Case, actor: Actor): boolean {
  const keeps = item.store !== null && holdsPost(actor, 'custodian', item.store)
  return of.status === 'OPEN' && item.succeeded === undefined && (handles(actor, of) || keeps)
}

/** Whether somebody may say which facts of the case an item proves. */
export function mayStateRelevance(item: Item, of: Case, actor: Actor): boolean {
  const isEvidence = categories[item.category].book === 'evidence'
  return of.status === 'OPEN' && item.succeeded === undefined && isEvidence && handles(actor, of)
}

/** What an officer of the case may ask about its measure: leave for what was taken without, a measure over what was handed in. */
export function decidableOf(item: Item, of: Case, actor: Actor): MeasureAct | null {
  if (of.status !== 'OPEN' || item.incident !== null || item.complaint !== undefined || !handles(actor, of)) return null
  if (mayMove(item, 'convert-surrender')) return 'convert-surrender'
  return standsUnapproved(item) && mayMove(item, 'confirm-measure') ? 'confirm-measure' : null
}

/** How somebody may regroup an item, as its axes stand: its custodian in the store, an officer of the case at the department. */
export function regroupActsOf(item: Item, of: Case, actor: Actor): RegroupAct[] {
  if (of.status !== 'OPEN' || item.incident !== null || item.complaint !== undefined) return []
  const may = item.custodyStatus === 'IN_STORE' ? keepsApart(actor, item, of) : handles(actor, of)
  return may ? (['split', 'merge'] as const).filter((act) => mayMove(item, act)) : []
}

/** What a custodian may begin about an item's way to another store: of the one that keeps it, then of the one it goes to. */
export function transitActOf(item: Item, of: Case, actor: Actor): TransitAct | null {
  if (of.status !== 'OPEN' || item.incident !== null || !keepsApart(actor, item, of)) return null
  if (mayMove(item, 'arrive')) return 'arrive'
  return mayMove(item, 'dispatch') && item.complaint === undefined ? 'dispatch' : null
}
