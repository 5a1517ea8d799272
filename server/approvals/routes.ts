import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { loadStates } from '../ledger/project.ts'
import type { Actor, Json } from '../module.ts'
import '../org/tables.ts'
import { Refusal } from '../refusal.ts'
import { exactly, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import { approvalsPage, asked, decided, shownApproval } from './answers.ts'
import { type Approval, type ApprovalStatus, type Deed, mayDecide, statusWords } from './approvals.ts'
import { askBody, decisionBody } from './module.ts'
import type { Named, ShownApproval } from './protocol.ts'
import { approvals, approvalSightOf, findApprovals, lineageOf, seesApproval } from './store.ts'

const tags = ['approvals']
const byId = Type.Object({ id: uuid }, exactly)

/** Requests and their decisions: whoever asked sees his own, heads those of their department, approvers above what waits for them, supervisors all. */
export const approvalRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { deeds: readonly Deed[] }> = async (
  app,
  { db, act, activity, now, deeds },
) => {
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
      const found = await findApprovals(db, sight, { status: state ?? null, ...page, now: at })
      return { approvals: await shown(found, actor), after: nextAfter(found, page, ({ id }) => id) }
    },
  )

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
      await recordRead(actor.person, `approval/${id}`)
      const [one] = await shown([approval], actor)
      if (one === undefined) throw new Refusal('approvals.unknown', { approval: id })
      return one
    },
  )

  /** What belongs to a proposal is taken back where that stands, by whoever proposed. */
  const withdrawnByRequester = new Set(
    deeds.filter(({ askedFor }) => askedFor === undefined).map(({ command }) => command),
  )
  const shown = async (found: readonly Approval[], actor: Actor): Promise<ShownApproval[]> => {
    const lineages = await lineageOf(
      db,
      found.map(({ unit }) => unit),
    )
    const ids = [
      ...new Set(
        found.flatMap(({ requester, decidedBy }) => (decidedBy === null ? [requester] : [requester, decidedBy])),
      ),
    ]
    const people =
      ids.length === 0 ? [] : await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', ids).execute()
    const contents = await readPersonal(db, [
      ...people.map(({ name_ref }) => name_ref),
      ...found.flatMap(({ reason, opinion }) => (opinion === null ? [reason.ref] : [reason.ref, opinion.ref])),
    ])
    const refs = new Map(people.map(({ id, name_ref }) => [id, name_ref]))
    const named = (person: string): Named => ({ person, name: textOf(contents.get(refs.get(person) ?? '')) ?? person })
    const at = now()
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
        yours: state === 'asked' && one.requester !== actor.person && mayDecide(actor, lineages.get(one.unit) ?? []),
      }
    })
  }
}

function textOf(content: Json | undefined): string | null {
  return typeof content === 'string' ? content : null
}
