import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { draft, type PointVerdict, storeRegister, unitRegister, type Verdict } from '../custody.ts'
import type { Item, ItemLoan } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { Placing } from '../keeping/locations.ts'
import { tellHeads } from '../disposal/notices.ts'
import { mustBeUndisputed } from '../disposal/proposing.ts'
import { grantOf } from './granted.ts'
import { mustBeWhole, mustGoOutWith } from '../keeping/whole-box.ts'
import {
  caseOf,
  casesAmong,
  containerOf,
  itemOf,
  mustBeAble,
  mustBeInOrder,
  mustShare,
  type Scene,
  storeOf,
} from '../scene.ts'
import type { Borrow, GiveBack } from '../schemas.ts'
import { isSealed, mustBeClosed } from '../seals/seals.ts'
import {
  mustBeApart,
  mustBeEnough,
  mustBeOpen,
  mustBringBack,
  mustDiffer,
  mustHaveSigned,
  mustKeep,
} from '../separation.ts'
import { NOT_WEIGHED, type Weighed, weighedNow } from '../weighing/weights.ts'

export type BorrowLine = Exclude<Borrow['items'][number], string>

/**
 * 调用出库: the custodian releases what was granted to the requester, or to the officer of the case who comes for it. What its class has weighed
 * at every hand-over is weighed; what differs from its last weighing does not go out: an incident opens while the store still answers for it.
 * 整箱: what was granted as a box goes out as that box, with all that lies in it and nothing else, or not at all.
 */
export function borrow(scene: Scene, command: Borrow, circumstances: Circumstances): Decision {
  const { actor, at, mint } = circumstances
  const wanted = linesOf<BorrowLine>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeUndisputed(item)
    mustBeAble(item, 'lend', circumstances)
    mustKeep(circumstances, storeOf(item))
    const reservation = grantOf(item, command, at)
    mustGoOutWith(scene, command.container, item)
    const borrower = command.borrower ?? reservation.requester
    const { requester, approver } = reservation
    mustDiffer(actor.person, { requester, approver, borrower })
    mustDiffer(approver, { requester })
    mustDiffer(borrower, { approver })
    const of = caseOf(scene, item.case)
    mustBeOpen(of)
    mustBeApart(actor, of)
    if (!of.officers.includes(borrower)) throw new Refusal('custody.borrower', { person: borrower, case: of.number })
    return { line, item, reservation, borrower, of }
  })
  for (const { borrower, of } of wanted) mustHaveSigned(scene, borrower, of)
  const its = wanted.map(({ item }) => item)
  const { unit, store } = mustShare(its)
  const box = command.container === undefined ? null : containerOf(scene, command.container)
  for (const { item, of } of wanted) mustBeEnough(scene, circumstances, item, of)
  const found = wanted.map(({ line, item, reservation }) => {
    const weighed = weighedNow(scene.frames, item, line, circumstances)
    return { item, reservation, weighed, differs: weightDiffers(item, weighed.weight_mg) }
  })
  const [first] = wanted
  if (first === undefined || store === null) throw new Error('a loan names items of a store')
  const { borrower } = first
  const { dueAt, purpose } = first.reservation
  const loan = mint.id()
  const differing = found.filter(({ differs }) => differs)
  const isWhole = box === null || differing.length === 0
  if (box !== null && isWhole) mustBeWhole(scene, box.code, its)
  const lent = isWhole ? found.filter(({ differs }) => !differs) : []
  const facts: FactDraft[] = []
  for (const { item, reservation, weighed } of lent) {
    const giver = facts.length
    const { approval, requester, approver } = reservation
    facts.push(
      draft(storeRegister(store), 'custody.lent', `item/${item.code}`, {
        ...{ loan, approval, store, borrower, requester, approver, purpose, dueAt },
        location: item.location ?? '',
        ...(weighed.weight_mg === null ? lastWeighed(item) : { ...weighed, weighedNow: true as const }),
        sealStatus: item.sealStatus,
        ...(box === null ? {} : { inBox: { container: box.code, seal: box.seal?.number ?? null } }),
      }),
      draft(unitRegister(unit), 'custody.received-on-loan', `item/${item.code}`, { loan, borrower }, giver),
    )
  }
  const items = lent.map(({ item }) => item.code)
  if (items.length > 0)
    facts.push(
      draft(storeRegister(store), 'custody.loan-opened', `loan/${loan}`, {
        unit,
        cases: casesAmong(lent.map(({ item }) => item)),
        store,
        items,
        borrower,
        purpose,
        dueAt,
      }),
    )
  if (items.length > 0 && box !== null)
    facts.push(
      draft(storeRegister(store), 'custody.container-lent', `container/${box.code}`, {
        ...{ loan, borrower, dueAt, location: box.location },
        ...{ items: items.length, seal: box.seal?.number ?? null },
      }),
    )
  for (const { item, weighed } of differing) {
    const points = compared(item, {}, weighed.weight_mg)
    const subject = `item/${item.code}`
    // What was found stands by itself; what comes of it, the incident tells.
    facts.push(
      draft(storeRegister(store), 'custody.difference-found', subject, { loan, points, ...weighed }),
      draft(storeRegister(store), 'custody.incident-opened', subject, {
        ...{ kind: kindOf(points), note: null, points, opener: actor.person },
        found: { ...weighed, sealBroken: false },
      }),
    )
  }
  const stopped = differing.map(({ item }) => item)
  return {
    facts: [...facts, ...tellHeads(scene, stopped, circumstances)],
    result: {
      ...{ loan: items.length > 0 ? loan : null, borrower, dueAt },
      differing: stopped.map(({ code }) => code),
    },
  }
}

