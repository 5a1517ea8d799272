import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { done, exactly, facts, id, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { sampledPage, sampleResults, samplesPage } from './answers.ts'
import { listSampled, listSamples, readSampleResults, sampleOf } from './read.ts'
import { maySample } from './sample.ts'
import { sampleSchemas } from './schemas.ts'

const tags = ['rating']
const params = Type.Object({ sample: uuid }, exactly)

/** Call-back samples (抽样回访): drawn by lot from what a hall has done, called by supervisors; nobody of the hall sees who was drawn. */
export const sampleRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, activity, now }) => {
  app.get(
    '/api/rating/samples',
    {
      schema: {
        ...{ tags, querystring: Type.Object({ hall: id, ...paged(uuid) }, exactly), response: { 200: samplesPage } },
        description:
          'Call-back samples of a hall, the latest first, each with what anybody needs to draw it again. For supervisors.',
      },
    },
    async (request) => {
      await mustSee(request, `rating ${request.query.hall} samples`)
      const page = pageOf(request.query)
      const samples = await listSamples(db, request.query.hall, page)
      return { samples, after: nextAfter(samples, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/rating/samples',
    {
      schema: {
        ...{ tags, body: sampleSchemas['rating.order-sample'] },
        description:
          'Orders a sample of a hall: its closed services of these days that have a number are fixed by this entry, with the hash of a seed; the draw comes after.',
        response: { 201: Type.Object({ facts, sample: Type.String() }, exactly) },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.order-sample', ...request.body }
      const ordered = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...ordered.facts], sample: String(ordered.result['sample']) })
    },
  )

  app.post(
    '/api/rating/samples/:sample/draw',
    {
      schema: {
        ...{ tags, params, body: Type.Object({}, exactly), response: { 200: done } },
        description: 'The seed is told, and the services that follow from it are drawn.',
      },
    },
    async (request) => {
      const command = { type: 'rating.draw-services', ...request.params }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )

  const { service, outcome, said } = sampleSchemas['rating.call-sampled'].properties
  app.post(
    '/api/rating/samples/:sample/calls',
    {
      schema: {
        ...{ tags, params, body: Type.Object({ service, outcome, said }, exactly), response: { 200: done } },
        description: 'What became of a call; what was said is sealed beside the register and shown in sums alone.',
      },
    },
    async (request) => {
      const command = { type: 'rating.call-sampled', ...request.params, ...request.body }
      const { facts: written } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...written] }
    },
  )

  app.get(
    '/api/rating/samples/:sample/services',
    {
      schema: {
        ...{ tags, params, querystring: Type.Object(paged(uuid), exactly), response: { 200: sampledPage } },
        description:
          'Who was drawn, in the order of the lots, by the number under which the business system knows how to reach him; nothing of whether he has rated.',
      },
    },
    async (request) => {
      const { sample } = request.params
      await mustSee(request, `rating sample ${sample}`)
      const page = pageOf(request.query)
      const services = await listSampled(db, await sampleOf(db, sample), page)
      return { services, after: nextAfter(services, page, (one) => one.service) }
    },
  )

  app.get(
    '/api/rating/samples/:sample/results',
    {
      schema: {
        ...{ tags, params, response: { 200: sampleResults } },
        description: 'What was answered, in sums with their intervals, once nobody is to be called any more.',
      },
    },
    async (request) => {
      const { sample } = request.params
      await mustSee(request, `rating sample ${sample} results`)
      return readSampleResults(db, await sampleOf(db, sample))
    },
  )

  /** @throws Refusal `rating.not-for-you` */
  async function mustSee(request: FastifyRequest, about: string): Promise<void> {
    const { person } = signedIn(request)
    if (!maySample(await loadActor(db, person, now()))) throw new Refusal('rating.not-for-you')
    await activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })
  }
}
