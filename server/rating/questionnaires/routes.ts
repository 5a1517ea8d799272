import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { done, exactly, facts, id, nextAfter, paged, pageOf } from '../../schemas.ts'
import { questionnaireName, schemas } from '../schemas.ts'
import { versionsPage } from './answers.ts'
import type { ShownVersion } from './protocol.ts'
import { mayAsk } from './version.ts'

const tags = ['rating']
const params = Type.Object({ questionnaire: questionnaireName }, exactly)
const { questionnaire: _, ...decideBody } = schemas['rating.decide-questionnaire'].properties

/** What halls ask: drafted by one, opened by another, never changed after that. */
export const questionnaireRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, now }) => {
  app.get(
    '/api/rating/questionnaires',
    {
      schema: {
        ...{ tags, response: { 200: versionsPage } },
        description:
          'The versions of what a hall asks, the latest first; without an open one it asks what every hall begins with. An organ’s own are for its campaigns. For the head of the hall, leaders of the organ, and supervisors.',
        querystring: Type.Object({ hall: id, ...paged(questionnaireName) }, exactly),
      },
    },
    async (request) => {
      const { hall } = request.query
      if (!mayAsk(await loadActor(db, signedIn(request).person, now()), hall)) throw new Refusal('rating.not-for-you')
      const page = pageOf(request.query)
      const before = page.after === null ? undefined : Number(page.after.split('@')[1])
      const found = await db
        .selectFrom('rating_questionnaires')
        .select('state')
        .where('hall', '=', hall)
        .$if(before !== undefined, (query) => query.where('version', '<', before ?? 0))
        .orderBy('version', 'desc')
        .limit(page.limit)
        .execute()
      const states = found.map(({ state }) => state)
      const people = states.flatMap(({ drafters, opened }) => [...drafters, ...(opened === null ? [] : [opened.by])])
      const named = await namesOf(
        db,
        people.map((person) => `person/${person}`),
      )
      const person = (who: string) => ({ id: who, name: named(`person/${who}`).name })
      const versions = states.map((one): ShownVersion => ({
        ...{ id: one.id, version: one.version, status: one.status, draftedAt: one.draftedAt, closedAt: one.closedAt },
        ...{ anonymity: one.anonymity, asksWords: one.asksWords, drafters: one.drafters.map(person) },
        questions: one.questions.map(({ words }) => ({ words })),
        reasons: one.reasons.map(({ words, levels }) => ({ words, levels })),
        opened: one.opened === null ? null : { by: person(one.opened.by), at: one.opened.at },
      }))
      return { versions, after: nextAfter(versions, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/rating/questionnaires',
    {
      schema: {
        ...{ tags, body: schemas['rating.draft-questionnaire'] },
        description: 'Writes the draft of a hall, or writes it anew: one at a time.',
        response: { 201: Type.Object({ facts, questionnaire: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.draft-questionnaire', ...request.body }
      const drafted = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...drafted.facts], questionnaire: String(drafted.result['questionnaire']) })
    },
  )

  app.post(
    '/api/rating/questionnaires/:questionnaire/decide',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description:
          'Opens a draft as it was seen, by somebody who wrote nothing of it, and closes what was asked until then; or drops it. What was opened is never changed.',
        body: Type.Object(decideBody, exactly),
      },
    },
    async (request) => {
      const command = { type: 'rating.decide-questionnaire', ...request.params, ...request.body }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )
}
