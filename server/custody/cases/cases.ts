import type { Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import { evolveChecks, type MeasureCheck } from '../checklist/checklist.ts'
import { evolveFiling, filedFact, type Filing } from '../filing/filing.ts'
import { type CaseLineage, evolveCasePassage } from '../case-lineage/lineage.ts'
import { custodyFact, draft, unitRegister } from '../custody.ts'
import { mustFitCards } from '../papers/drawable.ts'
import { mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { OpenCase } from '../schemas.ts'
import type { ApprovedMeasure } from '../measures/approving.ts'
import { evolveOfficers } from '../officers/officers.ts'
import type { RecusalGround } from '../recusal/grounds.ts'
import { evolveRecusal } from '../recusal/recusal.ts'
import { evolveTarget, type Target } from '../worth/worth.ts'
import { evolveNumber } from '../renumbering/renumbering.ts'
import { actorIsOfficerOf } from '../separation.ts'

/** 一案一账: whose case it is, and who handles it. */
export type Case = CaseLineage & {
  /** The number it was registered under: what facts and tables know it by, whatever number it goes by since. */
  readonly number: string
  readonly title: Sealed
  readonly track: Track
  readonly unit: string
  readonly officers: readonly string[]
  readonly status: CaseStatus
  readonly openedAt: string
  /** Absent as long as it was never closed, or is open again. */
  readonly closed?: { readonly at: string; readonly by: string; readonly exceptions: readonly string[] }
  /** When it was last opened again: an exception granted before that has had its day. */
  readonly reopenedAt?: string
  /** Measures that may be taken, oldest first; absent until one was approved. */
  readonly approvedMeasures?: readonly ApprovedMeasure[]
  /** 回避: who handles, approves and keeps nothing of it any more, oldest first; absent until somebody stood aside. */
  readonly recusals?: readonly {
    readonly person: string
    readonly ground: RecusalGround
    readonly reason: Sealed
    readonly by: string
    readonly at: string
  }[]
  /** 增加承办人员: who handles it as well since when, oldest first; absent until somebody joined. */
  readonly joined?: readonly {
    readonly officers: readonly string[]
    readonly reason: Sealed
    readonly by: string
    readonly at: string
  }[]
  /** What its measures are for, in money; absent until somebody has said so. */
  readonly target?: Target
  /** When it was filed; absent until somebody has said so, as of old cases. */
  readonly filing?: Filing
  /** What was said to be seen to when things were taken, oldest first; absent until something was. */
  readonly checks?: readonly MeasureCheck[]
  /** 更正案号: every number it was given after the first, oldest first; absent until its number was put right. */
  readonly renumbered?: readonly {
    readonly was: string
    readonly is: string
    readonly signers: readonly string[]
    readonly reason: Sealed
    readonly by: string
    readonly at: string
  }[]
  /** What the daily trial of its account found, as long as it is so. */
  readonly imbalance?: { readonly since: string; readonly accounts: readonly string[] }
}

/** `MERGED`: into another case, in which everything goes on. */
export type CaseStatus = 'OPEN' | 'CLOSED' | 'MERGED'

/** What one more fact makes of a case; null until its account is opened. A closed one may be opened again, and then has no closing any more. */
export function evolveCase(state: Case | null, raw: Fact): Case | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.case-opened') {
    const { subject, title, track, unit, officers } = fact.body
    return { number: subject.slice('case/'.length), title, track, unit, officers, status: 'OPEN', openedAt: fact.at }
  }
  if (state === null) return null
  switch (fact.type) {
    case 'custody.case-closed':
      return { ...state, status: 'CLOSED', closed: { at: fact.at, by: fact.actor, exceptions: fact.body.exceptions } }
    case 'custody.case-reopened': {
      const { closed: _, ...rest } = state
      return { ...rest, status: 'OPEN', reopenedAt: fact.at }
    }
    case 'custody.measure-approved': {
      const { approval, requester, approver, kind, validUntil } = fact.body
      const one = { approval, requester, approver, kind, at: fact.at, validUntil }
      return { ...state, approvedMeasures: [...(state.approvedMeasures ?? []), one] }
    }
    case 'custody.case-filed':
      return evolveFiling(state, fact)
    case 'custody.measure-checked':
      return evolveChecks(state, fact)
    case 'custody.recused':
      return evolveRecusal(state, fact)
    case 'custody.officers-joined':
      return evolveOfficers(state, fact)
    case 'custody.target-stated':
      return evolveTarget(state, fact)
    case 'custody.case-renumbered':
      return evolveNumber(state, fact)
    case 'custody.case-passed-on':
    case 'custody.case-took-over':
      return evolveCasePassage(state, fact)
    case 'custody.account-differed':
      return { ...state, imbalance: { since: fact.at, accounts: fact.body.accounts } }
    case 'custody.account-agreed': {
      const { imbalance: _, ...rest } = state
      return rest
    }
    default:
      return state
  }
}

/** What opening a case looks at. */
export interface OpenCaseState {
  readonly taken: boolean
  readonly unitKnown: boolean
  /** Who of the named people is an officer of the unit at this moment. */
  readonly officers: ReadonlySet<string>
}

const NUMBER = { zh: '案号', en: 'case number' }

/**
 * Opens the account of a case. Its title may name people, so the register holds a commitment to it.
 * @param place of the row, where it is one of many
 */
export function openCase(
  state: OpenCaseState,
  command: OpenCase,
  circumstances: Circumstances,
  place: RefusalValues = {},
): Decision {
  const { number, title, track, unit, officers, filing } = command
  if (!state.unitKnown) throw new Refusal('custody.unknown-unit', { unit })
  if (!actorIsOfficerOf(circumstances.actor, unit)) throw new Refusal('custody.not-your-unit', { unit })
  if (state.taken) throw new Refusal('custody.case-exists', { case: number })
  const stranger = officers.find((person) => !state.officers.has(person))
  if (stranger !== undefined) throw new Refusal('custody.officer-unknown', { person: stranger, unit })
  const names = { ...noNames, titles: [title] }
  mustNameNobody([{ field: 'number', name: NUMBER, text: number }], names, place)
  mustFitCards(number)
  const filed = filing === undefined ? [] : [filedFact({ number, unit }, filing, names, circumstances.at, place)]
  const body = { title: circumstances.mint.seal(title), track, unit, officers }
  return {
    facts: [draft(unitRegister(unit), 'custody.case-opened', `case/${number}`, body), ...filed],
    result: { number },
  }
}
