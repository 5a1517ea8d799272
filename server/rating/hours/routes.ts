import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import type { Files } from '../../files/files.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { answering, done, exactly, id, orNull, sha256, streamed } from '../../schemas.ts'
import { named } from '../answers.ts'
import { readCounter } from '../counter-reads.ts'
import { portraitOf } from '../portraits/store.ts'
import { openSpan, schemas } from '../schemas.ts'
import { mustBeScreen } from '../../stations/screen-cookie.ts'
import { silenceSchemas } from '../silence/schemas.ts'
import { SILENCE_RULE } from '../silence/silence.ts'
import type { HallSettings } from './protocol.ts'
import { weekOf } from './store.ts'

const tags = ['rating']
const security: [] = []
const { hall: _hall, ...hoursBody } = schemas['rating.set-hours'].properties
const { hall: _silenceHall, ...silenceBody } = silenceSchemas['rating.rule-silence'].properties
const { hall: _portraitHall, clerk: _clerk, ...portraitBody } = schemas['rating.set-portrait'].properties
const params = Type.Object({ hall: id }, exactly)
const clerkParams = Type.Object({ hall: id, clerk: id }, exactly)
const portrait = Type.Object({ photo: sha256, agreed: Type.Boolean() }, exactly)
const settings = answering<HallSettings>()(
  Type.Object(
    {
      hall: named,
      week: orNull(Type.Array(Type.Array(openSpan))),
      silence: Type.Object({ minutes: Type.Integer(), services: Type.Integer() }, exactly),
      clerks: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), portrait: orNull(portrait) }, exactly)),
    },
    exactly,
  ),
)

export interface HallRouteOptions extends RouteDependencies {
  readonly files: Files
}

/** When a hall is open, and the photos of its clerks: what the head of the hall settles for the screens. */
export const hallRoutes: FastifyPluginAsyncTypebox<HallRouteOptions> = async (app, { db, act, files, now }) => {
  app.get(
    '/api/rating/halls/:hall',
    {
      schema: {
        ...{ tags, params, response: { 200: settings } },
        description: 'Hours of a hall and the photos of its clerks, for the head of the hall.',
      },
    },
    async (request): Promise<HallSettings> => {
      const { hall } = request.params
      const { appointments } = await loadActor(db, signedIn(request).person, now())
      if (!appointments.some(({ post, place }) => post === 'manager' && place === hall))
        throw new Refusal('rating.not-your-hall', { unit: hall })
      const clerks = await db
        .selectFrom('appointments')
        .select('person')
        .distinct()
        .where('post', '=', 'clerk')
        .where('place', '=', hall)
        .where('to_at', 'is', null)
        .orderBy('person')
        .execute()
      const ruled = await db
        .selectFrom('rating_silence_rules')
        .select('state')
        .where('id', '=', hall)
        .executeTakeFirst()
      const { minutes, services } = ruled?.state ?? SILENCE_RULE
      const calledOf = await namesOf(db, [`unit/${hall}`, ...clerks.map(({ person }) => `person/${person}`)])
      const shown = await db.selectFrom('rating_portraits').select('state').where('hall', '=', hall).execute()
      return {
        hall: { id: hall, name: calledOf(`unit/${hall}`).name },
        week: await weekOf(db, hall),
        silence: { minutes, services },
        clerks: clerks.map(({ person }) => {
          const found = shown.find(({ state }) => state.clerk === person)?.state
          const photo = found?.photo ?? null
          return {
            ...{ id: person, name: calledOf(`person/${person}`).name },
            portrait: photo === null ? null : { photo, agreed: found?.agreed === true },
          }
        }),
      }
    },
  )

  app.put(
    '/api/rating/halls/:hall/hours',
    {
      schema: {
        ...{ tags, params, body: Type.Object(hoursBody, exactly), response: { 200: done } },
        description:
          'When the hall is open, Monday first. Public holidays are closed, and weekends that are working days open, by the calendar. Who is served outside is offered no vote.',
      },
    },
    async (request) => {
      const command = { type: 'rating.set-hours', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.put(
    '/api/rating/halls/:hall/silence',
    {
      schema: {
        ...{ tags, params, body: Type.Object(silenceBody, exactly), response: { 200: done } },
        description:
          'After how many minutes without a sign of a pad or screen, and over how many services without one vote, the head of the hall is warned.',
      },
    },
    async (request) => {
      const command = { type: 'rating.rule-silence', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.put(
    '/api/rating/halls/:hall/clerks/:clerk/portrait',
    {
      schema: {
        tags,
        params: clerkParams,
        body: Type.Object(portraitBody, exactly),
        response: { 200: done },
        description:
          'Sets the photo of a clerk (kept before with POST /api/files by who sets it), or takes it away with null. It is shown once the clerk agrees.',
      },
    },
    async (request) => {
      const command = { type: 'rating.set-portrait', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/rating/portrait',
    {
      schema: {
        ...{ tags, body: schemas['rating.agree-portrait'], response: { 200: done } },
        description: 'The clerk agrees that his photo is shown, or takes that back.',
      },
    },
    async (request) => {
      const command = { type: 'rating.agree-portrait', ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.get(
    '/api/stations/:id/rating/portrait.jpg',
    {
      schema: {
        ...{ tags, security, produces: ['image/jpeg'], response: { 200: streamed } },
        description: 'The photo of the clerk who is signed on, where he agreed: for the screens of that counter.',
        params: Type.Object({ id }, exactly),
        querystring: Type.Object({ photo: Type.Optional(sha256) }, exactly),
      },
    },
    async (request, reply) => {
      await mustBeScreen(db, request, request.params.id)
      const { hall, clerk } = await readCounter(db, request.params.id)
      const found = clerk === null ? null : await portraitOf(db, hall, clerk)
      if (found === null || found.photo === null || !found.agreed) throw new Refusal('file.not-found')
      const { bytes, stream } = await files.openCopy(found.photo, 'thumb')
      return reply
        .headers({
          ...{ 'cache-control': 'private, no-store', 'content-type': 'image/jpeg', 'content-length': bytes },
          'x-content-type-options': 'nosniff',
        })
        .send(stream)
    },
  )
}
