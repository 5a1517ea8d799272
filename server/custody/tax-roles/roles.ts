import { Refusal, type Words } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import type { Disposal } from '../disposal/disposal.ts'
import type { DisposalType } from '../disposal/types.ts'
import { taxRoleRules } from './rules.ts'

/**
 * 检查、审理、执行分离 (税收征管法实施细则 85; rules T-17): whoever had one of these roles in a tax case has none of the others in it, in whichever of its
 * disposals, whatever posts he holds and whatever he has been appointed to since.
 *
 * - `INSPECT`: who is an officer of the case, who took its things, and who proposed what becomes of them.
 * - `REVIEW`: who agreed to a disposal or refused one, at whichever level; where he stood in for another, both of them.
 * - `EXECUTE`: who carried a disposal out, and everybody who signed for it.
 *
 * Two things are no roles, and why:
 *
 * - 选案, the choice of whom to inspect, is made before there is a case and outside this program. Who opens an account, imports it from a table or
 *   enters the number of its filing writes down what was chosen elsewhere; nobody chooses here, so there is nobody to hold apart.
 * - To hand back what a measure took (解除并返还) ends the measure and executes no decision: who took it owes it within one day (细则 68;
 *   行政强制法 28). So an officer of the case may do that, and is no executor by it. Who agreed to it may not; and who is of no other role and
 *   does it, executes.
 *
 * The approval of a measure before it is taken (呈批) is the leader's and no inspection (行政强制法 18(1)).
 *
 * Cases that were merged are one case; what was split off keeps who inspected, reviewed and executed where it came from.
 * Who came to two roles, by a merger or in registers of the time before this rule, has both, and is given neither again.
 */
export type TaxRole = 'INSPECT' | 'REVIEW' | 'EXECUTE'

const taxRoleWords = {
  INSPECT: { zh: '检查人员', en: 'inspection' },
  REVIEW: { zh: '审理人员', en: 'review' },
  EXECUTE: { zh: '执行人员', en: 'execution' },
} as const satisfies Readonly<Record<TaxRole, Words>>

const actWords = {
  handles: { zh: '承办本案', en: 'handles the case' },
  took: { zh: '采取措施', en: 'took things' },
  proposed: { zh: '提出处置', en: 'proposed a disposal' },
  agreed: { zh: '同意处置', en: 'agreed to a disposal' },
  refused: { zh: '不同意处置', en: 'refused a disposal' },
  'carried-out': { zh: '执行处置', en: 'carried out a disposal' },
} as const satisfies Readonly<Record<string, Words>>

/** One act by which somebody has a role in a case. */
export type TaxPart = {
  readonly role: TaxRole
  readonly person: string
  readonly act: keyof typeof actWords
  /** The paper of disposal that it is about; null where it is about none. */
  readonly paper: string | null
  readonly at: string
}

/** Who had which role in a case; empty on every other track. */
export type TaxParts = readonly TaxPart[]

/** What acts that give a role look at. */
export interface WithRoles {
  /** Who had which role, by case; of tax cases alone. */
  readonly roles: ReadonlyMap<string, TaxParts>
}

/** What is looked at to tell the roles of a case: itself with all that it is one with, and their disposals. */
export interface TaxHistory {
  readonly cases: readonly Pick<Case, 'number' | 'officers' | 'openedAt'>[]
  /** Who was taken into one of these cases after it was opened, and when. */
  readonly joined: readonly { readonly case: string; readonly person: string; readonly at: string }[]
  /** Who took the things of these cases, and when first. */
  readonly taken: readonly { readonly person: string; readonly at: string }[]
  readonly disposals: readonly Disposal[]
  /** For whom somebody stood in who decided, by the request that he decided. */
  readonly standing: ReadonlyMap<string, string>
  /** The same of those who refused, by the paper. */
  readonly refusedFor: ReadonlyMap<string, string>
}

/** Whether the roles are held apart on a track. */
export function holdsRolesApart(track: Track): boolean {
  return (taxRoleRules.roles_apart_tracks.value as readonly Track[]).includes(track)
}

