import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { done, exactly, id } from '../../schemas.ts'
import { schemas } from '../schemas.ts'

const { falseRedsAYear } = schemas['rating.set-watch'].properties

/** How a hall is watched; the dashboard shows by what rule. */
export const watchRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { act }) => {
  app.post(
    '/api/rating/halls/:hall/watch',
    {
      schema: {
        ...{ tags: ['rating'], params: Type.Object({ hall: id }, exactly), response: { 200: done } },
        body: Type.Object({ falseRedsAYear }, exactly),
        description:
          'How many false reds a year are put up with over all clerks and questions of a hall together: the heights of yellow, orange and red follow from how many are monitored now, are written in the register with what they were chosen from, and hold from the next day on. Warnings of days before stay as they were. For supervisors.',
      },
    },
    async (request) => {
      const command = { type: 'rating.set-watch', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )
}
