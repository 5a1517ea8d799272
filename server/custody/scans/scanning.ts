import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { maySign, type Paper } from '../papers/papers.ts'
import type { AttachScan } from './schemas.ts'

/** What a scan looks at: the paper that is in sight, the cases it is about, and which of the pictures whoever attaches them keeps here. */
export interface ScanScene {
  readonly paper: Paper | null
  readonly cases: readonly Case[]
  readonly kept: ReadonlySet<string>
  /** The file of the paper was erased by law: a scan would bring back what it said. */
  readonly isErased: boolean
}

/**
 * 签名原件扫描归档: the sheets that were signed by hand are attached to the paper as it was issued, by those who may issue it. What was signed
 * was signed: a paper that was issued anew since may have its scan too. Another scan takes the place of the one before and says why; both stay.
 * @throws Refusal `request.not-found`, `custody.paper-not-yours`, `custody.paper-erased`, `custody.scan-reason`, `custody.scan-missing`, `custody.scan-same`
 */
export function attachScan(scene: ScanScene, command: AttachScan, { actor, mint }: Circumstances): Decision {
  const { paper, cases, kept } = scene
  const { pages } = command
  if (paper === null) throw new Refusal('request.not-found', { what: command.paper })
  if (!maySign(actor, cases, paper.store)) throw new Refusal('custody.paper-not-yours')
  const { number } = paper
  if (scene.isErased) throw new Refusal('custody.paper-erased', { number })
  const before = paper.scans?.at(-1)
  const reason = command.reason?.trim() ?? ''
  const known = new Set(paper.scans?.flatMap((scan) => scan.pages))
  const missing = pages.filter((page) => !kept.has(page) && !known.has(page))
  if (missing.length > 0) throw new Refusal('custody.scan-missing', { number, count: missing.length })
  if (before !== undefined) {
    if (before.pages.join() === pages.join()) throw new Refusal('custody.scan-same', { number })
    if (reason === '') throw new Refusal('custody.scan-reason', { number })
  }
  return {
    facts: [
      draft(unitRegister(paper.unit), 'custody.paper-scanned', `paper/${paper.id}`, {
        ...{ kind: paper.kind, items: paper.items, pages },
        reason: reason === '' ? null : mint.seal(reason),
      }),
    ],
  }
}
