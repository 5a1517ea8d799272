import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { calledBy } from '../names.ts'
import { appointmentsAt } from './org.ts'
import { done, exactly, id, nextAfter, orNull, paged, pageOf } from '../schemas.ts'
import { organisationModule, post, unitKind, unitLevel } from './store.ts'
import './tables.ts'

const tags = ['organisation']
const text = Type.String()
const byPage = Type.Object(paged(id), exactly)
const after = orNull(text)

const listedUnit = Type.Object(
  { id: text, name: text, kind: unitKind, parent: orNull(text), level: orNull(unitLevel), accounts: Type.Array(text) },
  exactly,
)
const listedStore = Type.Object({ id: text, name: text, unit: text }, exactly)
const listedPerson = Type.Object(
  {
    id: text,
    name: text,
    unit: text,
    active: Type.Boolean(),
    posts: Type.Array(Type.Object({ post, place: text }, exactly)),
  },
  exactly,
)

/** Who and what there is: units, stores, people with their posts. Anyone who is signed in may see it; administrators change it. */
export const organisationRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps

  app.get(
    '/api/units',
    {
      schema: {
        tags,
        querystring: byPage,
        response: { 200: Type.Object({ units: Type.Array(listedUnit), after }, exactly) },
      },
    },
    async (request) => {
      signedIn(request)
      const page = pageOf(request.query)
      const units = await db
        .selectFrom('units')
        .select(['id', 'name', 'kind', 'parent', 'state'])
        .where('id', '>', page.after ?? '')
        .orderBy('id')
        .limit(page.limit)
        .execute()
      return {
        units: units.map(({ state, ...unit }) => ({
          ...{ ...unit, level: state.level ?? null, accounts: [...(state.accounts ?? [])] },
        })),
        after: nextAfter(units, page, (unit) => unit.id),
      }
    },
  )

  app.get(
    '/api/stores',
    {
      schema: {
        tags,
        querystring: byPage,
        response: { 200: Type.Object({ stores: Type.Array(listedStore), after }, exactly) },
      },
    },
    async (request) => {
      signedIn(request)
      const page = pageOf(request.query)
      const stores = await db
        .selectFrom('stores')
        .select(['id', 'name', 'unit'])
        .where('id', '>', page.after ?? '')
        .orderBy('id')
        .limit(page.limit)
        .execute()
      return { stores, after: nextAfter(stores, page, (store) => store.id) }
    },
  )

  app.get(
    '/api/people',
    {
      schema: {
        tags,
        querystring: Type.Object({ unit: Type.Optional(id), ...paged(id) }, exactly),
        response: { 200: Type.Object({ people: Type.Array(listedPerson), after }, exactly) },
      },
    },
    async (request) => {
      signedIn(request)
      const { unit } = request.query
      const page = pageOf(request.query)
      const rows = await db
        .selectFrom('people')
        .select(['id', 'state', 'name_ref', 'unit', 'active'])
        .$if(unit !== undefined, (query) => query.where('unit', '=', unit ?? ''))
        .where('id', '>', page.after ?? '')
        .orderBy('id')
        .limit(page.limit)
        .execute()
      const names = await readPersonal(
        db,
        rows.map((row) => row.name_ref),
      )
      const at = now()
      return {
        people: rows.map((row) => ({
          id: row.id,
          name: calledBy(names.get(row.name_ref)),
          unit: row.unit,
          active: row.active,
          posts: appointmentsAt(row.state, at),
        })),
        after: nextAfter(rows, page, (row) => row.id),
      }
    },
  )

  /** `POST path` with the command's own body; what the path does not say, the handler's schema does. */
  const write = (path: string, type: string): void => {
    const body = organisationModule.handlers[type]?.schema as TSchema
    app.post(path, { schema: { tags, body, response: { 201: done } } }, async (request, reply) => {
      const answer = await act(whoOf(request), { type, ...(request.body as object) }, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...answer.facts] })
    })
  }
  write('/api/units', 'org.add-unit')
  write('/api/units/move', 'org.move-unit')
  write('/api/units/level', 'org.set-unit-level')
  write('/api/units/accounts/end', 'org.end-account')
  write('/api/stores', 'org.open-store')
  write('/api/people', 'org.add-person')
  write('/api/appointments/end', 'org.end-appointment')
}
