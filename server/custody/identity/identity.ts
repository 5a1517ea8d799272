import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft } from '../custody.ts'
import { linesOf } from '../items/lines.ts'
import { decidesRecusal } from '../recusal/recusal.ts'
import { caseOf, itemOf, presentRegister, type Scene } from '../scene.ts'
import { isRecused, mustHandle } from '../separation.ts'
import type { OpenIdentity } from './schemas.ts'

/**
 * 查看真实身份 (rules P-04): an officer of the case and a head of the department, or above it, look up together who a holder or witness is that
 * goes by an alias. The register says who looked, when and why; it never says the name.
 * @throws Refusal `custody.not-case-officer`, `custody.case-closed`, `custody.identity-none`, `custody.identity-second`
 */
export function openIdentity(
  scene: Scene,
  { items, whose, reason }: OpenIdentity,
  { actor, with: others, mint }: Circumstances,
): Decision {
  const sealed = mint.seal(reason)
  const facts = linesOf(items).map((line) => {
    const item = itemOf(scene, line.item)
    const of = caseOf(scene, item.case)
    mustHandle(actor, of)
    if (item[whose].identity === undefined) throw new Refusal('custody.identity-none', { item: item.code })
    const above = scene.lineage.get(of.unit) ?? [of.unit]
    const second = others
      .flatMap((one) => scene.signers.get(one) ?? [])
      .some((one) => decidesRecusal(one, above) && !isRecused(one.person, of))
    if (!second) throw new Refusal('custody.identity-second')
    return draft(presentRegister(item), 'custody.identity-opened', `item/${item.code}`, { whose, reason: sealed })
  })
  return { facts }
}
