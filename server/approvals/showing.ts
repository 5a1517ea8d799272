import type { RouteDependencies } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { loadStates } from '../ledger/project.ts'
import type { Actor, Json, Sealed } from '../module.ts'
import { namesOf } from '../names.ts'
import '../org/tables.ts'
import { toldOf } from '../refusal-names.ts'
import type { ToldRefusal } from '../refusal.ts'
import type { Language } from '../table.ts'
import type { Approval, Deed, DeedData, MatterFact, StepsBefore, TermAsked } from './approvals.ts'
import type { Named, ShownApproval } from './protocol.ts'
import { approvals } from './store.ts'
import { turnsOf } from './turns.ts'

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
    const before = await stepsOf(db, deeds, found)
    const granted = await loadStates(
      db,
      approvals,
      [...before.values()].flatMap(({ agreed }) => agreed.map(({ approval }) => approval)),
    )
    const ids = [
      ...new Set([
        ...found.flatMap(({ requester, decidedBy, decidedFor, passed = [] }) => [
          ...[requester, decidedBy ?? requester, decidedFor ?? requester],
          ...passed.flatMap(({ by, standsFor }) => [by, standsFor ?? by]),
        ]),
        ...[...before.values()].flatMap(({ proposer, agreed }) => [proposer, ...agreed.map(({ by }) => by)]),
      ]),
    ]
    const people =
      ids.length === 0 ? [] : await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', ids).execute()
    const contents = await readPersonal(db, [
      ...people.map(({ name_ref }) => name_ref),
      ...found.flatMap(({ reason, opinion, passed = [] }) =>
        [reason, opinion, ...passed.map((one) => one.opinion)].flatMap((one) => one?.ref ?? []),
      ),
      ...[...granted.values()].flatMap((one) => one?.opinion?.ref ?? []),
      ...[...before.values()].map(({ opinion }) => opinion.ref),
    ])
    const refs = new Map(people.map(({ id, name_ref }) => [id, name_ref]))
    const named = (person: string): Named => ({ person, name: textOf(contents.get(refs.get(person) ?? '')) ?? person })
    const at = now()
    const words = (sealed: Sealed | null): string | null => (sealed === null ? null : textOf(contents.get(sealed.ref)))
    const waits = ({ status, expiresAt }: Approval): boolean => status === 'asked' && expiresAt >= at
    const turns = await turnsOf(db, deeds, actor, found.filter(waits), at)
    const terms = await termsOf(db, deeds, found, at)
    const matters = await mattersOf(db, deeds, found, { actor, at })
    const principals = await namesOf(
      db,
      [...turns.values()].flatMap(({ standsFor }) => (standsFor === null ? [] : [`person/${standsFor.person}`])),
    )
    const barred = new Map<string, ToldRefusal>()
    for (const [id, { barred: why }] of turns) if (why !== null) barred.set(id, await toldOf(db, why))
    /** Whether it is the asker's to decide, and for whom. */
    const deciding = ({ id }: Approval): Pick<ShownApproval, 'yours' | 'yoursFor'> => {
      const { yours = false, standsFor = null } = turns.get(id) ?? {}
      if (standsFor === null) return { yours, yoursFor: null }
      const { person } = standsFor
      return { yours, yoursFor: { person, name: principals(`person/${person}`).name } }
    }
    const beforeShown = (steps: StepsBefore | undefined): ShownApproval['before'] =>
      steps === undefined
        ? null
        : {
            ...{ proposer: named(steps.proposer), proposedAt: steps.proposedAt, opinion: words(steps.opinion) },
            agreed: steps.agreed.map(({ step, by, at: when, approval }) => ({
              ...{ step, by: named(by), at: when, opinion: words(granted.get(approval)?.opinion ?? null) },
            })),
          }
    return found.map((one) => {
      const state = one.status === 'asked' && !waits(one) ? 'lapsed' : one.status
      return {
        ...{ id: one.id, state, unit: one.unit, deed: one.deed, digest: one.digest },
        reason: textOf(contents.get(one.reason.ref)),
        term: termShown(terms.get(one.deed), state === 'asked'),
        matter: matters.get(one.deed) ?? [],
        requester: named(one.requester),
        before: beforeShown(before.get(one.id)),
        ...{ askedAt: one.askedAt, expiresAt: one.expiresAt, decidedAt: one.decidedAt },
        decidedBy: one.decidedBy === null ? null : named(one.decidedBy),
        opinion: one.opinion === null ? null : textOf(contents.get(one.opinion.ref)),
        withdrawnAt: one.withdrawnAt ?? null,
        mayWithdraw: state === 'asked' && one.requester === actor.person && withdrawnByRequester.has(one.deed.command),
        ...deciding(one),
        barred: barred.get(one.id) ?? null,
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

/** Of these requests, by their ids, those that are a further step of one proposal. */
async function stepsOf(
  db: RouteDependencies['db'],
  deeds: readonly Deed[],
  found: readonly Approval[],
): Promise<ReadonlyMap<string, StepsBefore>> {
  const all = await Promise.all(
    deeds.map(async ({ command, steps }) => {
      const of = found.filter(({ deed }) => deed.command === command)
      return steps === undefined || of.length === 0 ? [] : [...(await steps(db, of))]
    }),
  )
  return new Map(all.flat())
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

/** What was done already that these requests are about, by their deeds. */
async function mattersOf(
  db: RouteDependencies['db'],
  deeds: readonly Deed[],
  found: readonly Approval[],
  of: { readonly actor: Actor; readonly at: string },
): Promise<ReadonlyMap<DeedData, readonly MatterFact[]>> {
  const all = await Promise.all(
    deeds.map(async ({ command, matters }) => {
      const about = found.flatMap(({ deed }) => (deed.command === command ? [deed] : []))
      return matters === undefined || about.length === 0 ? [] : [...(await matters(db, about, of))]
    }),
  )
  return new Map(all.flat())
}

function textOf(content: Json | undefined): string | null {
  return typeof content === 'string' ? content : null
}
