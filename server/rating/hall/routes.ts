import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { exactly, id } from '../../schemas.ts'
import { mustBeScreen } from '../../stations/screen-cookie.ts'
import { wallAnswer } from './answers.ts'
import { readWall } from './wall.ts'

/** What hangs in a hall for everybody. */
export const wallRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, now }) => {
  app.get(
    '/api/stations/:id/wall',
    {
      schema: {
        ...{ tags: ['rating'], security: [], response: { 200: wallAnswer } },
        description:
          'The wall of the hall that a counter stands in: whom each counter serves, how many were served today, the response of the thirty days before, and what was published. For the screens of that counter. No grade that is not published, and no text of anybody.',
        params: Type.Object({ id }, exactly),
      },
    },
    async (request) => {
      await mustBeScreen(db, request, request.params.id)
      return readWall(db, request.params.id, now())
    },
  )
}
