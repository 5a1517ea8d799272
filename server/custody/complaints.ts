import type { Circumstances, Decision } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { draft, unitRegister } from './custody.ts'
import { linesOf } from './lines.ts'
import { mustBeUndisputed } from './proposing.ts'
import { caseOf, itemOf, type Scene } from './scene.ts'
import type { Complain, DecideComplaint } from './schemas-disposal.ts'
import { mustDiffer, mustNotHandle } from './separation.ts'

/**
 * 受理申诉 (rules X-18): a complaint about the measure over an item is accepted by who does not handle the case. From then on the item is
 * neither lent nor disposed of, and the month for deciding runs.
 */
export function acceptComplaint(scene: Scene, command: Complain, { actor, mint }: Circumstances): Decision {
  const note = mint.seal(command.note)
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      mustNotHandle(actor, caseOf(scene, item.case))
      mustBeUndisputed(item)
      if (item.custodyStatus === 'OUT') throw new Refusal('custody.item-gone', { item: item.code })
      return draft(unitRegister(item.unit), 'custody.complaint-accepted', `item/${item.code}`, {
        ...{ case: item.case, unit: item.unit, ground: command.ground, note },
      })
    }),
  }
}

/** 申诉处理决定: by another than who accepted it, and by nobody who handles the case. */
export function decideComplaint(scene: Scene, command: DecideComplaint, { actor, mint }: Circumstances): Decision {
  const conclusion = mint.seal(command.conclusion)
  return {
    facts: linesOf(command.items).map((line) => {
      const item = itemOf(scene, line.item)
      if (item.complaint === undefined) throw new Refusal('custody.no-complaint', { item: item.code })
      mustNotHandle(actor, caseOf(scene, item.case))
      mustDiffer(actor.person, { opener: item.complaint.by })
      return draft(unitRegister(item.unit), 'custody.complaint-decided', `item/${item.code}`, {
        ...{ upheld: command.upheld, conclusion },
      })
    }),
  }
}