/** Whether a weight is none that the last weighing allows for; never where there was none. */
export function weightDiffers({ category, weights }: Item, weight_mg: number | null): boolean {
  const last = weights.at(-1)?.weight_mg
  if (last === undefined || weight_mg === null) return false
  return Math.abs(weight_mg - last) > categories[category].weighed.tolerance_mg
}

/** What it weighed when that was last looked at. */
export function lastWeighed({ weights }: Item): Weighed {
  const last = weights.at(-1)
  return last === undefined ? NOT_WEIGHED : { weight_mg: last.weight_mg, weighing: last.weighing }
}

export type GiveBackLine = Exclude<GiveBack['items'][number], string>

/**
 * 归还入库: each item is compared with how it went out. What agrees goes back to a shelf; what does not stays with the borrower, frozen
 * under an incident, and both heads are told. The answer holds every point's verdict.
 */
export function giveBack(scene: Scene, command: GiveBack, circumstances: Circumstances): Decision {
  const facts: FactDraft[] = []
  const placings = new Map<string, Placing>()
  const checked = linesOf<GiveBackLine>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    const { loan, store, of } = mustTakeBack(scene, item, circumstances)
    const weighed = weighedNow(scene.frames, item, line, circumstances)
    if (isSealed(item) && line.seal === undefined) throw new Refusal('custody.seal-not-checked', { item: item.code })
    const points = compared(item, line, weighed.weight_mg)
    const returned = points.every(({ verdict }) => verdict !== 'different')
    if (returned) {
      const placing = placings.get(store) ?? new Placing(scene, store)
      placings.set(store, placing)
      const place = placing.put(item, line.location ?? command.location)
      const giver = facts.length
      const { loan: id, borrower } = loan
      facts.push(
        draft(unitRegister(item.unit), 'custody.handed-back', `item/${item.code}`, { loan: id, borrower }),
        draft(
          storeRegister(store),
          'custody.returned',
          `item/${item.code}`,
          { loan: id, store, ...place, ...weighed, points },
          giver,
        ),
      )
    } else {
      facts.push(
        draft(storeRegister(store), 'custody.incident-opened', `item/${item.code}`, {
          kind: kindOf(points),
          note: line.note === undefined ? null : circumstances.mint.seal(line.note),
          points,
          found: {
            ...weighed,
            sealBroken: points.some(({ point, verdict }) => point === 'seal' && verdict === 'different'),
          },
          opener: circumstances.actor.person,
        }),
      )
    }
    return { item, loan, of, store, points, returned }
  })
  for (const { loan, of } of checked) mustBringBack(scene, loan.borrower, of)
  for (const [loan, its] of Map.groupBy(checked, (one) => one.loan.loan)) {
    const returned = its.filter((one) => one.returned).map((one) => one.item.code)
    const differing = its.filter((one) => !one.returned).map((one) => one.item.code)
    for (const { store } of its.slice(0, 1))
      facts.push(draft(storeRegister(store), 'custody.loan-checked', `loan/${loan}`, { returned, differing }))
  }
  const wrong = checked.filter((one) => !one.returned).map((one) => one.item)
  return {
    facts: [...facts, ...tellHeads(scene, wrong, circumstances)],
    result: { verdicts: checked.map(({ item, returned, points }) => ({ item: item.code, returned, points })) },
  }
}

