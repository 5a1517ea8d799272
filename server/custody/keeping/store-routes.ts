import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { exactly, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { listIncidents } from '../incidents/incident-reads.ts'
import { listLoans, listLocations, listNotices } from '../reads.ts'
import { code, id, incidentId, schemas } from '../schemas.ts'
import { seesStore } from '../sight/sees.ts'

const tags = ['custody']

/** What a store keeps an eye on: its places, loans, incidents and notices. */
export const storeRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/stores/:id/locations',
    {
      schema: {
        tags,
        params: Type.Object({ id }, exactly),
        querystring: Type.Object(paged(code), exactly),
        response: { 200: answers.pages.locations },
      },
    },
    async (request) => {
      const { sight } = await asker(request)
      const store = request.params.id
      if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
      const page = pageOf(request.query)
      const locations = await listLocations(db, store, page)
      return { locations, after: nextAfter(locations, page, (location) => location.code) }
    },
  )

  const { store: _, ...locationProperties } = schemas['custody.add-location'].properties
  app.post(
    '/api/stores/:id/locations',
    {
      schema: {
        tags,
        params: Type.Object({ id }, exactly),
        body: Type.Object(locationProperties, exactly),
        response: { 201: acted['add-location'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.add-location', store: request.params.id, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/loans',
    {
      schema: {
        tags,
        description: 'Loans with something still out, the most overdue first; with `item`, all that it went out by.',
        querystring: Type.Object(
          {
            ...{ overdue: Type.Optional(Type.Boolean()), store: Type.Optional(id), item: Type.Optional(code) },
            ...paged(uuid),
          },
          exactly,
        ),
        response: { 200: answers.pages.loans },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'loans')
      const at = now()
      const page = pageOf(request.query)
      const overdueAt = request.query.overdue === true ? at : null
      const { store = null, item = null } = request.query
      const loans = await listLoans(db, sight, { ...page, store, item, overdueAt, now: at })
      return { loans, after: nextAfter(loans, page, ({ loan }) => loan) }
    },
  )

  app.get(
    '/api/incidents',
    {
      schema: {
        tags,
        description: 'Incidents in sight, what happened last first; without `state` the open ones.',
        querystring: Type.Object(
          {
            state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('concluded')])),
            ...paged(incidentId),
          },
          exactly,
        ),
        response: { 200: answers.pages.incidents },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'incidents')
      const { state = 'open' } = request.query
      const page = pageOf(request.query)
      const incidents = await listIncidents(db, { actor, sight }, { state, ...page })
      return { incidents, after: nextAfter(incidents, page, ({ id: incident }) => incident) }
    },
  )

  app.get(
    '/api/notices',
    { schema: { tags, querystring: Type.Object(paged(uuid), exactly), response: { 200: answers.pages.notices } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'notices')
      const page = pageOf(request.query)
      const notices = await listNotices(db, { person: actor.person, sight, ...page })
      return { notices, after: nextAfter(notices, page, ({ id: notice }) => notice) }
    },
  )
}
