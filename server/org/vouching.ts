import { sql } from 'kysely'
import { endOfDay } from '../clock/calendar.ts'
import { localDay } from '../local-time.ts'
import type { Circumstances, Decision, FactDraft, Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import type { Page } from '../schemas.ts'
import { appointmentsAt, ORG_REGISTER, type OrgState } from './org.ts'
import './tables.ts'

/** 忘带工牌: a colleague of the same post and place vouches for somebody, for the rest of the day. */
export type VouchBadge = {
  readonly type: 'org.vouch-badge'
  readonly person: string
  readonly place: string
  /** Not left at home but lost: what he had is blocked at once. */
  readonly lost: boolean
}

/** One time somebody was vouched for. */
export interface Vouched {
  readonly by: string
  readonly place: string
  readonly lost: boolean
  readonly at: string
  readonly until: string
}

/** How long supervisors see it. The house's own number. */
const VOUCHED_SHOWN_DAYS = 30
const MS_A_DAY = 86_400_000

/** What stands for his badge that day: typed at a bench as the log-in, which proves nothing without the PIN. */
export function dayBadgeOf(login: string): string {
  return `DAY-${login.toUpperCase()}`
}

/**
 * A custodian of the store takes down that he knows the other one, who goes without a badge today. His PIN is asked as ever; what a lost badge
 * opened ends with it.
 * @throws Refusal `org.vouch-self`, `org.vouch-post`, `org.vouched-today`
 */
export function vouchBadge(
  { people }: Pick<OrgState, 'people'>,
  { person: id, place, lost }: VouchBadge,
  { actor, at }: Circumstances,
): Decision {
  const person = people.get(id)
  if (person === undefined) throw new Refusal('org.unknown', { what: id })
  if (actor.person === id) throw new Refusal('org.vouch-self')
  const holds = (held: readonly { readonly post: string; readonly place: string }[]): boolean =>
    held.some((one) => one.post === 'custodian' && one.place === place)
  if (!holds(actor.appointments) || !holds(appointmentsAt(person, at))) throw new Refusal('org.vouch-post', { place })
  const badge = dayBadgeOf(person.login)
  if (person.badges.some((one) => one.badge === badge && one.active && (one.until ?? '') > at))
    throw new Refusal('org.vouched-today', { person: id })
  const of = (type: string, body: Omit<FactDraft['body'], 'v'>): FactDraft => ({
    ...{ register: ORG_REGISTER, type, subject: `person/${id}` },
    body: { v: 1, ...body },
  })
  const blocked = lost ? person.badges.filter((one) => one.active && one.until === undefined) : []
  const until = endOfDay(localDay(at))
  return {
    facts: [
      ...blocked.map((one) => of('org.badge-revoked', { badge: one.badge })),
      of('org.badge-vouched', { badge, until, by: actor.person, place, lost }),
    ],
    result: { login: person.login, until },
  }
}

export interface ShownVouching extends Vouched {
  /** Whose badge was not there, and when: names this one. */
  readonly id: string
  readonly person: string
  /** Which time it was within the days that are shown. */
  readonly times: number
}

/** Who went without a badge in the last `VOUCHED_SHOWN_DAYS`, the newest first: a page of it. */
export async function recentVouchings(db: Reader, now: string, { limit, after }: Page): Promise<ShownVouching[]> {
  const since = new Date(Date.parse(now) - VOUCHED_SHOWN_DAYS * MS_A_DAY).toISOString()
  const found = await sql<ShownVouching>`
    with said as (
      select p.id as person, v.value as v,
        row_number() over (partition by p.id order by v.value ->> 'at')::integer as times
      from people p cross join lateral jsonb_array_elements(p.state -> 'vouched') v
      where v.value ->> 'at' > ${since}
    )
    select person || '@' || (v ->> 'at') as id, person, v ->> 'by' as by, v ->> 'place' as place, (v ->> 'lost')::boolean as lost,
      v ->> 'at' as at, v ->> 'until' as until, times
    from said
    where ${after}::text is null or (v ->> 'at', person) < (split_part(${after}, '@', 2), split_part(${after}, '@', 1))
    order by v ->> 'at' desc, person desc limit ${limit}
  `.execute(db)
  return [...found.rows]
}
