import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody } from '../in-clear/in-clear.ts'
import type { Details } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { caseInSight, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { StateTarget } from './schemas.ts'
import { type Sales, surplusOf } from './surplus.ts'

/** 应保全金额: what the measures of a case are for, as it was last said. */
export type Target = {
  readonly amount_fen: number
  readonly lateFee_fen: number
  /** Paid by the money of a sale; nothing is held for it (rules T-08, X-17). */
  readonly fine_fen?: number
  readonly costs_fen: number
  readonly document: string
  readonly by: string
  readonly at: string
}

export interface TargetScene extends Pick<Scene, 'cases' | 'sight'> {
  readonly names: CaseNames
  readonly sales: Sales
}

/**
 * 登记应保全金额 (rules T-08): an officer of the case says what its measures are for, late fees and the cost of selling included, by a document.
 * @throws Refusal `custody.unknown-case`, `custody.not-case-officer`, `custody.case-closed`, `custody.target-track`, `custody.names-somebody`
 */
export function stateTarget(
  scene: TargetScene,
  { case: number, amount_fen, lateFee_fen, fine_fen = 0, costs_fen, document }: StateTarget,
  { actor, at }: Circumstances,
): Decision {
  const of = caseInSight(scene, number)
  mustHandle(actor, of)
  if (!isMeasured(of.track)) throw new Refusal('custody.target-track')
  mustNameNobody([{ field: 'document', name: { zh: '文号', en: 'document' }, text: document }], scene.names)
  const fine = fine_fen === 0 ? {} : { fine_fen }
  const stated = { amount_fen, lateFee_fen, ...fine, costs_fen, document }
  const target = { ...stated, by: actor.person, at }
  const body = { ...stated, ...surplusOf({ ...of, target }, scene.sales.get(of.number) ?? []) }
  return { facts: [draft(unitRegister(of.unit), 'custody.target-stated', `case/${of.number}`, body)] }
}

/** The case with what its measures are for now. */
export function evolveTarget(
  of: Case,
  { at, actor, body }: { readonly at: string; readonly actor: string; readonly body: Omit<Target, 'by' | 'at'> },
): Case {
  const { amount_fen, lateFee_fen, fine_fen, costs_fen, document } = body
  const fine = fine_fen === undefined ? {} : { fine_fen }
  return { ...of, target: { amount_fen, lateFee_fen, ...fine, costs_fen, document, by: actor, at } }
}

/** Whether a procedure has measures that must match a sum. */
export function isMeasured(track: Track): boolean {
  return rules.measured_worth.value[track].length > 0
}

/** Whether an item is held under a measure that must match a sum: what has left, or is several others by now, is not. */
export function countsForTarget({ track, measure, custodyStatus, succeeded }: Item): boolean {
  const kinds: readonly string[] = rules.measured_worth.value[track]
  return kinds.includes(measure.kind) && custodyStatus !== 'OUT' && succeeded === undefined
}

/**
 * What an item is put at, in fen: what was counted or frozen, else what it was last appraised at, else the price by which it was estimated; null
 * while nobody can say.
 * @param details what was sealed of it, for the sum that was frozen
 */
export function worthOf({ cash, proceeds, appraised, marks, quantity }: Item, details: Details): number | null {
  const counted = cash?.agreed.at(-1)
  if (proceeds !== undefined) return proceeds.amount_fen
  if (counted !== undefined) return counted.currency === 'CNY' ? counted.amount_minor : null
  const frozen = (marks?.currency ?? 'CNY') === 'CNY' ? details.frozenAmount : undefined
  if (frozen !== undefined) return fenOf(frozen)
  const value = appraised?.at(-1)?.value_fen ?? null
  if (value !== null) return value
  return marks?.unitPrice === undefined ? null : Math.round(fenOf(marks.unitPrice) * Number(quantity))
}

/** Yuan with at most two decimals, as a field of a registration takes it, in fen. */
function fenOf(yuan: string): number {
  const [whole = '', rest = ''] = yuan.split('.')
  return Number(whole + rest.padEnd(2, '0'))
}

/**
 * 生活必需品 (rules T-09): whether a measure spares such a thing. What somebody needs to live is spared whatever it costs; other things of daily
 * life where one costs no more than the rule says, or nobody has said what it costs.
 */
export function isSpared({ track, measure, marks }: Pick<Item, 'track' | 'measure' | 'marks'>): boolean {
  const use = marks?.livingUse
  if (use === undefined) return false
  const kinds: readonly string[] = rules.living_needs_spared.value[track]
  if (use === 'NECESSITY') return kinds.includes(measure.kind)
  const { unitPrice } = marks ?? {}
  const cheap = unitPrice === undefined || fenOf(unitPrice) <= rules.living_item_fen.value
  const others: readonly string[] = rules.living_items_spared.value[track]
  return others.includes(measure.kind) && cheap
}
