import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { OFFICERS_MOST } from '../cases/schemas.ts'
import { draft, unitRegister } from '../custody.ts'
import { decidesRecusal, type RecusalScene } from '../recusal/recusal.ts'
import { caseOf } from '../scene.ts'
import { isRecused, mustBeOpen } from '../separation.ts'
import { seesCase } from '../sight/sees.ts'
import { mustKeepRole } from '../tax-roles/roles.ts'
import type { OfficerFacts } from './facts.ts'
import type { JoinOfficers } from './schemas.ts'

/** What joining a case looks at: the same as a recusal, which takes people into it as well. */
export type JoiningScene = Omit<RecusalScene, 'known'>

/**
 * 增加承办人员: a head of the department that handles the case, or above it, names officers of the department who handle it as well. Nobody leaves
 * by it. It is the way out where every officer of a case has had a part in a paper that others of them must carry out.
 * @throws Refusal `custody.unknown-case`, `custody.case-closed`, `custody.officers-not-yours`, `custody.officer-unknown`, `custody.recused`,
 * `custody.officer-already`, `custody.tax-role` for somebody who has another role in a tax case, `custody.officers-full`
 */
export function joinOfficers(scene: JoiningScene, command: JoinOfficers, { actor, mint }: Circumstances): Decision {
  const of = caseOf(scene, command.case)
  const { number, unit } = of
  const decides = decidesRecusal(actor, scene.lineage.get(unit) ?? [unit])
  if (!decides && !seesCase(scene.sight, of)) throw new Refusal('custody.unknown-case', { case: number })
  mustBeOpen(of)
  if (!decides) throw new Refusal('custody.officers-not-yours')
  if (isRecused(actor.person, of)) throw new Refusal('custody.recused', { case: number, person: actor.person })
  for (const person of command.officers) {
    if (!scene.officers.has(person)) throw new Refusal('custody.officer-unknown', { person, unit })
    if (isRecused(person, of)) throw new Refusal('custody.recused', { case: number, person })
    if (of.officers.includes(person)) throw new Refusal('custody.officer-already', { case: number, person })
    mustKeepRole(scene, number, person, 'INSPECT')
  }
  if (of.officers.length + command.officers.length > OFFICERS_MOST)
    throw new Refusal('custody.officers-full', { case: number, most: OFFICERS_MOST })
  const body = { officers: command.officers, reason: mint.seal(command.reason) }
  return { facts: [draft(unitRegister(unit), 'custody.officers-joined', `case/${number}`, body)] }
}

/** The case with those who joined it. */
export function evolveOfficers(
  of: Case,
  {
    at,
    actor,
    body,
  }: { readonly at: string; readonly actor: string; readonly body: OfficerFacts['custody.officers-joined'] },
): Case {
  const { officers, reason } = body
  return {
    ...of,
    officers: [...of.officers, ...officers],
    joined: [...(of.joined ?? []), { officers, reason, by: actor, at }],
  }
}
