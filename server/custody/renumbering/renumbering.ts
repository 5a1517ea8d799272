import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody } from '../in-clear/in-clear.ts'
import { mustFitCards } from '../papers/drawable.ts'
import { rules } from '../rules.ts'
import { caseInSight, type Scene } from '../scene.ts'
import { sealersOf } from '../seals/sealing.ts'
import { mustBeOfficerOf } from '../separation.ts'
import type { RenumberingFacts } from './facts.ts'
import type { RenumberCase } from './schemas.ts'

/** What the correction of a number looks at. */
export interface RenumberScene extends Scene {
  /** The case that has this number or had it before a correction; null where none does. */
  readonly holder: string | null
  /** The entry that gave the number which the case goes by. */
  readonly told: { readonly register: string; readonly seq: number; readonly hash: string }
  readonly names: CaseNames
}

const NUMBER = { zh: '案号', en: 'case number' }

/**
 * 更正案号 (rules 7.2): an officer of the case says which number is right and why, a second one signs. Also of a case that is closed: its file is
 * looked for by its number. Every number that it ever had names it for ever, and no other case.
 * @throws Refusal `custody.unknown-case`, `custody.not-case-officer`, `custody.recused`, `custody.same-number`, `custody.number-of-other`,
 * `custody.correction-signers`, `custody.names-person`, `custody.cannot-draw`
 */
export function renumberCase(scene: RenumberScene, command: RenumberCase, circumstances: Circumstances): Decision {
  const of = caseInSight(scene, command.case)
  mustBeOfficerOf(circumstances.actor, of)
  const { number } = command
  const was = numberNow(of)
  if (number === was) throw new Refusal('custody.same-number', { case: number })
  if (scene.holder !== null && scene.holder !== of.number)
    throw new Refusal('custody.number-of-other', { case: number })
  mustNameNobody([{ field: 'number', name: NUMBER, text: number }], scene.names)
  mustFitCards(number)
  const signers = sealersOf(scene, of, circumstances)
  const needed = rules.officers_per_measure.value
  if (signers.length < needed) throw new Refusal('custody.correction-signers', { signers: needed })
  const { told: wrong } = scene
  return {
    facts: [
      draft(unitRegister(of.unit), 'custody.case-renumbered', `case/${of.number}`, {
        ...{ was, is: number, wrong, signers, reason: circumstances.mint.seal(command.reason) },
      }),
    ],
    result: { number },
  }
}

/** By what number a case goes now: the last that was put right, or the one it was registered under. */
export function numberNow({ number, renumbered = [] }: Pick<Case, 'number' | 'renumbered'>): string {
  return renumbered.at(-1)?.is ?? number
}

/** Numbers that a case was given by correction, each once, and which of them it goes by. */
export function numbersGiven({ number, renumbered = [] }: Pick<Case, 'number' | 'renumbered'>) {
  const now = renumbered.at(-1)?.is
  const given = new Set(renumbered.map(({ is }) => is).filter((is) => is !== number))
  return [...given].map((one) => ({ number: one, stands: one === now }))
}

/** The case under its new number. */
export function evolveNumber(
  of: Case,
  {
    at,
    actor,
    body,
  }: { readonly at: string; readonly actor: string; readonly body: RenumberingFacts['custody.case-renumbered'] },
): Case {
  const { was, is, signers, reason } = body
  return { ...of, renumbered: [...(of.renumbered ?? []), { was, is, signers, reason, by: actor, at }] }
}
