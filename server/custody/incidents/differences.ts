import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, storeRegister } from '../custody.ts'
import { linesOf } from '../items/lines.ts'
import { compared, type GiveBackLine, kindOf, mustTakeBack } from '../loans/loans.ts'
import { tellHeads } from '../disposal/notices.ts'
import { itemOf, type Scene } from '../scene.ts'
import { rules } from '../rules.ts'
import type { NoteDifference, SettleDifference } from '../schemas.ts'
import { mustBringBack } from '../separation.ts'
import { NOT_WEIGHED, weighedNow } from '../weighing/weights.ts'

/**
 * 归还核对不符: what a comparison on return found different is in the register at once, whatever becomes of the return. It may be compared
 * again, ends in an incident or in a return that fits: nothing makes the finding vanish (rules C-27).
 * @throws Refusal `custody.no-difference` where a line differs in nothing, and as `giveBack`
 */
export function noteDifference(scene: Scene, command: NoteDifference, circumstances: Circumstances): Decision {
  const facts = linesOf<GiveBackLine>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    const { loan, store, of } = mustTakeBack(scene, item, circumstances)
    mustBringBack(scene, loan.borrower, of)
    const weighed = line.weight_mg === undefined ? NOT_WEIGHED : weighedNow(scene.frames, item, line, circumstances)
    const points = compared(item, line, weighed.weight_mg).filter(({ verdict }) => verdict === 'different')
    if (points.length === 0) throw new Refusal('custody.no-difference', { item: item.code })
    const body = { loan: loan.loan, ...weighed, points, open: true as const }
    return draft(storeRegister(store), 'custody.difference-found', `item/${item.code}`, body)
  })
  return { facts }
}

const MS_PER_MINUTE = 60_000

/** Until when a difference may be looked at again before it becomes an incident by itself. */
export function differenceUntil(foundAt: string): string {
  return new Date(Date.parse(foundAt) + rules.difference_minutes.value * MS_PER_MINUTE).toISOString()
}

/**
 * 核对不符而未办结: a difference that was left lying, by a shift that ended or was taken over, becomes the incident that it is, in the name of
 * who found it, and both heads are told (rules C-27). Nothing where it was settled, or looked at again, meanwhile.
 */
export function settleDifference(
  scene: Scene,
  { item: code }: SettleDifference,
  circumstances: Circumstances,
): Decision {
  const item = scene.items.get(code)
  const difference = item?.difference
  if (item === undefined || difference === undefined || item.store === null || item.incident !== null)
    return { facts: [] }
  if (item.custodyStatus !== 'BORROWED' || differenceUntil(difference.at) > circumstances.at) return { facts: [] }
  const { points, weight_mg, weighing, by, loan } = difference
  const sealBroken = points.some(({ point }) => point === 'seal')
  const register = storeRegister(item.store)
  return {
    facts: [
      draft(register, 'custody.incident-opened', `item/${code}`, {
        ...{ kind: kindOf(points), note: null, points },
        ...{ found: { weight_mg, weighing, sealBroken }, opener: by },
      }),
      draft(register, 'custody.loan-checked', `loan/${loan}`, { returned: [], differing: [code] }),
      ...tellHeads(scene, [item], circumstances),
    ],
  }
}
