import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { dayOf } from '../../clock/calendar.ts'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { answering, exactly, facts, id, nextAfter, orNull, paged, pageOf, pageWith, uuid } from '../../schemas.ts'
import { count, named, text } from '../answers.ts'
import { schemas } from '../schemas.ts'
import { onlookers } from '../seeing/onlookers.ts'
import type { ShownSignOn, ShownSignOnCorrection } from './protocol.ts'
import { listSignOnCorrections, readSignOns } from './store.ts'

const tags = ['rating']
const signOn = answering<ShownSignOn>()(
  Type.Object({ counter: named, clerk: named, from: text, until: orNull(text), services: count }, exactly),
)
const correction = answering<ShownSignOnCorrection>()(
  Type.Object(
    {
      ...{ id: text, counter: named, from: text, until: text, recorded: named, clerk: named, services: count },
      ...{ reason: orNull(text), by: named, at: text },
    },
    exactly,
  ),
)

/** Who sat at which counter, and what was recorded wrong of it. */
export const signOnRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, activity, now }) => {
  const { mustSee, recordRead } = onlookers({ db, activity, now })

  app.get(
    '/api/rating/sign-ons',
    {
      schema: {
        ...{ tags, response: { 200: Type.Object({ signOns: Type.Array(signOn) }, exactly) } },
        description:
          'Who was signed on at each counter of a hall on a day, today when not said, as the register has it, and how many services stand under him. For the head of the hall and for supervisors.',
        querystring: Type.Object({ hall: id, day: Type.Optional(Type.String({ format: 'date' })) }, exactly),
      },
    },
    async (request) => {
      const { hall, day = dayOf(now()) } = request.query
      const person = await mustSee(request, hall)
      await recordRead(person, hall)
      return { signOns: await readSignOns(db, hall, day) }
    },
  )

  app.get(
    '/api/rating/sign-on-corrections',
    {
      schema: {
        ...{ tags, response: { 200: pageWith('corrections', correction) } },
        description:
          'Where another sat at a counter than was signed on, the latest first. It stands beside the counts and changes none of them. For the head of the hall and for supervisors.',
        querystring: Type.Object({ hall: id, ...paged(uuid) }, exactly),
      },
    },
    async (request) => {
      const { hall } = request.query
      const person = await mustSee(request, hall)
      await recordRead(person, hall)
      const page = pageOf(request.query)
      const corrections = await listSignOnCorrections(db, hall, page)
      return { corrections, after: nextAfter(corrections, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/rating/sign-on-corrections',
    {
      schema: {
        ...{ tags, body: schemas['rating.correct-sign-on'] },
        description:
          'The head of the hall records that another sat at a counter than was signed on, from when to when, and why. No vote moves: each belongs to whoever was signed on when it was offered.',
        response: { 201: Type.Object({ facts, correction: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.correct-sign-on', ...request.body }
      const done = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...done.facts], correction: String(done.result['correction']) })
    },
  )
}
