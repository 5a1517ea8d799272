import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type Case, openCase, type OpenCaseState } from '../cases/cases.ts'
import type { NewCase, OpenCases } from '../schemas.ts'
import { caseColumns, type CaseColumn } from './columns.ts'

/** A case that has the number of a row already. */
export interface KnownCase {
  readonly of: Case
  /** Null where it was lawfully erased. */
  readonly title: string | null
  /** Whether whoever imports may know what it is: he sees it, or opened it himself. */
  readonly isInSight: boolean
}

/** What opening many cases looks at, by the number of each. */
export interface OpenCasesState {
  readonly cases: ReadonlyMap<string, OpenCaseState>
  readonly known: ReadonlyMap<string, KnownCase>
}

/** What becomes of a row: what it writes, that the same case is there already, or why not. */
export type RowOutcome = readonly FactDraft[] | 'there' | Refusal

/**
 * Every row as the opening of one case decides it, all of them looked at. One whose number is known is there already when everything that it says
 * is so; else it says what differs, to whom the case may be known.
 */
export function tryCases(
  { cases, known }: OpenCasesState,
  rows: readonly NewCase[],
  circumstances: Circumstances,
): RowOutcome[] {
  const seen = new Map<string, number>()
  return rows.map((row, index) => {
    const line = index + 1
    const earlier = seen.get(row.number)
    seen.set(row.number, earlier ?? line)
    if (earlier !== undefined) return new Refusal('custody.import-case-twice', { case: row.number, line })
    const same = known.get(row.number)
    if (same?.isInSight === true) {
      const differing = differencesOf(same, row)
      if (differing.length === 0) return 'there'
      const named = caseColumns.filter(({ id }) => differing.includes(id)).map(({ name }) => name)
      return new Refusal('custody.import-case-differs', {
        ...{ case: row.number, line },
        ...{ what: named.map(({ zh }) => zh).join('、'), whatEn: named.map(({ en }) => en).join(', ') },
      })
    }
    const state = cases.get(row.number)
    if (state === undefined) throw new Error(`${row.number} was not loaded`)
    try {
      const { facts } = openCase(state, { type: 'custody.open-case', ...row }, circumstances, { line })
      return facts
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return new Refusal(error.code, { ...error.values, line })
    }
  })
}

/**
 * Opens many cases as one: each as by hand, all of them or none. What is there already stays as it is, so that the same table may come again.
 * @throws Refusal as `openCase`, `custody.import-case-twice`, `custody.import-case-differs`, with the `line`
 */
export function openCases(state: OpenCasesState, { cases }: OpenCases, circumstances: Circumstances): Decision {
  const outcomes = tryCases(state, cases, circumstances)
  const refused = outcomes.find((one) => one instanceof Refusal)
  if (refused !== undefined) throw refused
  const numbersOf = (isThere: boolean): string[] =>
    cases.filter((_, index) => (outcomes[index] === 'there') === isThere).map(({ number }) => number)
  return {
    facts: outcomes.flatMap((one) => (one === 'there' || one instanceof Refusal ? [] : one)),
    result: { opened: numbersOf(false), there: numbersOf(true) },
  }
}

/** In what a case is another than a row says. A row that says nothing of its filing says nothing against it. */
function differencesOf({ of, title }: KnownCase, row: NewCase): CaseColumn[] {
  const { filing } = row
  const officers = new Set(of.officers)
  const sameOfficers = officers.size === row.officers.length && row.officers.every((one) => officers.has(one))
  const differs: Readonly<Record<Exclude<CaseColumn, 'number'>, boolean>> = {
    title: title !== row.title,
    track: of.track !== row.track,
    unit: of.unit !== row.unit,
    officers: !sameOfficers,
    filedOn: filing !== undefined && filing.filedOn !== of.filing?.filedOn,
    document: filing !== undefined && filing.document !== of.filing?.document,
  }
  return (Object.keys(differs) as (keyof typeof differs)[]).filter((column) => differs[column])
}
