import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { inTransaction } from '../../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { answering, done, exactly, facts, nextAfter, orNull, paged, pageOf, pageWith, uuid } from '../../schemas.ts'
import { count, named, questionnaireAnswer, text } from '../answers.ts'
import type { PaperBoxStage, ShownPaperBox } from './protocol.ts'
import { listPaperBoxes } from './read.ts'
import { paperBoxSchemas } from './schemas.ts'
import { dropTypedPapers, keepTypedPapers, sealTypedPapers } from './store.ts'

const tags = ['rating']
const params = Type.Object({ box: uuid }, exactly)
const stages: PaperBoxStage[] = ['first', 'second', 'differs', 'sealed', 'withdrawn']

const shownBox = answering<ShownPaperBox>()(
  Type.Object(
    {
      ...{ id: text, campaign: Type.Object({ id: text, title: text }, exactly), group: text, sheets: count },
      ...{ openedBy: text, openedAt: text, stage: Type.Unsafe<PaperBoxStage>(Type.Enum(stages)) },
      ...{ typists: Type.Array(named), enteredBy: Type.Array(text), decidedBy: orNull(text) },
      withdrawn: orNull(Type.Object({ by: text, at: text, reason: orNull(text) }, exactly)),
      mayWithdraw: Type.Boolean(),
      differ: Type.Array(count),
      next: orNull(Type.Unsafe<'enter' | 'decide'>(Type.Enum(['enter', 'decide']))),
      ...{ departments: Type.Array(named), questionnaire: questionnaireAnswer },
    },
    exactly,
  ),
)

/** Papers of campaigns that were filled in by hand: no route answers what a sheet says, not even to who has typed it in. */
export const paperBoxRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, actWithin, activity, now } = deps

  app.get(
    '/api/rating/paper-boxes',
    {
      schema: {
        ...{ tags, querystring: Type.Object(paged(uuid), exactly) },
        description:
          'Boxes of papers of campaigns that were filled in by hand, the latest first: how many sheets, who types them in, which differ. For those two, and for supervisors and leaders of the unit that holds the campaign.',
        response: { 200: pageWith('boxes', shownBox) },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      const actor = await loadActor(db, person, now())
      const about = 'rating paper boxes'
      await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
      const page = pageOf(request.query)
      const boxes = await listPaperBoxes(db, actor, page)
      return { boxes, after: nextAfter(boxes, page, (box) => box.id) }
    },
  )

  app.post(
    '/api/rating/paper-boxes',
    {
      schema: {
        ...{ tags, body: paperBoxSchemas['rating.open-paper-box'] },
        description:
          'A supervisor opened a box of papers of a campaign: of which group of voters, how many sheets were in it, and who are the two that type them in.',
        response: { 201: Type.Object({ facts, box: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.open-paper-box', ...request.body }
      const opened = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...opened.facts], box: String(opened.result['box']) })
    },
  )

  app.post(
    '/api/rating/paper-boxes/:box/entries',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description:
          'What one of the two read off the sheets, in their order, neither seeing what the other has; where both agree, each sheet is sealed to the tally at once, a ballot for every department.',
        body: Type.Object({ sheets: paperBoxSchemas['rating.enter-paper-box'].properties.sheets }, exactly),
      },
    },
    async (request) => {
      const { box } = request.params
      const { sheets } = request.body
      const command = { type: 'rating.enter-paper-box', box, sheets }
      return inTransaction(db, async (trx) => {
        const answer = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (answer.repeated !== true) {
          await keepTypedPapers(trx, box, sheets)
          await sealTypedPapers(trx, box, [])
        }
        return { facts: [...answer.facts] }
      })
    },
  )

  app.post(
    '/api/rating/paper-boxes/:box/decide',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description: 'A third person has looked at the sheets that two have read differently; then the box is sealed.',
        body: Type.Object({ sheets: paperBoxSchemas['rating.decide-paper-box'].properties.sheets }, exactly),
      },
    },
    async (request) => {
      const { box } = request.params
      const { sheets } = request.body
      const command = { type: 'rating.decide-paper-box', box, sheets }
      return inTransaction(db, async (trx) => {
        const answer = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (answer.repeated !== true) await sealTypedPapers(trx, box, sheets)
        return { facts: [...answer.facts] }
      })
    },
  )

  app.post(
    '/api/rating/paper-boxes/:box/withdraw',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description:
          'A supervisor takes a box back that can be typed in no further, such as one whose sheets were counted wrong: what was typed in is gone, and the same sheets may be in another box.',
        body: Type.Object({ reason: paperBoxSchemas['rating.withdraw-paper-box'].properties.reason }, exactly),
      },
    },
    async (request) => {
      const { box } = request.params
      const command = { type: 'rating.withdraw-paper-box', box, ...request.body }
      return inTransaction(db, async (trx) => {
        const answer = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (answer.repeated !== true) await dropTypedPapers(trx, box)
        return { facts: [...answer.facts] }
      })
    },
  )
}
