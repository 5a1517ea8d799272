import type { RouteDependencies } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Actor, Json, Sealed } from '../module.ts'
import { namesOf } from '../names.ts'
import '../org/tables.ts'
import { toldOf } from '../refusal-names.ts'
import type { ToldRefusal } from '../refusal.ts'
import type { Language } from '../table.ts'
import { type Approval, type Deed, type DeedData, mayDecide, type TermAsked } from './approvals.ts'
import { absentFor } from './delegations.ts'
import type { Named, ShownApproval } from './protocol.ts'
import { aboveOf, notOffered } from './store.ts'

const WAITS = { zh: /待您(?:审批|审理|批准)$/, en: / waits for your .*$/ } as const

/** What a deed is called in a table: its title says that it waits, and there its state stands beside it. Empty for a deed that is not known. */
export function titleOf(of: Pick<Deed, 'title'> | undefined, language: Language): string {
  return (of?.title[language] ?? '').replace(WAITS[language], '')
}

/** Requests with the names behind their ids and the words behind their seals, and what whoever asks may do with each. The read is to be recorded. */
export function showing({
  db,
  now,
  deeds,
}: Pick<RouteDependencies, 'db' | 'now'> & { readonly deeds: readonly Deed[] }): (
  found: readonly Approval[],
  actor: Actor,
) => Promise<ShownApproval[]> {
  /** What belongs to a proposal is taken back where that stands, by whoever proposed. */
  const withdrawnByRequester = new Set(
    deeds.filter(({ askedFor }) => askedFor === undefined).map(({ command }) => command),
  )
  return async (found, actor) => {
    const aboveUnit = await aboveOf(
      db,
      found.map(({ unit }) => unit),
    )
    const ids = [
      ...new Set(
        found.flatMap(({ requester, decidedBy, decidedFor, passed = [] }) => [
          ...[requester, decidedBy ?? requester, decidedFor ?? requester],
          ...passed.flatMap(({ by, standsFor }) => [by, standsFor ?? by]),
        ]),
      ),
    ]
    const people =
      ids.length === 0 ? [] : await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', ids).execute()
    const contents = await readPersonal(db, [
      ...people.map(({ name_ref }) => name_ref),
      ...found.flatMap(({ reason, opinion, passed = [] }) =>
        [reason, opinion, ...passed.map((one) => one.opinion)].flatMap((one) => one?.ref ?? []),
      ),
    ])
    const refs = new Map(people.map(({ id, name_ref }) => [id, name_ref]))
    const named = (person: string): Named => ({ person, name: textOf(contents.get(refs.get(person) ?? '')) ?? person })
    const at = now()
    const words = (sealed: Sealed | null): string | null => (sealed === null ? null : textOf(contents.get(sealed.ref)))
    const absent = new Map<string, readonly Actor[]>()
    for (const { deed } of found.filter(({ status }) => status === 'asked'))
      if (!absent.has(deed.command)) absent.set(deed.command, await absentFor(db, actor.person, deed.command, at))
    const absentNames = await namesOf(
      db,
      [...absent.values()].flat().map(({ person }) => `person/${person}`),
    )
    const waiting = found.filter(({ status }) => status === 'asked')
    const apartFrom = await notOffered(db, deeds, actor.person, waiting)
    const terms = await termsOf(db, deeds, found, at)
    const barred = new Map<string, ToldRefusal>()
    for (const [id, why] of apartFrom) barred.set(id, await toldOf(db, why))
    /** Whether it is the asker's to decide, and for whom. */
    const deciding = (one: Approval, state: string): Pick<ShownApproval, 'yours' | 'yoursFor'> => {
      const above = aboveUnit(one.unit)
      const apart = [one.requester, ...(one.passed ?? []).flatMap(({ by, standsFor }) => [by, standsFor])]
      const none = { yours: false, yoursFor: null }
      if (state !== 'asked' || apart.includes(actor.person) || apartFrom.has(one.id)) return none
      if (mayDecide(actor, above, one.awaits ?? null)) return { yours: true, yoursFor: null }
      const principal = absent
        .get(one.deed.command)
        ?.find((other) => !apart.includes(other.person) && mayDecide(other, above, one.awaits ?? null))
      if (principal === undefined) return none
      const { name } = absentNames(`person/${principal.person}`)
      return { yours: true, yoursFor: { person: principal.person, name } }
    }
    return found.map((one) => {
      const state = one.status === 'asked' && one.expiresAt < at ? 'lapsed' : one.status
      return {
        ...{ id: one.id, state, unit: one.unit, deed: one.deed, digest: one.digest },
        reason: textOf(contents.get(one.reason.ref)),
        term: termShown(terms.get(one.deed), state === 'asked'),
        requester: named(one.requester),
        ...{ askedAt: one.askedAt, expiresAt: one.expiresAt, decidedAt: one.decidedAt },
        decidedBy: one.decidedBy === null ? null : named(one.decidedBy),
        opinion: one.opinion === null ? null : textOf(contents.get(one.opinion.ref)),
        withdrawnAt: one.withdrawnAt ?? null,
        mayWithdraw: state === 'asked' && one.requester === actor.person && withdrawnByRequester.has(one.deed.command),
        ...deciding(one, state),
        barred: state === 'asked' ? (barred.get(one.id) ?? null) : null,
        decidedFor: one.decidedFor === undefined ? null : named(one.decidedFor),
        levels: (one.levels ?? []).map((level, index) => {
          const agreed = one.passed?.[index]
          const last = index + 1 === one.levels?.length && one.status === 'granted'
          const by = agreed?.by ?? (last ? one.decidedBy : null)
          const standsFor = agreed?.standsFor ?? (last ? (one.decidedFor ?? null) : null)
          return {
            ...{ level, by: by === null ? null : named(by), standsFor: standsFor === null ? null : named(standsFor) },
            ...{ at: agreed?.at ?? (last ? one.decidedAt : null), opinion: words(agreed?.opinion ?? null) },
          }
        }),
      }
    })
  }
}

/** What is decided, or was not in time, moves nothing any more. */
function termShown(term: TermAsked | undefined, waits: boolean): TermAsked | null {
  if (term === undefined) return null
  return waits ? term : { ...term, wouldBeDueAt: null }
}

/** The terms that these requests are over, by their deeds; those over none are absent. */
async function termsOf(
  db: RouteDependencies['db'],
  deeds: readonly Deed[],
  found: readonly Approval[],
  at: string,
): Promise<ReadonlyMap<DeedData, TermAsked>> {
  const all = await Promise.all(
    deeds.map(async ({ command, terms }) => {
      const over = found.flatMap(({ deed }) => (deed.command === command ? [deed] : []))
      return terms === undefined || over.length === 0 ? [] : [...(await terms(db, over, at))]
    }),
  )
  return new Map(all.flat())
}

function textOf(content: Json | undefined): string | null {
  return typeof content === 'string' ? content : null
}
