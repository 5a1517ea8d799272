import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { confirmChange, proposeChange } from '../access/credentials.ts'
import { causeOf, type RouteDependencies, whoOf } from '../http.ts'
import type { Keys } from '../keys.ts'
import { done, exactly, facts, nextAfter, orNull, paged, pageOf, uuid } from '../schemas.ts'
import { ADMINISTRATORS } from './org.ts'
import { type AdministratorPost, waitingProposals } from './proposals.ts'
import { readingFor } from './reading.ts'
import { changeSchema } from './store.ts'

const tags = ['organisation']
const text = Type.String()
const after = orNull(text)
const byId = Type.Object({ id: uuid }, exactly)
const waiting = Type.Object(
  {
    id: text,
    change: changeSchema,
    proposer: text,
    role: Type.Unsafe<AdministratorPost>(Type.Enum([...ADMINISTRATORS])),
    proposedAt: text,
    expiresAt: text,
  },
  exactly,
)
/** The half of a dealt secret that this administrator passes on to the person; null where none is dealt. */
const half = orNull(text)

/** What takes two administrators: proposed by one, confirmed by another. */
export const proposalRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { keys: Keys }> = async (app, deps) => {
  const { db, act, actWithin, now, keys } = deps
  const credentials = { db, actWithin, pepper: keys.pepper }
  const mayRead = readingFor(deps)

  app.get(
    '/api/proposals',
    {
      schema: {
        tags,
        description: 'Proposals that can still be confirmed, the newest first.',
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: Type.Object({ proposals: Type.Array(waiting), after }, exactly) },
      },
    },
    async (request) => {
      await mayRead(request, 'proposals', ADMINISTRATORS)
      const page = pageOf(request.query)
      const found = await waitingProposals(db, now(), page)
      return {
        after: nextAfter(found, page, (one) => one.id),
        proposals: found.map(({ id: proposal, change, proposer, role, proposedAt, expiresAt }) => ({
          ...{ id: proposal, change, proposer, role, proposedAt, expiresAt },
        })),
      }
    },
  )

  app.post(
    '/api/proposals',
    {
      schema: {
        tags,
        description: 'Proposes a change that an administrator of another role must confirm.',
        body: Type.Object({ change: changeSchema }, exactly),
        response: { 201: Type.Object({ id: text, expiresAt: text, half, facts }, exactly) },
      },
    },
    async (request, reply) => {
      const options = { cause: causeOf(request), at: now() }
      const proposed = await proposeChange(credentials, whoOf(request), request.body.change, options)
      return reply.code(201).send({ ...proposed, facts: [...proposed.facts] })
    },
  )

  app.post(
    '/api/proposals/:id/confirm',
    { schema: { tags, params: byId, response: { 200: Type.Object({ half, facts }, exactly) } } },
    async (request) => {
      const options = { cause: causeOf(request), at: now() }
      const confirmed = await confirmChange(credentials, whoOf(request), request.params.id, options)
      return { ...confirmed, facts: [...confirmed.facts] }
    },
  )

  app.post(
    '/api/proposals/:id/decline',
    { schema: { tags, params: byId, response: { 200: done } } },
    async (request) => {
      const command = { type: 'org.decline', proposal: request.params.id }
      const answer = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...answer.facts] }
    },
  )
}
