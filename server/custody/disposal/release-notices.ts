import type { DisposalForm } from '../../../labels/documents/disposal-form.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type HoldersShare, sharesOf } from '../papers/holders.ts'
import { readItems } from '../reads.ts'
import type { Disposal } from './disposal.ts'
import { disposalPaperOf, DOCUMENT, type Drawn, ready } from './paper.ts'

/** F-11 for one holder. */
export interface ReleaseNotice {
  /** Which of the papers of its disposal it is: by the act, counted from one; for any but the first holder, with the first of his things. Before the act by `AHEAD`. */
  readonly part: string
  readonly form: DisposalForm
}

/** In front of the first of a holder's things: what he is told by before he comes for them, whichever act hands them out. */
const AHEAD = 'ahead/'

/** Whether a part is that of a notice which is issued before its act. */
export function isAhead(part: string | null | undefined): boolean {
  return part?.startsWith(AHEAD) === true
}

/**
 * F-11 of one act, or of one to come: one for each holder, about his own things alone (rules X-04). Who may see none of a holder's things gets none of his.
 * @throws Refusal as `disposalPaperOf`
 */
export async function releaseNoticesOf(db: Reader, disposal: Disposal, drawn: Drawn): Promise<ReleaseNotice[]> {
  const inSight = new Set(drawn.seen.map(({ code }) => code))
  const notices: ReleaseNotice[] = []
  for (const { part, items } of await sharesOfAct(db, disposal, drawn)) {
    const seen = items.filter(({ code }) => inSight.has(code))
    if (seen.length === 0) continue
    const own = { ...drawn, seen, items: drawn.nth === null ? seen.map(({ code }) => code) : null }
    notices.push({ part, form: await disposalPaperOf(db, disposal, 'notice', own) })
  }
  if (notices.length === 0) throw new Refusal('request.not-found', { what: `${disposal.code} notice` })
  return notices
}

/** One that is issued before its act has its own number in its head: no line is left to write another on. */
export function numbered({ facts, ...form }: DisposalForm): DisposalForm {
  return { ...form, facts: facts.filter(({ name }) => name !== DOCUMENT) }
}

/** Whose things an act returned, each holder apart; nothing of an act that there was not. */
export async function releasedBy(db: Reader, disposal: Disposal, nth: number): Promise<HoldersShare[]> {
  const act = disposal.acts[nth - 1]
  if (act === undefined) return []
  const its = await readItems(db, disposal.items)
  return sharesOf(
    db,
    String(nth),
    its.filter(({ code }) => act.items.includes(code)),
  )
}

/** Whose things may go back now, each holder apart: each is told of his own before he comes for them. */
export async function releasedNext(db: Reader, disposal: Disposal): Promise<HoldersShare[]> {
  const its = await readItems(db, disposal.items)
  const due = its.some((item) => item.disposal === disposal.code && item.dispositionStatus === 'APPROVED')
  return due ? aheadOf(await sharesOf(db, '', ready(disposal, its, null))) : []
}

async function sharesOfAct(db: Reader, disposal: Disposal, { nth, items, seen }: Drawn): Promise<HoldersShare[]> {
  if (nth !== null) return releasedBy(db, disposal, nth)
  return aheadOf(await sharesOf(db, '', ready(disposal, seen, items)))
}

function aheadOf(shares: readonly HoldersShare[]): HoldersShare[] {
  return shares.map((share) => ({ ...share, part: `${AHEAD}${share.items[0].code}` }))
}