/** The loan on which a thing is out, the store that it comes back to, and its case. */
interface TakenBack {
  readonly loan: ItemLoan
  readonly store: string
  readonly of: Case
}

/** Whether this custodian may compare this item with how it went out, here and now; who brings it is looked at by `mustBringBack`. */
export function mustTakeBack(scene: Scene, item: Item, circumstances: Circumstances): TakenBack {
  mustBeAble(item, 'take-back', circumstances)
  mustBeClosed(item)
  return mustTakeBackUnseen(scene, item, circumstances)
}

/**
 * The same of a thing that comes back under the whole seal of its box, unseen. An open incident does not keep it outside: it comes back to the
 * custody that answers for it, frozen as it is, and is looked at once the incident is concluded.
 */
export function mustTakeBackUnseen(scene: Scene, item: Item, circumstances: Circumstances): TakenBack {
  mustBeInOrder(item, 'take-back', circumstances)
  if (item.incident === null) mustBeClosed(item)
  if (item.loan === null) throw new Error(`${item.code} is out without a loan`)
  const { loan } = item
  const store = storeOf(item)
  const of = caseOf(scene, item.case)
  mustKeep(circumstances, store)
  mustDiffer(circumstances.actor.person, { borrower: loan.borrower })
  mustBeApart(circumstances.actor, of)
  mustBeEnough(scene, circumstances, item, of)
  return { loan, store, of }
}

/** Weight against the last weighing, seal against the state it went out in, the look of it by the custodian's word. */
export function compared(
  item: Item,
  line: Pick<GiveBackLine, 'seal' | 'condition'>,
  weight_mg: number | null,
): PointVerdict[] {
  const last = item.weights.at(-1)?.weight_mg
  const close = !weightDiffers(item, weight_mg)
  return [
    {
      point: 'weight',
      expected: last === undefined ? '' : `${last} mg`,
      found: weight_mg === null ? '' : `${weight_mg} mg`,
      verdict: weight_mg === null || last === undefined ? 'not-compared' : verdictOf(close),
    },
    {
      point: 'seal',
      expected: item.sealStatus,
      found: line.seal ?? '',
      verdict: line.seal === undefined ? 'not-compared' : verdictOf(isSealed(item) === (line.seal === 'intact')),
    },
    {
      point: 'condition',
      expected: 'same',
      found: line.condition ?? '',
      verdict: line.condition === undefined ? 'not-compared' : verdictOf(line.condition === 'same'),
    },
  ]
}

function verdictOf(same: boolean): Verdict {
  return same ? 'same' : 'different'
}

/** A missing weight is a shortage, a broken seal or another look damage, until somebody looks closer. */
export function kindOf(points: readonly PointVerdict[]): 'shortage' | 'damage' {
  return points.some(({ point, verdict }) => point === 'weight' && verdict === 'different') ? 'shortage' : 'damage'
}
