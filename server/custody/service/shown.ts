import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Json, Reader } from '../../module.ts'
import type { Named } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import { said } from '../names.ts'
import { type Paper, PAPERS } from '../papers/papers.ts'
import type { CaseAccount, ShownPaper } from '../protocol.ts'
import { rules } from '../rules.ts'
import { SERVICE_FIELDS, serviceFields, serviceWayWords } from './ways.ts'

/** How papers were served, by paper; what was lawfully erased of a receipt is left out. */
export async function servicesOf(
  db: Reader,
  papers: readonly Paper[],
  named: (who: string) => Named,
): Promise<(paper: Paper) => ShownPaper['services']> {
  const told = await readPersonal(
    db,
    papers.flatMap(({ services = [] }) => services.map((one) => one.told.ref)),
  )
  return ({ services = [] }) =>
    services.map(({ way, servedAt, countsFrom, told: { ref }, scan, by, at }) => ({
      ...{ way: said(way, serviceWayWords), servedAt, countsFrom, scan, by: named(`person/${by}`), at },
      told: SERVICE_FIELDS.flatMap((field) => {
        const text = memberOf(told.get(ref), field)
        return text === null ? [] : [{ field: said(field, serviceFields), text }]
      }),
    }))
}

function memberOf(content: Json | undefined, field: string): string | null {
  if (content === null || typeof content !== 'object' || Array.isArray(content)) return null
  const found = (content as Readonly<Record<string, Json>>)[field]
  return typeof found === 'string' ? found : null
}

/** Papers of a case that are to be served and of which no service is recorded: an open point, which stops nobody. */
export async function unservedOf(db: Reader, { number, track }: Case): Promise<CaseAccount['unserved']> {
  const found = await sql<{ state: Paper }>`
    select p.state from papers p join paper_cases c on c.paper = p.id and c.case_number = ${number}
    where p.stands and p.kind = any(${[...rules.served_papers.value[track]]}::text[]) and p.state -> 'services' is null
    order by p.issued_at, p.id
  `.execute(db)
  return found.rows.map(({ state: { id, number: paperNumber, kind, issuedAt } }) => ({
    ...{ paper: id, number: paperNumber, kind: { value: kind, words: PAPERS[kind].title }, issuedAt },
  }))
}
