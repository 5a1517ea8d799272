import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Actor, Circumstances, Decision, FactDraft, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import type { Granting } from '../measures/approving.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { financeAmong, mustBeOfficerOf, mustDiffer, mustNotHandle, mustNotKeep } from '../separation.ts'
import { PAYMENTS_MOST, type PayCompensation, type RecoverCompensation, type WriteOffRecourseDeed } from './schemas.ts'

/**
 * 先行赔付 and 向保管人追偿 (行政强制法 26(2); rules T-06): where a third party kept a thing and caused a loss, the organ pays first and has its money back
 * from the keeper. What it pays is its own money and the property of nobody in the case: it is counted beside the account of the case, whose
 * balance and whose special account it never touches, and does not keep the case from being closed; it stays open until it was recovered or
 * written off, after the closing too.
 */
export type Compensation = {
  readonly amount_fen: number
  readonly voucher: string
  readonly payee: Sealed
  readonly loss: Sealed
  readonly finance: string
  readonly by: string
  readonly at: string
  /** What the keeper paid back, oldest first. */
  readonly recovered: readonly {
    readonly amount_fen: number
    readonly voucher: string
    readonly finance: string
    readonly by: string
    readonly at: string
  }[]
  /** Absent unless the rest is recovered no more. */
  readonly writtenOff?: {
    readonly amount_fen: number
    readonly approval: string
    readonly requester: string
    readonly approver: string
    readonly at: string
  }
}

/** What paying and recovering look at besides: by case, whom it names. */
export interface RecourseScene extends Scene {
  readonly names: ReadonlyMap<string, CaseNames>
}

/** What is neither recovered nor written off yet. */
export function openOf({ amount_fen, recovered, writtenOff }: Compensation): number {
  const back_fen = recovered.reduce((sum, one) => sum + one.amount_fen, 0)
  return amount_fen - back_fen - (writtenOff?.amount_fen ?? 0)
}

/** Whether a third party was to keep it against an undertaking; a bank that holds what is frozen keeps no thing. */
function isWithThirdParty({ marks, measure }: Pick<Item, 'marks' | 'measure'>): boolean {
  return marks?.keeping === 'THIRD_PARTY' && measure.kind !== 'FROZEN'
}

/** Whether there is something to pay for: a third party keeps it, by a law that knows this, and something was found wrong with it. */
export function mayPay(item: Item): boolean {
  if ((item.compensations ?? []).length >= PAYMENTS_MOST) return false
  const tracks: readonly string[] = rules.recourse_tracks.value
  return tracks.includes(item.track) && isWithThirdParty(item) && hadIncident(item)
}

function hadIncident({ incident, concluded }: Item): boolean {
  return incident !== null || concluded.length > 0
}

/**
 * 先行赔付: an officer of the case notes what the organ paid for the loss, by which voucher, and to whom; finance signs.
 * @throws Refusal `custody.recourse-keeper` where no third party keeps it by such a law, `custody.recourse-no-incident`, `custody.recourse-full`,
 * `custody.voucher-twice`, `custody.finance-missing`, `custody.names-person`, and what handling refuses
 */
export function payCompensation(
  scene: RecourseScene,
  command: PayCompensation,
  { actor, mint }: Circumstances,
): Decision {
  const { amount_fen, voucher, payee, loss } = command
  const item = itemOf(scene, command.items[0] ?? '')
  const finance = mustBeNoted(scene, item, { voucher, payee }, actor)
  if (!(rules.recourse_tracks.value as readonly string[]).includes(item.track) || !isWithThirdParty(item))
    throw new Refusal('custody.recourse-keeper', { item: item.code })
  if (!hadIncident(item)) throw new Refusal('custody.recourse-no-incident', { item: item.code })
  const nth = (item.compensations ?? []).length + 1
  if (nth > PAYMENTS_MOST) throw new Refusal('custody.recourse-full', { item: item.code, most: PAYMENTS_MOST })
  return {
    facts: [
      draft(unitRegister(item.unit), 'custody.compensation-paid', `item/${item.code}`, {
        ...{ case: item.case, amount_fen, voucher },
        ...{ payee: mint.seal(payee), loss: mint.seal(loss), finance: finance.person },
      }),
    ],
    result: { nth },
  }
}

/**
 * 向保管人追偿到账: so much came back from the keeper; never more than is open.
 * @throws Refusal `custody.recourse-unknown`, `custody.recourse-beyond`, and as `payCompensation`
 */
export function recoverCompensation(
  scene: RecourseScene,
  command: RecoverCompensation,
  { actor }: Circumstances,
): Decision {
  const { nth, amount_fen, voucher } = command
  const item = itemOf(scene, command.items[0] ?? '')
  const finance = mustBeNoted(scene, item, { voucher }, actor)
  const open_fen = mustStandOpen(item, nth)
  if (amount_fen > open_fen)
    throw new Refusal('custody.recourse-beyond', { item: item.code, open: yuanOf(open_fen), asked: yuanOf(amount_fen) })
  const body = { nth, amount_fen, voucher, finance: finance.person }
  return { facts: [draft(unitRegister(item.unit), 'custody.compensation-recovered', `item/${item.code}`, body)] }
}

