import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { inTransaction } from '../../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, done, exactly, facts, id, nextAfter, orNull, paged, pageOf, pageWith, uuid } from '../../schemas.ts'
import { count, named, text } from '../answers.ts'
import type { BoxStage, ShownBox } from './protocol.ts'
import { listBoxes } from './read.ts'
import { boxSchemas } from './schemas.ts'
import { keepTyped, sealTyped } from './store.ts'

const tags = ['rating']
const params = Type.Object({ box: uuid }, exactly)
const stages: BoxStage[] = ['first', 'second', 'differs', 'sealed']

const shownBox = answering<ShownBox>()(
  Type.Object(
    {
      ...{ id: text, counter: named, clerk: named, from: text, to: text, sheets: count },
      questionnaire: text,
      ...{ openedBy: text, openedAt: text, stage: Type.Unsafe<BoxStage>(Type.Enum(stages)) },
      ...{ enteredBy: Type.Array(text), decidedBy: orNull(text), differ: Type.Array(count) },
      next: orNull(Type.Unsafe<'enter' | 'decide'>(Type.Enum(['enter', 'decide']))),
    },
    exactly,
  ),
)

/** Ratings on paper: no route answers what a sheet says, not even to who has typed it in. */
export const boxRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, actWithin, activity, now } = deps

  app.get(
    '/api/rating/boxes',
    {
      schema: {
        ...{ tags, querystring: Type.Object({ hall: id, ...paged(uuid) }, exactly) },
        description:
          'Boxes of ratings on paper of a hall, the latest first: how many sheets, who typed them in, which differ. For the people of the hall and supervisors; never for whom a box rates.',
        response: { 200: pageWith('boxes', shownBox) },
      },
    },
    async (request) => {
      const { hall } = request.query
      const { person } = signedIn(request)
      const actor = await loadActor(db, person, now())
      const may = actor.appointments.some(
        ({ post, place }) => post === 'supervisor' || (place === hall && (post === 'manager' || post === 'clerk')),
      )
      if (!may) throw new Refusal('rating.not-for-you')
      const about = `rating ${hall} boxes`
      await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
      const page = pageOf(request.query)
      const boxes = await listBoxes(db, actor, hall, page)
      return { boxes, after: nextAfter(boxes, page, (box) => box.id) }
    },
  )

  app.post(
    '/api/rating/boxes',
    {
      schema: {
        ...{ tags, body: boxSchemas['rating.open-box'] },
        description:
          'The head of the hall opened a box of ratings on paper: whose it is, of which days, how many sheets were in it.',
        response: { 201: Type.Object({ facts, box: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.open-box', ...request.body }
      const opened = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...opened.facts], box: String(opened.result['box']) })
    },
  )

  app.post(
    '/api/rating/boxes/:box/entries',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description:
          'What one person read off the sheets, in their order. Two people do it, neither seeing what the other has; where both agree, each sheet is sealed to the tally at once.',
        body: Type.Object({ sheets: boxSchemas['rating.enter-box'].properties.sheets }, exactly),
      },
    },
    async (request) => {
      const { box } = request.params
      const { sheets } = request.body
      const command = { type: 'rating.enter-box', box, sheets }
      return inTransaction(db, async (trx) => {
        const answer = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (answer.repeated !== true) {
          await keepTyped(trx, box, sheets)
          await sealTyped(trx, box, [])
        }
        return { facts: [...answer.facts] }
      })
    },
  )

  app.post(
    '/api/rating/boxes/:box/decide',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description: 'A third person has looked at the sheets that two have read differently; then the box is sealed.',
        body: Type.Object({ sheets: boxSchemas['rating.decide-box'].properties.sheets }, exactly),
      },
    },
    async (request) => {
      const { box } = request.params
      const { sheets } = request.body
      const command = { type: 'rating.decide-box', box, sheets }
      return inTransaction(db, async (trx) => {
        const answer = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (answer.repeated !== true) await sealTyped(trx, box, sheets)
        return { facts: [...answer.facts] }
      })
    },
  )
}
