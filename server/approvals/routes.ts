import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { namesOf } from '../names.ts'
import { loadStates } from '../ledger/project.ts'
import '../org/tables.ts'
import { localMinute } from '../local-time.ts'
import { Refusal, type Words } from '../refusal.ts'
import { done, exactly, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import { allRows, type Language, type Table, tableOf } from '../table.ts'
import { fileRoutes } from '../table-routes.ts'
import { approvalsPage, asked, decided, delegated, delegationsPage, shownApproval } from './answers.ts'
import { type ApprovalStatus, type Deed, statusWords } from './approvals.ts'
import { delegationBody, delegationsOf } from './delegations.ts'
import { askBody, decisionBody } from './module.ts'
import type { Named, ShownApproval } from './protocol.ts'
import { showing, titleOf } from './showing.ts'
import { approvals, approvalSightOf, barredBy, findApprovals, seesApproval, withoutPart } from './store.ts'

const tags = ['approvals']
const byId = Type.Object({ id: uuid }, exactly)

/** Requests and their decisions: whoever asked sees his own, heads those of their department, approvers above what waits for them, supervisors all. */
export const approvalRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { deeds: readonly Deed[] }> = async (
  app,
  { db, act, activity, now, deeds },
) => {
  const barred = barredBy(deeds)
  const shown = showing({ db, now, deeds })
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
      if ((await withoutPart(db, barred, actor.person, [id])).has(id))
        throw new Refusal('access.not-yours', { what: id })
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
}

const EXPORT_TITLE = { zh: '申请与审批', en: 'Requests' } as const
const LAPSED: Words = { zh: '已失效', en: 'lapsed' }

function requestTable(rows: readonly ShownApproval[], deeds: readonly Deed[], language: Language): Table {
  const known = new Map(deeds.map((deed) => [deed.command, deed]))
  return tableOf(
    EXPORT_TITLE,
    [
      ['事项', 'Asked for', ({ deed }) => titleOf(known.get(deed.command), language)],
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
