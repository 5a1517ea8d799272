import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { done, exactly, facts, uuid } from '../../schemas.ts'
import { actionSchemas } from './schemas.ts'

const tags = ['rating']
const params = Type.Object({ action: uuid }, exactly)
const { agree, note } = actionSchemas['rating.confirm-action'].properties

/** Decisions on what thresholds propose; the dashboard shows them. */
export const actionRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { act }) => {
  app.post(
    '/api/rating/actions',
    {
      schema: {
        ...{ tags, body: actionSchemas['rating.decide-action'] },
        description:
          'Decides on what a threshold proposes about a clerk over these days: adopted or not, and why. The figures are reckoned again. It takes effect when a second person agrees. For the head of the hall and for supervisors.',
        response: { 201: Type.Object({ facts, action: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.decide-action', ...request.body }
      const decided = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...decided.facts], action: String(decided.result['action']) })
    },
  )

  app.post(
    '/api/rating/actions/:action/confirm',
    {
      schema: {
        ...{ tags, params, body: Type.Object({ agree, note }, exactly), response: { 200: done } },
        description:
          'A second person agrees to a decision, or returns it. What was adopted is to be carried out within its term from then on.',
      },
    },
    async (request) => {
      const command = { type: 'rating.confirm-action', ...request.params, ...request.body }
      const answer = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...answer.facts] }
    },
  )

  app.post(
    '/api/rating/actions/:action/end',
    {
      schema: {
        ...{ tags, params, body: Type.Object({ note }, exactly), response: { 200: done } },
        description: 'What was adopted was carried out, and how.',
      },
    },
    async (request) => {
      const command = { type: 'rating.end-action', ...request.params, ...request.body }
      const answer = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...answer.facts] }
    },
  )
}
