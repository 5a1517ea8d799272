import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type RouteDependencies, signedIn } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { appointmentsAt } from './org.ts'
import './tables.ts'

/** Who and what there is: units, stores, people with their posts. Anyone who is signed in may see it. */
export const organisationRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, now }) => {
  app.get('/api/units', { schema: { tags: ['organisation'] } }, async (request) => {
    signedIn(request)
    return { units: await db.selectFrom('units').select(['id', 'name', 'kind', 'parent']).orderBy('id').execute() }
  })

  app.get('/api/stores', { schema: { tags: ['organisation'] } }, async (request) => {
    signedIn(request)
    return { stores: await db.selectFrom('stores').select(['id', 'name', 'unit']).orderBy('id').execute() }
  })

  app.get(
    '/api/people',
    {
      schema: {
        tags: ['organisation'],
        querystring: Type.Object(
          { unit: Type.Optional(Type.String({ maxLength: 40 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request) => {
      signedIn(request)
      const { unit } = request.query
      const rows = await db
        .selectFrom('people')
        .select(['id', 'state', 'name_ref', 'unit', 'active'])
        .$if(unit !== undefined, (query) => query.where('unit', '=', unit ?? ''))
        .orderBy('id')
        .execute()
      const names = await readPersonal(
        db,
        rows.map((row) => row.name_ref),
      )
      const at = now()
      return {
        people: rows.map((row) => ({
          id: row.id,
          name: String(names.get(row.name_ref) ?? row.id),
          unit: row.unit,
          active: row.active,
          posts: appointmentsAt(row.state, at).map(({ post, place }) => ({ post, place })),
        })),
      }
    },
  )
}
