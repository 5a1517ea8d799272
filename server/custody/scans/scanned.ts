import type { Sealed } from '../../module.ts'
import type { CustodyFact } from '../custody.ts'
import type { Paper } from '../papers/papers.ts'

/** One scan of the signed sheets of a paper. */
export type Scan = {
  /** Hashes of the originals, in the order of the sheets. */
  readonly pages: readonly string[]
  readonly reason: Sealed | null
  readonly by: string
  readonly at: string
}

/** The paper with one more scan: the last one stands, those before it stay. */
export function evolveScan(paper: Paper, fact: Extract<CustodyFact, { type: 'custody.paper-scanned' }>): Paper {
  const { pages, reason } = fact.body
  return { ...paper, scans: [...(paper.scans ?? []), { pages, reason, by: fact.actor, at: fact.at }] }
}

/** Every picture that a paper has: receipts of its service, and its signed sheets, replaced ones too. */
export function picturesOf({ services = [], scans = [] }: Pick<Paper, 'services' | 'scans'>): string[] {
  return [...new Set([...services.flatMap(({ scan }) => scan ?? []), ...scans.flatMap(({ pages }) => pages)])]
}
