import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import { cases } from '../projections.ts'
import type { ShownPaper } from '../protocol.ts'
import { scansOf } from '../scans/shown.ts'
import { isServed } from '../service/served.ts'
import { servicesOf } from '../service/shown.ts'
import { sayPageFault } from './label-faults.ts'
import { copiesOf, type Paper, PAPERS } from './papers.ts'

/** Papers as a list shows them, with how each was served and last printed. */
export async function shownPapers(db: Reader, papers: readonly Paper[]): Promise<ShownPaper[]> {
  const named = await namesOf(
    db,
    papers.flatMap(({ issuedBy, services = [], scans = [] }) =>
      [issuedBy, ...services.map(({ by }) => by), ...scans.map(({ by }) => by)].map((by) => `person/${by}`),
    ),
  )
  const served = await servicesOf(db, papers, named)
  const scanned = await scansOf(db, papers, named)
  const about = [...new Set(papers.flatMap(({ cases: of }) => of))]
  const known = (await loadStates(db, cases, about)) as Map<string, Case>
  const tracksOf = (paper: Paper) => paper.cases.flatMap((of) => known.get(of)?.track ?? [])
  return papers.map((paper) => ({
    ...{ paper: paper.id, kind: { value: paper.kind, words: PAPERS[paper.kind].title }, form: PAPERS[paper.kind].form },
    ...{ number: paper.number, layout: paper.layout, of: paper.of, part: paper.part, items: paper.items },
    ...{ check: paper.check, sha256: paper.sha256, pages: paper.pages, copies: copiesOf(paper) },
    ...{ issuedAt: paper.issuedAt, issuedBy: named(`person/${paper.issuedBy}`), replacedBy: paper.replacedBy ?? null },
    toServe: paper.replacedBy === undefined && isServed(paper.kind, tracksOf(paper)),
    services: served(paper),
    scans: scanned(paper),
    toScan: paper.cases.length > 0 || paper.store !== null,
    print: shownPrint(paper),
  }))
}

function shownPrint({ prints = [] }: Paper): ShownPaper['print'] {
  const last = prints.at(-1)
  if (last === undefined) return null
  const { job, station, at, state, fault } = last
  return { job, station, at, state, fault: fault === null ? null : sayPageFault(fault) }
}