/** By an officer of the case with finance, under a voucher that no other entry of the item has. */
function mustBeNoted(
  scene: RecourseScene,
  item: Item,
  { voucher, payee }: { readonly voucher: string; readonly payee?: string },
  actor: Actor,
): Actor {
  const of = caseOf(scene, item.case)
  mustBeOfficerOf(actor, of)
  const finance = financeAmong(scene, of)
  mustFitPaper({ 凭证号: { en: 'Voucher', text: voucher } })
  const known = scene.names.get(of.number) ?? noNames
  const names = payee === undefined ? known : { ...known, receivers: [...known.receivers, payee] }
  mustNameNobody([{ field: 'voucher', name: { zh: '凭证号', en: 'voucher' }, text: voucher }], names)
  const vouchers = (item.compensations ?? []).flatMap((one) => [
    one.voucher,
    ...one.recovered.map((back) => back.voucher),
  ])
  if (vouchers.includes(voucher)) throw new Refusal('custody.voucher-twice', { voucher })
  return finance
}

/** What is open of a payment. */
function mustStandOpen(item: Item, nth: number): number {
  const found = item.compensations?.[nth - 1]
  const open_fen = found === undefined ? 0 : openOf(found)
  if (open_fen === 0) throw new Refusal('custody.recourse-unknown', { item: item.code, nth })
  return open_fen
}

/**
 * 追偿不能的核销: an officer of the case asks that what is still open, which the request names, is recovered no more; why, it
 * says as well.
 * @throws Refusal `custody.recourse-unknown`, `custody.recourse-differs`, and as `mustBeOfficerOf`
 */
export function askWritingOff(
  scene: Scene,
  { items, nth, amount_fen }: WriteOffRecourseDeed,
  { actor }: Circumstances,
) {
  const item = itemOf(scene, items[0] ?? '')
  mustBeOfficerOf(actor, caseOf(scene, item.case))
  const open_fen = mustStandOpen(item, nth)
  if (amount_fen !== open_fen)
    throw new Refusal('custody.recourse-differs', {
      item: item.code,
      open: yuanOf(open_fen),
      asked: yuanOf(amount_fen),
    })
  return { unit: item.unit, register: unitRegister(item.unit) }
}

/** Public money is given up by the department and the organ. */
export function writingOffLevels(): readonly ApprovalLevel[] {
  return rules.recourse_write_off_levels.value
}

/** Agreed to by who neither asked nor handles the case nor keeps the thing: what was asked, less what came in since. */
export function writeOffRecourse(
  scene: Scene,
  { items, nth, amount_fen: asked_fen }: WriteOffRecourseDeed,
  { approval, requester }: Granting,
  { actor }: Circumstances,
): readonly FactDraft[] {
  const item = itemOf(scene, items[0] ?? '')
  mustDiffer(actor.person, { requester })
  mustNotKeep(actor, item)
  mustNotHandle(actor, caseOf(scene, item.case))
  const amount_fen = Math.min(asked_fen, mustStandOpen(item, nth))
  const body = { nth, amount_fen, approval, requester, approver: actor.person }
  return [draft(unitRegister(item.unit), 'custody.recourse-written-off', `item/${item.code}`, body)]
}

type RecourseFact = Extract<
  CustodyFact,
  { type: 'custody.compensation-paid' | 'custody.compensation-recovered' | 'custody.recourse-written-off' }
>

/** The item with what was paid for it and came back; where it is and what it counts for in the account of its case stay as they are. */
export function evolveRecourse(item: Item, fact: RecourseFact): Item {
  const { actor: by, at } = fact
  const before = item.compensations ?? []
  if (fact.type === 'custody.compensation-paid') {
    const { amount_fen, voucher, payee, loss, finance } = fact.body
    return { ...item, compensations: [...before, { amount_fen, voucher, payee, loss, finance, by, at, recovered: [] }] }
  }
  const after = before.map((one, index): Compensation => {
    if (index !== fact.body.nth - 1) return one
    if (fact.type === 'custody.recourse-written-off') {
      const { amount_fen, approval, requester, approver } = fact.body
      return { ...one, writtenOff: { amount_fen, approval, requester, approver, at } }
    }
    const { amount_fen, voucher, finance } = fact.body
    return { ...one, recovered: [...one.recovered, { amount_fen, voucher, finance, by, at }] }
  })
  return { ...item, compensations: after }
}

function yuanOf(fen: number): string {
  return (fen / 100).toFixed(2)
}
