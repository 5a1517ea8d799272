import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, signedIn, whoOf } from '../http.ts'
import { Refusal } from '../refusal.ts'
import { exactly, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import { changedStation, screenCode, screensPage, stationsPage } from './answers.ts'
import { id, stationBody } from './configuration.ts'
import { deviceRoutes } from './device-routes.ts'
import { listStations, readStation } from './registry.ts'
import { listScreens, makeCode, revokeScreen } from './screens.ts'
import { screenRoutes, type ScreenRouteOptions } from './screen-routes.ts'

export interface StationRouteOptions extends ScreenRouteOptions {
  /** Where the device files of this machine stand; `/dev` when not said. */
  readonly deviceFolder?: string
}

const params = Type.Object({ id })

/** Stations and devices for who is signed in; which screens a station has. */
export const stationRoutes: FastifyPluginAsyncTypebox<StationRouteOptions> = async (app, options) => {
  const { db, keys, act, now, activity } = options
  await app.register(deviceRoutes, options)
  await app.register(screenRoutes, options)

  /** @throws Refusal unless a system administrator asks */
  const systemAdmin = async (request: FastifyRequest): Promise<string> => {
    const { person } = signedIn(request)
    const { appointments } = await loadActor(db, person, now())
    if (!appointments.some(({ post }) => post === 'system-admin'))
      throw new Refusal('access.no-post', { posts: 'system-admin' })
    return person
  }

  app.get(
    '/api/stations',
    { schema: { tags: ['stations'], querystring: Type.Object(paged(id), exactly), response: { 200: stationsPage } } },
    async (request) => {
      signedIn(request)
      const page = pageOf(request.query)
      const stations = await listStations(db, page)
      return { stations, after: nextAfter(stations, page, (station) => station.id) }
    },
  )

  app.put(
    '/api/stations/:id',
    { schema: { tags: ['stations'], params, body: stationBody, response: { 200: changedStation } } },
    async (request) => {
      const station = request.params.id
      const command = { type: 'stations.configure', station, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts, station: await readStation(db, station) }
    },
  )

  app.post(
    '/api/stations/:id/code',
    { schema: { tags: ['stations'], params, response: { 201: screenCode } } },
    async (request, reply) => {
      const person = await systemAdmin(request)
      const key = causeOf(request)
      const station = request.params.id
      await readStation(db, station)
      const made = await makeCode({ db, pepper: keys.pepper }, station, person, key)
      await activity.record({ at: now(), kind: 'sign-in', person, station, about: 'screen code', outcome: 'made' })
      return reply.code(201).send(made)
    },
  )

  app.get(
    '/api/stations/:id/screens',
    {
      schema: {
        tags: ['stations'],
        params,
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: screensPage },
      },
    },
    async (request) => {
      await systemAdmin(request)
      const page = pageOf(request.query)
      const screens = await listScreens(db, request.params.id, page)
      return { screens, after: nextAfter(screens, page, (screen) => screen.id) }
    },
  )

  app.delete(
    '/api/stations/:id/screens/:screen',
    {
      schema: {
        tags: ['stations'],
        params: Type.Object({ id, screen: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const person = await systemAdmin(request)
      const key = causeOf(request)
      const { id: station, screen } = request.params
      await revokeScreen(db, station, screen, { by: person, key })
      await activity.record({
        at: now(),
        kind: 'sign-out',
        person,
        station,
        about: `screen ${screen}`,
        outcome: 'revoked',
      })
      return reply.code(204).send(null)
    },
  )
}
