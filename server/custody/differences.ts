import type { Circumstances, Decision } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { draft, storeRegister } from './custody.ts'
import { linesOf } from './lines.ts'
import { compared, type GiveBackLine, mustTakeBack } from './loans.ts'
import { itemOf, type Scene } from './scene.ts'
import type { NoteDifference } from './schemas.ts'
import { mustBringBack } from './separation.ts'
import { NOT_WEIGHED, weighedNow } from './weights.ts'

/**
 * 归还核对不符: what a comparison on return found different is in the register at once, whatever becomes of the return. It may be compared
 * again, ends in an incident or in a return that fits, or is left lying: none of them makes the finding vanish (rules C-27).
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
    const body = { loan: loan.loan, ...weighed, points }
    return draft(storeRegister(store), 'custody.difference-found', `item/${item.code}`, body)
  })
  return { facts }
}
