import { sql } from 'kysely'
import { readPersonal } from '../ledger/personal.ts'
import type { Circumstances, Decision, Fact, Projection, Reader, Sealed } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { Page } from '../schemas.ts'
import { ORG_REGISTER } from './org.ts'
import './tables.ts'

/** What an operator at the machine did without a second administrator. */
export const GLASS_DEEDS = ['reset', 'badge', 'appoint'] as const
export type GlassDeed = (typeof GLASS_DEEDS)[number]

export interface BrokenGlass {
  readonly deed: GlassDeed
  readonly person: string
  /** Why, in the operator's words, which may name people: it stands beside the register. */
  readonly reason: Sealed
  readonly at: string
}

/** How long supervisors and administrators see it on their screens; the register keeps it for ever. The house's own number. */
const GLASS_SHOWN_DAYS = 30
const MS_A_DAY = 86_400_000

export type BreakGlass = {
  readonly type: 'org.break-glass'
  readonly deed: GlassDeed
  readonly person: string
  readonly reason: string
}

/**
 * Takes down that the two-administrator rule is set aside, by whom it concerns and why; the deed itself follows in the same transaction.
 * @throws Refusal `org.unknown`
 */
export function breakGlass(
  { known }: { readonly known: boolean },
  { deed, person, reason }: BreakGlass,
  { mint }: Circumstances,
): Decision {
  if (!known) throw new Refusal('org.unknown', { what: person })
  const id = mint.id()
  const body = { v: 1, deed, person, reason: mint.seal(reason) }
  return { facts: [{ register: ORG_REGISTER, type: 'org.glass-broken', subject: `glass/${id}`, body }], result: { id } }
}

export const brokenGlass: Projection<BrokenGlass | null> = {
  kind: 'glass',
  table: 'broken_glass',
  initial: null,
  evolve: (state, fact: Fact) => {
    if (fact.type !== 'org.glass-broken') return state
    const { deed, person, reason } = fact.body as unknown as BrokenGlass
    return { deed, person, reason, at: fact.at }
  },
  columns: (_id, state) => {
    if (state === null) throw new Error('glass begins with its being broken')
    return { person: state.person, at: state.at }
  },
}

export interface ShownGlass {
  readonly id: string
  readonly deed: GlassDeed
  readonly person: string
  /** Null when it was erased. */
  readonly reason: string | null
  readonly at: string
}

/** What was done without a second administrator within the last `GLASS_SHOWN_DAYS`, the newest first: a page of it. */
export async function recentGlass(db: Reader, now: string, { limit, after }: Page): Promise<ShownGlass[]> {
  let query = db
    .selectFrom('broken_glass')
    .select(['id', 'state'])
    .where('at', '>', new Date(Date.parse(now) - GLASS_SHOWN_DAYS * MS_A_DAY).toISOString())
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== null)
    query = query.where(sql<boolean>`(at, id) < (select b.at, b.id from broken_glass b where b.id = ${after})`)
  const rows = await query.execute()
  const reasons = await readPersonal(
    db,
    rows.map(({ state }) => state.reason.ref),
  )
  return rows.map(({ id, state: { deed, person, reason, at } }) => {
    const words = reasons.get(reason.ref)
    return { id, deed, person, reason: typeof words === 'string' ? words : null, at }
  })
}
