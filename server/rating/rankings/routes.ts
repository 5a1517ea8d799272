import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import type { Actor } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { bytes, done, exactly, facts, id, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { schemas } from '../schemas.ts'
import { rankingsPage } from './answers.ts'
import type { ShownRanking } from './protocol.ts'
import { mayJudge } from './ranking.ts'
import { listRankings, readRanking } from './read.ts'

const tags = ['rating']
const params = Type.Object({ ranking: uuid }, exactly)

/** Rankings: frozen by one, published by another, corrected only by a new one. */
export const rankingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, activity, now }) => {
  app.get(
    '/api/rating/rankings',
    {
      schema: {
        ...{ tags, response: { 200: rankingsPage } },
        description:
          'Rankings of a hall, the latest first, by the lower end of the 95 % interval; too few votes have no place. For the head of the hall and for supervisors.',
        querystring: Type.Object({ hall: id, ...paged(uuid) }, exactly),
      },
    },
    async (request) => {
      const { hall } = request.query
      const actor = await actorOf(request)
      if (!mayJudge(actor, hall)) throw new Refusal('rating.not-for-you')
      await recordRead(actor, hall)
      const page = pageOf(request.query)
      const rankings = await listRankings(db, hall, page)
      return { rankings, after: nextAfter(rankings, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/rating/rankings',
    {
      schema: {
        ...{ tags, body: schemas['rating.freeze-ranking'] },
        description: 'Freezes what was counted of each clerk in a period; nothing that is counted later moves it.',
        response: { 201: Type.Object({ facts, ranking: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.freeze-ranking', ...request.body }
      const frozen = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...frozen.facts], ranking: String(frozen.result['ranking']) })
    },
  )

  app.post(
    '/api/rating/rankings/:ranking/decide',
    {
      schema: {
        ...{ tags, params, response: { 200: done } },
        description: 'Publishes it, or refuses to: by neither who froze it nor who stands in it.',
        body: Type.Object({ publish: Type.Boolean() }, exactly),
      },
    },
    async (request) => {
      const command = { type: 'rating.decide-ranking', ...request.params, ...request.body }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )

  app.get(
    '/api/rating/rankings/:ranking/ranking.pdf',
    {
      schema: {
        ...{ tags, params, produces: ['application/pdf'], response: { 200: bytes } },
        description: 'A published ranking on paper; also one that was corrected since, which it says.',
      },
    },
    async (request, reply) => {
      const ranking = await published(request, request.params.ranking)
      const { rankingPdf } = await import('./paper.ts')
      return reply.type('application/pdf').send(await rankingPdf(ranking))
    },
  )

  app.get(
    '/api/rating/rankings/:ranking/ranking.html',
    {
      schema: {
        ...{ tags, params, produces: ['text/html'], response: { 200: Type.String() } },
        description: 'A published ranking as a page of its own, to be put on a site.',
      },
    },
    async (request, reply) => {
      const ranking = await published(request, request.params.ranking)
      const { rankingPage } = await import('./page.ts')
      return reply.type('text/html; charset=utf-8').send(rankingPage(ranking))
    },
  )

  /** @throws Refusal `rating.unknown-ranking`, `rating.not-published` */
  async function published(request: FastifyRequest, ranking: string): Promise<ShownRanking> {
    const actor = await actorOf(request)
    const found = await readRanking(db, actor, ranking)
    if (found.status !== 'published' && found.status !== 'replaced') throw new Refusal('rating.not-published')
    await recordRead(actor, found.hall.id)
    return found
  }

  function actorOf(request: FastifyRequest): Promise<Actor> {
    return loadActor(db, signedIn(request).person, now())
  }

  async function recordRead({ person }: Actor, hall: string): Promise<void> {
    const about = `rating ${hall} rankings`
    await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  }
}
