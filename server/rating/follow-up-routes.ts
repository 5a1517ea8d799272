import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { causeOf, signedIn, whoOf } from '../http.ts'
import { SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { done, exactly, id, nextAfter, orNull, paged, pageOf, uuid } from '../schemas.ts'
import { cast, followUpsPage } from './answers.ts'
import { contactOf, listFollowUps } from './follow-up-reads.ts'
import type { RatingRouteOptions } from './routes.ts'
import { followUpStep, schemas } from './schemas.ts'
import { serviceOfToken } from './tokens.ts'

const tags = ['rating']
const params = Type.Object({ followUp: uuid }, exactly)
const { contact, words } = schemas['rating.ask-answer'].properties

/** Answers to raters who want one. */
export const followUpRoutes: FastifyPluginAsyncTypebox<RatingRouteOptions> = async (app, deps) => {
  const { db, act, activity, keys, now } = deps

  app.post(
    '/api/rating/answers',
    {
      schema: {
        ...{ tags, security: [], response: { 201: cast } },
        description:
          'Whoever was offered a vote wants an answer, and says how to reach him. Sealed apart from the ballot: what he voted is not known to who answers.',
        body: Type.Object({ token: Type.String({ maxLength: 100 }), contact, words }, exactly),
      },
    },
    async (request, reply) => {
      const { token, ...said } = request.body
      const service = serviceOfToken(keys.pepper, token)
      if (service === null) throw new Refusal('rating.wrong-token')
      const command = { type: 'rating.ask-answer', service, ...said }
      await act({ person: SYSTEM }, command, { cause: `${causeOf(request)} ${service}` })
      return reply.code(201).send({ done: true })
    },
  )

  app.get(
    '/api/rating/follow-ups',
    {
      schema: {
        ...{ tags, querystring: Type.Object(paged(uuid), exactly), response: { 200: followUpsPage } },
        description:
          'Raters who want an answer: for the head of the hall, supervisors, who handles one, and, once somebody does, the clerk whose service it was.',
      },
    },
    async (request) => {
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      const read = {
        at,
        kind: 'read',
        person: actor.person,
        station: null,
        about: 'follow-ups',
        outcome: 'ok',
      } as const
      await activity.record(read)
      const page = pageOf(request.query)
      const followUps = await listFollowUps(db, { actor, now: at }, page)
      return { followUps, after: nextAfter(followUps, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/rating/follow-ups/:followUp/assign',
    { schema: { tags, params, body: Type.Object({ handler: id }, exactly), response: { 200: done } } },
    async (request) => {
      const command = { type: 'rating.assign-follow-up', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/rating/follow-ups/:followUp/step',
    { schema: { tags, params, body: followUpStep, response: { 200: done } } },
    async (request) => {
      const command = { type: 'rating.step-follow-up', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/rating/follow-ups/:followUp/contact',
    {
      schema: {
        ...{ tags, params },
        description: 'Opens the contact for who handles it, with the reason; the opening stands in the register.',
        body: Type.Object({ reason: schemas['rating.open-contact'].properties.reason }, exactly),
        response: { 200: Type.Object({ contact: orNull(Type.String()) }, exactly) },
      },
    },
    async (request) => {
      const command = { type: 'rating.open-contact', ...request.params, ...request.body }
      await act(whoOf(request), command, { cause: causeOf(request) })
      return { contact: await contactOf(db, request.params.followUp) }
    },
  )
}
