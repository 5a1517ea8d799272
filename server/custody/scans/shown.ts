import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { type Named, textOf } from '../../names.ts'
import type { Paper } from '../papers/papers.ts'
import type { ShownPaper } from '../protocol.ts'

/** The signed sheets of papers, by paper, the scan that stands last; the reason is null where there was none or it was lawfully erased. */
export async function scansOf(
  db: Reader,
  papers: readonly Paper[],
  named: (who: string) => Named,
): Promise<(paper: Paper) => ShownPaper['scans']> {
  const reasons = await readPersonal(
    db,
    papers.flatMap(({ scans = [] }) => scans.flatMap(({ reason }) => reason?.ref ?? [])),
  )
  return ({ scans = [] }) =>
    scans.map(({ pages, reason, by, at }) => ({
      ...{ pages, by: named(`person/${by}`), at },
      reason: reason === null ? null : textOf(reasons.get(reason.ref)),
    }))
}
