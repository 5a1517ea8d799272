import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { rules } from '../rules.ts'
import { caseOf, type Scene } from '../scene.ts'
import { holdsPost, isRecused, mustBeOpen } from '../separation.ts'
import { seesCase } from '../sight/sees.ts'
import { mustKeepRole, type WithRoles } from '../tax-roles/roles.ts'
import type { Recuse } from './schemas.ts'

/** What a recusal looks at. */
export interface RecusalScene extends Pick<Scene, 'cases' | 'lineage' | 'sight'>, WithRoles {
  /** Those of the named people who are active. */
  readonly known: ReadonlySet<string>
  /** Those of the successors who are officers of the department at this moment. */
  readonly officers: ReadonlySet<string>
}

/**
 * 回避 (rules W-03): whoever has to stand aside says so himself, or an approver of the department or above it decides it. From then on he
 * handles, approves and keeps nothing of the case. Enough officers stay, or others take his place in the same act.
 * @throws Refusal `custody.unknown-case`, `custody.case-closed`, `custody.recusal-not-yours`, `custody.recusal-person`, `custody.recused`,
 * `custody.officer-unknown`, `custody.tax-role` for a successor who has another role in a tax case, `custody.recusal-too-few`
 */
export function recuse(scene: RecusalScene, command: Recuse, { actor, mint }: Circumstances): Decision {
  const of = caseOf(scene, command.case)
  const decides = decidesRecusal(actor, scene.lineage.get(of.unit) ?? [of.unit])
  if (!decides && !seesCase(scene.sight, of)) throw new Refusal('custody.unknown-case', { case: of.number })
  mustBeOpen(of)
  const { person, ground, reason, successors = [] } = command
  if (person !== actor.person && !decides) throw new Refusal('custody.recusal-not-yours')
  if (!scene.known.has(person)) throw new Refusal('custody.recusal-person', { person })
  if (isRecused(person, of)) throw new Refusal('custody.recused', { case: of.number, person })
  const stranger = successors.find((one) => !scene.officers.has(one))
  if (stranger !== undefined) throw new Refusal('custody.officer-unknown', { person: stranger, unit: of.unit })
  const again = successors.find((one) => one === person || isRecused(one, of))
  if (again !== undefined) throw new Refusal('custody.recused', { case: of.number, person: again })
  for (const one of successors) mustKeepRole(scene, of.number, one, 'INSPECT')
  const left = new Set([...of.officers.filter((one) => one !== person), ...successors])
  const needed = rules.officers_per_measure.value
  if (left.size < Math.min(needed, of.officers.length))
    throw new Refusal('custody.recusal-too-few', { case: of.number, needed })
  return {
    facts: [
      draft(unitRegister(of.unit), 'custody.recused', `case/${of.number}`, {
        ...{ person, ground, reason: mint.seal(reason), successors },
      }),
    ],
  }
}

/** Whether somebody decides about the recusal of others: an approver of the department that handles the case, or above it. */
export function decidesRecusal(actor: Actor, lineage: readonly string[]): boolean {
  return lineage.some((unit) => rules.head_posts.value.some((post) => holdsPost(actor, post, unit)))
}

/** The case without him, and with who takes his place. */
export function evolveRecusal(
  of: Case,
  { at, actor, body }: { readonly at: string; readonly actor: string; readonly body: Recusing },
): Case {
  const { person, ground, reason, successors } = body
  const officers = [...new Set([...of.officers.filter((one) => one !== person), ...successors])]
  return { ...of, officers, recusals: [...(of.recusals ?? []), { person, ground, reason, by: actor, at }] }
}
type Recusing = Pick<NonNullable<Case['recusals']>[number], 'person' | 'ground' | 'reason'> & {
  readonly successors: readonly string[]
}
