import type { DisposalForm } from '../../../labels/documents/disposal-form.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type HoldersShare, sharesOf } from '../papers/holders.ts'
import { readItems } from '../reads.ts'
import type { Disposal } from './disposal.ts'
import { disposalPaperOf, type Drawn, ready } from './paper.ts'

/** F-11 for one holder. */
export interface ReleaseNotice {
  /** Which of the papers of its disposal it is: by the act, counted from one; for any but the first holder, with the first of his things. */
  readonly part: string
  readonly form: DisposalForm
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

async function sharesOfAct(db: Reader, disposal: Disposal, { nth, items, seen }: Drawn): Promise<HoldersShare[]> {
  if (nth !== null) return releasedBy(db, disposal, nth)
  return sharesOf(db, String(disposal.acts.length + 1), ready(disposal, seen, items))
}
