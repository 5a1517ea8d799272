import type { LedgerHint } from '../hub.ts'
import { subjectId, subjectKind } from '../ledger/project.ts'
import type { Actor, Reader } from '../module.ts'
import { campaignRegister } from './campaigns/campaign.ts'
import { maySee } from './follow-ups.ts'
import { hallRegister } from './rating.ts'
import './tables.ts'

/** Of whom a sample calls, supervisors alone are told: nobody of the hall sees who was drawn. */
const OF_SUPERVISORS = 'sample'
/** What happens at the counters, and what whoever works there has a part in. */
const OF_COUNTERS: ReadonlySet<string> = new Set(['counter', 'service', 'portrait', 'box', 'matter'])

/**
 * Of these hints those about halls that somebody may hear of: the head of a hall and its clerks of their counters, the head of nearly all else too, and
 * of an answer to a rater whoever sees it on his page. Leaders hear of the campaigns of their organ.
 * @returns subjects
 */
export async function ratingSubjectsInSight(
  db: Reader,
  actor: Actor,
  hints: readonly LedgerHint[],
): Promise<ReadonlySet<string>> {
  const registersOf = (...posts: readonly string[]): ReadonlySet<string> =>
    new Set(actor.appointments.filter(({ post }) => posts.includes(post)).map(({ place }) => hallRegister(place)))
  const [heads, serves] = [registersOf('manager'), registersOf('manager', 'clerk')]
  const leads = new Set(
    actor.appointments.filter(({ post }) => post === 'approver').map(({ place }) => campaignRegister(place)),
  )
  const asked = hints.filter(({ subject }) => subjectKind(subject) === 'follow-up')
  const seen = new Set(await followUpsInSight(db, actor, asked))
  for (const { register, subject } of hints) {
    const kind = subjectKind(subject)
    if (kind === 'follow-up' || kind === OF_SUPERVISORS) continue
    if (heads.has(register) || (serves.has(register) && OF_COUNTERS.has(kind))) seen.add(subject)
    if ((kind === 'campaign' || kind === 'paper-box') && leads.has(register)) seen.add(subject)
  }
  return seen
}

async function followUpsInSight(db: Reader, actor: Actor, hints: readonly LedgerHint[]): Promise<string[]> {
  if (hints.length === 0) return []
  const found = await db
    .selectFrom('rating_follow_ups')
    .select(['id', 'state'])
    .where('id', 'in', [...new Set(hints.map(({ subject }) => subjectId(subject)))])
    .execute()
  return found.filter(({ state }) => maySee(state, actor)).map(({ id }) => `follow-up/${id}`)
}
