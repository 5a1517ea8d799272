import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { namesOf } from '../names.ts'
import { loadStates } from '../ledger/project.ts'
import type { Actor, Json, Sealed } from '../module.ts'
import '../org/tables.ts'
import { localMinute } from '../local-time.ts'
import { Refusal, type Words } from '../refusal.ts'
import { done, exactly, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import { allRows, type Language, type Table, tableOf } from '../table.ts'
import { fileRoutes } from '../table-routes.ts'
import { approvalsPage, asked, decided, delegated, delegationsPage, shownApproval } from './answers.ts'
import { type Approval, type ApprovalStatus, type Deed, mayDecide, statusWords } from './approvals.ts'
import { absentFor, delegationBody, delegationsOf } from './delegations.ts'
import { askBody, decisionBody } from './module.ts'
import type { Named, ShownApproval } from './protocol.ts'
import { approvals, approvalSightOf, barredBy, findApprovals, isBarred, aboveOf, seesApproval } from './store.ts'

const tags = ['approvals']
const byId = Type.Object({ id: uuid }, exactly)

/** Requests and their decisions: whoever asked sees his own, heads those of their department, approvers above what waits for them, supervisors all. */
export const approvalRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { deeds: readonly Deed[] }> = async (
  app,
  { db, act, activity, now, deeds },
) => {
  const barred = barredBy(deeds)
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })

  app.post(
    '/api/approvals',
    { schema: { tags, body: askBody(deeds), response: { 201: asked } } },
    async (request, reply) => {
      const command = { type: 'approvals.ask', ...(request.body as object) }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  for (const verdict of ['grant', 'refuse'] as const) {
    app.post(
      `/api/approvals/:id/${verdict}`,
      { schema: { tags, params: byId, body: decisionBody, response: { 200: decided } } },
      async (request) => {
        const command = { type: `approvals.${verdict}`, approval: request.params.id, ...request.body }
        const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { ...result, facts }
      },
    )
  }

  app.post(
    '/api/approvals/:id/withdraw',
    {
      schema: {
        tags,
        description: 'Whoever asked takes it back, while nobody has decided.',
        params: byId,
        response: { 200: decided },
      },
    },
    async (request) => {
      const command = { type: 'approvals.withdraw', approval: request.params.id }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { ...result, facts }
    },
  )

  app.get(
    '/api/approvals',
    {
      schema: {
        tags,
        querystring: Type.Object(
          {
            state: Type.Optional(Type.Unsafe<ApprovalStatus>(Type.Enum(Object.keys(statusWords)))),
            ...paged(uuid),
          },
          exactly,
        ),
        response: { 200: approvalsPage },
      },
    },
    async (request) => {
      const actor = await loadActor(db, signedIn(request).person, now())
      await recordRead(actor.person, 'approvals')
      const { state } = request.query
      const page = pageOf(request.query)
      const at = now()
      const sight = await approvalSightOf(db, actor, at)
      const found = await findApprovals(db, sight, {
        ...{ status: state ?? null, barred: barred(actor.person), ...page, now: at },
      })
      return { approvals: await shown(found, actor), after: nextAfter(found, page, ({ id }) => id) }
    },
  )

  fileRoutes(app, {
    ...{ list: 'requests', tags, description: 'Requests in sight and what became of them.' },
    async table(request, language) {
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      await recordRead(actor.person, 'approvals')
      const sight = await approvalSightOf(db, actor, at)
      const rows = await allRows(async (page) => {
        const found = await findApprovals(db, sight, {
          ...{ status: null, barred: barred(actor.person), ...page, now: at },
        })
        return { rows: await shown(found, actor), after: nextAfter(found, page, ({ id }) => id) }
      })
      return requestTable(rows, deeds, language)
    },
  })

  app.get(
    '/api/approvals/:id',
    { schema: { tags, params: byId, response: { 200: shownApproval } } },
    async (request) => {
      const actor = await loadActor(db, signedIn(request).person, now())
      const { id } = request.params
      const approval = (await loadStates(db, approvals, [id])).get(id)
      if (approval === undefined || approval === null) throw new Refusal('approvals.unknown', { approval: id })
      if (!seesApproval(await approvalSightOf(db, actor, now()), approval))
        throw new Refusal('access.not-yours', { what: id })
      if (await isBarred(db, barred, id, actor.person)) throw new Refusal('access.not-yours', { what: id })
      await recordRead(actor.person, `approval/${id}`)
      const [one] = await shown([approval], actor)
      if (one === undefined) throw new Refusal('approvals.unknown', { approval: id })
      return one
    },
  )

  app.get(
    '/api/delegations',
    {
      schema: {
        tags,
        description: 'Who stands in for the asker, and for whom he stands in, the newest first.',
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: delegationsPage },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      await recordRead(person, 'delegations')
      const page = pageOf(request.query)
      const found = await delegationsOf(db, person, page)
      const called = await namesOf(
        db,
        found.flatMap(({ principal, deputy }) => [`person/${principal}`, `person/${deputy}`]),
      )
      const at = now()
      const named = (id: string): Named => ({ person: id, name: called(`person/${id}`).name })
      return {
        delegations: found.map(({ id, principal, deputy, place, from, to, commands, endedAt }) => ({
          ...{ id, principal: named(principal), deputy: named(deputy), place, from, to, commands, endedAt },
          mayEnd: endedAt === null && to > at,
        })),
        after: nextAfter(found, page, ({ id }) => id),
      }
    },
  )

  app.post(
    '/api/delegations',
    {
      schema: {
        tags,
        description:
          'An approver lets somebody decide in his place for a time; `commands` null: whatever he may decide.',
        body: delegationBody,
        response: { 201: delegated },
      },
    },
    async (request, reply) => {
      const command = { type: 'approvals.delegate', ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.post('/api/delegations/:id/end', { schema: { tags, params: byId, response: { 200: done } } }, async (request) => {
    const command = { type: 'approvals.end-delegation', delegation: request.params.id }
    const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
    return { facts: [...facts] }
  })

  /** What belongs to a proposal is taken back where that stands, by whoever proposed. */
  const withdrawnByRequester = new Set(
    deeds.filter(({ askedFor }) => askedFor === undefined).map(({ command }) => command),
  )
  const shown = async (found: readonly Approval[], actor: Actor): Promise<ShownApproval[]> => {
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
    /** Whether it is the asker's to decide, and for whom. */
    const deciding = (one: Approval, state: string): Pick<ShownApproval, 'yours' | 'yoursFor'> => {
      const above = aboveUnit(one.unit)
      const apart = [one.requester, ...(one.passed ?? []).flatMap(({ by, standsFor }) => [by, standsFor])]
      const none = { yours: false, yoursFor: null }
      if (state !== 'asked' || apart.includes(actor.person)) return none
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
        requester: named(one.requester),
        ...{ askedAt: one.askedAt, expiresAt: one.expiresAt, decidedAt: one.decidedAt },
        decidedBy: one.decidedBy === null ? null : named(one.decidedBy),
        opinion: one.opinion === null ? null : textOf(contents.get(one.opinion.ref)),
        withdrawnAt: one.withdrawnAt ?? null,
        mayWithdraw: state === 'asked' && one.requester === actor.person && withdrawnByRequester.has(one.deed.command),
        ...deciding(one, state),
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

function textOf(content: Json | undefined): string | null {
  return typeof content === 'string' ? content : null
}

const EXPORT_TITLE = { zh: '申请与审批', en: 'Requests' } as const
const LAPSED: Words = { zh: '已失效', en: 'lapsed' }
/** A title says what is asked, and that it waits; in a table its state stands beside it. */
const WAITS = { zh: /待您(?:审批|审理|批准)$/, en: / waits for your .*$/ } as const

function requestTable(rows: readonly ShownApproval[], deeds: readonly Deed[], language: Language): Table {
  const known = new Map(deeds.map((deed) => [deed.command, deed]))
  return tableOf(
    EXPORT_TITLE,
    [
      [
        '事项',
        'Asked for',
        ({ deed }) => (known.get(deed.command)?.title[language] ?? '').replace(WAITS[language], ''),
      ],
      ['涉及', 'About', ({ deed }) => (known.get(deed.command)?.about(deed) ?? []).join(' ')],
      ['状态', 'State', ({ state }) => (state === 'lapsed' ? LAPSED : statusWords[state])[language]],
      ['申请人', 'By', ({ requester }) => requester.name],
      ['申请时间', 'Asked', ({ askedAt }) => localMinute(askedAt)],
      ['理由', 'Reason', ({ reason }) => reason ?? ''],
      ['审批人', 'Decided by', ({ decidedBy }) => decidedBy?.name ?? ''],
      ['审批时间', 'Decided', ({ decidedAt }) => (decidedAt === null ? '' : localMinute(decidedAt))],
      ['意见', 'Opinion', ({ opinion }) => opinion ?? ''],
      ['有效期至', 'Expires', ({ expiresAt }) => localMinute(expiresAt)],
    ],
    rows,
    language,
  )
}