/** Where things of a case came from, and what it was merged into. */
export function relativesOf({ tookOver = [], passedOn = [] }: Case): string[] {
  return [...tookOver, ...passedOn.filter(({ how }) => how === 'merge')].map(({ other }) => other)
}

/** One act by which these people have a role; `paper` where it is about one. */
type Had = Pick<TaxPart, 'role' | 'act' | 'at'> & {
  readonly people: readonly (string | undefined)[]
  readonly paper?: string
}

/** Who had which role, oldest first. */
export function taxPartsOf({ cases, joined, taken, disposals, standing, refusedFor }: TaxHistory): TaxParts {
  const inspectors = new Set<string>()
  const parts: TaxPart[] = []
  const had = ({ people, paper, ...of }: Had): void => {
    for (const person of new Set(people.flatMap((one) => one ?? []))) {
      parts.push({ ...of, person, paper: paper ?? null })
      if (of.role === 'INSPECT') inspectors.add(person)
    }
  }
  for (const { number, officers, openedAt } of cases)
    for (const officer of officers) {
      const later = joined.find((one) => one.case === number && one.person === officer)
      had({ role: 'INSPECT', act: 'handles', at: later?.at ?? openedAt, people: [officer] })
    }
  for (const { person, at } of taken) had({ role: 'INSPECT', act: 'took', at, people: [person] })
  for (const { code, proposer, proposedAt } of disposals)
    had({ role: 'INSPECT', act: 'proposed', at: proposedAt, people: [proposer], paper: code })
  for (const { code, agreed, dropped, acts, way } of disposals) {
    for (const { by, at, approval } of agreed)
      had({ role: 'REVIEW', act: 'agreed', at, people: [by, standing.get(approval)], paper: code })
    if (dropped?.why === 'refused')
      had({ role: 'REVIEW', act: 'refused', at: dropped.at, people: [dropped.by, refusedFor.get(code)], paper: code })
    for (const { by, with: others, at } of acts) {
      const people = [by, ...others].filter((person) => !(endsMeasure(way) && inspectors.has(person)))
      had({ role: 'EXECUTE', act: 'carried-out', at, people, paper: code })
    }
  }
  return parts.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/** Whether carrying out a disposal executes a decision, in a case whose roles are held apart. */
export function isExecuted({ track }: Pick<Case, 'track'>, way: DisposalType): boolean {
  return holdsRolesApart(track) && !endsMeasure(way)
}

/** Whether carrying it out ends a measure and executes nothing else. */
function endsMeasure(way: DisposalType): boolean {
  return way === 'RETURN'
}

/** The first act by which somebody has another role in a case than this one; null where he has none. */
export function otherRole(parts: TaxParts, person: string, wanted: TaxRole, way?: DisposalType): TaxPart | null {
  const mayBoth = wanted === 'EXECUTE' && way !== undefined && endsMeasure(way)
  const other = parts.find(
    (part) => part.person === person && part.role !== wanted && !(mayBoth && part.role === 'INSPECT'),
  )
  return other ?? null
}

/**
 * Holds somebody to the role that he has in a case.
 * @param way of the disposal that is carried out
 * @throws Refusal `custody.tax-role`, naming his role and the first act that gave it
 */
export function mustKeepRole(
  { roles }: WithRoles,
  number: string,
  person: string,
  wanted: TaxRole,
  way?: DisposalType,
): void {
  const had = otherRole(roles.get(number) ?? [], person, wanted, way)
  if (had !== null) throw roleRefused(had, number, wanted)
}

/** Why somebody has no such role in a case, as he is refused and as a page says it beforehand. */
export function roleRefused(had: TaxPart, number: string, wanted: TaxRole): Refusal {
  const { person } = had
  const [is, may, act] = [taxRoleWords[had.role], taxRoleWords[wanted], actWords[had.act]]
  const about = had.paper === null ? '' : ` ${had.paper}`
  return new Refusal('custody.tax-role', {
    ...{ case: number, person, since: had.at },
    ...{ role: is.zh, roleEn: is.en, wanted: may.zh, wantedEn: may.en },
    ...{ act: `${act.zh}${about}`, actEn: `${act.en}${about}` },
  })
}
