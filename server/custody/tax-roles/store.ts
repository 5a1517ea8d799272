import { sql } from 'kysely'
import type { DeedData } from '../../approvals/approvals.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import type { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import type { Disposal } from '../disposal/disposal.ts'
import { cases, disposals } from '../projections.ts'
import '../tables.ts'
import {
  holdsRolesApart,
  otherRole,
  relativesOf,
  roleRefused,
  type TaxHistory,
  type TaxParts,
  taxPartsOf,
} from './roles.ts'

/**
 * Who had which role in each of these cases, by number. It follows from tables that are folds of the registers, so a replay tells the same, and
 * registers of before this rule tell it too. Every act that gives a role writes in the register of the department that handles the case: who
 * holds its lock, as each act that asks for a role does, reads what nobody else changes meanwhile.
 */
export async function taxPartsIn(db: Reader, of: Iterable<Case>): Promise<Map<string, TaxParts>> {
  const found = new Map<string, TaxParts>()
  for (const one of of) if (holdsRolesApart(one.track)) found.set(one.number, await partsOf(db, one))
  return found
}

async function partsOf(db: Reader, of: Case): Promise<TaxParts> {
  const family = await familyOf(db, of)
  const numbers = family.map(({ number }) => number)
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = any(${numbers}::text[]) order by proposed_at, id
  `.execute(db)
  const papers = found.rows.map(({ state }) => state)
  const taken = await sql<{ person: string; at: string }>`
    select officer as person, min(i.state #>> '{measure,takenAt}') as at
    from items i cross join jsonb_array_elements_text(i.state #> '{measure,officers}') as officer
    where i.case_number = any(${numbers}::text[]) group by officer
  `.execute(db)
  const joined = await joinedIn(db, numbers)
  return taxPartsOf({ cases: family, joined, taken: taken.rows, disposals: papers, ...(await principals(db, papers)) })
}

/**
 * Who was taken into these cases after they were opened, in the place of one who stood aside or beside those who handle them: the state of a case knows who, the register alone since when. Who handled it
 * from the beginning may be named among them, and joined nothing by that.
 */
async function joinedIn(db: Reader, numbers: readonly string[]): Promise<TaxHistory['joined']> {
  const found = await sql<TaxHistory['joined'][number]>`
    select distinct on ("case", person) substr(e.subject, length('case/') + 1) as "case", person, e.text::jsonb ->> 'at' as at
    from entries e cross join lateral jsonb_array_elements_text(
      coalesce(e.text::jsonb #> '{body,successors}', e.text::jsonb #> '{body,officers}')) as person
    where e.subject = any(${numbers.map((number) => `case/${number}`)}::text[]) and e.type in ('custody.recused', 'custody.officers-joined')
      and not exists (select from entries o where o.subject = e.subject and o.type = 'custody.case-opened'
        and o.text::jsonb #> '{body,officers}' ? person)
    order by "case", person, e.at
  `.execute(db)
  return found.rows
}

/** A case, with every one that it is one with or that something of it came from. */
async function familyOf(db: Reader, of: Case): Promise<readonly Case[]> {
  const known = new Map([[of.number, of]])
  let newer: readonly Case[] = [of]
  while (newer.length > 0) {
    const named = newer.flatMap(relativesOf).filter((number) => !known.has(number))
    newer = [...(await loadStates(db, cases, named)).values()].flatMap((one) => one ?? [])
    for (const one of newer) known.set(one.number, one)
  }
  return [...known.values()]
}

/** For whom those stood in who decided about these papers. */
async function principals(
  db: Reader,
  papers: readonly Disposal[],
): Promise<{ readonly standing: Map<string, string>; readonly refusedFor: Map<string, string> }> {
  const refused = papers.flatMap(({ code, dropped }) => (dropped?.why === 'refused' ? [{ code, by: dropped.by }] : []))
  const agreed = papers.flatMap((paper) => paper.agreed.map(({ approval }) => approval))
  const found = await sql<{ id: string; paper: string; refused: boolean; principal: string }>`
    select id, state #>> '{deed,disposal}' as paper, status = 'refused' as refused, state ->> 'decidedFor' as principal
    from approvals where state ? 'decidedFor' and (id::text = any(${agreed}::text[])
      or (decided_by = any(${refused.map(({ by }) => by)}::text[]) and status = 'refused'
        and state #>> '{deed,disposal}' = any(${refused.map(({ code }) => code)}::text[])))
  `.execute(db)
  const of = (isRefused: boolean) => found.rows.filter((row) => row.refused === isRefused)
  return {
    standing: new Map(of(false).map(({ id, principal }) => [id, principal])),
    refusedFor: new Map(of(true).map(({ paper, principal }) => [paper, principal])),
  }
}

/** Of these papers of disposal, those that somebody may not carry out because he has another role in their tax case. */
export async function papersNotFor(
  db: Reader,
  person: string,
  papers: readonly Disposal[],
): Promise<ReadonlySet<string>> {
  const roles = await taxPartsOfPapers(db, papers)
  const apart = papers.filter((one) => otherRole(roles.get(one.case) ?? [], person, 'EXECUTE', one.way) !== null)
  return new Set(apart.map(({ code }) => code))
}

/**
 * Of these requests, by their deeds, those that somebody may not decide because he has another role in the tax case of the disposal that they
 * are about: they are not offered to him. Each with what he would be refused with.
 */
export async function decisionsNotFor(
  db: Reader,
  person: string,
  deeds: readonly DeedData[],
): Promise<ReadonlyMap<DeedData, Refusal>> {
  const named = (deed: DeedData): string[] => (typeof deed['disposal'] === 'string' ? [deed['disposal']] : [])
  const found = await loadStates(db, disposals, deeds.flatMap(named))
  const papers = new Map([...found].flatMap(([code, paper]) => (paper === null ? [] : [[code, paper] as const])))
  const roles = await taxPartsOfPapers(db, [...papers.values()])
  const why = new Map<DeedData, Refusal>()
  for (const deed of deeds)
    for (const { case: number } of named(deed).flatMap((code) => papers.get(code) ?? [])) {
      const had = otherRole(roles.get(number) ?? [], person, 'REVIEW')
      if (had !== null) why.set(deed, roleRefused(had, number, 'REVIEW'))
    }
  return why
}

async function taxPartsOfPapers(db: Reader, papers: readonly Disposal[]): Promise<Map<string, TaxParts>> {
  const found = await loadStates(db, cases, [...new Set(papers.map((one) => one.case))])
  return taxPartsIn(
    db,
    [...found.values()].flatMap((one) => one ?? []),
  )
}
