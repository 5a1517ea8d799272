import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import { setSecret } from '../access/credentials.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import type { Keys } from '../keys.ts'
import { readPersonal } from '../ledger/personal.ts'
import { Refusal } from '../refusal.ts'
import { appointmentsAt } from './org.ts'
import { id, organisationModule } from './store.ts'
import './tables.ts'

const tags = ['organisation']

/** Who and what there is: units, stores, people with their posts. Anyone who is signed in may see it; administrators change it. */
export const organisationRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { keys: Keys }> = async (app, deps) => {
  const { db, act, actWithin, now, keys } = deps

  app.get('/api/units', { schema: { tags } }, async (request) => {
    signedIn(request)
    return { units: await db.selectFrom('units').select(['id', 'name', 'kind', 'parent']).orderBy('id').execute() }
  })

  app.get('/api/stores', { schema: { tags } }, async (request) => {
    signedIn(request)
    return { stores: await db.selectFrom('stores').select(['id', 'name', 'unit']).orderBy('id').execute() }
  })

  app.get(
    '/api/people',
    { schema: { tags, querystring: Type.Object({ unit: Type.Optional(id) }, { additionalProperties: false }) } },
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

  /** `POST path` with the command's own body; what the path does not say, the handler's schema does. */
  const write = (path: string, type: string): void => {
    const body = organisationModule.handlers[type]?.schema as TSchema
    app.post(path, { schema: { tags, body } }, async (request, reply) => {
      const answer = await act(whoOf(request), { type, ...(request.body as object) }, { cause: causeOf(request) })
      return reply.code(201).send({ facts: answer.facts })
    })
  }
  write('/api/units', 'org.add-unit')
  write('/api/stores', 'org.open-store')
  write('/api/people', 'org.add-person')
  write('/api/people/active', 'org.set-active')
  write('/api/appointments', 'org.appoint')
  write('/api/appointments/end', 'org.end-appointment')
  write('/api/badges', 'org.issue-badge')
  write('/api/badges/revoke', 'org.revoke-badge')

  app.put(
    '/api/people/:person/secret',
    {
      schema: {
        tags,
        params: Type.Object({ person: id }),
        body: Type.Object(
          {
            kind: Type.Union([Type.Literal('password'), Type.Literal('pin')]),
            secret: Type.String({ maxLength: 200 }),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { person } = request.params
      const row = await db.selectFrom('people').select('login').where('id', '=', person).executeTakeFirst()
      if (row === undefined) throw new Refusal('org.unknown', { what: person })
      await setSecret(
        { db, actWithin, pepper: keys.pepper },
        whoOf(request),
        { person, login: row.login, ...request.body },
        { cause: causeOf(request), at: now() },
      )
      return reply.code(204).send()
    },
  )
}
